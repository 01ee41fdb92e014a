"""A number is rounded in one way: halves away from zero, in chat and pictures as a spreadsheet shows its cells."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reports import charts
from bot.reports.decks import phrases
from bot.wording import _environment
from bot.wording.catalogues import translations
from model.rounding import change, per_cent, tenth, whole
from tests.reported import dossier_of, matter

HALVES = (0.5, 2.5, 46.5, 62.5, 80 - 33.5)


def half_up(value: Fraction) -> int:
    """The nearest whole number, of two the one further from zero; by other means than the program's."""
    away = floor(abs(value) + Fraction(1, 2))
    return away if value >= 0 else -away


@example(23, 2)
@example(-1, 2)
@given(st.integers(-100_000, 100_000), st.integers(1, 225))
def test_the_nearest_whole_number_is_shown(part: int, count: int) -> None:
    """Of any mean of levels and any difference of two, and its tenth; a half goes away from zero."""
    exact = Fraction(part, count)
    assert whole(float(exact)) == half_up(exact)
    assert tenth(float(exact)) * 10 == half_up(exact * 10)
    told = change(float(exact)).replace("\u2212", "-")
    assert int(told) == half_up(exact)
    assert told[0] == ("0" if half_up(exact) == 0 else "+" if part > 0 else "-")


@example(29, 200)  # 100 * 0.145 is a little less than 14.5
@given(st.integers(0, 400), st.integers(1, 400))
def test_shares_are_rounded_likewise(part: int, total: int) -> None:
    """Five of eight are 63 per cent, and what binary fractions add or take away does not matter."""
    assert per_cent(part / total) == half_up(Fraction(100 * part, total))


@pytest.mark.parametrize("value", HALVES)
def test_a_half_is_the_same_everywhere(value: float) -> None:
    """Chat, picture, slide and paper write a score of 46.5 as 47; shares alike."""
    words, filters = translations("en"), _environment("en").filters
    report = matter(dossier_of("short"))
    shown = {filters["number"](value), charts.told(value), phrases.number_text(value, words), report.number(value)}
    assert shown == {str(half_up(Fraction(value)))}
    shares = {filters["percent"](value / 100), report.percent(value / 100), phrases.percent_text(value / 100)}
    assert {share.replace("\u00a0", " ") for share in shares} == {f"{half_up(Fraction(value))} %"}


def test_what_has_a_decimal_has_one_in_every_output() -> None:
    """An interquartile range of 1.25 is 1.3 in chat, on paper, and in a cell with one decimal."""
    assert _environment("en").filters["number_short"](1.25) == matter(dossier_of("short")).short(1.25) == "1.3"
