"""The privacy ledger: which peer groups a city was shown, kept before they are said."""

from datetime import date

import msgspec
from sqlalchemy import bindparam, select

from model.instrument import Form
from model.ledger import Told
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CITY, SHOWN

# PostgreSQL: two processes that show a city something at one time do so one after the other. Not the keys: whatever
# else happens in the city need not wait. SQLite has one writer and leaves this out.
_LOCK = Statement(select(CITY.c.id).where(CITY.c.id == bindparam("city")).with_for_update(key_share=True))
_OF_CITY = Statement(
    select(SHOWN.c.taken_on, SHOWN.c.cut, SHOWN.c.peer_group, SHOWN.c.codes)
    .where(
        SHOWN.c.city_id == bindparam("city"),
        SHOWN.c.instrument == bindparam("code"),
        SHOWN.c.version == bindparam("edition"),
        SHOWN.c.form == bindparam("asked"),
    )
    .order_by(SHOWN.c.id)
)
_KEEP = Statement(inserting(SHOWN).on_conflict_do_nothing())
_CODES = msgspec.json.Decoder(frozenset[str])


def lock(transaction: Transaction, city: str) -> None:
    """From here on nobody else shows this city anything until the transaction ends."""
    transaction.all(_LOCK, city=city)


def of_city(transaction: Transaction, city: str, instrument: str, version: str, form: Form) -> list[Told]:
    """All that a city was shown of its peers in one version and form, the oldest first."""
    rows = transaction.all(_OF_CITY, city=city, code=instrument, edition=version, asked=form)
    return [Told(row.taken_on, row.cut, row.peer_group, _CODES.decode(row.codes)) for row in rows]


def keep(
    transaction: Transaction, city: str, instrument: str, version: str, form: Form, told: Told, today: date
) -> None:
    """Remembers that a city was shown a peer group; once is enough."""
    transaction.run(
        _KEEP,
        city_id=city,
        instrument=instrument,
        version=version,
        form=form,
        taken_on=told.on,
        cut=told.cut,
        peer_group=told.group,
        codes=msgspec.json.encode(sorted(told.codes)).decode(),
        told_on=today,
    )
