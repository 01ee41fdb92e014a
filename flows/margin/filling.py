"""A capability's form: its statements answered all at once, in one turn, and a comment on the whole."""

import msgspec

from flows.asking import survey
from flows.events.asides import Filled
from flows.path import is_asked, position, way
from flows.prompts import Prompt
from flows.prompts.interludes import FormKept
from flows.prompts.questions import AskReason
from flows.session import Session, with_response
from flows.turn import Erasing, Kept, Remark, Turn, notice
from model.instrument import Instrument
from model.responses import NonResponse, Response


class _Sheet(msgspec.Struct):
    """A form while it is read: the session so far, what is to be kept, and what is to be told."""

    session: Session
    responses: list[Response]
    changed: list[tuple[str, str, str]]
    left: int = 0


def statements(instrument: Instrument, session: Session, code: str) -> tuple[str, ...]:
    """The statements of a capability that are this respondent's, in order; none where `code` is no capability's."""
    capability = instrument.capability_of.get(code)
    if capability is None or capability.code != code:
        return ()
    mine = position(instrument, way(session))
    return tuple(one.code for one in capability.asked(session.form) if one.code in mine)


def fill(instrument: Instrument, session: Session, event: Filled) -> Turn:
    """The turn after a form: whatever is new in it is kept, each answer as if it had come alone.

    What is not this respondent's, does not apply or has no meaning is left out, and said; the rest is kept.
    """
    mine = statements(instrument, session, event.about)
    if not mine:
        return notice(session, "form_not_yours")
    sheet = _read(instrument, session, event, mine)
    noted, comment = _noted(session, event)
    after, responses = _with_reasons(sheet, event.comment or "" if comment == "kept" else "")
    after = msgspec.structs.replace(after, notes=_notes(after, event.about, noted))
    told = FormKept(event.about, len(responses) - len(sheet.changed), tuple(sheet.changed), sheet.left, comment)
    cards = survey.finished_card(instrument, after, mine[0]) if responses else ()
    asks: tuple[Prompt, ...] = (AskReason(after.reason_for, "not_applicable"),) if _asks(sheet, after) else ()
    keeps: tuple[Kept, ...] = (*responses, *_kept(event.about, noted, comment))
    return Turn(after, (*cards, told, *asks), keeps)


def _read(instrument: Instrument, session: Session, event: Filled, mine: tuple[str, ...]) -> _Sheet:
    """The answers taken one by one, in the questionnaire's order: a later one may only be asked after an earlier."""
    given = {key: value for key, value in event.answers if value}
    cursor = "" if session.cursor in mine and session.cursor in given else session.cursor
    sheet = _Sheet(msgspec.structs.replace(session, cursor=cursor), [], [])
    for key in mine:
        value = given.pop(key, "")
        was = survey.said(sheet.session, key)
        if value in {"", was}:
            continue
        response = survey.meant(sheet.session, key, value) if is_asked(instrument, sheet.session, key) else None
        if response is None:
            sheet.left += 1
            continue
        sheet.session = with_response(sheet.session, response)
        sheet.responses.append(response)
        if was:
            sheet.changed.append((key, was, value))
    sheet.left += len(given)
    return sheet


def _with_reasons(sheet: _Sheet, comment: str) -> tuple[Session, list[Response]]:
    """What does not apply wants a reason: the new comment is that; without one, the first is asked as usual."""
    excluded = [one for one in sheet.responses if one.non_response is NonResponse.NOT_APPLICABLE]
    if not excluded:
        return sheet.session, sheet.responses
    if not comment.strip():
        return msgspec.structs.replace(sheet.session, reason_for=excluded[0].item), sheet.responses
    told, after = comment.strip(), sheet.session
    responses = [msgspec.structs.replace(one, comment=told) if one in excluded else one for one in sheet.responses]
    for response in responses:
        after = with_response(after, response)
    return after, responses


def _asks(sheet: _Sheet, after: Session) -> bool:
    return any(one.item == after.reason_for for one in sheet.responses)


def _noted(session: Session, event: Filled) -> tuple[str, str]:
    """The comment on the capability after the form, and what became of it: "kept", "gone" or "" for no change."""
    was = session.notes.get(event.about, "")
    if event.comment is None or event.comment.strip() == was:
        return was, ""
    return event.comment.strip(), "kept" if event.comment.strip() else "gone"


def _notes(session: Session, code: str, text: str) -> dict[str, str]:
    """Comments by what they are on: those on a capability never wait for an answer."""
    others = {key: note for key, note in session.notes.items() if key != code}
    return {**others, code: text} if text else others


def _kept(code: str, text: str, comment: str) -> tuple[Remark | Erasing, ...]:
    if comment == "kept":
        return (Remark(code, "comment", text),)
    return (Erasing("note", code),) if comment == "gone" else ()
