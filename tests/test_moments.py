"""Moments as people write them: whose clock, what is past, what no clock shows."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.days import AHEAD
from model.moments import Misread, read_moment

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-01 10:00", "2026-12-01T09:00"),
        ("  2026-12-01   10:00 ", "2026-12-01T09:00"),
        ("2026-12-01T10:00", "2026-12-01T09:00"),
        ("2026-12-01 10:00 Europe/London", "2026-12-01T10:00"),
        ("2026-12-01 10:00 london", "2026-12-01T10:00"),
        ("2026-12-01 10:00 New York", "2026-12-01T15:00"),
        ("2026-12-01 10:00 UTC", "2026-12-01T10:00"),
        ("2026-12-01T10:00+05:30", "2026-12-01T04:30"),
        ("2026-12-01T10:00Z", "2026-12-01T10:00"),
        ("2026-12-01 10:00 pm", "2026-12-01T21:00"),
        ("2026-12-01 12:05am Madrid", "2026-11-30T23:05"),
        ("2026-12-01 12:05 p.m. Madrid", "2026-12-01T11:05"),
        ("tomorrow 9:30", "2026-11-24T08:30"),
        ("2 December 16:30", "2026-12-02T15:30"),
        ("2027-07-01 10:00", "2027-07-01T08:00"),
    ],
)
def test_a_moment_is_read_by_the_clock_that_is_meant(text: str, instant: str) -> None:
    """The place that is named, else the reader's own; in winter and in summer."""
    read = read_moment(text, MADRID, NOW)
    assert isinstance(read, datetime)
    assert read.astimezone(UTC).isoformat().startswith(instant)


@pytest.mark.parametrize(
    ("text", "reason", "about"),
    [
        ("2026-12-01 10:00 Oz", "unknown_zone", "Oz"),
        ("2026-12-01 13:00 pm", "not_understood", "2026-12-01 13:00 pm"),
        ("2026-12-01", "not_understood", "2026-12-01"),
        ("soon", "not_understood", "soon"),
        ("", "not_understood", ""),
        ("2026-12-01 25:00", "not_understood", "2026-12-01 25:00"),
        ("2026-12-01 10:60 Madrid", "not_understood", "2026-12-01 10:60"),
        ("2027-02-30 10:00", "not_understood", "2027-02-30 10:00"),
        ("2027-03-28 02:30", "not_understood", "2027-03-28 02:30"),
        ("2026-11-23 10:00", "past", "2026-11-23 10:00"),
        ("2020-01-01 10:00", "past", "2020-01-01 10:00"),
        ("2062-12-01 10:00 Madrid", "too_far", "2062-12-01 10:00"),
        ("0001-01-01 00:00", "past", "0001-01-01 00:00"),
        ("9999-12-31 23:59", "too_far", "9999-12-31 23:59"),
    ],
)
def test_what_is_no_moment_to_come_says_why(text: str, reason: str, about: str) -> None:
    """The part that was not understood; an hour that is left out in spring is none."""
    assert read_moment(text, MADRID, NOW) == Misread(reason, about)  # type: ignore[arg-type]


def test_without_any_clock_a_place_is_asked_for() -> None:
    """But not where the text says it itself."""
    assert read_moment("2026-12-01 10:00", None, NOW) == Misread("no_zone", "2026-12-01 10:00")
    assert isinstance(read_moment("2026-12-01 10:00 Madrid", None, NOW), datetime)
    assert isinstance(read_moment("2026-12-01T10:00+01:00", None, NOW), datetime)


def test_of_several_cities_of_a_name_the_one_in_the_country_is_meant() -> None:
    """As with /timezone."""
    read = read_moment("2026-12-01 10:00 Santiago", None, NOW, country="CL")
    assert isinstance(read, datetime)
    assert str(read.tzinfo) == "America/Santiago"


@given(st.text(max_size=60))
def test_any_text_is_a_moment_within_a_year_or_a_reason(text: str) -> None:
    """Never an exception, never a moment that is over."""
    read = read_moment(text, MADRID, NOW)
    assert isinstance(read, Misread) or NOW < read <= NOW + timedelta(days=AHEAD)
