"""What is hard and what works well, in people's own words: offered, never in the way, and quoted only with consent."""

import msgspec

from flows.asking.survey import LEVEL_OF
from flows.events import Event, Skipped, Typed
from flows.path import is_complete, position, way
from flows.prompts import Notice, Prompt, Summary
from flows.prompts.interludes import AskAllowed, AskRemark
from flows.session import Remarks, Session, aspect_of
from flows.turn import Remark, Turn, notice
from model.instrument import Instrument
from model.responses import Aspect


def begin(instrument: Instrument, session: Session, about: str, kind: str) -> Turn:
    """The turn after a tap: the question it chose."""
    known = about in instrument.capability_of or any(about == one.code for one in instrument.dimensions)
    if not known or kind not in {"challenge", "success"}:
        return notice(session, "old_button")
    return _with(session, about=about, asking=kind, prompts=(AskRemark(about, kind),))


def is_for_it(session: Session, event: Event) -> bool:
    """Whether an event answers one of the two questions; a level or a command is none."""
    if not session.remarks.asking:
        return False
    if isinstance(event, Typed):
        text = event.text.strip()
        return bool(text) and not text.startswith("/") and text not in LEVEL_OF
    return isinstance(event, Skipped) and not event.key


def take(session: Session, event: Event) -> Turn:
    """The turn after one of the two questions: what is hard was said, and what works well follows; one tap ends it."""
    asked = session.remarks
    following = "success" if asked.asking == "challenge" and isinstance(event, Typed) else ""
    told: tuple[Prompt, ...] = (AskRemark(asked.about, following),) if following else ()
    given = asked.given
    keeps: tuple[Remark, ...] = ()
    if isinstance(event, Typed):
        keeps, given = (Remark(asked.about, asked.asking, event.text.strip()),), (*given, asked.about)
    if not following:
        thanked: tuple[Prompt, ...] = (Notice("remark_kept"),) if asked.about in given else ()
        told = (*thanked, AskAllowed()) if thanked and not asked.consent else thanked
    turn = _with(session, asking=following, given=tuple(dict.fromkeys(given)), prompts=told)
    return msgspec.structs.replace(turn, keeps=keeps)


def allow(session: Session, *, agreed: bool) -> Turn:
    """The turn after the question whether the report may quote."""
    said = "yes" if agreed else "no"
    kind: Prompt = Notice("remarks_quoted" if agreed else "remarks_private")
    turn = _with(session, consent=said, prompts=(kind,))
    return msgspec.structs.replace(turn, keeps=(Remark("", "consent", said),))


def hush(session: Session) -> Turn:
    """The turn after a wish never to be asked."""
    return _with(session, asking="", silent=True, prompts=(Notice("remarks_silent"),))


def left_alone(session: Session) -> Session:
    """The session after something else was done instead."""
    return msgspec.structs.replace(session, remarks=msgspec.structs.replace(session.remarks, asking=""))


def offered(instrument: Instrument, turn: Turn) -> Turn:
    """The turn whose finished cards offer the two questions where a capability or dimension has come to its end."""
    if turn.session.remarks.silent:
        return turn
    prompts = tuple(
        msgspec.structs.replace(one, about=_ended(instrument, turn.session, one))
        if isinstance(one, Summary) and aspect_of(one.answers[0][0]) is Aspect.AS_IS
        else one
        for one in turn.prompts
    )
    return msgspec.structs.replace(turn, prompts=prompts)


def _ended(instrument: Instrument, session: Session, card: Summary) -> str:
    """The capability (in the short form: the dimension) that a card ends, if it has a level; "" for none."""
    if not any(value in LEVEL_OF for _, value in card.answers):
        return ""
    whole = instrument.dimension_of[card.capability]
    short = session.form == "short"
    about = whole.code if short else card.capability
    parts = [one for one in whole.capabilities if short or one.code == card.capability]
    mine = position(instrument, way(session))
    keys = [one.code for part in parts for one in part.asked(session.form) if one.code in mine]
    over = all(is_complete(session, key) or key in session.skipped for key in keys)
    return about if over and about not in session.remarks.given else ""


def _with(session: Session, *, prompts: tuple[Prompt, ...], **some: object) -> Turn:
    changed: Remarks = msgspec.structs.replace(session.remarks, **some)
    return Turn(msgspec.structs.replace(session, remarks=changed), prompts)
