"""Which updates were heard, so that a platform may repeat itself; and which could not be."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import INBOX, PARKED

KEPT = timedelta(days=30)
"""Platforms repeat an update for a day at the longest."""

_ADMIT = Statement(inserting(INBOX).on_conflict_do_nothing())
_FORGET = Statement(delete(INBOX).where(INBOX.c.at < bindparam("before")))
_PARK = Statement(inserting(PARKED))
_COUNT = Statement(select(func.count(PARKED.c.id).label("parked")))


def admit(transaction: Transaction, key: str, now: datetime) -> bool:
    """Whether this update is heard for the first time; from now on it is not."""
    return transaction.run(_ADMIT, key=key, at=now) == 1


def forget(transaction: Transaction, now: datetime) -> None:
    """Lets go of what no platform will repeat any more."""
    transaction.run(_FORGET, before=now - KEPT)


def park(transaction: Transaction, key: str, traceback: str, now: datetime) -> None:
    """Puts aside an update that cannot be heard, so that it does not block the line."""
    admit(transaction, key, now)
    transaction.run(_PARK, key=key, traceback=traceback, at=now)


def parked(transaction: Transaction) -> int:
    """How many updates were put aside."""
    row = transaction.one(_COUNT)
    return int(row.parked) if row else 0
