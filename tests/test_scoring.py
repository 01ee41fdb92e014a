"""Golden numbers of the scores: every expected number is worked out in the comment beside it."""

import pytest

from tests.building import capability, dimension, flat, scored, shaped

ONE = shaped([[9]])


def test_a_capability_is_the_mean_of_its_indicators_times_twenty() -> None:
    """Nine levels give one score of 0-100."""
    # 0+1+2+3+4+5+5+4+3 = 27; 27 / 9 = 3; 3 x 20 = 60
    card = scored(ONE, flat("1.1", 0, 1, 2, 3, 4, 5, 5, 4, 3))
    assert capability(card, "1.1").score == 60


def test_a_dimension_is_the_mean_of_its_capabilities_not_of_its_indicators() -> None:
    """A capability with many indicators weighs no more than one with few."""
    # 1.1: 5 -> 100.  1.2: (0+0+3)/3 = 1 -> 20.  (100+20)/2 = 60; over the indicators it would be 8/4 x 20 = 40
    card = scored(shaped([[1, 3]]), flat("1.1", 5) | flat("1.2", 0, 0, 3))
    assert dimension(card, "1").score == 60


def test_the_overall_score_is_the_mean_of_the_dimensions_not_of_the_capabilities() -> None:
    """A dimension with many capabilities weighs no more than one with few."""
    # dimension 1: (100+100+100)/3 = 100.  dimension 2: 20.  (100+20)/2 = 60; over the capabilities 320/4 = 80
    given = flat("1.1", 5) | flat("1.2", 5) | flat("1.3", 5) | flat("2.1", 1)
    assert scored(shaped([[1, 1, 1], [1]]), given).overall.score == 60


def test_five_dimensions_make_the_overall_score() -> None:
    """Dimensions at 20, 40, 60, 80 and 100 give 60."""
    # (20+40+60+80+100)/5 = 300/5 = 60
    given = flat("1.1", 1) | flat("2.1", 2) | flat("3.1", 3) | flat("4.1", 4) | flat("5.1", 5)
    assert scored(shaped([[1]] * 5), given).overall.score == 60


def test_bounds_are_the_score_if_all_that_is_missing_were_0_or_5() -> None:
    """Six answers of nine bound the capability from below and above."""
    # six times 3 = 18.  score 18/6 x 20 = 60.  low 18/9 x 20 = 40.  high (18 + 3x5)/9 x 20 = 33/9 x 20 = 73.33
    told = capability(scored(ONE, flat("1.1", 3, 3, 3, 3, 3, 3)), "1.1")
    assert told.score == 60
    assert told.low == 40
    assert told.high == pytest.approx(73.3333333333)


def test_bounds_show_where_the_score_does_not() -> None:
    """One answer of nine is behind the gate and still has its bounds."""
    # low 5/9 x 20 = 11.11.  high (5 + 8x5)/9 x 20 = 45/9 x 20 = 100
    told = capability(scored(ONE, flat("1.1", 5)), "1.1")
    assert (told.score, told.high) == (None, 100)
    assert told.low == pytest.approx(11.1111111111)


def test_bounds_of_a_dimension_are_the_mean_of_its_capabilities_bounds() -> None:
    """A capability nobody answered counts as 0 below and 100 above."""
    # 1.1 to 1.4: 40 each, 1.5 missing.  score 40.  low (4x40 + 0)/5 = 32.  high (4x40 + 100)/5 = 52
    given = flat("1.1", 2) | flat("1.2", 2) | flat("1.3", 2) | flat("1.4", 2)
    card = scored(shaped([[1] * 5]), given)
    told = dimension(card, "1")
    assert (told.score, told.low, told.high) == (40, 32, 52)
    assert (card.overall.score, card.overall.low, card.overall.high) == (40, 32, 52)


def test_a_gap_is_the_target_less_the_score() -> None:
    """Aiming at level 4 from 60 leaves 20; a target below today's score gives a negative gap."""
    # 1.1: 4x20 - 60 = 20.  1.2: 2x20 - 60 = -20
    card = scored(shaped([[1, 1]]), flat("1.1", 3) | flat("1.2", 3), {"1.1": 4, "1.2": 2})
    assert capability(card, "1.1").gap == 20
    assert capability(card, "1.2").gap == -20


def test_a_dimensions_target_is_the_mean_of_its_capabilities_targets() -> None:
    """Four targets of five are enough."""
    # targets 80, 80, 100, 100: 360/4 = 90.  scores 5 x 40: 40.  gap 90 - 40 = 50
    given = flat("1.1", 2) | flat("1.2", 2) | flat("1.3", 2) | flat("1.4", 2) | flat("1.5", 2)
    told = dimension(scored(shaped([[1] * 5]), given, {"1.1": 4, "1.2": 4, "1.3": 5, "1.4": 5}), "1")
    assert (told.target, told.gap) == (90, 50)


def test_a_dimensions_target_is_held_back_below_three_quarters() -> None:
    """Three targets of five are too few, and give no gap."""
    given = flat("1.1", 2) | flat("1.2", 2) | flat("1.3", 2) | flat("1.4", 2) | flat("1.5", 2)
    told = dimension(scored(shaped([[1] * 5]), given, {"1.1": 4, "1.2": 4, "1.3": 5}), "1")
    assert (told.score, told.target, told.gap) == (40, None, None)


def test_the_overall_target_needs_every_dimensions() -> None:
    """One dimension without a target holds the overall one back; with it, the mean shows."""
    # (80 + 100)/2 = 90; scores 20 and 20; gap 70
    instrument, given = shaped([[1], [1]]), flat("1.1", 1) | flat("2.1", 1)
    assert scored(instrument, given, {"1.1": 4}).overall.target is None
    overall = scored(instrument, given, {"1.1": 4, "2.1": 5}).overall
    assert (overall.target, overall.gap) == (90, 70)


def test_a_dimension_that_does_not_apply_holds_the_overall_target_back() -> None:
    """Like the overall score, the overall target asks for every dimension."""
    card = scored(shaped([[1], [1]]), flat("1.1", 1) | flat("2.1", "n/a"), {"1.1": 4})
    assert (card.overall.score, card.overall.target) == (None, None)


def test_an_indicators_own_target_gives_its_own_gap() -> None:
    """Where somebody sets a goal for an indicator, it has a gap beside its capability's."""
    # indicator 5x20 - 3x20 = 40; the capability has no target of its own
    card = scored(shaped([[1]]), flat("1.1", 3), {"1.1.1": 5})
    assert capability(card, "1.1").indicators[0].gap == 40
    assert capability(card, "1.1").gap is None


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (0, "planning"),
        (20, "planning"),
        (20.01, "alignment"),
        (40, "alignment"),
        (40.01, "development"),
        (60, "development"),
        (60.01, "integration"),
        (80, "integration"),
        (80.01, "optimization"),
        (100, "optimization"),
    ],
)
def test_a_cut_point_belongs_to_the_lower_band(points: float, band: str) -> None:
    """20 is planning, 20.01 is alignment, and so on upwards."""
    assert ONE.band(points) == band


def test_a_score_that_is_exactly_at_a_cut_point_is_not_carried_over_it_by_rounding() -> None:
    """Thirds that add up to 20 are planning."""
    # sums of three: 0, 1, 10, 1 -> 0/3, 1/3, 10/3, 1/3, times 20; their mean is (12/3)/4 x 20 = 20
    given = flat("1.1", 0, 0, 0) | flat("1.2", 1, 0, 0) | flat("1.3", 5, 5, 0) | flat("1.4", 1, 0, 0)
    told = dimension(scored(shaped([[3, 3, 3, 3]]), given), "1")
    assert told.score == pytest.approx(20)
    assert told.band == "planning"


def test_ninths_that_add_up_to_sixty_are_development() -> None:
    """The same at the full form's size: nine indicators a capability."""
    # sums of nine: 31 + 23 + 30 + 24 = 108; 108/9/4 x 20 = 60
    given = (
        flat("1.1", 4, 5, 4, 2, 3, 2, 4, 3, 4)
        | flat("1.2", 3, 4, 1, 2, 4, 2, 0, 5, 2)
        | flat("1.3", 0, 3, 4, 5, 1, 3, 4, 5, 5)
        | flat("1.4", 5, 2, 5, 2, 0, 4, 2, 3, 1)
    )
    told = dimension(scored(shaped([[9, 9, 9, 9]]), given), "1")
    assert told.score == pytest.approx(60)
    assert told.band == "development"


def test_the_count_at_each_level_and_the_weakest_capability_stand_beside_the_mean() -> None:
    """A strong area cannot hide a weak one."""
    # levels 5, 5 | 1, 0: one 0, one 1, two 5; 1.2 has (1+0)/2 x 20 = 10
    card = scored(shaped([[2, 2]]), flat("1.1", 5, 5) | flat("1.2", 1, 0))
    assert card.levels == (1, 1, 0, 0, 0, 2)
    assert card.weakest is not None
    assert (card.weakest.code, card.weakest.score) == ("1.2", 10)


def test_the_largest_gaps_come_first_and_no_gap_is_left_out() -> None:
    """Only capabilities below their target are told, the furthest first."""
    # gaps: 1.1 60-20 = 40; 1.2 100-20 = 80; 1.3 20-20 = 0
    card = scored(shaped([[1, 1, 1]]), flat("1.1", 1) | flat("1.2", 1) | flat("1.3", 1), {"1.1": 3, "1.2": 5, "1.3": 1})
    assert [c.code for c in card.largest_gaps(2)] == ["1.2", "1.1"]
    assert [c.code for c in card.largest_gaps(9)] == ["1.2", "1.1"]


def test_nothing_answered_gives_no_score_and_the_widest_bounds() -> None:
    """An empty wave is 0 to 100 with a coverage of 0."""
    overall = scored(shaped([[2], [2]]), {}).overall
    assert (overall.score, overall.low, overall.high, overall.coverage, overall.band) == (None, 0, 100, 0, None)
