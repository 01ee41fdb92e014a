"""When to look at something again although nobody says anything: one moment a thing, kept until it was looked at."""

from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import and_, bindparam, delete, func, select

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import DIARY

Kind = Literal["reminder", "nudge", "digest", "close", "opened", "closed", "meeting", "workshop", "introduced", "desk"]
"""A session's reminder, and one that its coordinator asked for; a wave's digest for its coordinators and its close, the
word of its beginning and of its close to a session; a slot's next reminder; the end of a workshop's minutes for a
statement; word of an introduction; what the disagreement desk asks a session by day."""


class Entry(msgspec.Struct, frozen=True):
    """What is to be looked at: a session, wave, slot or workshop by its row."""

    kind: Kind
    about: int


_planning = inserting(DIARY, leave_out="")
_PLAN = Statement(
    _planning.on_conflict_do_update(index_elements=["kind", "about"], set_={"due": _planning.excluded.due})
)
_PLAN_ONCE = Statement(inserting(DIARY, leave_out="").on_conflict_do_nothing(index_elements=["kind", "about"]))
_STRIKE = Statement(delete(DIARY).where(DIARY.c.kind == bindparam("of"), DIARY.c.about == bindparam("row")))
_DUE = Statement(
    select(DIARY.c.kind, DIARY.c.about).where(DIARY.c.due <= bindparam("now")).order_by(DIARY.c.due).limit(100)
)
# Several processes look at the same diary: what another is just looking at is passed by.
_TAKE = Statement(
    select(DIARY.c.kind, DIARY.c.about)
    .where(and_(DIARY.c.kind == bindparam("of"), DIARY.c.about == bindparam("row"), DIARY.c.due <= bindparam("now")))
    .with_for_update(skip_locked=True)
)
_NEXT = Statement(select(func.min(DIARY.c.due).label("due")))


def plan(transaction: Transaction, kind: Kind, about: int, due: datetime | None) -> None:
    """From now on this is looked at then, and not before; None: not at all."""
    if due is None:
        transaction.run(_STRIKE, of=kind, row=about)
    else:
        transaction.run(_PLAN, kind=kind, about=about, due=due)


def plan_once(transaction: Transaction, kind: Kind, about: int, due: datetime) -> None:
    """The same, unless it is planned already."""
    transaction.run(_PLAN_ONCE, kind=kind, about=about, due=due)


def cancel(transaction: Transaction, kind: Kind, about: int) -> bool:
    """From now on this is not looked at; False where it was not planned."""
    return transaction.run(_STRIKE, of=kind, row=about) == 1


def due(transaction: Transaction, now: datetime) -> list[Entry]:
    """What is to be looked at now, the earliest first; at most a hundred."""
    return [Entry(row.kind, row.about) for row in transaction.all(_DUE, now=now)]


def take(transaction: Transaction, entry: Entry, now: datetime) -> bool:
    """Whether this is still due and nobody else is at it; it is struck, and who looks at it plans it anew."""
    if transaction.one(_TAKE, of=entry.kind, row=entry.about, now=now) is None:
        return False
    plan(transaction, entry.kind, entry.about, None)
    return True


def next_due(transaction: Transaction) -> datetime | None:
    """When something is due next; None where nothing is planned."""
    row = transaction.one(_NEXT)
    return row.due if row else None
