"""Coming in, all of it: requests and their decisions, a coordinator's invitations, and a second chat for one person."""

from flows.around import Around
from flows.arriving import newcomers, officers
from flows.arriving.newcomers import LONGEST_FACT
from flows.events import Event
from flows.events.arrivals import Invited, Linked
from flows.session import Session
from flows.turn import Inviting, Linking, Turn, notice
from model.instrument import Instrument


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after an event about coming in; None for one of those who are in."""
    match event:
        case Linked():
            inside = session.joined or officers.is_one(session)
            return Turn(session, keeps=(Linking(),)) if inside else notice(session, "nothing_to_link")
        case Invited(who):
            return _invite(instrument, session, who)
    turn = officers.take(session, event, around)
    return turn if turn is not None or officers.is_one(session) else newcomers.take(session, event, around)


def _invite(instrument: Instrument, session: Session, who: str) -> Turn:
    """The turn after `/invite Ana Ruiz mobility`."""
    if session.role != "coordinator" or not session.joined:
        return notice(session, "coordinator_only")
    name, department = _name_and_department(instrument, " ".join(who.split()))
    if not name or len(name) > LONGEST_FACT:
        return notice(session, "invite_how", about=", ".join(instrument.departments))
    return Turn(session, keeps=(Inviting(name, department),))


def _name_and_department(instrument: Instrument, text: str) -> tuple[str, str]:
    """A name, and the department whose code or title stands after it; "" where none does."""
    said = text.casefold()
    for code, title in instrument.departments.items():
        for word in (code.casefold(), title.casefold()):
            if said == word or said.endswith(f" {word}"):
                return text[: -len(word)].strip(" ,:"), code
    return text, ""
