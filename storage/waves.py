"""Waves: one round of asking with one instrument version, and the responses it brought."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import Integer, bindparam, or_, select, update

from model.instrument import Form, Instrument
from model.responses import Aspect, Response
from storage.database import Transaction
from storage.sessions import RESPONSE_COLUMNS, read_response
from storage.statements import Statement, inserting
from storage.tables import EVIDENCE, RESPONDENT, RESPONSE, SESSION, WAVE


class InstrumentChangedError(Exception):
    """A published version was edited after a wave had opened with it."""


class Wave(msgspec.Struct, frozen=True):
    """One round of asking a city."""

    id: int
    city_id: str
    instrument: str
    version: str
    digest: str
    form: Form
    opened_at: datetime
    closed_at: datetime | None
    closes_at: datetime | None = None


class Logged(msgspec.Struct, frozen=True):
    """A response as the log holds it: by whom, when, and whether it is the one that counts."""

    city: str
    wave: int
    instrument: str
    version: str
    respondent: int
    department: str | None
    response: Response
    at: datetime
    current: bool


_OF_CITY = Statement(select(WAVE).where(WAVE.c.city_id == bindparam("city")).order_by(WAVE.c.id.desc()))
_BY_ROW = Statement(select(WAVE).where(WAVE.c.id == bindparam("wave")))
# PostgreSQL: not so that a new session has to wait, which only refers to it.
_LOCK = Statement(select(WAVE).where(WAVE.c.id == bindparam("wave")).with_for_update(key_share=True))
_OPEN = Statement(inserting(WAVE, returning=(WAVE.c.id,)))
_CLOSE = Statement(
    update(WAVE).where(WAVE.c.id == bindparam("wave"), WAVE.c.closed_at.is_(None)).values(closed_at=bindparam("at"))
)
_MOVE = Statement(
    update(WAVE).where(WAVE.c.id == bindparam("wave"), WAVE.c.closed_at.is_(None)).values(closes_at=bindparam("at"))
)
_STILL_OPEN = Statement(select(WAVE).where(WAVE.c.closed_at.is_(None)).order_by(WAVE.c.id))
_one_or_all = or_(bindparam("of_wave", type_=Integer) == 0, WAVE.c.id == bindparam("of_wave", type_=Integer))
_LOG = Statement(
    select(
        WAVE.c.city_id,
        WAVE.c.id,
        WAVE.c.instrument,
        WAVE.c.version,
        RESPONDENT.c.id.label("respondent"),
        RESPONDENT.c.department,
        RESPONSE.c.session_id,
        *RESPONSE_COLUMNS,
        RESPONSE.c.at,
    )
    .select_from(RESPONSE.join(SESSION, SESSION.c.id == RESPONSE.c.session_id))
    .join(WAVE, WAVE.c.id == SESSION.c.wave_id)
    .join(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id)
    .where(WAVE.c.city_id == bindparam("city"), _one_or_all)
    .order_by(RESPONSE.c.id)
)
_SAID = slice(7, 7 + len(RESPONSE_COLUMNS))
_WITH_EVIDENCE = Statement(
    select(SESSION.c.respondent_id, EVIDENCE.c.item)
    .distinct()
    .join(EVIDENCE, EVIDENCE.c.session_id == SESSION.c.id)
    .where(SESSION.c.wave_id == bindparam("wave"))
)
_DEPARTMENTS = Statement(
    select(RESPONDENT.c.id, RESPONDENT.c.department)
    .select_from(SESSION.join(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id))
    .where(SESSION.c.wave_id == bindparam("wave"))
)


def of_city(transaction: Transaction, city: str) -> list[Wave]:
    """A city's waves, the latest first."""
    return [Wave(*row) for row in transaction.all(_OF_CITY, city=city)]


def current(transaction: Transaction, city: str) -> Wave | None:
    """A city's latest wave."""
    return next(iter(of_city(transaction, city)), None)


def find(transaction: Transaction, wave: int) -> Wave | None:
    """A wave by its row."""
    row = transaction.one(_BY_ROW, wave=wave)
    return Wave(*row) if row else None


def city_of(transaction: Transaction, wave: int) -> str:
    """The city of a wave; "" where there is no such wave."""
    found = find(transaction, wave)
    return found.city_id if found else ""


def lock(transaction: Transaction, wave: int) -> Wave | None:
    """The same, locked until the transaction ends: of several who change what follows from it, one comes after all."""
    row = transaction.one(_LOCK, wave=wave)
    return Wave(*row) if row else None


def open_wave(
    transaction: Transaction,
    city: str,
    instrument: Instrument,
    form: Form,
    now: datetime,
    closes: datetime | None = None,
) -> Wave:
    """A new wave, pinned to the instrument's digest; `closes` is when it will end by itself."""
    wave = Wave(0, city, instrument.code, instrument.version, instrument.digest, form, now, None, closes)
    row = transaction.one(_OPEN, **msgspec.structs.asdict(wave))
    assert row is not None
    return msgspec.structs.replace(wave, id=row.id)


def close_wave(transaction: Transaction, wave: int, now: datetime) -> bool:
    """Closes a wave; False where it was closed already."""
    return transaction.run(_CLOSE, wave=wave, at=now) == 1


def move(transaction: Transaction, wave: int, closes: datetime) -> bool:
    """The wave closes at another time; False where it was closed already."""
    return transaction.run(_MOVE, wave=wave, at=closes) == 1


def still_open(transaction: Transaction) -> list[Wave]:
    """All open waves."""
    return [Wave(*row) for row in transaction.all(_STILL_OPEN)]


def log(transaction: Transaction, city: str, wave: int = 0) -> list[Logged]:
    """Every response of a city's waves, or of one of them, oldest first."""
    rows = transaction.all(_LOG, city=city, of_wave=wave)
    found = [(row.session_id, read_response(row[_SAID])) for row in rows]
    last = {(session, said.item, said.aspect, said.source): place for place, (session, said) in enumerate(found)}
    counting = set(last.values())
    return [
        Logged(
            row.city_id,
            row.id,
            row.instrument,
            row.version,
            row.respondent,
            row.department,
            said,
            row.at,
            place in counting,
        )
        for place, (row, (_, said)) in enumerate(zip(rows, found, strict=True))
    ]


def responses(transaction: Transaction, wave: Wave) -> Mapping[tuple[str, Aspect], list[tuple[int, Response]]]:
    """The responses of a wave that count, by item and aspect, each with its respondent."""
    found: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {}
    for entry in log(transaction, wave.city_id, wave.id):
        if entry.current:
            key = (entry.response.item, entry.response.aspect)
            found.setdefault(key, []).append((entry.respondent, entry.response))
    return found


def with_evidence(transaction: Transaction, wave: int) -> set[tuple[int, str]]:
    """Respondent and item of all answers that a file supports."""
    return {(row.respondent_id, row.item) for row in transaction.all(_WITH_EVIDENCE, wave=wave)}


def departments(transaction: Transaction, wave: int) -> Mapping[int, str]:
    """The department of each respondent of a wave; "" for none."""
    return {row.id: row.department or "" for row in transaction.all(_DEPARTMENTS, wave=wave)}


def check_unchanged(wave: Wave, instrument: Instrument) -> None:
    """Raises InstrumentChangedError unless the instrument is what it was when the wave opened."""
    if wave.digest != instrument.digest:
        raise InstrumentChangedError(
            f"The instrument {wave.instrument} {wave.version} was edited after wave {wave.id} of {wave.city_id} had "
            "opened with it, so its answers would no longer mean what was asked. Put the published files back, "
            "publish the edited ones as a new version, or close the wave: maturitybot wave close " + wave.city_id
        )
