"""What a booking does beyond its turn: invitations to coordinator and expert, reminders, the slides, conclusions."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from flows.around import Around, Meeting
from flows.events import Event
from flows.events.appointing import Concluded
from flows.meetings.experts import PUBLISHERS, may_publish
from flows.prompts import Notice, Prompt
from flows.prompts.appointments import Concludes, Deck, MeetingPaper, MeetingSoon, Method
from flows.session import Session
from flows.turn import Booking, Concluding, OfMeetings, Publishing, Unbooking, Withdrawing
from storage import cities, diary, outbox, remarks, slots, teams, waves
from storage.database import Transaction
from storage.sessions import Standing
from storage.slots import Slot

A_DAY, SOON = timedelta(days=1), timedelta(minutes=15)
"""How long before a meeting its people are reminded."""
Change = Literal["booked", "moved", "cancelled", "withdrawn"]


class Place(msgspec.Struct, frozen=True):
    """Where somebody hears of a meeting; `own` for the city's side, not the expert's."""

    address: int
    session: Session
    own: bool = True


def arrange(transaction: Transaction, standing: Standing, kept: OfMeetings, now: datetime) -> tuple[Prompt, ...]:
    """Keeps what a turn wants about meetings, tells the others, and gives back what is said to who acted."""
    match kept:
        case Booking(slot):
            return _book(transaction, standing, int(slot), now)
        case Unbooking(slot):
            return _unbook(transaction, standing, int(slot), now)
        case Publishing():
            return _publish(transaction, standing, kept, now)
        case Withdrawing(slot):
            return _withdraw(transaction, int(slot), now)
        case Concluding():
            return _conclude(transaction, standing, kept, now)


def withdraw(transaction: Transaction, slot: Slot, now: datetime) -> bool:
    """Takes a published time back, and tells the city that has booked it; False where that was done before."""
    if not slots.withdraw(transaction, slot.id, now):
        return False
    if slot.city_id is not None:
        diary.plan(transaction, "meeting", slot.id, None)
        gone = msgspec.structs.replace(slot, sequence=slot.sequence + 1, changed_at=now)
        _tell(transaction, gone, slot.city_id, "CANCEL", "withdrawn", now)
    return True


def remind(transaction: Transaction, row: int, now: datetime) -> None:
    """Reminds of a meeting a day and a quarter of an hour before; of one that is over nobody is reminded."""
    slot = slots.find(transaction, row)
    if slot is None or slot.city_id is None or now >= slot.starts_at + timedelta(minutes=slot.minutes):
        return
    ahead = slot.starts_at - now
    if ahead <= A_DAY:  # else it was moved while this was being looked at
        when: Literal["day", "soon", "now"] = "now" if ahead <= timedelta(0) else "soon" if ahead <= SOON else "day"
        meeting = slots.meeting(slot, _named(transaction, slot.city_id))
        for place in _places(transaction, slot.city_id, slot.expert):
            slides = (Deck(slot.kind, slot.city_id),) if when == "day" else ()
            outbox.owe(transaction, place.address, place.session, [MeetingSoon(meeting, when), *slides], now)
    _plan(transaction, slot, now)


def _publish(transaction: Transaction, standing: Standing, kept: Publishing, now: datetime) -> tuple[Prompt, ...]:
    name = teams.name(transaction, standing.respondent or 0)
    made = slots.add(transaction, kept.kind, kept.starts, kept.link, name, now)
    return (Notice("slot_published" if made else "slot_overlaps", kept.starts.isoformat()),)


def _withdraw(transaction: Transaction, row: int, now: datetime) -> tuple[Prompt, ...]:
    slot = slots.find(transaction, row)
    if slot is None or not withdraw(transaction, slot, now):
        return (Notice("old_button"),)
    # Of a time that was booked the expert hears with the city.
    return () if slot.city_id else (Notice("slot_withdrawn", slot.starts_at.isoformat()),)


def _plan(transaction: Transaction, slot: Slot, now: datetime) -> None:
    """The next reminder of a meeting that is still to come."""
    moments = (slot.starts_at - before for before in (A_DAY, SOON))
    diary.plan(transaction, "meeting", slot.id, next((one for one in moments if one > now), None))


def _book(transaction: Transaction, standing: Standing, row: int, now: datetime) -> tuple[Prompt, ...]:
    assert standing.respondent is not None
    found = slots.book(transaction, row, standing.city, standing.respondent, now)
    if found is None:
        return (Notice("slot_taken", "late"),)
    slot, old = found
    _plan(transaction, slot, now)
    if old is not None:
        diary.plan(transaction, "meeting", old.id, None)
        if old.expert.casefold() != slot.expert.casefold():
            _tell_expert(transaction, old, slot, standing.city, now)
    change: Change = "moved" if old else "booked"
    told = _tell(transaction, slot, standing.city, "REQUEST", change, now, standing)
    if slot.starts_at - now <= A_DAY and not (old and old.starts_at - now <= A_DAY and old.expert == slot.expert):
        # The reminder that brings the slides would have come before; coordinators have a button for theirs.
        for place in _experts(transaction, slot.expert):
            outbox.owe(transaction, place.address, place.session, [Deck(slot.kind, standing.city)], now)
    return told


def _unbook(transaction: Transaction, standing: Standing, row: int, now: datetime) -> tuple[Prompt, ...]:
    slot = slots.release(transaction, row, standing.city, now)
    if slot is None:
        return (Notice("old_button"),)
    diary.plan(transaction, "meeting", row, None)
    return _tell(transaction, slot, standing.city, "CANCEL", "cancelled", now, standing)


def _tell(
    transaction: Transaction,
    slot: Slot,
    city: str,
    method: Method,
    change: Change,
    now: datetime,
    actor: Standing | None = None,
) -> tuple[Prompt, ...]:
    """Tells coordinators and expert; what comes back is for the one who acted."""
    meeting = slots.meeting(slot, _named(transaction, city))
    for place in _places(transaction, city, slot.expert):
        if actor is None or place.session.id != actor.session.id:
            paper = MeetingPaper(meeting, method, change, place.own)
            outbox.owe(transaction, place.address, place.session, [paper], now)
    return (MeetingPaper(meeting, method, change),)


def _tell_expert(transaction: Transaction, old: Slot, new: Slot, city: str, now: datetime) -> None:
    """The expert of the time that a city has left hears that it is off, under the number that calendars follow."""
    left = msgspec.structs.replace(old, sequence=new.sequence, changed_at=now)
    paper = MeetingPaper(slots.meeting(left, _named(transaction, city)), "CANCEL", "cancelled", own=False)
    for place in _experts(transaction, old.expert):
        outbox.owe(transaction, place.address, place.session, [paper], now)


def _conclude(transaction: Transaction, standing: Standing, kept: Concluding, now: datetime) -> tuple[Prompt, ...]:
    wave = waves.current(transaction, kept.city)
    if wave is None or standing.respondent is None:
        return (Notice("conclusion_without_round"),)
    remarks.conclude(transaction, wave.id, standing.respondent, kept.item, kept.text, now)
    told = Concludes(teams.name(transaction, standing.respondent), kept.text, kept.item)
    places = _coordinators(transaction, kept.city)
    for place in places:
        outbox.owe(transaction, place.address, place.session, [told], now)
    return (Notice("conclusion_kept" if places else "conclusion_untold", _named(transaction, kept.city)),)


def _places(transaction: Transaction, city: str, expert: str) -> list[Place]:
    return [*_coordinators(transaction, city), *_experts(transaction, expert)]


def _coordinators(transaction: Transaction, city: str) -> list[Place]:
    """The city's coordinators, where they are reached."""
    return [Place(one.address, one.session) for one in teams.reached(transaction, "coordinator", city)]


def _experts(transaction: Transaction, name: str) -> list[Place]:
    """The expert of this name, where one has joined."""
    wanted = name.casefold()
    found = [one for role in PUBLISHERS for one in teams.reached(transaction, role) if one.name.casefold() == wanted]
    return [Place(one.address, one.session, own=False) for one in found]


def _named(transaction: Transaction, city: str) -> str:
    return next((one.name for one in cities.find(transaction, city) if one.id == city), city)


def around_meetings(transaction: Transaction, standing: Standing, event: Event, now: datetime) -> Around:
    """The surroundings of a turn that is about meetings."""
    wanted = cities.every(transaction) if isinstance(event, Concluded) else []
    concluded = remarks.conclusions(transaction, standing.wave) if standing.wave else []
    return Around(
        now,
        standing.closes,
        str(standing.respondent or ""),
        slots=_meetings(transaction, standing, now),
        conclusions=tuple((one.item, one.text) for one in concluded),
        cities=tuple((one.id, one.name) for one in wanted),
    )


def _meetings(transaction: Transaction, standing: Standing, now: datetime) -> tuple[Meeting, ...]:
    """The city's own meetings, and the times to come that it may book; an expert's are those they have offered."""
    if may_publish(standing.session):
        offered = slots.of_expert(transaction, teams.name(transaction, standing.respondent or 0), now)
        return tuple(slots.meeting(one, _named(transaction, one.city_id) if one.city_id else "") for one in offered)
    mine = slots.of_city(transaction, standing.city) if standing.city else []
    name = standing.session.city.name or standing.city
    free = [slots.meeting(one, "") for one in slots.free(transaction, standing.city, now)]
    return (*(slots.meeting(one, name) for one in mine), *free)
