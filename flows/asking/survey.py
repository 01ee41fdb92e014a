"""The statements: asking for levels and hearing answers, whenever they come and in whatever order."""

import msgspec

from flows.events import Answered
from flows.path import due, is_asked, numbers, path, position, way
from flows.prompts import Changed, NoticeKind, Prompt, Summary
from flows.prompts.questions import Ask, AskReason, Propose
from flows.session import Session, aspect_of, item_of, key_of, with_response
from flows.turn import Turn, notice
from model.domains import Misfit, Proposed, Taken, read_level
from model.instrument import LEVELS, Instrument
from model.responses import Aspect, NonResponse, Response

LEVEL_OF = {str(level): level for level in LEVELS}
"""Levels as buttons carry them."""
_NON_RESPONSES = {str(reason): reason for reason in NonResponse if reason is not NonResponse.HANDED_ON}


def question(instrument: Instrument, session: Session, key: str, *, explained: bool = False) -> Ask:
    """The card that asks for the as-is level of a statement."""
    number, total = numbers(instrument, way(session))[key]
    current = said(session, key)
    before = "" if current else session.last_time.values.get(key, "")
    on = session.last_time.on if before else ""
    return Ask(key, number, total, explained=explained, current=current, before=before, before_on=on)


def said(session: Session, key: str) -> str:
    """What counts for a key, as a button would carry it: a level, a non-response's code, or "" for nothing."""
    response = session.responses.get(key)
    if response is None or response.non_response is NonResponse.HANDED_ON:
        return ""  # what a colleague gave back is open again
    return str(response.non_response or response.level)


def answer(instrument: Instrument, session: Session, event: Answered) -> Turn:
    """The turn after a level or non-response for a statement; the same again changes nothing."""
    key, value = event.key, event.value
    was = said(session, key)
    if value == was:
        cleared = msgspec.structs.replace(session, cursor="" if session.cursor == key else session.cursor)
        return Turn(cleared, finished_card(instrument, cleared, key))
    response = meant(session, key, value)
    if response is None:
        return notice(session, "old_button")
    after = with_response(session, response)
    prompts: tuple[Prompt, ...] = finished_card(instrument, after, key)
    if was:
        prompts = (*prompts, Changed(key, was, value, fresh=True))
    if response.non_response is NonResponse.NOT_APPLICABLE:
        after = msgspec.structs.replace(after, reason_for=key)
        prompts = (*prompts, AskReason(key, "not_applicable"))
    return Turn(after, prompts, (response,))


def meant(session: Session, key: str, value: str) -> Response | None:
    """The response that a level or a non-response's code stands for; None for a value that is neither."""
    if value not in LEVEL_OF and value not in _NON_RESPONSES:
        return None
    response = Response(item_of(key), aspect_of(key), level=LEVEL_OF.get(value), non_response=_NON_RESPONSES.get(value))
    return _with_words(response, session.responses.get(key))


def _with_words(response: Response, before: Response | None) -> Response:
    """A changed level with the comment and the certainty of the level before."""
    if before is None or before.level is None or response.level is None:
        return response
    return msgspec.structs.replace(response, certainty=before.certainty, comment=before.comment)


def typed(instrument: Instrument, session: Session, key: str, text: str) -> Turn:
    """The turn after a text where a level is due: taken at its word, two levels proposed, or asked again."""
    read = read_level(text, instrument)
    match read:
        case Taken(value):
            return answer(instrument, session, Answered(key, str(value)))
        case Proposed(levels):
            return Turn(session, (Propose(key, levels),))
        case Misfit(reason):
            again = question(instrument, session, key, explained=reason == "not_understood")
            kind: NoticeKind = "not_understood" if reason == "not_understood" else "out_of_range"
            return notice(session, kind, msgspec.structs.replace(again, fresh=True))


def finished_card(instrument: Instrument, session: Session, key: str) -> tuple[Prompt, ...]:
    """The summary of the capability that `key` belongs to, unless its card still asks something."""
    capability = instrument.capability_of[item_of(key)]
    mine = position(instrument, way(session))
    keys = [i.code for i in capability.asked(session.form) if i.code in mine and is_asked(instrument, session, i.code)]
    if not keys or due(instrument, session) in keys:
        return ()
    return (Summary(capability.code, tuple((k, said(session, k)) for k in keys)),)


def today(instrument: Instrument, session: Session, code: str) -> float | None:
    """The mean as-is level (0-5) of a capability or indicator, as far as this respondent gave one."""
    below = [one.code for one in instrument.capability_of[code].asked(session.form)]
    asked = [item for item in below if code in {item, item.rpartition(".")[0]}]
    said_of = [session.responses.get(key_of(item, Aspect.AS_IS)) for item in asked]
    levels = [response.level for response in said_of if response is not None and response.level is not None]
    return sum(levels) / len(levels) if levels else None


def statements(instrument: Instrument, session: Session) -> list[str]:
    """The keys of all statements that this respondent's form asks and that apply."""
    keys = path(instrument, way(session))
    return [key for key in keys if aspect_of(key) is Aspect.AS_IS and is_asked(instrument, session, key)]
