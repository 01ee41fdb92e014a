"""The two meetings of a city: what is booked and free, and who books, moves and cancels."""

from flows.around import Around, Meeting
from flows.events import Asked, Event, Started
from flows.events.appointing import Appointing, Booked, Concluded, Published, Unbooked
from flows.meetings import experts
from flows.meetings.experts import KINDS
from flows.prompts.appointments import SHOWN, Deck, Meetings
from flows.session import Session
from flows.together.reminding import zone
from flows.turn import Booking, Turn, Unbooking, notice
from model.instrument import Instrument


def is_about_meetings(session: Session, event: Event) -> bool:
    """Whether a step on this event must know of the meetings (see `Around`)."""
    if isinstance(event, Asked):
        return event.report in {"meetings", "slides"}
    return isinstance(event, Appointing) or is_welcome(session, event)


def is_welcome(session: Session, event: Event) -> bool:
    """Whether this is the moment to say that the survey may begin without the kick-off."""
    return isinstance(event, Started) and session.joined and not session.consented and session.role == "coordinator"


def may_book_kick_off(session: Session, event: Event, around: Around) -> bool:
    """Whether this coordinator is welcomed, has no kick-off yet, and could book one."""
    kinds = {bool(one.city) for one in around.slots if one.kind == "kick_off"}
    return is_welcome(session, event) and kinds == {False}


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    """The turn after something about meetings; it changes nothing of the survey."""
    if isinstance(event, Published | Concluded) or _is_of_experts(session, event):
        return experts.take(instrument, session, event, around)
    if not session.joined:
        return notice(session, "meetings_of_a_city")
    match event:
        case Asked("slides", "kick_off" | "wrap_up" as kind):
            return Turn(session, (Deck(kind),))
        case Asked():
            return Turn(session, (board(session, around),))
        case Booked(slot) | Unbooked(slot) if session.role == "coordinator":
            return _book(session, slot, around, wanted=isinstance(event, Booked))
    return notice(session, "coordinator_only")


def board(session: Session, around: Around) -> Meetings:
    """The city's meetings and what is free, as they stand."""
    booked = tuple(one for one in around.slots if one.city)
    free = [one for one in around.slots if not one.city]
    shown = tuple(one for kind in KINDS.values() for one in [f for f in free if f.kind == kind][:SHOWN])
    over = tuple(one.id for one in booked if not _is_to_come(one, around))
    may_book = session.role == "coordinator"
    return Meetings(booked, shown, zone(session).key, may_book, over, around.conclusions)


def _is_of_experts(session: Session, event: Event) -> bool:
    """Whether an expert looks at the times they offered, or takes one back."""
    agenda = isinstance(event, Asked) and event.report == "meetings"
    return experts.may_publish(session) and (agenda or isinstance(event, Unbooked))


def _is_to_come(meeting: Meeting, around: Around) -> bool:
    return around.now is None or meeting.starts > around.now


def _book(session: Session, slot: str, around: Around, *, wanted: bool) -> Turn:
    meeting = next((one for one in around.slots if one.id == slot and _is_to_come(one, around)), None)
    if meeting is None or (not meeting.city and not wanted):
        return notice(session, "slot_taken" if wanted else "old_button", board(session, around))
    if meeting.city and wanted:
        return notice(session, "slot_yours", board(session, around))
    return Turn(session, keeps=(Booking(slot) if wanted else Unbooking(slot),))
