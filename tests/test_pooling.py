"""Golden numbers of pooling: lower median, range, interquartile range, and every rule of disagreement at its limit."""

import pytest

from model.pooling import Pooled, pool
from model.responses import Aspect, NonResponse, Response, Source
from tests.building import said


def pooled(*levels: int) -> Pooled:
    return pool(said("1.1.1", level) for level in levels)


def agreed(level: int | None, reason: NonResponse | None = None) -> Response:
    return Response("1.1.1", Aspect.AS_IS, level=level, non_response=reason, source=Source.AGREED, comment="We met.")


@pytest.mark.parametrize(
    ("levels", "median"),
    [
        ((4,), 4),
        ((5, 2), 2),  # the lower of 2 and 5
        ((5, 0, 3), 3),
        ((1, 4, 3, 2), 2),  # 1 2 | 3 4: the lower of 2 and 3
        ((5, 1, 4, 2, 3), 3),
        ((0, 1, 2, 4, 4, 5), 2),  # 0 1 2 | 4 4 5
        ((5, 5, 0, 0, 1, 4, 5), 4),  # 0 0 1 4 5 5 5
    ],
)
def test_the_city_value_is_the_lower_median(levels: tuple[int, ...], median: int) -> None:
    """One to seven responses in any order give a level that somebody said."""
    assert pooled(*levels).level == median
    assert pooled(*reversed(levels)).level == median
    assert pooled(*levels).n == len(levels)


@pytest.mark.parametrize(("levels", "spread"), [((4,), 0), ((2, 5), 3), ((0, 3, 3), 3), ((1, 2, 2, 2), 1)])
def test_up_to_four_responses_are_spread_by_their_range(levels: tuple[int, ...], spread: float) -> None:
    """Highest less lowest."""
    assert pooled(*levels).spread == spread


@pytest.mark.parametrize(
    ("levels", "spread"),
    [
        # Quartiles with both ends counted (SciPy's and NumPy's default): positions (n-1)/4 and 3(n-1)/4 from 0.
        ((0, 1, 2, 3, 5), 2),  # positions 1 and 3: 3 - 1
        ((1, 1, 2, 3, 4, 5), 2.5),  # 1.25 and 3.75: 1.25 -> 1 + 0.25 = 1.25; 3.75 -> 3 + 0.75 = 3.75
        ((0, 2, 2, 3, 3, 4, 5), 1.5),  # 1.5 and 4.5: (2+2)/2 = 2; (3+4)/2 = 3.5
    ],
)
def test_five_and_more_are_spread_by_their_interquartile_range(levels: tuple[int, ...], spread: float) -> None:
    """Upper quartile less lower quartile."""
    assert pooled(*levels).spread == pytest.approx(spread)


@pytest.mark.parametrize(
    ("levels", "share"),
    [
        ((3,), 1),
        ((1, 3), 0.5),  # median 1
        ((2, 3, 4), 1),
        ((0, 3, 3, 5), 0.5),  # median 3: 3 and 3
        ((0, 1, 2, 3, 4), 0.6),  # median 2: 1, 2, 3
        ((2, 2, 2, 3, 4, 4), 4 / 6),  # median 2: 2, 2, 2, 3
        ((0, 2, 2, 3, 3, 4, 5), 5 / 7),  # median 3: two 2s, two 3s, one 4
    ],
)
def test_the_share_within_one_level_of_the_median_is_told(levels: tuple[int, ...], share: float) -> None:
    """The median itself and the levels beside it."""
    assert pooled(*levels).within_1 == pytest.approx(share)


@pytest.mark.parametrize(
    ("levels", "disputed"),
    [
        ((0,), False),
        ((5,), False),
        ((3, 4), False),  # range 1
        ((3, 5), True),  # range 2, the limit
        ((2, 5), True),
        ((3, 3, 4), False),
        ((2, 3, 4), True),
        ((3, 3, 4, 4), False),
        ((3, 3, 3, 5), True),
        ((0, 5, 5, 5), True),
    ],
)
def test_up_to_four_disagree_from_a_range_of_two_on(levels: tuple[int, ...], disputed: bool) -> None:
    """One level apart is agreement, two is not; a single source cannot disagree."""
    assert pooled(*levels).disputed is disputed


@pytest.mark.parametrize(
    ("levels", "disputed"),
    [
        # IQR at 1, all within 1, nobody 3 away
        ((2, 2, 3, 3, 3), False),
        # IQR 1 (quartiles 2 and 3), within 4/5, nobody 3 away: all three at their good side
        ((2, 2, 2, 3, 4), False),
        # IQR: positions 1 and 3 of 1 1 2 3 3 are 1 and 3: 2 > 1, while all are within 1 and nobody is 3 away
        ((1, 1, 2, 3, 3), True),
        # IQR just above 1: 1 1 2 2 3 3: positions 1.25 and 3.75: 1.25 and 2.75: 1.5
        ((1, 1, 2, 2, 3, 3), True),
    ],
)
def test_five_and_more_disagree_where_the_interquartile_range_is_above_one(
    levels: tuple[int, ...], disputed: bool
) -> None:
    """An interquartile range of exactly 1 is agreement."""
    assert pooled(*levels).disputed is disputed


@pytest.mark.parametrize(
    ("levels", "share", "disputed"),
    [
        # median 3, six of eight within 1 = 0.75, the limit; IQR: positions 1.75 and 5.25 are 2.75 and 3: 0.25
        ((1, 2, 3, 3, 3, 3, 3, 5), 0.75, False),
        # median 3, five of seven within 1 = 0.71; IQR: positions 1.5 and 4.5 are 3 and 3: 0
        ((1, 3, 3, 3, 3, 3, 5), 5 / 7, True),
        # four of five within 1 = 0.80
        ((3, 3, 3, 3, 5), 0.8, False),
    ],
)
def test_five_and_more_disagree_where_fewer_than_three_quarters_are_within_one(
    levels: tuple[int, ...], share: float, disputed: bool
) -> None:
    """Three quarters are agreement (Diamond et al. 2014), and the other two rules are quiet here."""
    told = pooled(*levels)
    assert told.within_1 == pytest.approx(share)
    assert told.spread is not None
    assert told.spread <= 1
    assert told.disputed is disputed


@pytest.mark.parametrize(
    ("levels", "disputed"),
    [
        ((1, 3, 3, 3, 3, 3, 3), False),  # 2 away; 6/7 within 1; IQR 0
        ((0, 3, 3, 3, 3, 3, 3), True),  # 3 away, the limit
        ((1, 1, 1, 1, 1, 1, 5), True),  # 4 away
    ],
)
def test_one_response_three_levels_away_is_enough_to_disagree(levels: tuple[int, ...], disputed: bool) -> None:
    """Two levels away is not, where the others agree."""
    assert pooled(*levels).disputed is disputed


def test_the_rule_changes_from_four_to_five_responses() -> None:
    """Four with one two levels off disagree by their range; five of the kind agree."""
    assert pooled(3, 3, 3, 5).disputed
    assert not pooled(3, 3, 3, 3, 5).disputed


def test_the_agreed_value_wins_and_the_dissent_stays() -> None:
    """The level is the agreed one; number, spread and dispute are still those of the respondents."""
    before = pooled(1, 4)
    after = pool([said("1.1.1", 1), said("1.1.1", 4), agreed(5)])
    assert (before.level, before.agreed) == (1, False)
    assert (after.level, after.agreed) == (5, True)
    assert (after.n, after.spread, after.within_1, after.disputed) == (2, 3, 0.5, True)


def test_an_agreed_value_needs_no_respondent() -> None:
    """The city's value may come from the meeting alone."""
    told = pool([agreed(4)])
    assert (told.level, told.n, told.agreed, told.disputed) == (4, 0, True, False)


def test_the_last_of_several_agreed_values_counts() -> None:
    """Nothing is overwritten; the meeting may decide again."""
    assert pool([agreed(2), said("1.1.1", 0), agreed(4)]).level == 4
    again = pool([agreed(None, NonResponse.NOT_APPLICABLE), agreed(None, NonResponse.DONT_KNOW)])
    assert (again.level, again.applicable) == (None, True)


def test_it_may_be_agreed_that_an_indicator_does_not_apply() -> None:
    """Then it leaves the denominator, whatever was said."""
    told = pool([said("1.1.1", 3), agreed(None, NonResponse.NOT_APPLICABLE)])
    assert (told.level, told.applicable, told.n) == (None, False, 1)


@pytest.mark.parametrize("reason", [NonResponse.DONT_KNOW, NonResponse.DECLINED, NonResponse.HANDED_ON])
def test_a_non_response_other_than_not_applicable_is_missing(reason: NonResponse) -> None:
    """It is no level, and the indicator still applies."""
    told = pool([Response("1.1.1", Aspect.AS_IS, non_response=reason)])
    assert (told.level, told.applicable, told.n) == (None, True, 0)
    beside = pool([said("1.1.1", 2), said("1.1.1", 4), Response("1.1.1", Aspect.AS_IS, non_response=reason)])
    assert (beside.level, beside.n, beside.spread) == (2, 2, 2)


def test_not_applicable_holds_where_nobody_gave_a_level() -> None:
    """A level outweighs it; a don't know does not."""
    assert not pool([said("1.1.1", "n/a")]).applicable
    assert not pool([said("1.1.1", "n/a"), said("1.1.1", "don't know")]).applicable
    with_level = pool([said("1.1.1", "n/a"), said("1.1.1", 0)])
    assert (with_level.applicable, with_level.level, with_level.n) == (True, 0, 1)


def test_nobody_gives_nothing() -> None:
    """No response is missing, not zero and not out of place."""
    assert pool([]) == Pooled(level=None, applicable=True, n=0)


def test_a_goals_year_is_the_lower_median_too() -> None:
    """Level and year of a goal are each pooled by themselves."""
    goals = [said("1.1", 4, Aspect.TARGET, 2031), said("1.1", 3, Aspect.TARGET, 2029)]
    assert (pool(goals).level, pool(goals).year) == (3, 2029)
    assert pool([said("1.1", 4, Aspect.TARGET)]).year is None
