"""The times at which experts hold meetings: published, booked by one city, moved, cancelled, withdrawn.

An invitation keeps its uid when a meeting moves: the new time takes it over, and the old one gets a fresh one.
"""

import uuid
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, select, update

from flows.around import Meeting, MeetingKind
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CITY, SLOT


class Slot(msgspec.Struct, frozen=True):
    """A time for a meeting as it is kept; `city_id` is None while it is free."""

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
    transaction: Transaction, kind: MeetingKind, starts: datetime, minutes: int, link: str, expert: str, now: datetime
) -> Slot:
    """A new time that any city may book."""
    slot = Slot(0, kind, starts, minutes, link, expert, None, None, _fresh(), 0, now, None)
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


def release(transaction: Transaction, slot: int, city: str, now: datetime) -> bool:
    """Sets a city's time free again; False where it was not the city's any more."""
    return transaction.run(_RELEASE, slot=slot, city=city, now=now) == 1


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
