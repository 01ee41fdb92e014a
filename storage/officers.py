"""The programme's officers who have come: they belong to no city, and no wave is theirs."""

import msgspec
from sqlalchemy import bindparam, select

from flows.session import Session
from storage import teams
from storage.database import Transaction
from storage.sessions import read_state
from storage.statements import Statement
from storage.tables import RESPONDENT, SESSION


class Officer(msgspec.Struct, frozen=True):
    """A programme officer, and the address at which they are written to (None: nowhere)."""

    respondent: int
    name: str
    session: Session
    home: int | None


_ANY = Statement(select(RESPONDENT.c.id).where(RESPONDENT.c.role == bindparam("role")).limit(1))
_EVERY = Statement(
    select(RESPONDENT.c.id, RESPONDENT.c.name, SESSION.c.id.label("row"), SESSION.c.state)
    .select_from(RESPONDENT.join(SESSION, SESSION.c.respondent_id == RESPONDENT.c.id))
    .where(RESPONDENT.c.role == bindparam("role"))
    .order_by(RESPONDENT.c.id)
)


def are_there(transaction: Transaction) -> bool:
    """Whether anybody has come who decides which cities take part."""
    return transaction.one(_ANY, role="programme") is not None


def every(transaction: Transaction) -> list[Officer]:
    """All officers, in the order they came."""
    return [
        Officer(row.id, row.name, read_state(row.state), teams.home(transaction, row.row))
        for row in transaction.all(_EVERY, role="programme")
    ]
