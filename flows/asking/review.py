"""Moving about and coming to an end: back, skip, what was skipped, and thanks."""

import msgspec

from flows.asking import goals, promising, survey
from flows.path import before, due, is_complete, position, way
from flows.prompts import AskSharing, Chart, Notice, Prompt, Scores, Thanks
from flows.prompts.questions import Review
from flows.session import Session, aspect_of, item_of, with_response
from flows.turn import Turn, notice
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response


def back(instrument: Instrument, session: Session) -> Turn:
    """The turn after a wish to go back: the question before the one that is due is asked again."""
    key = before(instrument, session, due(instrument, session))
    if key is None:
        return notice(session, "nothing_before")
    return Turn(msgspec.structs.replace(session, cursor=key, reason_for=""))


def skip(instrument: Instrument, session: Session, key: str) -> Turn:
    """The turn after a wish to leave a question for later; an answer given before stays as it is."""
    if session.reason_for and key in {"", session.reason_for}:
        return Turn(msgspec.structs.replace(session, reason_for=""))
    key = key or due(instrument, session) or ""
    if not key:
        return notice(session, "nothing_due")
    counts = key in position(instrument, way(session)) and not is_complete(session, key)
    left = (*session.skipped, key) if counts and key not in session.skipped else session.skipped
    after = msgspec.structs.replace(session, skipped=left, cursor="" if session.cursor == key else session.cursor)
    return Turn(after, card(instrument, after, key))


def card(instrument: Instrument, session: Session, key: str) -> tuple[Prompt, ...]:
    """The card that `key` belongs to, as it stands once nothing is asked on it."""
    if aspect_of(key) is Aspect.TARGET:
        return goals.finished_card(session, key)
    return survey.finished_card(instrument, session, key)


def resume(session: Session) -> Turn:
    """The turn after a wish to answer what was skipped."""
    return Turn(msgspec.structs.replace(session, skipped=()))


def finish(instrument: Instrument, session: Session) -> Turn:
    """The turn after a wish to be done: statements that were skipped are kept as declined, goals are left open."""
    if due(instrument, session) is not None or session.finished:
        return Turn(session)
    declined = tuple(
        Response(item_of(key), Aspect.AS_IS, non_response=NonResponse.DECLINED)
        for key in session.skipped
        if aspect_of(key) is Aspect.AS_IS
    )
    after = session
    for response in declined:
        after = with_response(after, response)
    return _thanked(after, declined)


def ended(session: Session) -> Turn:
    """The turn when nothing is due: what was skipped is offered once more, then thanks and results."""
    if session.finished:
        return Turn(session)
    if session.skipped:
        return Turn(session, (Review(session.skipped),))
    return _thanked(session)


def _thanked(session: Session, declined: tuple[Response, ...] = ()) -> Turn:
    done = msgspec.structs.replace(session, finished=True, reason_for="")
    if session.scope is not None and session.role != "coordinator":  # a part says little about a city
        return Turn(done, (Thanks(session.city.name, part=True),), declined)
    share = (AskSharing(),) if session.role == "coordinator" else ()
    return Turn(done, (Thanks(session.city.name), *result(), *share, *promising.asked(done)), declined)


def closed(session: Session) -> tuple[Prompt, ...]:
    """What somebody hears once their wave is closed; whoever leads the city sees its result at once."""
    return (Notice("wave_closed"), *((*result(), *promising.asked(session)) if session.role == "coordinator" else ()))


def result() -> tuple[Prompt, ...]:
    """A city's result as it stands."""
    return Scores(), Chart("radar")
