"""The gates at, below and above each limit; what leaves the denominator and what only counts as missing."""

import pytest

from tests.building import Said, capability, dimension, flat, scored, shaped


@pytest.mark.parametrize(
    ("asked", "answered", "shows"),
    [
        (9, 5, False),  # 5/9 = 0.56
        (9, 6, True),  # 6/9 = 2/3, the limit
        (9, 7, True),  # 7/9 = 0.78
        (3, 1, False),  # 1/3
        (3, 2, True),  # 2/3, the limit
        (3, 3, True),
        (4, 2, False),  # 0.50
        (4, 3, True),  # 0.75
        (1, 0, False),
        (1, 1, True),
        (2, 1, False),  # 0.50
    ],
)
def test_a_capability_shows_from_two_thirds_of_its_applicable_indicators_on(
    asked: int, answered: int, shows: bool
) -> None:
    """Two thirds are enough; less is held back."""
    told = capability(scored(shaped([[asked]]), flat("1.1", *[4] * answered)), "1.1")
    assert told.score == (80 if shows else None)
    assert (told.answered, told.applicable) == (answered, asked)


@pytest.mark.parametrize(
    ("capabilities", "answered", "shows"),
    [
        (5, 3, False),  # 3/5 = 0.60
        (5, 4, True),  # 4/5 = 0.80
        (5, 5, True),
        (4, 2, False),  # 0.50
        (4, 3, True),  # 3/4, the limit
        (3, 2, False),  # 0.67
        (1, 1, True),
    ],
)
def test_a_dimension_shows_from_three_quarters_of_its_capabilities_on(
    capabilities: int, answered: int, shows: bool
) -> None:
    """Three quarters are enough; of five it takes four."""
    given: dict[str, Said] = {f"1.{number}.1": 3 for number in range(1, answered + 1)}
    assert dimension(scored(shaped([[1] * capabilities]), given), "1").score == (60 if shows else None)


@pytest.mark.parametrize(("answered", "shows"), [(4, False), (5, True)])
def test_the_overall_score_shows_only_with_all_five_dimensions(answered: int, shows: bool) -> None:
    """Four of five dimensions are not enough."""
    given: dict[str, Said] = {f"{number}.1.1": 2 for number in range(1, answered + 1)}
    assert scored(shaped([[1]] * 5), given).overall.score == (40 if shows else None)


def test_a_gap_in_each_of_five_dimensions_still_gives_an_overall_score() -> None:
    """Four capabilities of five in every dimension pass all gates."""
    # every dimension 4 x 80 / 4 = 80; coverage 20 of 25 = 0.8; low 4x80/5 = 64; high (4x80 + 100)/5 = 84
    given: dict[str, Said] = {f"{d}.{c}.1": 4 for d in range(1, 6) for c in range(1, 5)}
    overall = scored(shaped([[1] * 5] * 5), given).overall
    assert (overall.score, overall.coverage, overall.low, overall.high) == (80, 0.8, 64, 84)


def test_not_applicable_leaves_the_denominator() -> None:
    """What does not apply is neither missing nor a zero."""
    # 9 asked, 3 out: 6 apply, 4 answered = 2/3, the limit: (2+2+4+4)/4 x 20 = 60
    told = capability(scored(shaped([[9]]), flat("1.1", "n/a", "n/a", "n/a", 2, 2, 4, 4)), "1.1")
    assert (told.score, told.applicable, told.answered) == (60, 6, 4)
    # low 12/6 x 20 = 40; high (12 + 2x5)/6 x 20 = 22/6 x 20 = 73.33
    assert told.low == 40
    assert told.high == pytest.approx(73.3333333333)
    assert told.coverage == pytest.approx(2 / 3)


def test_dont_know_counts_as_missing() -> None:
    """A don't know is no level, no zero, and no way round the gate."""
    # 9 apply, 5 answered = 5/9, below two thirds; with the zeros it would have shown
    said: list[Said] = [4, 4, 4, 4, 4, "don't know", "don't know", "don't know", "don't know"]
    told = capability(scored(shaped([[9]]), flat("1.1", *said)), "1.1")
    assert (told.score, told.applicable, told.answered) == (None, 9, 5)
    assert told.coverage == pytest.approx(5 / 9)


def test_a_dont_know_is_worth_no_zero() -> None:
    """Beside two levels it leaves their mean as it is."""
    # (3+5)/2 x 20 = 80, not 8/3 x 20 = 53.3; low 8/3 x 20 = 53.33; high (8+5)/3 x 20 = 86.67
    told = capability(scored(shaped([[3]]), flat("1.1", 3, 5, "don't know")), "1.1")
    assert told.score == 80
    assert told.low == pytest.approx(53.3333333333)
    assert told.high == pytest.approx(86.6666666667)


def test_a_capability_that_does_not_apply_leaves_its_dimension() -> None:
    """Three of the four that apply are enough, and their mean is the dimension's."""
    # 1.5 out: 4 apply, 3 show = 3/4, the limit: (20+40+60)/3 = 40
    given = flat("1.1", 1) | flat("1.2", 2) | flat("1.3", 3) | flat("1.5", "n/a")
    told = dimension(scored(shaped([[1] * 5]), given), "1")
    assert (told.score, told.answered, told.applicable, told.coverage) == (40, 3, 4, 0.75)
    # low (20+40+60+0)/4 = 30; high (20+40+60+100)/4 = 55
    assert (told.low, told.high) == (30, 55)


def test_a_capability_that_does_not_apply_has_no_numbers() -> None:
    """Where nothing applies there is no score, no bound and no coverage."""
    told = capability(scored(shaped([[2, 1]]), flat("1.1", "n/a", "n/a") | flat("1.2", 3)), "1.1")
    assert (told.score, told.low, told.high, told.coverage, told.band) == (None, None, None, None, None)


def test_a_dimension_that_does_not_apply_holds_the_overall_score_back() -> None:
    """Overall asks for all five."""
    card = scored(shaped([[1], [1]]), flat("1.1", 5) | flat("2.1", "n/a"))
    assert dimension(card, "1").score == 100
    assert card.overall.score is None


def test_coverage_is_the_share_of_the_applicable_indicators_that_are_answered() -> None:
    """It counts indicators, at every level of the model."""
    # 1.1: 2 of 3; 1.2: 1 of 2 (one out); 2.1: 0 of 4.  dimension 1: 3 of 5; overall: 3 of 9
    given = flat("1.1", 1, 1, "don't know") | flat("1.2", "n/a", 2)
    card = scored(shaped([[3, 3], [4]]), given)
    assert capability(card, "1.1").coverage == pytest.approx(2 / 3)
    assert capability(card, "1.2").coverage == pytest.approx(1 / 2)
    assert dimension(card, "1").coverage == pytest.approx(3 / 5)
    assert dimension(card, "2").coverage == 0
    assert card.overall.coverage == pytest.approx(3 / 9)


def test_a_target_does_not_open_a_gate() -> None:
    """A capability behind its gate has a target and no gap."""
    told = capability(scored(shaped([[3]]), flat("1.1", 2), {"1.1": 4}), "1.1")
    assert (told.score, told.target, told.gap) == (None, 80, None)
