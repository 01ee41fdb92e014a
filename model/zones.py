"""Time zones: the one of a country that has only one time, and the one that somebody means by a city's name."""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from model.countries import read_country

_SEASONS = tuple(datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))
"""Two days by which to see whether two zones show the same time: one in winter, one in summer."""


def zone_of_country(country: str) -> str:
    """The zone of a country (ISO 3166-1 alpha-2) in which it is the same time everywhere; "" for all others."""
    zones = [name for name in _of_countries().get(country, ()) if name in available_timezones()]
    times = {tuple(at.astimezone(ZoneInfo(name)).utcoffset() for at in _SEASONS) for name in zones}
    return zones[0] if len(times) == 1 else ""


def read_zone(text: str, country: str, language: str) -> str | None:
    """The zone that a text names: its own name, a city's in English or `language`, or a country's with one time.

    Where several have a city of that name, the one in `country` is meant. None for what is not known.
    """
    wanted = _plain(text)
    if wanted in {"utc", "gmt"}:
        return "UTC"
    full = {_plain(name): name for name in available_timezones() if "/" in name}
    if wanted in full:
        return full[wanted]
    found = _cities(language).get(wanted, ())
    near = [name for name in found if name in _of_countries().get(country, ())]
    if found:
        return (near or found)[0]
    known = read_country(text, language)
    return (zone_of_country(known) or None) if known else None


def place(zone: str) -> str:
    """What people call a zone: its city, or as it is."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _of_countries() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country, the most populous first; zoneinfo has no such table."""
    import pytz  # type: ignore[import-untyped]  # only needed where somebody's place is read or guessed

    return {country: tuple(zones) for country, zones in pytz.country_timezones.items()}


@cache
def _cities(language: str) -> Mapping[str, tuple[str, ...]]:
    """The zones of each city's name, as the table of zones and a language spell it."""
    found: dict[str, tuple[str, ...]] = {}
    told = Locale.parse(language).time_zones
    for name in sorted({zone for zones in _of_countries().values() for zone in zones} & available_timezones()):
        spelled = {_plain(place(name)), _plain(told.get(name, {}).get("city", ""))}
        found |= {city: (*found.get(city, ()), name) for city in spelled if city}
    return found


def _plain(text: str) -> str:
    """A name without case, accents and what stands between its words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.replace("_", " ").replace("-", " ").split())
