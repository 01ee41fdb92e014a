"""On which days a country works, checked against calendars on paper."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import takewhile

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calendars import LOOKED_AT, is_working_day, working_day_from

COUNTRIES = sorted(holidays.list_supported_countries(include_aliases=False))
DAYS = st.dates(date(2020, 1, 1), date(2034, 12, 31))
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("ES", date(2026, 10, 9), True),  # Friday: the day of Valencia is not the country's
        ("ES", date(2026, 10, 10), False),  # Saturday
        ("ES", date(2026, 10, 12), False),  # Monday, Fiesta Nacional
        ("ES", date(2026, 10, 13), True),
        ("AE", date(2026, 11, 27), True),  # Friday: the weekend is Saturday and Sunday since 2022
        ("AE", date(2026, 11, 28), False),
        ("AE", date(2026, 11, 29), False),
        ("AE", date(2026, 12, 2), False),  # Wednesday, National Day
        ("SA", date(2026, 11, 26), True),  # Thursday
        ("SA", date(2026, 11, 27), False),  # Friday and Saturday are the weekend
        ("SA", date(2026, 11, 28), False),
        ("SA", date(2026, 11, 29), True),  # Sunday
        ("KR", date(2025, 10, 2), True),
        ("KR", date(2025, 10, 8), False),  # Wednesday, in place of Chuseok's Sunday
        ("KR", date(2025, 10, 10), True),
        ("US", date(2026, 11, 26), False),  # Thanksgiving
        ("US", date(2026, 11, 27), True),  # the Friday after is no federal holiday
        ("US", date(2021, 12, 31), False),  # New Year's Day 2022, a Saturday, is kept on the Friday before
        ("CN", date(2026, 10, 10), True),  # a Saturday worked for the National Day week
        ("IR", date(2026, 11, 26), True),  # Thursday
        ("IR", date(2026, 11, 27), False),  # only Friday is free
    ],
)
def test_a_country_works_on_its_own_days(country: str, day: date, works: bool) -> None:
    """Weekends, public holidays and the weekend days worked instead are each country's own."""
    assert is_working_day(country, day) is works


@pytest.mark.parametrize("country", ["XX", "", "Atlantis"])
def test_an_unknown_country_works_from_monday_to_friday(country: str) -> None:
    """With no holidays, all year round."""
    year = [date(2026, 1, 1) + n * ONE for n in range(365)]
    assert [day for day in year if is_working_day(country, day)] == [day for day in year if day.isoweekday() <= 5]


@pytest.mark.parametrize(
    ("country", "day", "following", "before"),
    [
        ("ES", date(2026, 10, 13), date(2026, 10, 13), date(2026, 10, 13)),
        ("ES", date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 9)),
        ("KR", date(2025, 10, 5), date(2025, 10, 10), date(2025, 10, 2)),  # seven days off around Chuseok
        ("SA", date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 26)),
        ("ES", date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),  # Friday, across the year
        ("SA", date.max, None, date(9999, 12, 30)),  # Friday, 31 December 9999: no day comes after it
        ("XX", date(1, 1, 1), date(1, 1, 1), date(1, 1, 1)),
    ],
)
def test_the_nearest_working_day_is_found_either_way(
    country: str, day: date, following: date | None, before: date
) -> None:
    """The day itself counts; where there is none, None."""
    assert working_day_from(country, day) == following
    assert working_day_from(country, day, -1) == before


@given(st.sampled_from(COUNTRIES), DAYS, st.sampled_from((1, -1)))
def test_every_day_passed_over_is_free(country: str, day: date, step: int) -> None:
    """In every country the `holidays` package knows, as it tells it when asked directly."""
    calendar = holidays.country_holidays(country)
    days = [day + step * n * ONE for n in range(LOOKED_AT)]
    free = list(takewhile(lambda d: not calendar.is_working_day(d), days))
    assert working_day_from(country, day, 1 if step == 1 else -1) == days[len(free)]


def test_the_search_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first of seven days off a working day is the eighth looked at."""
    monkeypatch.setattr("model.calendars.LOOKED_AT", 7)
    assert working_day_from("KR", date(2025, 10, 3)) is None
    monkeypatch.setattr("model.calendars.LOOKED_AT", 8)
    assert working_day_from("KR", date(2025, 10, 3)) == date(2025, 10, 10)


def test_holidays_are_loaded_only_when_somebody_asks() -> None:
    """A start that plans nothing does not wait for them."""
    code = "import sys, model.calendars, flows.together.reminders; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
