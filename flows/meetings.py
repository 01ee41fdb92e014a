"""The two meetings: what is booked, moved and cancelled by whom, what experts offer, and what they conclude."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flows.appointments import SHOWN, Deck, Meetings
from flows.around import Around, Meeting, MeetingKind
from flows.events import Asked, Booked, Concluded, Event, Published, Started, Unbooked
from flows.prompts import Notice
from flows.reminding import zone
from flows.session import Session
from flows.turn import Booking, Concluding, Publishing, Turn, Unbooking, notice
from model.instrument import Instrument

KINDS: dict[str, MeetingKind] = {"kick-off": "kick_off", "wrap-up": "wrap_up"}
"""The kinds of meeting, as they are typed."""
LONGEST_LINK = 500
"""Characters of a link: video services need far fewer, and a calendar shows no more."""
_EXPERTS = {"expert", "programme"}
EVENTS = Booked | Unbooked | Published | Concluded
"""What people do about meetings, beside asking for them."""


def is_about_meetings(session: Session, event: Event) -> bool:
    """Whether a step on this event must know of the meetings (see `Around`)."""
    if isinstance(event, Asked):
        return event.report == "meetings"
    return isinstance(event, Booked | Unbooked | Concluded) or is_welcome(session, event)


def is_welcome(session: Session, event: Event) -> bool:
    """Whether this is the moment to say that the survey may begin without the kick-off."""
    return isinstance(event, Started) and session.joined and not session.consented and session.role == "coordinator"


def may_book_kick_off(session: Session, event: Event, around: Around) -> bool:
    """Whether this coordinator is welcomed, has no kick-off yet, and could book one."""
    kinds = {bool(one.city) for one in around.slots if one.kind == "kick_off"}
    return is_welcome(session, event) and kinds == {False}


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    """The turn after something about meetings; it changes nothing of the survey."""
    match event:
        case Published(text):
            return _publish(session, text, around)
        case Concluded(text):
            return _conclude(instrument, session, text, around)
    if not session.joined:
        return notice(session, "meetings_of_a_city")
    match event:
        case Asked("slides", about):
            return Turn(session, tuple(Deck(kind) for kind in KINDS.values() if kind == about))
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


def read_start(text: str, here: ZoneInfo) -> datetime | None:
    """The instant of a day and hour such as "2026-12-01 10:00"; None for what is none, or no time there."""
    try:
        said = datetime.strptime(" ".join(text.split()), "%Y-%m-%d %H:%M")  # noqa: DTZ007  # the zone follows
        at = said.replace(tzinfo=here).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # In spring an hour is left out: a clock never shows it.
    return at if at.astimezone(here).replace(tzinfo=None) == said else None


def is_link(text: str) -> bool:
    """Whether this is an http(s) address that can be opened."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isprintable() and not any(one.isspace() for one in text)
    return plain and parts.scheme in {"http", "https"} and bool(parts.netloc) and len(text) <= LONGEST_LINK


def _is_to_come(meeting: Meeting, around: Around) -> bool:
    return around.now is None or meeting.starts > around.now


def _book(session: Session, slot: str, around: Around, *, wanted: bool) -> Turn:
    meeting = next((one for one in around.slots if one.id == slot and _is_to_come(one, around)), None)
    if meeting is None or (not meeting.city and not wanted):
        return notice(session, "slot_taken" if wanted else "old_button", board(session, around))
    if meeting.city and wanted:
        return notice(session, "slot_yours", board(session, around))
    return Turn(session, keeps=(Booking(slot) if wanted else Unbooking(slot),))


def _publish(session: Session, text: str, around: Around) -> Turn:
    if session.role not in _EXPERTS:
        return notice(session, "experts_only")
    kind, _, rest = text.partition(" ")
    when, _, link = rest.strip().rpartition(" ")
    if kind not in KINDS or not link:
        return notice(session, "how_to_publish")
    starts = read_start(when, zone(session))
    if starts is None:
        return notice(session, "slot_day_unreadable", about=when)
    if around.now is not None and starts <= around.now:
        return notice(session, "slot_in_past", about=when)
    if not is_link(link):
        return notice(session, "slot_no_link", about=link)
    return Turn(session, (Notice("slot_published", when),), (Publishing(KINDS[kind], starts, link),))


def _conclude(instrument: Instrument, session: Session, text: str, around: Around) -> Turn:
    if session.role not in _EXPERTS:
        return notice(session, "experts_only")
    named = sorted(_named(text, around), key=lambda one: -len(one[1]))
    best = [one for one in named if len(one[1]) == len(named[0][1])]
    if not text or (named and not text[len(named[0][1]) :].strip()):
        return notice(session, "how_to_conclude")
    if len(best) != 1:
        return notice(session, "conclusion_of_no_city", about=text.split()[0])
    city, name = best[0]
    said = text[len(name) :].strip()
    item, colon, rest = said.partition(":")
    if colon and item in instrument.dimension_codes and rest.strip():
        return Turn(session, keeps=(Concluding(city, rest.strip(), item),))
    return Turn(session, keeps=(Concluding(city, said),))


def _named(text: str, around: Around) -> Iterator[tuple[str, str]]:
    """The cities with whose id or name a text begins: id, and what was typed of it."""
    for city, name in around.cities:
        for told in {city, name}:
            begun = text[: len(told)]
            if begun.casefold() == told.casefold() and not text[len(told) : len(told) + 1].strip():
                yield city, begun
