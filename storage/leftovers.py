"""What is owed although its chat or its process is gone: dropped, said elsewhere, or due again."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, delete, or_, select, update

from storage.database import Transaction
from storage.outbox import GRACE, IN_DOUBT, OWE
from storage.statements import Statement
from storage.tables import ADDRESS, OUTBOX

_OWED = Statement(
    select(OUTBOX.c.session_id, OUTBOX.c.card, OUTBOX.c.prompt, OUTBOX.c.due, OUTBOX.c.tries)
    .where(OUTBOX.c.address_id == bindparam("address"), OUTBOX.c.place.is_(None))
    .order_by(OUTBOX.c.id)
)
_DROP = Statement(delete(OUTBOX).where(OUTBOX.c.address_id == bindparam("address")))
_tried = OUTBOX.alias()
_interrupted = (
    select(_tried.c.address_id)
    .join(ADDRESS, ADDRESS.c.id == _tried.c.address_id)
    .where(ADDRESS.c.channel == bindparam("channel"), _tried.c.tries > 0)
)
_RELEASE = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.address_id.in_(_interrupted), or_(OUTBOX.c.tries > 0, OUTBOX.c.due <= bindparam("now")))
    .values(due=bindparam("due_at"), tries=case((OUTBOX.c.tries > IN_DOUBT, OUTBOX.c.tries), else_=0))
)


def drop(transaction: Transaction, address: int) -> None:
    """Nothing is owed to somebody who cannot be reached."""
    transaction.run(_DROP, address=address)


def redirect(transaction: Transaction, address: int, to: int, now: datetime | None = None) -> None:
    """What is owed to an address is owed to another one of the same person, in the same order.

    With `now`, what was being tried at the first is due at the other at once: nobody is sending it there.
    """
    anew = {"address_id": to, "replaces": None, "place": None, "tries": 0, "state": 0}
    for row in transaction.all(_OWED, address=address):
        due = now if now and row.tries else row.due
        transaction.run(OWE, **row._asdict() | anew | {"due": due})
    drop(transaction, address)


def release(transaction: Transaction, channel: str, now: datetime, grace: timedelta = GRACE) -> None:
    """Makes due after `grace` what a process held when it died, and what stands behind it, in the same order.

    Only where no other process serves the channel.
    """
    transaction.run(_RELEASE, channel=channel, now=now, due_at=now + grace)
