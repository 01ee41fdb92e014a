"""Golden numbers of the two forms, and of indicators that are only asked where another one says so."""

import pytest

from tests.building import Said, capability, dimension, flat, scored, shaped


def test_a_full_form_city_has_a_short_form_score_by_its_key_indicators() -> None:
    """The same responses give one score for each form."""
    # full: 1.1 (5+1+0)/3 = 2 -> 40; 1.2 (1+3+5)/3 = 3 -> 60; mean 50.  short: keys 5 and 1 -> 100 and 20; mean 60
    instrument, given = shaped([[3, 3]]), flat("1.1", 5, 1, 0) | flat("1.2", 1, 3, 5)
    full, short = scored(instrument, given), scored(instrument, given, form="short")
    assert [c.score for c in full.capabilities] == [40, 60]
    assert [c.score for c in short.capabilities] == [100, 20]
    assert (full.overall.score, short.overall.score) == (50, 60)


def test_the_short_form_counts_coverage_by_what_it_asks() -> None:
    """A missing indicator that the short form does not ask is not missing there."""
    # full: 1 of 3, below two thirds.  short: 1 of 1
    instrument, given = shaped([[3]]), flat("1.1", 4)
    full, short = scored(instrument, given).overall, scored(instrument, given, form="short").overall
    assert (full.score, full.applicable) == (None, 3)
    assert full.coverage == pytest.approx(1 / 3)
    assert (short.score, short.coverage, short.applicable) == (80, 1, 1)


def test_the_short_form_needs_its_key_indicator() -> None:
    """Other indicators do not stand in for the key one."""
    instrument, given = shaped([[3]]), {"1.1.2": 4, "1.1.3": 4}
    assert scored(instrument, dict[str, Said](given), form="short").overall.score is None


def test_the_short_form_counts_levels_of_key_indicators_only() -> None:
    """The count at each level belongs to the form as the score does."""
    card = scored(shaped([[3]]), flat("1.1", 4, 2, 2), form="short")
    assert card.levels == (0, 0, 0, 0, 1, 0)


ROUTED = shaped([[3]], {"1.1.2": "1.1.1 >= 3"})


def test_an_indicator_whose_condition_fails_leaves_the_denominator() -> None:
    """Where it is not asked, it is neither missing nor counted, even if somebody answered it before."""
    # 1.1.1 = 2 fails the condition: (2+4)/2 = 3 -> 60, coverage 2/2.  The stale 5 does not count
    for stale in ({}, {"1.1.2": 5}):
        told = capability(scored(ROUTED, {"1.1.1": 2, "1.1.3": 4, **stale}), "1.1")
        assert (told.score, told.coverage, told.applicable) == (60, 1, 2)
        assert (told.low, told.high) == (60, 60)


def test_an_indicator_whose_condition_holds_counts() -> None:
    """At the level of the condition it is asked, and missing until answered."""
    # 1.1.1 = 3 meets it: missing 2 of 3 -> (3+3)/2 x 20 = 60 at coverage 2/3; answered (3+3+0)/3 = 2 -> 40
    missing = capability(scored(ROUTED, {"1.1.1": 3, "1.1.3": 3}), "1.1")
    assert missing.score == 60
    assert missing.coverage == pytest.approx(2 / 3)
    assert capability(scored(ROUTED, {"1.1.1": 3, "1.1.2": 0, "1.1.3": 3}), "1.1").score == 40


def test_a_condition_that_cannot_be_told_leaves_its_indicator_missing() -> None:
    """While the other indicator has no level, the one that waits for it counts as not answered."""
    # 1 of 3 answered
    told = capability(scored(ROUTED, {"1.1.1": "don't know", "1.1.3": 3}), "1.1")
    assert (told.score, told.applicable, told.answered) == (None, 3, 1)


def test_what_depends_on_an_indicator_that_does_not_apply_does_not_apply() -> None:
    """It is never asked (flows.path), so it must not count as missing for ever."""
    # 1.1.1 does not apply, so 1.1.2 does not either: 3 -> 60, 1 of 1
    told = capability(scored(ROUTED, {"1.1.1": "n/a", "1.1.3": 3}), "1.1")
    assert (told.score, told.applicable, told.answered) == (60, 1, 1)


def test_what_depends_on_an_indicator_that_is_not_asked_any_more_does_not_apply() -> None:
    """A stale response behind a condition that fails opens no further condition."""
    # 1.1.1 = 1: 1.1.2 is out though it says 5, so 1.1.3 is out as well: 1 -> 20, 1 of 1
    chain = shaped([[3]], {"1.1.2": "1.1.1 >= 3", "1.1.3": "1.1.2 >= 3"})
    told = capability(scored(chain, flat("1.1", 1, 5, 5)), "1.1")
    assert (told.score, told.applicable, told.answered) == (20, 1, 1)


def test_a_condition_on_an_indicator_that_the_form_does_not_ask_is_disregarded() -> None:
    """A key indicator that waits for another one is asked in the short form all the same."""
    # full: 1.1.2 = 0 fails the condition, so 1.2.1 does not apply.  short: 1.2.1 = 4 -> 80
    instrument = shaped([[2, 1]], {"1.2.1": "1.1.2 >= 3"})
    given = flat("1.1", 4, 0) | flat("1.2", 4)
    assert capability(scored(instrument, given), "1.2").score is None
    assert capability(scored(instrument, given, form="short"), "1.2").score == 80
    assert dimension(scored(instrument, given), "1").applicable == 2


@pytest.mark.parametrize(
    ("ask_if", "level", "counts"),
    [
        ("1.1.1 >= 3", 2, 1),
        ("1.1.1 >= 3", 3, 2),
        ("1.1.1 > 3", 3, 1),
        ("1.1.1 > 3", 4, 2),
        ("1.1.1 <= 3", 3, 2),
        ("1.1.1 <= 3", 4, 1),
        ("1.1.1 < 3", 2, 2),
        ("1.1.1 < 3", 3, 1),
        ("1.1.1 == 3", 3, 2),
        ("1.1.1 == 3", 4, 1),
    ],
)
def test_each_comparison_holds_at_its_limit_and_fails_past_it(ask_if: str, level: int, counts: int) -> None:
    """A condition is read as it is written."""
    card = scored(shaped([[2]], {"1.1.2": ask_if}), flat("1.1", level, 1))
    assert capability(card, "1.1").applicable == counts
