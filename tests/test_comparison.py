"""Golden numbers of the benchmark: the percentile, and what is and is not told at each number of peers."""

import statistics
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.comparison import Standing, percentile, size_band, snapshot_date, standing

SEVEN = (40, 45, 45, 52, 60, 61, 70)
SCORES = st.integers(0, 20).map(lambda step: step * 5.0)


def plain_percentile(own: float, peers: Sequence[float]) -> Fraction:
    """The formula with no short cut: (share below + share at or below) / 2, in per cent."""
    below = Fraction(len([p for p in peers if p < own]), len(peers))
    at_or_below = Fraction(len([p for p in peers if not p > own]), len(peers))
    return (below + at_or_below) / 2 * 100


def test_the_percentile_is_the_mid_rank() -> None:
    """45 among 40, 45, 45, 52, 60, 61, 70 is 28.57."""
    # below 1/7, at or below 3/7: (1/7 + 3/7)/2 = 2/7 = 28.571 per cent
    assert percentile(45, SEVEN) == pytest.approx(28.571428571)
    assert plain_percentile(45, SEVEN) == Fraction(200, 7)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (39, 0),  # nobody below or at
        (40, 50 / 7),  # (0 + 1)/2 of 7
        (52, 350 / 7),  # (3 + 4)/2 = 3.5 of 7: the middle
        (70, 650 / 7),  # (6 + 7)/2 = 6.5 of 7
        (71, 100),
    ],
)
def test_the_percentile_runs_from_0_to_100(own: float, expected: float) -> None:
    """Below all peers it is 0, above all 100, at the middle one 50."""
    assert percentile(own, SEVEN) == pytest.approx(expected)


@given(SCORES, st.lists(SCORES, min_size=1, max_size=40))
def test_the_percentile_equals_the_plain_formula(own: float, peers: list[float]) -> None:
    """Whatever the scores and ties."""
    assert percentile(own, peers) == pytest.approx(float(plain_percentile(own, peers)))


@given(SCORES, st.lists(SCORES, min_size=20, max_size=60))
def test_the_percentile_told_is_the_nearest_five(own: float, peers: list[float]) -> None:
    """Never more exact than that, and never further off than half a step."""
    told = standing("1", own, peers).percentile
    assert told is not None
    assert told % 5 == 0
    assert abs(told - plain_percentile(own, peers)) <= Fraction(5, 2)


def peers_of(n: int) -> list[float]:
    """N different scores: 10, 12, 14, ..."""
    return [10.0 + 2 * step for step in range(n)]


def test_below_five_peers_only_the_number_missing_is_told() -> None:
    """Four peers: one more is needed, and nothing of their scores is said."""
    assert standing("1", 50, peers_of(4)) == Standing("1", 50, peers=4, needed=1)
    assert standing("1", 50, []) == Standing("1", 50, peers=0, needed=5)


def test_five_peers_give_the_median_and_the_side() -> None:
    """10, 12, 14, 16, 18: the median is 14, and no more is told."""
    assert standing("1", 50, peers_of(5)) == Standing("1", 50, 5, 0, median=14, side="above")
    assert standing("1", 13.9, peers_of(5)).side == "below"
    assert standing("1", 14, peers_of(5)).side == "at"


def test_ten_peers_still_give_only_median_and_side() -> None:
    """10, 12, ..., 28: the median is (18 + 20)/2 = 19."""
    assert standing("1", 11, peers_of(10)) == Standing("1", 11, 10, 0, median=19, side="below")


def test_eleven_peers_give_quartiles_and_the_quarter() -> None:
    """10, 12, ..., 30: positions 2.5, 5 and 7.5 from 0."""
    # lower (14+16)/2 = 15, median 20, upper (24+26)/2 = 25
    told = standing("1", 26, peers_of(11))
    assert told == Standing("1", 26, 11, 0, median=20, side="above", quartiles=(15, 25), quarter=4)


@pytest.mark.parametrize(("own", "quarter"), [(0, 1), (14.9, 1), (15.1, 2), (19.9, 2), (20.1, 3), (24.9, 3), (25.1, 4)])
def test_the_quarter_is_counted_from_the_lowest(own: float, quarter: int) -> None:
    """Quartiles 15, 20 and 25 part four quarters."""
    assert standing("1", own, peers_of(11)).quarter == quarter


def test_nineteen_peers_give_no_percentile() -> None:
    """10, 12, ..., 46: positions 4.5, 9 and 13.5 from 0."""
    # lower (18+20)/2 = 19, median 28, upper (36+38)/2 = 37
    told = standing("1", 30, peers_of(19))
    assert (told.median, told.quartiles, told.quarter, told.percentile) == (28, (19, 37), 3, None)


def test_twenty_peers_give_the_percentile_to_the_nearest_five() -> None:
    """10, 12, ..., 48 with 24 among them."""
    # below 7, at or below 8: (7 + 8)/2 / 20 = 37.5 per cent, halfway between 35 and 40: up
    assert standing("1", 24, peers_of(20)).percentile == 40
    # between 22 and 24: 7 below: 7/20 = 35
    assert standing("1", 23, peers_of(20)).percentile == 35


def test_a_city_whose_own_score_is_held_back_reads_its_peers() -> None:
    """It sees median and quartiles, and no place of its own."""
    told = standing("1", None, peers_of(20))
    assert (told.median, told.quartiles) == (29, (19.5, 38.5))
    assert (told.side, told.quarter, told.percentile) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "fixed"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), date(2026, 4, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 11, 23), date(2026, 10, 1)),
        (date(2024, 2, 29), date(2024, 1, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_snapshots_are_taken_on_the_first_day_of_a_quarter(day: date, fixed: date) -> None:
    """Every day looks back to the latest fixed date."""
    assert snapshot_date(day) == fixed


@pytest.mark.parametrize(
    ("population", "band"),
    [
        (1, "under 100,000"),
        (99_999, "under 100,000"),
        (100_000, "100,000-500,000"),
        (499_999, "100,000-500,000"),
        (500_000, "500,000-1 million"),
        (999_999, "500,000-1 million"),
        (1_000_000, "1-5 million"),
        (4_999_999, "1-5 million"),
        (5_000_000, "5 million and more"),
        (40_000_000, "5 million and more"),
    ],
)
def test_a_population_falls_into_its_size_band(population: int, band: str) -> None:
    """A limit belongs to the band above it."""
    assert size_band(population) == band


@given(st.lists(SCORES, min_size=11, max_size=60))
def test_the_quartiles_are_those_of_the_standard_library(peers: list[float]) -> None:
    """Inclusive ones: the lowest and the highest are part of what is divided."""
    told = standing("1", None, peers)
    lower, median, upper = statistics.quantiles(peers, n=4, method="inclusive")
    assert (told.quartiles, told.median) == ((lower, upper), median)


@pytest.mark.parametrize(("below", "at", "quarter"), [(5, 8, 2), (8, 9, 3), (2, 14, 2), (0, 6, 1), (14, 6, 4)])
def test_right_at_a_quartile_the_quarter_is_that_of_the_percentile(below: int, at: int, quarter: int) -> None:
    """Many cities have one score: nobody is in the third quarter at percentile 45."""
    told = standing("1", 40, [20.0] * below + [40.0] * at + [60.0] * (20 - below - at))
    assert told.percentile is not None
    assert told.quarter == quarter
    assert 25 * (quarter - 1) <= told.percentile <= 25 * quarter
