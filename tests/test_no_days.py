"""What is no day, a day out of range, and days in any words at all: nothing is guessed, nothing raises."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.days import AHEAD, read_day
from model.domains import Misfit
from tests.test_days import MONDAY, day

UNKNOWN, OVER, OUT = Misfit("not_understood"), Misfit("past"), Misfit("out_of_range")

NO_DAY = [
    "",
    " ",
    "?",
    "🙂",
    "0",
    "1",
    "3",
    "4",
    "5",
    "4.",
    "(3)",
    "14",
    "2027",
    "4.5",
    "3.0",
    "1.1",
    "1.1.2",
    "4-5",
    "level 4",
    "nivel 4",
    "banana",
    "plátano",
    "yes",
    "no",
    "sí",
    "not mine",
    "no es mío",
    "not applicable",
    "now",
    "soon",
    "later",
    "12:30",
    "4 pm",
    "in an hour",
    "en 4",
    "on 4",
    "4 today",
    "4 monday",
    "monday 4 5",
    "may",
    "march",
    "mar",
    "december",
    "december 2026",
    "one",
    "second",
    "day",
    "week",
    "month",
    "this week",
    "esta semana",
    "not monday",
    "every monday",
    "monday or tuesday",
    "before friday",
    "before today",
    "antes del viernes",
    "week 4",
    "4 of 5 days",
    "the 3rd monday",
    "half a year",
    "in a few days",
    "31/4",
    "30 february",
    "29.2.2027",
    "0/12",
    "13/13",
    "32.",
    "the 0th",
    "0.0.",
    "2026-13-01",
    "2026-02-30",
    "13.14.2026",
    "end of december 9999",
    "٣",
    "½",
    "friday the 13th of december",
    "tuesday 14 december",
    "end of 2030",
    "after",
    "until",
    "x" * 5_000,
    "9" * 5_000,
    "monday " * 30,
    "9999-12-31",
    "20261214",
    "don't know",
]
PAST = [
    ("yesterday", "en"),
    ("ayer", "es"),
    ("3 days ago", "en"),
    ("hace 3 días", "es"),
    ("22.11.2026", "en"),
    ("1.1.2025", "es"),
    ("2026-11-22", "en"),
    ("the 22nd of this month", "en"),
]
OUT_OF_RANGE = [
    ("24.11.2028", "en"),
    ("29/2", "en"),
    ("in 367 days", "en"),
    ("en 13 meses", "es"),
    ("in 2 years", "en"),
    ("in 99999999999999999999 days", "en"),
    ("14 december 2100", "en"),
    ("after 24.11.2027", "en"),
    ("in december 2999", "en"),
    ("end of next year", "en"),
]
# fmt: on


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", NO_DAY)
def test_what_names_no_day_is_not_understood(text: str, language: str) -> None:
    """Levels, codes, other answers, vague words, and days that no calendar has: nothing is guessed."""
    assert read_day(text, MONDAY, language) == UNKNOWN


@pytest.mark.parametrize(("text", "language"), PAST)
def test_a_day_before_today_is_over(text: str, language: str) -> None:
    """Said on 23 November 2026."""
    assert read_day(text, MONDAY, language) == OVER


@pytest.mark.parametrize(("text", "language"), OUT_OF_RANGE)
def test_a_day_more_than_a_year_ahead_is_out_of_range(text: str, language: str) -> None:
    """Said on 23 November 2026."""
    assert read_day(text, MONDAY, language) == OUT


def test_a_language_without_words_of_its_own_is_read_as_english() -> None:
    """So is a country's English; a country's Spanish is Spanish."""
    assert read_day("next monday", MONDAY, "ko") == day("2026-11-30")
    assert read_day("in a week and two days", MONDAY, "ko") == day("2026-12-02")
    assert read_day("el lunes", MONDAY, "en_GB") == UNKNOWN
    assert read_day("el lunes", MONDAY, "es_MX") == day("2026-11-30")


SOUP = """
today tomorrow yesterday the 14th 4 14 31. 14/12 30/2 2026-12-14 29.2.2028 day days week months year of in on next last
this and or after before until ago two a monday fri may december end start hoy mañana ayer el día semana mes año de del
en próximo este después hasta dos un lunes mayo fin que viene hace 99999 366 0 -3 at 10:00 pm twenty , .
"""
SPOKEN = st.lists(st.sampled_from(SOUP.split()), max_size=7).map(" ".join)
TODAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@settings(deadline=None)  # the first text that `dateparser` reads waits for it
@given(st.one_of(SPOKEN, st.text(max_size=120)), TODAYS, st.sampled_from(["en", "es", "ko", ""]))
@example("14/12/2026\ud800", MONDAY, "en")
@example("after 31.12.2999", MONDAY, "en")
def test_any_text_gives_a_day_within_bounds_or_none(text: str, today: date, language: str) -> None:
    """Never an error, never a day before today, never one more than a year ahead."""
    found = read_day(text, today, language)
    assert isinstance(found, Misfit) or today <= found <= today + timedelta(days=AHEAD)


@given(TODAYS, st.integers(0, AHEAD))
def test_a_date_is_read_as_it_is_written(today: date, days: int) -> None:
    """Whichever way it is written, with its year."""
    expected = today + timedelta(days=days)
    written = (
        expected.isoformat(),
        f"{expected:%d/%m/%Y}",
        f"{expected:%d.%m.%Y}",
        f"{expected:%d %B %Y}",
        f"in {days} days",
    )
    assert [read_day(text, today, "en") for text in written] == [expected] * 5


@given(TODAYS, st.integers(1, 28))
def test_after_a_day_of_the_month_is_the_day_that_follows_it(today: date, number: int) -> None:
    """Of this month or the next; today where that day was yesterday."""
    found = read_day(f"after the {number}.", today, "en")
    assert isinstance(found, date)
    assert (found - timedelta(days=1)).day == number
    assert today <= found <= today + timedelta(days=31)


@given(st.text("0123456789.,+-() ", max_size=6).filter(lambda text: sum(c.isdigit() for c in text) == 1))
def test_a_bare_level_is_never_a_day(text: str) -> None:
    """Whatever marks stand around one of the levels."""
    assert not any(c in text for c in "012345") or read_day(text, MONDAY, "en") == UNKNOWN
