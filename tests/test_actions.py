"""The action list: what is to be done first, worked out by hand."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording import word
from flows.prompts.following import A_MESSAGE, Actions
from flows.session import CityFacts, Session
from model import library
from model.actions import MIDDLE, TOP, Action, actions, asks_for
from model.instrument import Form, Instrument
from model.pooling import Pooled
from model.scoring import Scorecard, score
from tests.listing import row_of

MODEL = library.instrument(*library.DEFAULT)
SHORT = [one.asked("short")[0].code for one in MODEL.capabilities()]
FULL = [one.code for capability in MODEL.capabilities() for one in capability.asked("full")]
Said = Mapping[str, int | None]


def pooled(said: Said, year: int | None = None) -> dict[str, Pooled]:
    return {code: Pooled(level=level, applicable=True, n=1, year=year) for code, level in said.items()}


def card(levels: Said, goals: Said, form: Form = "short") -> Scorecard:
    return score(MODEL, form, pooled(levels), pooled(goals, 2029))


def listed(levels: Said, goals: Said, weights: Mapping[str, tuple[int, int]] | None = None) -> tuple[Action, ...]:
    return actions(MODEL, card(levels, goals), weights or {})


def test_an_action_by_hand() -> None:
    """From level 2 to goal 4 is a gap of 40 points; it matters 3 and costs 1, so it weighs 120."""
    (one,) = listed({"3.2.1": 2}, {"3.2": 4}, {"3.2": (3, 1)})
    assert (one.code, one.level, one.next_level, one.goal, one.year) == ("3.2.1", 2, 3, 4, 2029)
    assert (one.gap, one.importance, one.effort, one.weight) == (40.0, 3, 1, 120.0)
    assert one.reference == MODEL.indicators["3.2.1"].references[0]


def test_what_nobody_has_weighed_is_in_the_middle() -> None:
    """Importance and effort are 2 each, which leaves the gap as it is; half a weight is taken for the half it says."""
    (one,) = listed({"3.2.1": 2}, {"3.2": 4})
    assert (one.importance, one.effort, one.weight) == (MIDDLE, MIDDLE, one.gap)
    (one,) = listed({"3.2.1": 2}, {"3.2": 4}, {"3.2": (3, 0)})
    assert (one.importance, one.effort, one.weight) == (3, MIDDLE, 60.0)


def test_a_statement_s_own_goal_and_weight_come_before_its_capability_s() -> None:
    """Goal 3 of the statement counts, not goal 5 of the capability; so do its own importance and effort."""
    (one,) = listed({"3.1.1": 2}, {"3.1": 5, "3.1.1": 3}, {"3.1": (1, 1), "3.1.1": (3, 2)})
    assert (one.goal, one.gap, one.importance, one.effort, one.weight) == (3, 20.0, 3, 2, 30.0)
    (one,) = listed({"3.1.1": 2}, {"3.1": 5}, {"3.1": (1, 2), "3.1.1": (3, 0)})
    assert (one.importance, one.effort) == (3, 2)


@pytest.mark.parametrize(
    ("levels", "goals"),
    [({"1.1.1": 5}, {"1.1": 5}), ({"1.1.1": 4}, {"1.1": 3}), ({"1.1.1": None}, {"1.1": 5}), ({"1.1.1": 2}, {})],
    ids=["at level 5", "above its goal", "without a level", "without a goal"],
)
def test_what_asks_for_nothing_is_not_in_the_list(levels: Said, goals: Said) -> None:
    """Reached, passed, unknown or aimless."""
    assert listed(levels, goals) == ()


def test_of_equals_the_larger_gap_is_first_and_then_the_first_in_the_instrument() -> None:
    """80 at middle effort weighs as much as 40 that costs half; equal in both, the instrument's order decides."""
    levels = {"1.1.1": 2, "1.2.1": 0, "1.3.1": 2, "1.4.1": 2}
    goals = {"1.1": 4, "1.2": 4, "1.3": 4, "1.4": 4}
    found = listed(levels, goals, {"1.1": (2, 1), "1.3": (2, 1)})
    assert [(one.code, one.weight, one.gap) for one in found] == [
        ("1.2.1", 80.0, 80.0),
        ("1.1.1", 80.0, 40.0),
        ("1.3.1", 80.0, 40.0),
        ("1.4.1", 40.0, 40.0),
    ]


def test_the_list_ends_after_ten() -> None:
    """Twenty-five capabilities below their goals give ten actions; whoever asks for more gets them."""
    behind = card(dict.fromkeys(SHORT, 1), {one.code: 4 for one in MODEL.capabilities()})
    assert len(actions(MODEL, behind, {})) == TOP
    assert len(actions(MODEL, behind, {}, most=100)) == len(SHORT)


def test_the_short_form_knows_key_indicators_only_and_the_full_form_all() -> None:
    """What was answered beside them is no action of the short form."""
    levels, goals = dict.fromkeys(FULL[:9], 1), {"1.1": 4}
    assert [one.code for one in actions(MODEL, card(levels, goals), {})] == ["1.1.1"]
    assert [one.code for one in actions(MODEL, card(levels, goals, "full"), {})] == FULL[:9]


def test_the_next_level_asks_for_what_the_statement_says_or_else_the_scale() -> None:
    """Levels 2 to 5 are explained by the statement, level 1 by the scale that all share."""
    first, third = listed({"1.1.1": 0, "1.2.1": 2}, {"1.1": 5, "1.2": 5})
    assert asks_for(MODEL, first) == MODEL.scale[1].meaning
    assert asks_for(MODEL, third) == MODEL.indicators["1.2.1"].levels[3]


LEVELS = st.one_of(st.none(), st.integers(0, 5))


@given(
    st.fixed_dictionaries(dict.fromkeys(SHORT, LEVELS)),
    st.dictionaries(st.sampled_from([one.code for one in MODEL.capabilities()]), st.integers(0, 5)),
    st.dictionaries(st.sampled_from([*SHORT, "1.1", "3.2"]), st.tuples(st.integers(0, 3), st.integers(0, 3))),
)
def test_the_list_is_in_order_and_each_of_it_below_its_goal(
    levels: Said, goals: Mapping[str, int], weights: Mapping[str, tuple[int, int]]
) -> None:
    """Whatever a city answers: heaviest first, nothing twice, every gap positive, every next level one up."""
    found = listed(levels, goals, weights)
    assert all((a.weight, a.gap) >= (b.weight, b.gap) for a, b in pairwise(found))
    assert len({one.code for one in found}) == len(found) <= TOP
    assert all(one.gap == 20 * (one.goal - one.level) > 0 and one.next_level == one.level + 1 for one in found)
    assert all(one.weight == pytest.approx(one.gap * one.importance / one.effort) for one in found)


@pytest.mark.parametrize("language", MODEL.languages)
def test_five_actions_fit_into_a_platform_s_message(language: str) -> None:
    """Of all statements the five with most to say, each with somebody who leads it, end before 4,096 characters."""
    told = library.instrument(*library.DEFAULT, language)
    lengths = sorted(max(len(_row(told, code, level)) for level in range(5)) for code in told.indicators)
    assert sum(lengths[-A_MESSAGE:]) + 600 < 4096


def _row(instrument: Instrument, code: str, level: int) -> str:
    """The longest that a statement's lines in the list can be."""
    filled = row_of(instrument, code, level)
    session = Session("s1", 2026, language=instrument.language, city=CityFacts("Oakridge", "GB", 250_000))
    assert isinstance(filled.prompt, Actions)
    facts = {"result": filled.result, "asks_for": asks_for, **(filled.facts or {})}
    return word(filled.prompt, session, instrument, facts).body
