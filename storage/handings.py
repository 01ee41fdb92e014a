"""What respondents hand on to each other: offered, accepted or refused; the rows are the history."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import HANDING


class Handed(msgspec.Struct, frozen=True):
    """Statements on their way from one respondent to another."""

    id: int
    wave: int
    items: tuple[str, ...]
    giver: int
    taker: int
    note: str
    state: str


_OFFER = Statement(inserting(HANDING, returning=(HANDING.c.id,)))
_FIND = Statement(select(HANDING).where(HANDING.c.id == bindparam("handing")).with_for_update())
_OF_WAVE = Statement(select(HANDING).where(HANDING.c.wave_id == bindparam("wave")).order_by(HANDING.c.id))
_SETTLE = Statement(
    update(HANDING)
    .where(HANDING.c.id == bindparam("handing"), HANDING.c.state == "offered")
    .values(state=bindparam("new_state"))
)


def offer(
    transaction: Transaction, wave: int, items: tuple[str, ...], giver: int, taker: int, note: str, now: datetime
) -> int:
    """Statements offered to a colleague."""
    row = transaction.one(
        _OFFER,
        wave_id=wave,
        items=" ".join(items),
        giver_id=giver,
        taker_id=taker,
        note=note,
        state="offered",
        at=now,
    )
    assert row is not None
    return int(row.id)


def find(transaction: Transaction, handing: int) -> Handed | None:
    """An offer, locked until the transaction ends; None where there is none."""
    row = transaction.one(_FIND, handing=handing)
    return _read(row) if row else None


def of_wave(transaction: Transaction, wave: int) -> list[Handed]:
    """All that was handed on in a wave, oldest first."""
    return [_read(row) for row in transaction.all(_OF_WAVE, wave=wave)]


def settle(transaction: Transaction, handing: int, *, accepted: bool) -> bool:
    """Notes an answer to an offer; False where it was answered before."""
    return transaction.run(_SETTLE, handing=handing, new_state="accepted" if accepted else "refused") == 1


def _read(row: Any) -> Handed:
    items = tuple(row.items.split())
    return Handed(row.id, row.wave_id, items, row.giver_id, row.taker_id, row.note, row.state)
