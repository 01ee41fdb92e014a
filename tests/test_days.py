"""Days in people's words, by phrase and by today: month ends, year ends, a leap day and each weekday."""

from datetime import date, timedelta

import pytest

from model.days import read_day
from model.domains import Misfit

UNKNOWN, OUT = Misfit("not_understood"), Misfit("out_of_range")
MONDAY = date(2026, 11, 23)
"""A Monday a week before the end of a month of thirty days."""
MONTH_END = date(2027, 1, 31)
"""A Sunday, and the next month has 28 days."""
YEAR_END = date(2026, 12, 31)
"""A Thursday."""
LEAP_DAY = date(2028, 2, 29)
"""A Tuesday."""
ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANISH = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def day(said: str) -> date:
    return date.fromisoformat(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("Tomorrow morning, please", "2026-11-24"),
        ("tomorrow at 10:00", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("after tomorrow", "2026-11-25"),
        ("tuesday", "2026-11-24"),
        ("Fri", "2026-11-27"),
        ("monday", "2026-11-30"),  # today is one: the next
        ("next monday", "2026-11-30"),
        ("this monday", "2026-11-23"),
        ("the coming friday", "2026-11-27"),
        ("until friday", "2026-11-27"),
        ("by friday", "2026-11-27"),
        ("I'm away until friday", "2026-11-27"),
        ("after friday", "2026-11-28"),
        ("monday 9am", "2026-11-30"),
        ("after the 14th", "2026-12-15"),
        ("after the 24th", "2026-11-25"),
        ("after the 22nd", "2026-11-23"),  # that is today
        ("after the 30th", "2026-12-01"),
        ("on the 14th", "2026-12-14"),
        ("on the 23rd", "2026-11-23"),
        ("the 24th", "2026-11-24"),
        ("on the 31st", "2026-12-31"),  # November has none
        ("until the 4th", "2026-12-04"),
        ("14.", "2026-12-14"),
        ("30.", "2026-11-30"),
        ("the 24th of this month", "2026-11-24"),
        ("14th of next month", "2026-12-14"),
        ("14/12", "2026-12-14"),
        ("3/4", "2027-04-03"),
        ("12/14", "2026-12-14"),  # there is no month 14
        ("14.12.", "2026-12-14"),
        ("4.5.", "2027-05-04"),
        ("14.12.2026", "2026-12-14"),
        ("14/12/26", "2026-12-14"),
        ("14-12-2026", "2026-12-14"),
        ("2026-12-14", "2026-12-14"),
        ("2026/12/14", "2026-12-14"),
        ("after 14/12", "2026-12-15"),
        ("14 december", "2026-12-14"),
        ("the 14th of December 2026", "2026-12-14"),
        ("December 14th, 2026", "2026-12-14"),
        ("14. Dec", "2026-12-14"),
        ("may 4", "2027-05-04"),
        ("22 november", "2027-11-22"),
        ("first of december", "2026-12-01"),
        ("monday 14 december", "2026-12-14"),
        ("Mon 30.11.", "2026-11-30"),
        ("in two weeks", "2026-12-07"),
        ("in a fortnight", "2026-12-07"),
        ("in 3 days", "2026-11-26"),
        ("for three days", "2026-11-26"),
        ("after 3 days", "2026-11-26"),
        ("Remind me in 3 days' time", "2026-11-26"),
        ("a week", "2026-11-30"),
        ("in twenty days", "2026-12-13"),
        ("in a week and two days", "2026-12-02"),
        ("in a month", "2026-12-23"),
        ("6 months", "2027-05-23"),
        ("in a year", "2027-11-23"),
        ("in 366 days", "2027-11-24"),
        ("next week", "2026-11-30"),
        ("after this week", "2026-11-30"),
        ("after next week", "2026-12-07"),
        ("friday next week", "2026-12-04"),
        ("next week on friday", "2026-12-04"),
        ("end of the week", "2026-11-27"),
        ("by the end of next week", "2026-12-04"),
        ("after the weekend", "2026-11-30"),
        ("the weekend", "2026-11-28"),
        ("next month", "2026-12-01"),
        ("end of the month", "2026-11-30"),
        ("after the end of the month", "2026-12-01"),
        ("month end", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("start of the month", "2026-12-01"),
        ("end of january", "2027-01-31"),
        ("in january", "2027-01-01"),
        ("after december", "2027-01-01"),
        ("end of the year", "2026-12-31"),
        ("next year", "2027-01-01"),
    ],
)
def test_a_day_is_understood_in_english(text: str, expected: str) -> None:
    """Said on Monday, 23 November 2026."""
    assert read_day(text, MONDAY, "en") == day(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoy", "2026-11-23"),
        ("mañana", "2026-11-24"),
        ("manana", "2026-11-24"),
        ("mañana por la mañana", "2026-11-24"),
        ("mañana a las 9 de la mañana", "2026-11-24"),
        ("pasado mañana", "2026-11-25"),
        ("el lunes", "2026-11-30"),
        ("el próximo lunes", "2026-11-30"),
        ("el lunes que viene", "2026-11-30"),
        ("SÁBADO.", "2026-11-28"),
        ("este viernes", "2026-11-27"),
        ("hasta el viernes", "2026-11-27"),
        ("Estoy fuera hasta el viernes", "2026-11-27"),
        ("después del 14", "2026-12-15"),
        ("después del viernes", "2026-11-28"),
        ("a partir del 14", "2026-12-14"),
        ("el 14", "2026-12-14"),
        ("el día 24", "2026-11-24"),
        ("el 14 del mes que viene", "2026-12-14"),
        ("el 14 de diciembre", "2026-12-14"),
        ("14 dic", "2026-12-14"),
        ("3 ago", "2027-08-03"),
        ("1º de enero de 2027", "2027-01-01"),
        ("primero de diciembre", "2026-12-01"),
        ("el lunes 14 de diciembre", "2026-12-14"),
        ("hasta el 14/12", "2026-12-14"),
        ("en dos semanas", "2026-12-07"),
        ("dentro de tres días", "2026-11-26"),
        ("en quince días", "2026-12-08"),
        ("en un mes", "2026-12-23"),
        ("la semana que viene", "2026-11-30"),
        ("la próxima semana", "2026-11-30"),
        ("después de esta semana", "2026-11-30"),
        ("el viernes de la próxima semana", "2026-12-04"),
        ("fin de semana", "2026-11-28"),
        ("después del fin de semana", "2026-11-30"),
        ("fin de mes", "2026-11-30"),
        ("a finales de mes", "2026-11-30"),
        ("fin del mes que viene", "2026-12-31"),
        ("principios de enero", "2027-01-01"),
        ("hasta enero", "2027-01-01"),
        ("fin de año", "2026-12-31"),
        ("next week", "2026-11-30"),  # English is understood too
    ],
)
def test_a_day_is_understood_in_spanish(text: str, expected: str) -> None:
    """Said on Monday, 23 November 2026."""
    assert read_day(text, MONDAY, "es") == day(expected)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (MONTH_END, "tomorrow", "2027-02-01"),
        (MONTH_END, "end of the month", "2027-01-31"),
        (MONTH_END, "after the end of the month", "2027-02-01"),
        (MONTH_END, "in a month", "2027-02-28"),
        (MONTH_END, "the 30th", "2027-03-30"),  # February has none
        (MONTH_END, "after the 31st", "2027-02-01"),
        (MONTH_END, "end of next month", "2027-02-28"),
        (MONTH_END, "next week", "2027-02-01"),
        (MONTH_END, "end of the week", "2027-02-05"),  # its Friday is over
        (MONTH_END, "the weekend", "2027-02-06"),
        (MONTH_END, "after the weekend", "2027-02-01"),
        (MONTH_END, "30 january", "2028-01-30"),
        (YEAR_END, "mañana", "2027-01-01"),
        (YEAR_END, "14/12", "2027-12-14"),
        (YEAR_END, "31 december", "2026-12-31"),
        (YEAR_END, "after 30/12", "2026-12-31"),
        (YEAR_END, "end of the year", "2026-12-31"),
        (YEAR_END, "end of next month", "2027-01-31"),
        (YEAR_END, "after the 14th", "2027-01-15"),
        (YEAR_END, "in two months", "2027-02-28"),
        (YEAR_END, "jueves", "2027-01-07"),
        (date(2027, 1, 1), "start of the year", "2027-01-01"),
        (date(2027, 1, 1), "start of the month", "2027-01-01"),
        (LEAP_DAY, "29 february", "2028-02-29"),
        (LEAP_DAY, "in a year", "2029-02-28"),
        (LEAP_DAY, "end of the month", "2028-02-29"),
        (LEAP_DAY, "28/2", "2029-02-28"),
        (LEAP_DAY, "in 366 days", "2029-03-01"),
        (date(2028, 2, 28), "tomorrow", "2028-02-29"),
        (date(2027, 3, 1), "29/2", "2028-02-29"),
    ],
)
def test_months_and_years_end_where_the_calendar_says(today: date, text: str, expected: str) -> None:
    """Thirty-first, new year and leap day."""
    assert read_day(text, today, "es") == day(expected)


@pytest.mark.parametrize("start", range(7))
@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_the_next_one_after_today(start: int, weekday: int) -> None:
    """On each day of the week, for each day of the week, in both languages; only "this" may be today."""
    today = MONDAY + timedelta(days=start)
    ahead = [today + timedelta(days=days) for days in range(1, 8)]
    expected = next(one for one in ahead if one.weekday() == weekday)
    english, spanish = ENGLISH[weekday], SPANISH[weekday]
    said = [(english, "en"), (f"next {english}", "en"), (f"el {spanish}", "es"), (f"hasta el próximo {spanish}", "es")]
    assert [read_day(text, today, language) for text, language in said] == [expected] * 4
    assert read_day(f"this {english}", today, "en") == (today if start == weekday else expected)
    following = MONDAY + timedelta(days=7 + weekday)
    assert read_day(f"{english} next week", today, "en") == following
    assert read_day("next week", today, "en") == MONDAY + timedelta(days=7)


# fmt: off
