"""The benchmark's peers as they stood on fixed dates; what was kept once is never changed."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, select

from model.columns import Columns
from model.comparison import FEWEST, Peer, Snapshot
from model.instrument import Form
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import SNAPSHOT

MOST_KEPT = 16
"""Snapshots that a process keeps arranged, the latest used: with 10,000 cities one takes some twenty megabytes."""

_PEERS = msgspec.json.Decoder(tuple[Peer, ...])
_those = (
    SNAPSHOT.c.instrument == bindparam("code"),
    SNAPSHOT.c.version == bindparam("edition"),
    SNAPSHOT.c.form == bindparam("asked"),
)
_FIND = Statement(select(SNAPSHOT.c.peers).where(*_those, SNAPSHOT.c.taken_on == bindparam("on")))
_DATES = Statement(select(SNAPSHOT.c.taken_on).where(*_those).order_by(SNAPSHOT.c.taken_on))
_KEEP = Statement(inserting(SNAPSHOT).on_conflict_do_nothing())
_DROP = Statement(delete(SNAPSHOT).where(*_those, SNAPSHOT.c.taken_on == bindparam("on")))


def find(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> Snapshot | None:
    """The snapshot of a date; None where none was taken."""
    row = transaction.one(_FIND, code=instrument, edition=version, asked=form, on=on)
    return None if row is None else Snapshot(on, _PEERS.decode(row.peers))


def dates(transaction: Transaction, instrument: str, version: str, form: Form) -> list[date]:
    """The dates of which there is a snapshot, the oldest first."""
    return [row.taken_on for row in transaction.all(_DATES, code=instrument, edition=version, asked=form)]


def keep(transaction: Transaction, instrument: str, version: str, form: Form, snapshot: Snapshot) -> bool:
    """Keeps a snapshot; False where its date has one already, which stays."""
    peers = msgspec.json.encode(snapshot.peers).decode()
    kept = transaction.run(_KEEP, instrument=instrument, version=version, form=form, taken_on=snapshot.on, peers=peers)
    return kept == 1


def drop_untold(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> bool:
    """Lets go of a snapshot of so few peers that nobody can have been told anything of it; False for any other."""
    found = find(transaction, instrument, version, form, on)
    if found is None or len(found.peers) >= FEWEST:
        return False
    return transaction.run(_DROP, code=instrument, edition=version, asked=form, on=on) == 1


def arranged(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> Columns:
    """The snapshot of a date that has one, arranged for reading; only once in a process, as it is never changed."""
    known: dict[Any, Columns] = transaction.memory.setdefault("snapshots", {})
    key = (instrument, version, form, on)
    columns = known.pop(key, None)
    if columns is None:
        found = find(transaction, instrument, version, form, on)
        assert found is not None
        columns = Columns(found, _places(transaction))
        if len(found.peers) < FEWEST:
            return columns
    known[key] = columns  # the last one used is the last to go
    for old in list(known)[:-MOST_KEPT]:
        known.pop(old, None)
    return columns


def _places(transaction: Transaction) -> Callable[[str], int]:
    """Each city's bit, the same in every snapshot that this process reads."""
    places: dict[str, int]
    places, free = transaction.memory.setdefault("places", ({}, count()))
    return lambda city: places[city] if city in places else places.setdefault(city, next(free))
