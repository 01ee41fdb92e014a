"""Requests of cities to take part: kept when they are made, decided once."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from flows.session import CityFacts, Request
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import REQUEST


class Kept(msgspec.Struct, frozen=True):
    """A request, and from which address it came; `accepted` is None until it is decided."""

    id: int
    address: int
    request: Request
    at: datetime
    accepted: bool | None = None
    decided_by: str = ""


_ADD = Statement(inserting(REQUEST, returning=(REQUEST.c.id,)))
_FIND = Statement(select(REQUEST).where(REQUEST.c.id == bindparam("request")))
_OPEN = Statement(select(REQUEST).where(REQUEST.c.accepted.is_(None)).order_by(REQUEST.c.id))
_DECIDE = Statement(
    update(REQUEST)
    .where(REQUEST.c.id == bindparam("request"), REQUEST.c.accepted.is_(None))
    .values(accepted=bindparam("agreed"), decided_by=bindparam("officer"))
)


def add(transaction: Transaction, address: int, request: Request, now: datetime) -> int:
    """Keeps a request; its number is what officers decide."""
    row = transaction.one(
        _ADD,
        address_id=address,
        city=request.city.name,
        country=request.city.country,
        population=request.city.population,
        name=request.name,
        position=request.position,
        email=request.email,
        at=now,
        accepted=None,
        decided_by=None,
    )
    assert row is not None
    return int(row.id)


def find(transaction: Transaction, request: int) -> Kept | None:
    """A request by its number; None where there is none."""
    row = transaction.one(_FIND, request=request)
    return _read(row) if row else None


def still_open(transaction: Transaction) -> list[Kept]:
    """What nobody has decided yet, oldest first."""
    return [_read(row) for row in transaction.all(_OPEN)]


def decide(transaction: Transaction, request: int, by: str, *, accepted: bool) -> bool:
    """Notes a decision; False where somebody decided before."""
    return transaction.run(_DECIDE, request=request, officer=by, agreed=accepted) == 1


def _read(row: Any) -> Kept:
    request = Request(CityFacts(row.city, row.country, row.population), row.name, row.position, row.email)
    return Kept(row.id, row.address_id, request, row.at, row.accepted, row.decided_by or "")
