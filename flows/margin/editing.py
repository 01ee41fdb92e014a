"""Edited messages: what somebody wrote became an answer, a comment or a caption, and changes with their message."""

import msgspec

from flows import commands
from flows.asking import goals, survey
from flows.events import Answered, Attached, Dated, Event, Typed
from flows.events.asides import Edited, Noted
from flows.kept.settling import Viewing
from flows.margin import filing, noting
from flows.path import position, way
from flows.prompts import Notice
from flows.prompts.questions import Propose
from flows.session import Session, Written, aspect_of, item_of, key_of
from flows.together import views
from flows.turn import Captioning, Evidence, Remark, Turn, notice
from model.domains import Misfit, Proposed, Taken, read_level, read_year
from model.instrument import Instrument
from model.responses import Aspect, Response

MOST = 10
"""Messages that are remembered: whoever mends a slip does it soon."""


def remembered(before: Session, turn: Turn, event: Event, message: str) -> Session:
    """The session after a turn, with what the message of theirs that led to it has become."""
    became = _became(before, turn) if message and isinstance(event, Typed | Noted | Attached) else None
    if became is None:
        return turn.session
    others = [one for one in turn.session.written if one.message != message]
    return msgspec.structs.replace(turn.session, written=(*others, Written(message, *became))[-MOST:])


def _became(before: Session, turn: Turn) -> tuple[str, str] | None:
    responses = [one for one in turn.keeps if isinstance(one, Response)]
    for kept in turn.keeps:
        if isinstance(kept, Evidence):
            return "file", str(kept.number)
        if isinstance(kept, Remark) and kept.kind in {"challenge", "success"}:
            return kept.kind, kept.item
        if isinstance(kept, Viewing) and kept.text:
            return "view", kept.item
        if isinstance(kept, Response) and len(responses) == 1:
            return _said(before, kept)
    waiting = [key for key, text in turn.session.notes.items() if before.notes.get(key) != text]
    return ("comment", waiting[0]) if waiting else None


def _said(before: Session, response: Response) -> tuple[str, str]:
    """What a text added to an answer: the answer itself, its year, or words."""
    key = key_of(response.item, response.aspect)
    was = before.responses.get(key)
    if was is None or (was.level, was.non_response) != (response.level, response.non_response):
        return "answer", key
    return ("year" if was.year != response.year else "comment"), key


def take(instrument: Instrument, session: Session, event: Edited) -> Turn:
    """The turn after an edit; one that changes nothing says how an answer is changed."""
    text = event.text.strip()
    written = next((one for one in session.written if one.message == event.message), None)
    kind, about = (written.kind, written.about) if written is not None else ("", "")
    if kind == "file":
        return _captioned(instrument, session, int(about), text)
    if kind == "comment":
        return _noted(instrument, session, about, text)
    if text.startswith("/"):
        return notice(session, "edited_command", about=text.split()[0])
    if kind == "view" and text:
        return views.reworded(session, about, text)
    if kind in {"challenge", "success"} and text:
        return _remarked(session, Remark(about, kind, text))
    if kind in {"answer", "year"} and text and _is_ours(instrument, session, about):
        return _answered(instrument, session, about, text, of_year=kind == "year")
    return notice(session, "edited")


def _remarked(session: Session, remark: Remark) -> Turn:
    """A remark in its new words."""
    return msgspec.structs.replace(notice(session, "remark_kept"), keeps=(remark,))


def _is_ours(instrument: Instrument, session: Session, key: str) -> bool:
    ours = key in position(instrument, way(session)) or goals.is_of_indicator(instrument, session, key)
    return ours and key in session.responses


def _answered(instrument: Instrument, session: Session, key: str, text: str, *, of_year: bool) -> Turn:
    """The turn after an answer in new words; what they do not say clearly leaves it as it was."""
    target, before = aspect_of(key) is Aspect.TARGET, session.responses[key]
    turn: Turn | None = None
    if of_year:
        year = read_year(text, session.year)
        turn = None if isinstance(year, Misfit) else goals.date(session, Dated(key, year))
    else:
        match read_level(text, instrument):
            case Taken(value) if not target or isinstance(value, int):
                give = goals.answer if target else survey.answer
                turn = give(instrument, session, Answered(key, str(value)))
            case Proposed(levels):
                return Turn(session, (Notice("edited_unclear", item_of(key)), Propose(key, levels)))
    if turn is None:
        return notice(session, "edited_unclear", about=item_of(key))
    return turn if turn.session.responses[key] != before else notice(session, "edited_same", about=item_of(key))


def _noted(instrument: Instrument, session: Session, key: str, text: str) -> Turn:
    """The turn after a comment in new words, with or without the command that it began with."""
    meant = noting.as_meant(session, commands.read(text))
    text = meant.text if isinstance(meant, Noted) else text
    if text.startswith("/"):
        return notice(session, "edited_command", about=text.split()[0])
    code, rest = noting.addressed(instrument, session, text)
    text = rest if code == item_of(key) else text
    response = session.responses.get(key)
    if not text:
        return notice(session, "comment_missing", about=item_of(key))
    if key in session.notes:
        waiting = msgspec.structs.replace(session, notes={**session.notes, key: text})
        return notice(waiting, "comment_waits", about=key)
    if response is None:
        return notice(session, "edited")
    if response.comment == text:
        return notice(session, "edited_same", about=item_of(key))
    return noting.kept(session, msgspec.structs.replace(response, comment=text), "comment_kept")


def _captioned(instrument: Instrument, session: Session, number: int, text: str) -> Turn:
    """The turn after new words below a file, or around a link."""
    item = session.filed[number - 1] if number <= len(session.filed) else ""
    if not item:
        return notice(session, "gone_already")
    meant = filing.as_meant(session, Typed(text))
    link, words = (meant.reference, meant.caption) if isinstance(meant, Attached) else ("", text)
    code, rest = noting.addressed(instrument, session, words)
    kept = Captioning(number, rest if code == item else words, link)
    return msgspec.structs.replace(notice(session, "caption_kept", about=item), keeps=(kept,))
