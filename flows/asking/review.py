"""Moving about and coming to an end: back, skip, what was skipped, and thanks."""

from collections.abc import Sequence

import msgspec

from flows.asking import goals, promising, survey
from flows.path import before, due, is_complete, position, way
from flows.prompts import AskSharing, Chart, Notice, Prompt, Thanks
from flows.prompts.figures import InShort
from flows.prompts.questions import Review
from flows.session import Session, aspect_of, item_of, with_response
from flows.turn import Turn, notice
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response

FEW = 6
"""Capabilities that are told one by one; of more, a line a dimension is enough on a phone."""


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
    return _thanked(instrument, after, declined)


def ended(instrument: Instrument, session: Session) -> Turn:
    """The turn when nothing is due: what was skipped is offered once more, then thanks."""
    if session.finished:
        return Turn(session)
    if session.skipped:
        return Turn(session, (Review(session.skipped),))
    return _thanked(instrument, session)


def _thanked(instrument: Instrument, session: Session, declined: tuple[Response, ...] = ()) -> Turn:
    done = msgspec.structs.replace(session, finished=True, reason_for="")
    return Turn(done, (thanks(instrument, done), *promising.asked(done)), declined)


def thanks(instrument: Instrument, session: Session) -> Thanks:
    """Thanks, with what somebody said themselves."""
    said = [one for one in session.responses.values() if one.aspect is Aspect.AS_IS]
    return Thanks(
        session.city.name,
        part=session.scope is not None and session.role != "coordinator",
        answered=len(said),
        parts=_parts(instrument, said),
        unsure=tuple(one.item for one in said if one.non_response is NonResponse.DONT_KNOW),
        evidence=sum(map(bool, session.filed)),
        leads=session.role == "coordinator",
    )


def _parts(instrument: Instrument, said: Sequence[Response]) -> tuple[tuple[str, float, int], ...]:
    """The mean level of each capability, or where these are many of each dimension, in the instrument's order."""
    levels = {one.item: one.level for one in said if one.level is not None and one.item in instrument.indicators}
    items = [code for code in instrument.indicators if code in levels]
    few = len({instrument.capability_of[code].code for code in items}) <= FEW
    found: dict[str, list[int]] = {}
    for code in items:
        home = instrument.capability_of[code] if few else instrument.dimension_of[code]
        found.setdefault(home.code, []).append(levels[code])
    return tuple((code, sum(given) / len(given), len(given)) for code, given in found.items())


def closed(session: Session) -> tuple[Prompt, ...]:
    """What somebody hears once their wave is closed; whoever leads the city sees its result at once."""
    if session.role != "coordinator":
        return (Notice("wave_closed"),)
    return (Notice("wave_closed"), *result(), AskSharing(), *promising.asked(session))


def complete(closes: str) -> tuple[Prompt, ...]:
    """What a coordinator hears once everything has its answer, before the wave closes."""
    return (InShort(complete=True, closes=closes),)


def result() -> tuple[Prompt, ...]:
    """A city's result: in five lines, then in pictures; one that has nothing to show is not sent."""
    return InShort(), Chart("radar"), Chart("gaps"), Chart("heat"), Chart("peers")
