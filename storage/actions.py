"""What a city does about its statements: who leads, by when, what became of it; appended, the last one counts."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from sqlalchemy import bindparam, select

from flows.kept.wishes import Doing
from model.actions import State
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ACTION, WAVE


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
_LAST_TWO = Statement(select(WAVE.c.id).where(WAVE.c.city_id == bindparam("city")).order_by(WAVE.c.id.desc()).limit(2))


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


def of_city(transaction: Transaction, city: str) -> Mapping[str, Kept]:
    """How it stands in a city's latest wave, with what was under way in the one before and nobody has spoken of."""
    now, before = _latest(transaction, city)
    return {**{item: one for item, one in before.items() if is_led(one)}, **now}


def became(transaction: Transaction, city: str) -> tuple[int, int]:
    """How many of the actions that somebody led in the wave before the latest are done, and how many there were."""
    now, before = _latest(transaction, city)
    led = [now.get(item, one) for item, one in before.items() if one.owner]
    return sum(one.state == "done" for one in led), len(led)


def is_led(one: Kept) -> bool:
    """Whether somebody leads it, and it is neither done nor dropped: it is asked what became of it."""
    return bool(one.owner) and one.state in {"open", "begun"}


def _latest(transaction: Transaction, city: str) -> tuple[Mapping[str, Kept], Mapping[str, Kept]]:
    """What was said in the latest wave of a city, and in the one before."""
    held = [of_wave(transaction, row.id) for row in transaction.all(_LAST_TWO, city=city)]
    now, before = (*held, {}, {})[:2]
    return now, before
