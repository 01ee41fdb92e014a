"""How much a capability matters and costs to its city (1-3 each); appended, the last number of each counts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from flows.turn import Weighing
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import PRIORITY

_KEEP = Statement(inserting(PRIORITY))
_OF_WAVE = Statement(select(PRIORITY).where(PRIORITY.c.wave_id == bindparam("wave")).order_by(PRIORITY.c.id))


def keep(transaction: Transaction, wave: int, weighing: Weighing, now: datetime) -> None:
    """Appends what somebody said; what they did not say stays as it was."""
    transaction.run(
        _KEEP, wave_id=wave, item=weighing.item, importance=weighing.importance, effort=weighing.effort, at=now
    )


def of_wave(transaction: Transaction, wave: int) -> Mapping[str, tuple[int, int]]:
    """Importance and effort by code; 0 where nothing was said."""
    found: dict[str, tuple[int, int]] = {}
    for row in transaction.all(_OF_WAVE, wave=wave):
        importance, effort = found.get(row.item, (0, 0))
        found[row.item] = (row.importance or importance, row.effort or effort)
    return found
