"""The benchmark's peers as they stood on fixed dates."""

from datetime import date

import msgspec
from sqlalchemy import bindparam, select

from model.comparison import Peer, Snapshot
from model.instrument import Form
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import SNAPSHOT

_PEERS = msgspec.json.Decoder(tuple[Peer, ...])
_FIND = Statement(
    select(SNAPSHOT.c.peers).where(
        SNAPSHOT.c.instrument == bindparam("code"),
        SNAPSHOT.c.version == bindparam("edition"),
        SNAPSHOT.c.form == bindparam("asked"),
        SNAPSHOT.c.taken_on == bindparam("on"),
    )
)
_keeping = inserting(SNAPSHOT)
_KEEP = Statement(
    _keeping.on_conflict_do_update(
        index_elements=["instrument", "version", "form", "taken_on"], set_={"peers": _keeping.excluded.peers}
    )
)


def find(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> Snapshot | None:
    """The snapshot of a date; None where none was taken."""
    row = transaction.one(_FIND, code=instrument, edition=version, asked=form, on=on)
    return None if row is None else Snapshot(on, _PEERS.decode(row.peers))


def keep(transaction: Transaction, instrument: str, version: str, form: Form, snapshot: Snapshot) -> None:
    """Keeps a snapshot in place of what its date had before."""
    peers = msgspec.json.encode(snapshot.peers).decode()
    transaction.run(_KEEP, instrument=instrument, version=version, form=form, taken_on=snapshot.on, peers=peers)
