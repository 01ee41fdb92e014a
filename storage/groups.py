"""Groups: chats of several people, and the city that a coordinator has given each to."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, GROUP, SESSION


class Group(msgspec.Struct, frozen=True):
    """A group of a city; `row` is its session's, `told` the dimensions it knows to be complete."""

    address: int
    row: int
    told: frozenset[str]


_giving = inserting(GROUP, leave_out="")
_GIVE = Statement(
    _giving.on_conflict_do_update(
        index_elements=["address_id"],
        set_={name: _giving.excluded[name] for name in ("city_id", "set_by", "since", "told")},
    )
)
_TAKE = Statement(delete(GROUP).where(GROUP.c.address_id == bindparam("address")))
_CITY = Statement(select(GROUP.c.city_id).where(GROUP.c.address_id == bindparam("address")))
_all = (
    select(GROUP.c.address_id, ADDRESS.c.session_id, GROUP.c.told)
    .select_from(GROUP.join(ADDRESS, ADDRESS.c.id == GROUP.c.address_id))
    .order_by(GROUP.c.address_id)
)
_IN_WAVE = Statement(
    _all.join(SESSION, SESSION.c.id == ADDRESS.c.session_id).where(SESSION.c.wave_id == bindparam("wave"))
)
_OF_CITY = Statement(
    _all.where(GROUP.c.city_id == bindparam("city"))
    # PostgreSQL: whoever answers last sees what the others answered, so that a milestone is told, and once.
    .with_for_update(of=GROUP)
)
_TELL = Statement(update(GROUP).where(GROUP.c.address_id == bindparam("address")).values(told=bindparam("now_told")))
_ENTER = Statement(update(SESSION).where(SESSION.c.id == bindparam("row")).values(wave_id=bindparam("wave")))


def give(transaction: Transaction, address: int, row: int, city: str, wave: int, by: int | None, now: datetime) -> None:
    """From now on the group at this address is the city's; its session is in the city's wave."""
    transaction.run(_GIVE, address_id=address, city_id=city, set_by=by, since=now, told="")
    enter(transaction, row, wave)


def take(transaction: Transaction, address: int, row: int) -> bool:
    """From now on the group is nobody's; False where it was nobody's before."""
    enter(transaction, row, None)
    return transaction.run(_TAKE, address=address) == 1


def city(transaction: Transaction, address: int) -> str | None:
    """The city that the group at this address was given to; None for an address that is no group's."""
    row = transaction.one(_CITY, address=address)
    return str(row.city_id) if row else None


def of_city(transaction: Transaction, city: str) -> list[Group]:
    """A city's groups, locked until the transaction ends."""
    return [_read(row) for row in transaction.all(_OF_CITY, city=city)]


def in_wave(transaction: Transaction, wave: int) -> list[Group]:
    """The groups of the city whose wave this is."""
    return [_read(row) for row in transaction.all(_IN_WAVE, wave=wave)]


def tell(transaction: Transaction, address: int, told: frozenset[str]) -> None:
    """Notes of which dimensions a group was told."""
    transaction.run(_TELL, address=address, now_told=" ".join(sorted(told)))


def enter(transaction: Transaction, row: int, wave: int | None) -> None:
    """The session of a group is in this wave from now on."""
    transaction.run(_ENTER, row=row, wave=wave)


def _read(row: Any) -> Group:
    return Group(row.address_id, row.session_id, frozenset(row.told.split()))
