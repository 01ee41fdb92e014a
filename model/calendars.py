"""Working days of a country: its own weekend, its public holidays, and the weekend days it works instead."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

LOOKED_AT = 60
"""Days looked at for a working one: no country is closed for two months."""
_KEPT = 1024
"""Country years kept: every country for about four years."""
_SATURDAY = 5


def is_working_day(country: str, day: date) -> bool:
    """Whether people work on a day in a country (ISO 3166-1 alpha-2): Monday to Friday where it is unknown."""
    return day in _working_days(country, day.year)


def working_day_from(country: str, day: date, step: Literal[1, -1] = 1) -> date | None:
    """The first working day from `day` on (that day counts), or back from it; None when none is near."""
    last = (date.max if step == 1 else date.min).toordinal()
    for ordinal in range(day.toordinal(), last + step, step)[:LOOKED_AT]:
        found = date.fromordinal(ordinal)
        if is_working_day(country, found):
            return found
    return None


@lru_cache(_KEPT)
def _working_days(country: str, year: int) -> frozenset[date]:
    import holidays  # loads slowly, and only reminders need it

    first = date(year, 1, 1)
    days = [first + timedelta(n) for n in range((date(year, 12, 31) - first).days + 1)]
    try:
        calendar = holidays.country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        return frozenset(day for day in days if day.weekday() < _SATURDAY)
    return frozenset(day for day in days if calendar.is_working_day(day))
