"""What a city does about its statements: who leads, by when, what became of it; appended, the last one counts."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from sqlalchemy import bindparam, select

from flows.turn import Doing
from model.actions import State
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ACTION


class Kept(msgspec.Struct, frozen=True):
    """What a city does about a statement: `owner` in free words ("" for nobody yet), `due` where a day was said.

    `state` is "open" (not begun), "begun", "done" or "dropped".
    """

    item: str
    owner: str
    due: date | None
    state: State
    note: str
    at: datetime


_KEEP = Statement(inserting(ACTION))
_OF_WAVE = Statement(
    select(ACTION.c.item, ACTION.c.owner, ACTION.c.due, ACTION.c.state, ACTION.c.note, ACTION.c.at)
    .where(ACTION.c.wave_id == bindparam("wave"))
    .order_by(ACTION.c.id)
)


def keep(transaction: Transaction, wave: int, doing: Doing, now: datetime) -> None:
    """Appends how it stands with a statement: all of it, not what changed."""
    transaction.run(
        _KEEP,
        wave_id=wave,
        item=doing.item,
        owner=doing.owner,
        due=doing.due,
        state=doing.state,
        note=doing.note,
        at=now,
    )


def of_wave(transaction: Transaction, wave: int) -> Mapping[str, Kept]:
    """How it stands with each statement that something was said about in a wave, by code."""
    return {row.item: Kept(*row) for row in transaction.all(_OF_WAVE, wave=wave)}
