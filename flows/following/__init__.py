"""What follows from a result: who does what about it, and other cities to learn from."""

import msgspec

from flows.around import Around
from flows.arriving import officers
from flows.asking.survey import LEVEL_OF
from flows.events import Asked, Event, Left, Reminded, Returned, Typed
from flows.events.following import Acted, Became, Following, Introduced, Partnered, Planned
from flows.following import acting, partnering
from flows.session import Awaited, Session
from flows.turn import Turn, notice
from model.instrument import Instrument

_NOTHING = Awaited()
_NOBODY_S = Left | Returned | Reminded
"""What happens to somebody, and is no act of theirs."""


def is_about_it(session: Session, event: Event) -> bool:
    """Whether a step on this event must know of actions and partners (see `Around`)."""
    return isinstance(event, Following) or is_reply(session, event)


def is_reply(session: Session, event: Event) -> bool:
    """Whether a text is what was asked for here; a level or a command is none."""
    if not session.awaited.what or not isinstance(event, Typed):
        return False
    text = event.text.strip()
    return bool(text) and not text.startswith("/") and (text not in LEVEL_OF or not session.open)


def put_down(session: Session, event: Event) -> Session:
    """Whoever does something else meanwhile is not waited for any more: what they type next is no name or contact."""
    if not session.awaited.what or isinstance(event, _NOBODY_S | Following) or is_reply(session, event):
        return session
    return msgspec.structs.replace(session, awaited=_NOTHING)


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after something about actions or partners; None for what is not."""
    if not is_about_it(session, event) or officers.is_one(session):
        return None
    if not session.joined:
        return notice(session, "no_city")
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    awaited, alone = session.awaited, msgspec.structs.replace(session, awaited=_NOTHING)
    match event:
        case Typed(text) if awaited.what == "contact":
            return partnering.reply(alone, text, around, awaited.text)
        case Typed(text):
            return acting.reply(alone, awaited, text, around)
        case Partnered() | Introduced():
            return partnering.take(instrument, alone, event, around, awaited.text)
    return _of_actions(instrument, alone, event, around)


def _of_actions(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    match event:
        case Planned(text):
            return acting.plan(instrument, session, text, around)
        case Acted():
            return acting.act(instrument, session, event, around)
        case Became():
            return acting.became(instrument, session, event, around)
    return None


def report(instrument: Instrument, session: Session, event: Asked) -> Turn:
    """The turn after a wish to see the action list, or one of it."""
    return acting.show(instrument, session, event.about) if session.joined else notice(session, "no_city")
