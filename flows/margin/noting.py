"""Comments and certainty: beside any answer, in people's own words; appended, so that nothing said before is lost."""

import re

import msgspec

from flows.asking import survey
from flows.events import Event, Typed
from flows.events.asides import Assured, Noted
from flows.path import due, is_complete, path, way
from flows.prompts import Notice
from flows.prompts.interludes import AskComment, AskSure
from flows.session import Session, aspect_of, card_of, with_response
from flows.turn import Turn, notice
from model.domains import Misfit, Proposed, read_level
from model.instrument import Instrument
from model.responses import Aspect, Certainty, NonResponse, Response

WORTH_KEEPING = 40
"""Characters from which a text that is no level may well be a comment."""
_TOO_LONG = 80
"""Characters from which even a text that names levels is more likely a comment than an answer."""
MARK = "note:"
CERTAINTIES = {
    "measured": Certainty.MEASURED,
    "documented": Certainty.DOCUMENTED,
    "estimated": Certainty.ESTIMATED,
    "medido": Certainty.MEASURED,
    "medida": Certainty.MEASURED,
    "documentado": Certainty.DOCUMENTED,
    "documentada": Certainty.DOCUMENTED,
    "estimado": Certainty.ESTIMATED,
    "estimada": Certainty.ESTIMATED,
}
"""How people say how sure they are, in any language."""


def as_meant(session: Session, event: Event) -> Event:
    """What a typed text is: what begins with the mark is a comment."""
    if not isinstance(event, Typed) or session.handing:
        return event
    text = event.text.strip()
    if text.casefold().startswith(MARK):
        return Noted(text[len(MARK) :].strip(), card=event.card)
    return event


def note(instrument: Instrument, session: Session, event: Noted) -> Turn:
    """The turn after a comment: kept with its answer, or until that is given."""
    key, text = _read(instrument, session, event)
    if not key:
        return notice(session, "nothing_answered")
    if key not in as_is(instrument, session):
        return notice(session, "comment_elsewhere", about=key)
    if not text:
        return notice(session, "old_button" if event.key else "comment_missing", about=key)
    if not is_complete(session, key):
        waiting = msgspec.structs.replace(session, notes={**session.notes, key: text}, draft="")
        return notice(waiting, "comment_waits", about=key)
    response = msgspec.structs.replace(session.responses[key], comment=text)
    return kept(msgspec.structs.replace(session, draft=""), response, "comment_kept")


def offer(instrument: Instrument, session: Session, event: Event) -> Turn | None:
    """The question whether a long text that names no level is a comment, and on what; None for anything else."""
    if not isinstance(event, Typed) or session.reason_for or session.handing or event.text.startswith("/"):
        return None
    text, key, last = event.text.strip(), due(instrument, session), last_answered(session)
    if len(text) <= WORTH_KEEPING or key is None or last is None or aspect_of(key) is Aspect.TARGET:
        return None
    read = read_level(text, instrument)
    puzzling = isinstance(read, Misfit) and read.reason == "not_understood"
    if not puzzling and not (isinstance(read, Proposed) and len(text) > _TOO_LONG):
        return None
    return Turn(msgspec.structs.replace(session, draft=text), (AskComment(last, key),))


def sure(session: Session, event: Assured) -> Turn:
    """The turn after how sure somebody is; without a word for it, the three are offered."""
    key = event.key or last_answered(session) or ""
    response = session.responses.get(key)
    if response is None or response.level is None:
        return notice(session, "nothing_answered")
    if not event.certainty:
        return Turn(session, (AskSure(key),))
    word = event.certainty.casefold().strip(" .")
    certainty = CERTAINTIES.get(word)
    if certainty is None:
        return notice(session, "sure_not_understood", AskSure(key), about=event.certainty)
    if response.certainty is certainty:
        return notice(session, "sure_kept", about=key)
    return kept(session, msgspec.structs.replace(response, certainty=certainty), "sure_kept")


def after(turn: Turn) -> Turn:
    """The turn with the comments that waited for their answers."""
    session, keeps = turn.session, turn.keeps
    for one in keeps:
        if isinstance(one, Response) and one.item in session.notes and _is_settled(one):
            kept = msgspec.structs.replace(one, comment=" ".join(filter(None, (one.comment, session.notes[one.item]))))
            asked = session.reason_for
            session = msgspec.structs.replace(
                with_response(session, kept),
                reason_for=asked,
                notes={key: text for key, text in session.notes.items() if key != one.item},
            )
            keeps = tuple(kept if other is one else other for other in keeps)
    return Turn(session, turn.prompts, keeps)


def last_answered(session: Session) -> str | None:
    """The statement that was answered last."""
    return next((key for key in reversed(tuple(session.responses)) if _is_said(session, key)), None)


def _read(instrument: Instrument, session: Session, event: Noted) -> tuple[str, str]:
    """The statement that a comment is about, and its text; without a code it is the one asked, or answered last."""
    if event.key:
        return event.key, session.draft
    code, rest = addressed(instrument, session, event.text)
    if code:
        return code, rest
    if event.card and (beside := on_card(instrument, session, event.card)):
        return beside, event.text
    now = due(instrument, session)
    asked = now if now is not None and aspect_of(now) is Aspect.AS_IS else last_answered(session)
    return asked or "", event.text


def addressed(instrument: Instrument, session: Session, text: str) -> tuple[str, str]:
    """The code that a text begins with ("" for none), and the rest; a capability with one statement stands for it."""
    first, _, rest = text.partition(" ")
    code = first.rstrip(":,.")
    if not re.fullmatch(r"\d+(\.\w+)+", code):
        return "", text
    capability = instrument.capability_of.get(code)
    below = capability.asked(session.form) if capability and capability.code == code else ()
    return (below[0].code if len(below) == 1 else code), rest.strip()


def as_is(instrument: Instrument, session: Session) -> tuple[str, ...]:
    """The statements on somebody's way."""
    return tuple(key for key in path(instrument, way(session)) if aspect_of(key) is Aspect.AS_IS)


def on_card(instrument: Instrument, session: Session, card: str) -> str:
    """The statement that a card is about: the one asked or answered last, if it is there, or the first; "" for none."""
    here = [key for key in as_is(instrument, session) if card in {key, card_of(key)}]
    now, last = due(instrument, session), last_answered(session) or ""
    return next((key for key in (now, last) if key in here), here[0] if here else "") or ""


def _is_said(session: Session, key: str) -> bool:
    return aspect_of(key) is Aspect.AS_IS and is_complete(session, key) and survey.said(session, key) != ""


def _is_settled(response: Response) -> bool:
    """Whether a comment may go with it: not where a reason is still to come."""
    excluded = response.non_response is NonResponse.NOT_APPLICABLE
    return response.aspect is Aspect.AS_IS and (not excluded or bool(response.comment))


def is_unsure(session: Session, key: str) -> bool:
    """Whether an answer has a level, and nothing was said of how sure it is."""
    response = session.responses.get(key)
    return response is not None and response.level is not None and response.certainty is None


def kept(session: Session, response: Response, said: str) -> Turn:
    """The same answer once more, with what was added; what is asked stays as it is."""
    after = msgspec.structs.replace(
        with_response(session, response), cursor=session.cursor, reason_for=session.reason_for
    )
    kind = Notice("sure_kept" if said == "sure_kept" else "comment_kept", response.item)
    return Turn(after, (kind,), (response,))
