"""The cities that let themselves be found by others, with what they are strong in; and who was introduced to whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, or_, select

from model.comparison import size_band
from model.partners import Candidate
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CITY, INTRODUCTION, PARTNER, WAVE


class Member(msgspec.Struct, frozen=True):
    """A city that takes part: its contact, and the closed wave of its scores (None before its first)."""

    candidate: Candidate
    contact: str
    wave: int | None


class Introduced(msgspec.Struct, frozen=True):
    """Two cities that were introduced because of a capability: the first is weak there, the second strong.

    `by` is the respondent who asked for it.
    """

    id: int
    city: str
    partner: str
    item: str
    by: int | None
    at: datetime


_SCORES = msgspec.json.Decoder(dict[str, float])
_COLUMNS = (
    PARTNER.c.city_id,
    CITY.c.name,
    CITY.c.population,
    CITY.c.region,
    CITY.c.synthetic,
    PARTNER.c.scores,
    PARTNER.c.contact,
    PARTNER.c.wave_id,
)
_joined = PARTNER.join(CITY, CITY.c.id == PARTNER.c.city_id)
_FIND = Statement(select(*_COLUMNS).select_from(_joined).where(PARTNER.c.city_id == bindparam("city")))
_EVERY = Statement(
    select(*_COLUMNS)
    .select_from(_joined.join(WAVE, WAVE.c.id == PARTNER.c.wave_id))
    .where(WAVE.c.instrument == bindparam("code"), WAVE.c.version == bindparam("edition"))
    .order_by(PARTNER.c.city_id)
)
_keeping = inserting(PARTNER, leave_out="")
_KEEP = Statement(
    _keeping.on_conflict_do_update(
        index_elements=["city_id"],
        set_={name: getattr(_keeping.excluded, name) for name in ("contact", "wave_id", "scores")},
    )
)
_LEAVE = Statement(delete(PARTNER).where(PARTNER.c.city_id == bindparam("city")))
_INTRODUCE = Statement(
    inserting(INTRODUCTION, returning=(INTRODUCTION.c.id,)).on_conflict_do_nothing(
        index_elements=["city_id", "partner_id", "item"]
    )
)
_here, _there = INTRODUCTION.c.city_id, INTRODUCTION.c.partner_id
_MET = Statement(
    select(INTRODUCTION).where(or_(_here == bindparam("city"), _there == bindparam("city"))).order_by(INTRODUCTION.c.id)
)
_BY_ROW = Statement(select(INTRODUCTION).where(INTRODUCTION.c.id == bindparam("row")))


def find(transaction: Transaction, city: str) -> Member | None:
    """A city as a member; None where it takes no part."""
    row = transaction.one(_FIND, city=city)
    return _read(row) if row else None


def every(transaction: Transaction, instrument: str, version: str) -> list[Member]:
    """All members with a closed wave of an instrument's version, by id."""
    return [_read(row) for row in transaction.all(_EVERY, code=instrument, edition=version)]


def keep(
    transaction: Transaction, city: str, contact: str, wave: int | None, scores: Mapping[str, float], now: datetime
) -> None:
    """The city takes part with this contact and these scores; since when stays as it was."""
    told = msgspec.json.encode(scores).decode()
    transaction.run(_KEEP, city_id=city, contact=contact, wave_id=wave, scores=told, since=now)


def leave(transaction: Transaction, city: str) -> bool:
    """The city takes no part any more, at once; False where it took none."""
    return transaction.run(_LEAVE, city=city) == 1


def introduce(
    transaction: Transaction, city: str, partner: str, item: str, by: int | None, now: datetime
) -> int | None:
    """Notes an introduction; None where it was made before."""
    row = transaction.one(_INTRODUCE, city_id=city, partner_id=partner, item=item, respondent_id=by, at=now)
    return None if row is None else int(row.id)


def introduced(transaction: Transaction, city: str) -> Sequence[Introduced]:
    """All introductions of a city, to either side, in the order they were made."""
    return [Introduced(*row) for row in transaction.all(_MET, city=city)]


def introduction(transaction: Transaction, row: int) -> Introduced | None:
    """An introduction by its row."""
    found = transaction.one(_BY_ROW, row=row)
    return Introduced(*found) if found else None


def _read(row: tuple[str, str, int, str, bool, str, str, int | None]) -> Member:
    city, name, population, region, synthetic, scores, contact, wave = row
    size = size_band(population)
    return Member(Candidate(city, name, size, region, _SCORES.decode(scores), synthetic), contact, wave)
