"""Workshops of groups: one at a time in each, and the votes of every round."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select, update

from flows.groups.around import Vote, Workshop
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import RESPONSE, SESSION, VOTE, WORKSHOP


class Going(msgspec.Struct, frozen=True):
    """A workshop as it is kept."""

    row: int
    address: int
    wave: int
    workshop: Workshop


_STATE = msgspec.json.Decoder(Workshop)
_STATES = msgspec.json.Encoder()
_COLUMNS = (WORKSHOP.c.id, WORKSHOP.c.address_id, WORKSHOP.c.wave_id, WORKSHOP.c.state)

_IN = Statement(
    select(*_COLUMNS)
    .where(WORKSHOP.c.address_id == bindparam("address"), WORKSHOP.c.ended_at.is_(None))
    .order_by(WORKSHOP.c.id.desc())
)
_FIND = Statement(select(*_COLUMNS).where(WORKSHOP.c.id == bindparam("workshop"), WORKSHOP.c.ended_at.is_(None)))
_HELD = Statement(
    select(func.max(WORKSHOP.c.number).label("held")).where(WORKSHOP.c.address_id == bindparam("address"))
)
_BEGIN = Statement(inserting(WORKSHOP, returning=(WORKSHOP.c.id,)))
_KEEP = Statement(
    update(WORKSHOP)
    .where(WORKSHOP.c.id == bindparam("workshop"))
    .values(state=bindparam("new_state"), ended_at=bindparam("over_at"))
)
_voting = inserting(VOTE, leave_out="")
_VOTE = Statement(
    _voting.on_conflict_do_update(
        index_elements=["workshop_id", "item", "round", "address_id"],
        set_={name: _voting.excluded[name] for name in ("name", "level", "at")},
    )
)
_VOTES = Statement(
    select(VOTE.c.address_id, VOTE.c.name, VOTE.c.level)
    .where(
        VOTE.c.workshop_id == bindparam("workshop"),
        VOTE.c.item == bindparam("of"),
        VOTE.c.round == bindparam("in_round"),
    )
    .order_by(VOTE.c.name, VOTE.c.address_id)
)
_CAST = Statement(
    select(VOTE.c.workshop_id, VOTE.c.round, VOTE.c.item, VOTE.c.level)
    .select_from(VOTE.join(WORKSHOP, WORKSHOP.c.id == VOTE.c.workshop_id))
    .where(WORKSHOP.c.wave_id == bindparam("wave"))
)
_AGREED = Statement(
    select(RESPONSE.c.item)
    .distinct()
    .select_from(RESPONSE.join(SESSION, SESSION.c.id == RESPONSE.c.session_id))
    .where(SESSION.c.wave_id == bindparam("wave"), RESPONSE.c.source == "agreed")
)


def going(transaction: Transaction, address: int) -> Going | None:
    """The workshop that goes on in a group; None where none does."""
    return _read(transaction.one(_IN, address=address))


def find(transaction: Transaction, row: int) -> Going | None:
    """A workshop by its row; None where it is over."""
    return _read(transaction.one(_FIND, workshop=row))


def held(transaction: Transaction, address: int) -> int:
    """How many workshops a group has had."""
    row = transaction.one(_HELD, address=address)
    return int(row.held or 0) if row else 0


def begin(transaction: Transaction, address: int, wave: int, workshop: Workshop, now: datetime) -> int:
    """A new workshop's row."""
    state = _STATES.encode(workshop).decode()
    columns = {"address_id": address, "number": workshop.number, "wave_id": wave, "begun_at": now, "ended_at": None}
    row = transaction.one(_BEGIN, state=state, **columns)
    assert row is not None
    return int(row.id)


def keep(transaction: Transaction, row: int, workshop: Workshop, now: datetime) -> None:
    """Keeps a workshop as it is now; one that is over is found no more."""
    over = now if workshop.stage == "over" else None
    transaction.run(_KEEP, workshop=row, new_state=_STATES.encode(workshop).decode(), over_at=over)


def vote(transaction: Transaction, row: int, workshop: Workshop, given: Vote, now: datetime) -> None:
    """Keeps a vote in the present round; somebody's last one counts, and those of earlier rounds stay."""
    place = {"workshop_id": row, "item": workshop.item, "round": workshop.round}
    transaction.run(_VOTE, **place, address_id=given.voter, name=given.name, level=given.level, at=now)


def votes(transaction: Transaction, row: int, item: str, in_round: int) -> tuple[Vote, ...]:
    """The votes of a round, by name."""
    found = transaction.all(_VOTES, workshop=row, of=item, in_round=in_round)
    return tuple(Vote(one.address_id, one.name, one.level) for one in found)


def agreed(transaction: Transaction, wave: int) -> frozenset[str]:
    """The statements of a wave that have an agreed value."""
    return frozenset(row.item for row in transaction.all(_AGREED, wave=wave))


def tallies(transaction: Transaction, wave: int) -> dict[str, tuple[int, ...]]:
    """How many voted for each level 0-5 in the last round about each statement that a workshop of a wave agreed on."""
    found: dict[str, tuple[int, ...]] = {}
    rounds: dict[str, tuple[int, int]] = {}
    counts: dict[tuple[str, int, int], list[int]] = {}
    for row in transaction.all(_CAST, wave=wave):
        place = (row.workshop_id, row.round)
        rounds[row.item] = max(rounds.get(row.item, place), place)
        counted = counts.setdefault((row.item, *place), [0] * 6)
        if row.level is not None:
            counted[row.level] += 1
    for item in agreed(transaction, wave) & set(rounds):
        found[item] = tuple(counts[item, *rounds[item]])
    return found


def _read(row: Any) -> Going | None:
    return Going(row.id, row.address_id, row.wave_id, _STATE.decode(row.state)) if row is not None else None
