"""Codes that led nowhere: whoever tries too many is not listened to for a while."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import GUESS

MOST = 5
"""Codes that lead nowhere before it looks like guessing: more than anybody mistypes."""
WINDOW = timedelta(hours=1)
"""The time in which so many are too many, and how long no further ones are looked up then."""

_NOTE = Statement(inserting(GUESS))
_LATEST = Statement(
    select(GUESS.c.at).where(GUESS.c.address_id == bindparam("address")).order_by(GUESS.c.at.desc()).limit(MOST)
)
_FORGET = Statement(delete(GUESS).where(GUESS.c.address_id == bindparam("address"), GUESS.c.at < bindparam("before")))


def is_barred(transaction: Transaction, address: int, now: datetime) -> bool:
    """Whether codes from this address are not looked up now."""
    latest = [row.at for row in transaction.all(_LATEST, address=address)]
    return len(latest) == MOST and latest[0] - latest[-1] <= WINDOW and now - latest[0] < WINDOW


def note(transaction: Transaction, address: int, now: datetime) -> None:
    """Notes a code that led nowhere, and lets go of those that tell nothing any more."""
    transaction.run(_FORGET, address=address, before=now - 2 * WINDOW)
    transaction.run(_NOTE, address_id=address, at=now)
