"""The cities: who they are, which peer groups they belong to, and whether they are in the benchmark."""

import re
import unicodedata
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, select, update

from flows.session import CityFacts
from model.countries import countries
from model.zones import zone_of_country
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CITY


class City(msgspec.Struct, frozen=True):
    """A city as it is kept; `region` is UN M49's, `income` the World Bank's group, `population` in people."""

    id: str
    name: str
    country: str
    population: int
    region: str
    income: str
    timezone: str
    synthetic: bool
    shared_at: datetime | None
    created_at: datetime


_ALL = Statement(select(CITY).order_by(CITY.c.id))
_ADD = Statement(inserting(CITY, leave_out=""))
_SHARE = Statement(
    update(CITY).where(CITY.c.id == bindparam("city"), CITY.c.shared_at.is_(None)).values(shared_at=bindparam("at"))
)
_UNSHARE = Statement(update(CITY).where(CITY.c.id == bindparam("city")).values(shared_at=None))
_PLACE = Statement(update(CITY).where(CITY.c.id == bindparam("city")).values(timezone=bindparam("new_zone")))


def every(transaction: Transaction) -> list[City]:
    """All cities, by id."""
    return [City(*row) for row in transaction.all(_ALL)]


def find(transaction: Transaction, name: str) -> list[City]:
    """The cities with this id or name, whatever its case."""
    wanted = name.casefold()
    return [city for city in every(transaction) if wanted in {city.id, city.name.casefold()}]


def add(
    transaction: Transaction,
    facts: CityFacts,
    now: datetime,
    *,
    region: str = "",
    timezone: str = "",
    synthetic: bool = False,
) -> City:
    """A new city with an id of its own; its region is its country's unless one is given, and so is its one time."""
    country = countries()[facts.country]
    city = City(
        id=_free_id(transaction, facts),
        name=facts.name,
        country=facts.country,
        population=facts.population,
        region=region or country.region,
        income=country.income,
        timezone=timezone or zone_of_country(facts.country) or "UTC",
        synthetic=synthetic,
        shared_at=None,
        created_at=now,
    )
    transaction.run(_ADD, **msgspec.structs.asdict(city))
    return city


def share(transaction: Transaction, city: str, at: datetime | None) -> None:
    """Lets a city's result into the benchmark from the next snapshot on, or takes it out (None).

    A city that is in it already stays in it since then.
    """
    if at is None:
        transaction.run(_UNSHARE, city=city)
    else:
        transaction.run(_SHARE, city=city, at=at)


def place(transaction: Transaction, city: str, timezone: str) -> None:
    """Notes a city's time zone."""
    transaction.run(_PLACE, city=city, new_zone=timezone)


def _free_id(transaction: Transaction, facts: CityFacts) -> str:
    """An id that reads like the city: `valencia-es`, and `valencia-es-2` for the next of that name."""
    ascii_name = unicodedata.normalize("NFKD", facts.name).encode("ascii", "ignore").decode()
    readable = "-".join(re.findall("[a-z0-9]+", ascii_name.lower())) or "city"
    stem = f"{readable}-{facts.country.lower()}"
    taken = {city.id for city in every(transaction) if city.id.startswith(stem)}
    number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}-{n}") not in taken)
    return stem if number == 1 else f"{stem}-{number}"
