"""The times at which experts hold meetings: published, booked by one city, moved, cancelled, withdrawn.

An invitation keeps its uid when a meeting moves: the new time takes it over, and a time that is free gets a fresh one.
"""

import uuid
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import bindparam, or_, select, update

from flows.around import Meeting, MeetingKind
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CITY, SLOT


class Slot(msgspec.Struct, frozen=True):
    """A time for a meeting as it is kept: `city_id` is None while it is free, `offered_to` where it is for any city."""

    id: int
    kind: MeetingKind
    starts_at: datetime
    minutes: int
    link: str
    expert: str
    city_id: str | None
    booked_by: int | None
    uid: str
    sequence: int
    changed_at: datetime
    withdrawn_at: datetime | None
    offered_to: str | None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


MINUTES = 60
"""How long a meeting takes unless somebody says otherwise."""

_ADD = Statement(inserting(SLOT, returning=(SLOT.c.id,)))
_FIND = Statement(select(SLOT).where(SLOT.c.id == bindparam("slot")).with_for_update())
_COMING = Statement(
    select(SLOT)
    .where(SLOT.c.starts_at > bindparam("now"), SLOT.c.withdrawn_at.is_(None))
    .order_by(SLOT.c.starts_at, SLOT.c.id)
)
_OF_CITY = Statement(select(SLOT).where(SLOT.c.city_id == bindparam("city")).order_by(SLOT.c.starts_at))
# Two bookings by one city wait for each other, so that the second sees what the first has booked.
_LOCK_CITY = Statement(select(CITY.c.id).where(CITY.c.id == bindparam("city")).with_for_update())
_BOOK = Statement(
    update(SLOT)
    .where(
        SLOT.c.id == bindparam("slot"),
        SLOT.c.city_id.is_(None),
        SLOT.c.withdrawn_at.is_(None),
        SLOT.c.starts_at > bindparam("now"),
        or_(SLOT.c.offered_to.is_(None), SLOT.c.offered_to == bindparam("city")),
    )
    .values(
        city_id=bindparam("city"),
        booked_by=bindparam("by"),
        sequence=SLOT.c.sequence + 1,
        changed_at=bindparam("now"),
    )
)
_RELEASE = Statement(
    update(SLOT)
    .where(SLOT.c.id == bindparam("slot"), SLOT.c.city_id == bindparam("city"))
    .values(city_id=None, booked_by=None, sequence=SLOT.c.sequence + 1, changed_at=bindparam("now"))
)
_RENAME = Statement(
    update(SLOT)
    .where(SLOT.c.id == bindparam("slot"))
    .values(uid=bindparam("new_uid"), sequence=bindparam("new_sequence"))
)
_WITHDRAW = Statement(
    update(SLOT)
    .where(SLOT.c.id == bindparam("slot"), SLOT.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"), city_id=None, sequence=SLOT.c.sequence + 1, changed_at=bindparam("now"))
)


def add(
    transaction: Transaction,
    kind: MeetingKind,
    starts: datetime,
    link: str,
    expert: str,
    now: datetime,
    *,
    minutes: int = MINUTES,
    city: str | None = None,
) -> Slot | None:
    """A new time that any city may book, or only `city`; None where it overlaps another of the same expert's."""
    ends = starts + timedelta(minutes=minutes)
    if any(starts < one.ends_at and one.starts_at < ends for one in of_expert(transaction, expert, now)):
        return None
    slot = Slot(0, kind, starts, minutes, link, expert, None, None, _fresh(), 0, now, None, city)
    row = transaction.one(_ADD, **msgspec.structs.asdict(slot))
    assert row is not None
    return msgspec.structs.replace(slot, id=row.id)


def find(transaction: Transaction, slot: int) -> Slot | None:
    """A time by its row, locked until the transaction ends; None where there is none."""
    row = transaction.one(_FIND, slot=slot)
    return Slot(*row) if row else None


def coming(transaction: Transaction, now: datetime) -> list[Slot]:
    """What is published from now on, free or booked, the soonest first."""
    return [Slot(*row) for row in transaction.all(_COMING, now=now)]


def free(transaction: Transaction, city: str, now: datetime) -> list[Slot]:
    """What a city may book from now on, the soonest first."""
    return [one for one in coming(transaction, now) if one.city_id is None and one.offered_to in {None, city}]


def of_expert(transaction: Transaction, expert: str, now: datetime) -> list[Slot]:
    """What an expert has offered from now on, free or booked, the soonest first."""
    return [one for one in coming(transaction, now) if one.expert.casefold() == expert.casefold()]


def of_city(transaction: Transaction, city: str) -> list[Slot]:
    """What a city has booked, held or to come."""
    return [Slot(*row) for row in transaction.all(_OF_CITY, city=city)]


def book(transaction: Transaction, slot: int, city: str, by: int, now: datetime) -> tuple[Slot, Slot | None] | None:
    """The booked time, and the one of the same kind that it stands in for; None where it is not free any more."""
    transaction.one(_LOCK_CITY, city=city)
    if transaction.run(_BOOK, slot=slot, city=city, by=by, now=now) != 1:
        return None
    booked = find(transaction, slot)
    assert booked is not None
    for old in of_city(transaction, city):
        if old.kind == booked.kind and old.id != slot and old.starts_at > now:
            return _moved(transaction, old, booked, now), old
    return booked, None


def release(transaction: Transaction, slot: int, city: str, now: datetime) -> Slot | None:
    """Sets a city's time free again, and gives the meeting that is off; None where it was not the city's any more."""
    if transaction.run(_RELEASE, slot=slot, city=city, now=now) != 1:
        return None
    off = find(transaction, slot)
    # Some calendars never show again what was cancelled: whoever books it next has another meeting.
    transaction.run(_RENAME, slot=slot, new_uid=_fresh(), new_sequence=0)
    return off


def withdraw(transaction: Transaction, slot: int, now: datetime) -> bool:
    """Takes a time back; False where that was done before."""
    return transaction.run(_WITHDRAW, slot=slot, now=now) == 1


def meeting(slot: Slot, city: str) -> Meeting:
    """The time as a conversation knows it; `city` is the name of whose meeting it is."""
    return Meeting(
        str(slot.id),
        slot.kind,
        city,
        slot.starts_at,
        slot.minutes,
        slot.link,
        slot.expert,
        slot.uid,
        slot.sequence,
        slot.changed_at,
    )


def _moved(transaction: Transaction, old: Slot, new: Slot, now: datetime) -> Slot:
    """The new time under the old one's uid: calendars then move the meeting instead of showing two."""
    transaction.run(_RELEASE, slot=old.id, city=old.city_id, now=now)
    transaction.run(_RENAME, slot=old.id, new_uid=new.uid, new_sequence=new.sequence)
    transaction.run(_RENAME, slot=new.id, new_uid=old.uid, new_sequence=old.sequence + 1)
    return msgspec.structs.replace(new, uid=old.uid, sequence=old.sequence + 1)


def _fresh() -> str:
    return f"{uuid.uuid4()}@maturitybot"
