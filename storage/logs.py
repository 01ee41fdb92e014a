"""The log of responses as somebody reads it who wants all of it: a city's, or one person's own."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, select

from model.responses import Response
from storage import waves
from storage.database import Transaction
from storage.sessions import RESPONSE_COLUMNS, read_response
from storage.statements import Statement
from storage.tables import RESPONSE, SESSION
from storage.waves import Logged


class Entry(msgspec.Struct, frozen=True):
    """A response of somebody's, when they gave it, and whether it is the one that counts."""

    response: Response
    at: datetime
    current: bool


_WHOSE = Statement(select(SESSION.c.respondent_id, SESSION.c.wave_id).where(SESSION.c.id == bindparam("row")))
_OF_SESSION = Statement(
    select(*RESPONSE_COLUMNS, RESPONSE.c.at).where(RESPONSE.c.session_id == bindparam("row")).order_by(RESPONSE.c.id)
)


def whose(transaction: Transaction, row: int) -> tuple[int, int] | None:
    """The respondent and the wave of a session; None for one that is in none."""
    found = transaction.one(_WHOSE, row=row)
    return (found.respondent_id, found.wave_id) if found and found.respondent_id and found.wave_id else None


def of_session(transaction: Transaction, row: int) -> list[Entry]:
    """Everything that somebody ever answered in a wave, oldest first."""
    rows = transaction.all(_OF_SESSION, row=row)
    said = [read_response(found[: len(RESPONSE_COLUMNS)]) for found in rows]
    last = {(one.item, one.aspect, one.source): place for place, one in enumerate(said)}
    counting = set(last.values())
    return [Entry(one, found.at, place in counting) for place, (one, found) in enumerate(zip(said, rows, strict=True))]


def of_city(transaction: Transaction, city: str) -> Iterator[Logged]:
    """Every response of a city, wave by wave, each wave's oldest first: only one wave's are held at a time."""
    for wave in reversed(waves.of_city(transaction, city)):
        yield from waves.log(transaction, city, wave.id)
