"""Scores under other weights: worked out by hand, and whatever the weights are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.scoring import Scorecard
from model.weighting import DRAWS, SEED, SHAKE, USUAL, own, reweighted, shaken
from tests.building import flat, scored, shaped

SHAPE = shaped([[2, 1], [1]])
CARD = scored(SHAPE, flat("1.1", 1, 4) | flat("1.2", 2) | flat("2.1", 5))
"""1.1 = (20+80)/2 = 50; 1.2 = 40; 1 = 45; 2 = 100; overall 72.5."""
LEVELS = st.lists(st.integers(0, 5), min_size=4, max_size=4)
WEIGHTS = st.dictionaries(
    st.sampled_from(["1", "2", "1.1", "1.2", "2.1", "1.1.1", "1.1.2", "1.2.1", "2.1.1"]), st.floats(0.5, 3.0)
)


def card_of(levels: list[int]) -> Scorecard:
    """The card of a city that gave all four statements a level."""
    return scored(SHAPE, flat("1.1", *levels[:2]) | flat("1.2", levels[2]) | flat("2.1", levels[3]))


def test_a_weight_counts_among_its_neighbours() -> None:
    """Each part is the weighted mean of the parts right below it."""
    # 1.1: (1x20 + 3x80)/4 = 65.  1: (1x65 + 2x40)/3 = 48.333.  overall: (3x48.333 + 1x100)/4 = 61.25
    found = reweighted(CARD, {"1.1.2": 3, "1.2": 2, "1": 3})
    assert found == pytest.approx({"1.1": 65, "1.2": 40, "1": 145 / 3, "2.1": 100, "2": 100, "overall": 61.25})


def test_equal_weights_give_the_very_numbers_of_the_card() -> None:
    """Whatever they are equal to, digit for digit."""
    told = {one.code: one.score for one in (CARD.overall, *CARD.dimensions, *CARD.capabilities)}
    assert reweighted(CARD, {}) == told
    assert own(CARD, {}) == told


def test_own_weights_are_the_importance_of_what_was_weighed() -> None:
    """1 to 3, and the middle where nobody said anything; effort has no part in it."""
    # 1.1.2 matters 3, 1.1.1 nothing said (2): (2x20 + 3x80)/5 = 56.  1.1 matters 1, 1.2 nothing said (2):
    # (1x56 + 2x40)/3 = 45.333.  overall (45.333 + 100)/2 = 72.667
    found = own(CARD, {"1.1.2": (3, 1), "1.1": (1, 3), "1.2": (0, 3)})
    assert USUAL == 2
    assert (found["1.1"], found["1"]) == pytest.approx((56, 136 / 3))
    assert found["overall"] == pytest.approx((136 / 3 + 100) / 2)


def test_a_weight_never_makes_a_score_show() -> None:
    """What a gate holds back stays held back, and takes no part in what is above it."""
    # 1.1 has one answer of two: behind its gate.  1 has one capability of two: behind its gate.  no overall
    held = scored(SHAPE, flat("1.1", 4) | flat("1.2", 2) | flat("2.1", 5))
    assert reweighted(held, {"1.1": 100}) == {"1.2": 40, "2.1": 100, "2": 100}
    assert set(shaken(held)) == {"1.2", "2.1", "2"}


def test_the_draws_are_those_that_the_recipe_names() -> None:
    """The first draw's weights come one by one in the instrument's order; its scores lie within the range told."""
    chance = random.Random(SEED)
    order = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]
    draws = [
        reweighted(CARD, {code: chance.uniform(1 - SHAKE, 1 + SHAKE) for code in order})["overall"]
        for _ in range(DRAWS)
    ]
    found = shaken(CARD)["overall"]
    assert (found.low, found.high) == (min(draws), max(draws))
    assert (DRAWS, SHAKE, SEED) == (200, 0.25, 2026)


def test_equal_parts_cannot_be_shaken() -> None:
    """Where everything is at one level, no weight moves anything."""
    even = shaken(card_of([3, 3, 3, 3]))
    assert {(one.low, one.high) for one in even.values()} == {(60, 60)}


@given(levels=LEVELS, weights=WEIGHTS)
def test_a_score_lies_between_its_parts_whatever_they_weigh(levels: list[int], weights: dict[str, float]) -> None:
    """No weight makes a whole better than its best part or worse than its worst."""
    card = card_of(levels)
    found = reweighted(card, weights)
    for dimension in card.dimensions:
        parts = [found[one.code] for one in dimension.capabilities]
        assert min(parts) - 1e-6 <= found[dimension.code] <= max(parts) + 1e-6
    whole = [found[one.code] for one in card.dimensions]
    assert min(whole) - 1e-6 <= found["overall"] <= max(whole) + 1e-6


@given(levels=LEVELS, weights=WEIGHTS, times=st.floats(0.5, 4))
def test_only_the_ratio_of_weights_counts(levels: list[int], weights: dict[str, float], times: float) -> None:
    """Twice every weight is the same."""
    card = card_of(levels)
    codes = ["1", "2", "1.1", "1.2", "2.1", "1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    every = {code: weights.get(code, 1.0) for code in codes}
    more = reweighted(card, {code: weight * times for code, weight in every.items()})
    assert more == pytest.approx(reweighted(card, every), abs=1e-6)


@given(levels=LEVELS)
def test_the_score_itself_is_within_what_shaking_gives(levels: list[int]) -> None:
    """Two hundred draws around equal weights reach to both sides of it, or stand still with it."""
    card = card_of(levels)
    found = shaken(card)
    for one in (card.overall, *card.dimensions, *card.capabilities):
        assert one.score is not None
        assert found[one.code].low - 1e-6 <= one.score <= found[one.code].high + 1e-6
