"""What unlocks most: chosen by hand on small instruments, against every other choice, and on the shipped one."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import library
from model.instrument import Form, Instrument
from model.unlocking import holding_back, unlocking
from tests.building import Said, capability, scored, shaped
from tests.test_faults import SMALL

TOWN = library.load(SMALL)["en"]
"""1.1 and 1.2 of three indicators each, 2.1 of two: each of the three needs two answers."""
CITY = library.instrument("smart-city", "2026.1")
CITY_ITEMS = tuple(CITY.indicators)
BIG = shaped([[3, 3, 3, 3], [6, 3]])
"""Dimension 1 shows with three capabilities, dimension 2 with both; 2.1 needs four answers, each other two."""


def of(capability: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"{capability}.{number}" for number in numbers)


def shown(instrument: Instrument, answered: Collection[str], out: Collection[str] = (), form: Form = "full") -> int:
    """How many capabilities the scorecard shows when these have level 4 and those are out of place."""
    given: dict[str, Said] = {code: "n/a" if code in out else 4 for code in (*answered, *out)}
    return sum(one.score is not None for one in scored(instrument, given, form=form).capabilities)


def test_the_capability_that_completes_its_dimension_comes_first_among_equals() -> None:
    """All need two answers; 2.1 is the only one of its dimension."""
    assert unlocking(TOWN, "full", (), tuple(TOWN.indicators), 2) == of("2.1", 1, 2)


def test_then_follow_the_others_in_the_order_of_the_instrument() -> None:
    """Four answers open 2.1 and 1.1; a fifth brings 1.2 nearer, and opens no third answer of 1.1."""
    five = unlocking(TOWN, "full", (), tuple(TOWN.indicators), 5)
    assert five == (*of("2.1", 1, 2), *of("1.1", 1, 2), *of("1.2", 1))


def test_the_fewest_answers_to_go_come_first() -> None:
    """1.2 needs one more, and that outweighs the dimension that 2.1 would complete."""
    open_items = [code for code in TOWN.indicators if code != "1.2.2"]
    assert unlocking(TOWN, "full", ["1.2.2"], open_items, 1) == of("1.2", 1)
    # Then 1.1 and 2.1 would each complete their dimension with two: the first in the instrument.
    assert unlocking(TOWN, "full", ["1.2.2"], open_items, 3) == (*of("1.2", 1), *of("1.1", 1, 2))


def test_what_can_be_opened_now_comes_before_what_only_comes_nearer() -> None:
    """1.1 needs one answer that this person cannot give; 2.1 needs two that they can."""
    assert unlocking(TOWN, "full", ["1.1.1"], of("2.1", 1, 2), 2) == of("2.1", 1, 2)
    # Of 2.1 only one is theirs, so it would not show; 1.2 does.
    assert unlocking(TOWN, "full", (), (*of("1.2", 1, 2), *of("2.1", 1)), 2) == of("1.2", 1, 2)


def test_too_few_answers_to_open_anything_bring_the_nearest_nearer() -> None:
    """One answer opens nothing where each needs two; it goes where the dimension is nearest."""
    assert unlocking(TOWN, "full", (), tuple(TOWN.indicators), 1) == of("2.1", 1)


def test_a_capability_that_shows_waits_for_those_that_do_not() -> None:
    """1.1 shows with two of three: its third comes only when nothing else is left."""
    answered, open_items = of("1.1", 1, 2), ("1.1.3", *of("1.2", 1, 2, 3), *of("2.1", 1, 2))
    assert unlocking(TOWN, "full", answered, open_items, 4) == (*of("1.2", 1, 2), *of("2.1", 1, 2))
    assert unlocking(TOWN, "full", answered, open_items, 9) == (*of("1.2", 1, 2, 3), *of("2.1", 1, 2), "1.1.3")


def test_a_dimension_that_shows_already_is_less_urgent() -> None:
    """Three of the four of dimension 1 show; 2.2 needs as many answers as 1.4 and comes first."""
    answered = (*of("1.1", 1, 2), *of("1.2", 1, 2), *of("1.3", 1, 2))
    assert unlocking(BIG, "full", answered, tuple(BIG.indicators), 4) == (*of("2.2", 1, 2), *of("1.4", 1, 2))


def test_what_the_city_has_already_is_the_last_to_be_asked() -> None:
    """A second opinion opens nothing; it is given only where nothing else is left."""
    assert unlocking(TOWN, "full", ["2.1.1"], of("2.1", 1, 2), 1) == of("2.1", 2)
    assert unlocking(TOWN, "full", ["2.1.1"], of("2.1", 1, 2), 2) == of("2.1", 2, 1)


def test_what_is_out_of_place_leaves_the_denominator() -> None:
    """With one of its three out, 1.2 needs two of two; 1.1 out altogether leaves 1.2 alone in its dimension."""
    open_items = (*of("1.2", 2, 3), *of("2.1", 1, 2))
    assert unlocking(TOWN, "full", (), open_items, 2, out=["1.2.1"]) == of("2.1", 1, 2)
    everything = of("1.1", 1, 2, 3)
    assert unlocking(TOWN, "full", (), open_items, 2, out=everything) == of("1.2", 2, 3)
    assert holding_back(TOWN, "full", of("1.2", 1, 2), out=everything) == {"2": of("2.1", 1, 2)}


def test_in_the_short_form_each_capability_has_one() -> None:
    """The key indicators alone count; 2.1.1 completes its dimension."""
    assert unlocking(TOWN, "short", (), tuple(TOWN.indicators), 2) == ("2.1.1", "1.1.1")
    assert holding_back(TOWN, "short", ["2.1.1"]) == {"1": ("1.1.1", "1.2.1")}


@pytest.mark.parametrize("most", [-1, 0])
def test_nobody_who_wants_none_gets_any(most: int) -> None:
    """None asked for, none given."""
    assert unlocking(TOWN, "full", (), tuple(TOWN.indicators), most) == ()


def test_unknown_codes_are_not_asked() -> None:
    """Goals and what another version asked are nothing to be answered here, and a double counts once."""
    assert unlocking(TOWN, "full", (), ["2.1.1", "9.9.9", "2.1.1", "1.1"], 4) == ("2.1.1",)


def test_four_minutes_on_the_shipped_instrument() -> None:
    """A capability of nine shows with six: 3.2 has five, 4.1 four; the fourth answer goes where two are to go."""
    # to go: 3.2 one, 4.1 two, 2.3 three (and does not fit into what is left), all others six
    answered = (*of("3.2", 1, 2, 3, 4, 5), *of("4.1", 1, 2, 3, 4), *of("2.3", 1, 2, 3))
    open_items = [code for code in CITY_ITEMS if code not in answered]
    assert unlocking(CITY, "full", answered, open_items, 4) == (*of("3.2", 6), *of("4.1", 5, 6), *of("2.3", 4))


def test_the_short_form_of_the_shipped_instrument_opens_a_dimension_with_four_of_five() -> None:
    """Where three of 2 and two of 5 show, one answer completes dimension 2, and two more dimension 5."""
    keys = [i.code for one in CITY.capabilities() for i in one.asked("short")]
    first = {one.code: one.asked("short")[0].code for one in CITY.capabilities()}
    answered = tuple(first[code] for code in ("2.1", "2.2", "2.3", "5.1", "5.2"))
    chosen = unlocking(CITY, "short", answered, [code for code in keys if code not in answered], 3)
    assert chosen == (first["2.4"], first["5.3"], first["5.4"])


def test_what_holds_back_is_told_capability_by_capability_the_nearest_first() -> None:
    """1.2 needs one answer, 1.1 two; dimension 2 shows and is not named."""
    answered = (*of("2.1", 1, 2), *of("1.2", 3))
    assert holding_back(TOWN, "full", answered) == {"1": (*of("1.2", 1, 2), *of("1.1", 1, 2, 3))}


def test_a_capability_that_shows_holds_nothing_back() -> None:
    """1.1 shows, and its third indicator is not named."""
    assert holding_back(TOWN, "full", of("1.1", 1, 2)) == {"1": of("1.2", 1, 2, 3), "2": of("2.1", 1, 2)}


def test_nothing_holds_a_city_back_that_passes_all_gates() -> None:
    """In the shipped instrument four capabilities of five with six answers each are enough."""
    answered = [f"{d}.{c}.{i}" for d in range(1, 6) for c in range(1, 5) for i in range(1, 7)]
    assert holding_back(CITY, "full", answered) == {}
    assert list(holding_back(CITY, "full", answered[1:])) == ["1"]


def test_what_holds_back_agrees_with_the_scorecard() -> None:
    """The dimensions that are named are those without a score, for every answered part of the small instrument."""
    codes = tuple(TOWN.indicators)
    for size in range(len(codes) + 1):
        for answered in combinations(codes, size):
            card = scored(TOWN, dict.fromkeys(answered, 4))
            named = holding_back(TOWN, "full", answered)
            assert set(named) == {d.code for d in card.dimensions if d.score is None}
            assert all(capability(card, TOWN.capability_of[i].code).score is None for c in named.values() for i in c)


@st.composite
def town_days(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    """What the small town has answered, what is out of place there, what one person may be asked, and how much."""
    # 1.1.3 waits for 1.1.2, so what is out takes its follower along in the scorecard: it is left in here.
    states = {code: draw(st.sampled_from(["asked", "answered", "open", "out"])) for code in TOWN.indicators}
    states["1.1.2"] = draw(st.sampled_from(["asked", "answered", "open"]))
    found = {state: tuple(c for c, its in states.items() if its == state) for state in ("answered", "open", "out")}
    return found["answered"], found["out"], found["open"], draw(st.integers(0, 8))


@given(town_days())
def test_no_other_choice_shows_more_capabilities(
    day: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int],
) -> None:
    """Against every choice of the same size from the same open items, by the scorecard itself."""
    answered, out, open_items, most = day
    chosen = unlocking(TOWN, "full", answered, open_items, most, out)
    assert len(set(chosen)) == len(chosen) == min(most, len(open_items))
    assert set(chosen) <= set(open_items)
    best = max(shown(TOWN, (*answered, *other), out) for other in combinations(open_items, len(chosen)))
    assert shown(TOWN, (*answered, *chosen), out) == best


def plainly_shown(instrument: Instrument, answered: Collection[str]) -> int:
    """The gate with no short cut: two thirds of a capability's indicators."""
    shares = (
        Fraction(sum(i.code in answered for i in one.indicators), len(one.indicators))
        for one in instrument.capabilities()
    )
    return sum(share >= Fraction(2, 3) for share in shares)


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=3), min_size=1, max_size=2).filter(
        lambda shape: sum(map(sum, shape)) <= 11
    ),
    st.data(),
)
def test_no_other_choice_shows_more_in_an_instrument_of_any_shape(shape: list[list[int]], data: st.DataObject) -> None:
    """Capabilities of one to five indicators, any of them answered; what is chosen keeps a capability together."""
    instrument = shaped(shape)
    codes = tuple(instrument.indicators)
    answered = data.draw(st.sets(st.sampled_from(codes)))
    open_items = [code for code in codes if code not in answered and data.draw(st.booleans())]
    chosen = unlocking(instrument, "full", answered, open_items, data.draw(st.integers(0, 5)))
    best = max(plainly_shown(instrument, {*answered, *other}) for other in combinations(open_items, len(chosen)))
    assert plainly_shown(instrument, {*answered, *chosen}) == best
    homes = [instrument.capability_of[code].code for code in chosen]
    assert homes == sorted(homes, key=homes.index)


@given(st.sets(st.sampled_from(CITY_ITEMS)), st.integers(0, 12))
def test_nothing_is_spent_on_what_shows_while_something_can_be_unlocked(answered: set[str], most: int) -> None:
    """On the shipped instrument: every capability that is asked about does not show, or all show afterwards."""
    open_items = [code for code in CITY_ITEMS if code not in answered]
    chosen = unlocking(CITY, "full", answered, open_items, most)
    counts = count(answered)
    spent = any(counts.get(CITY.capability_of[code].code, 0) >= 6 for code in chosen)
    assert not spent or all(count({*answered, *chosen}).get(one.code, 0) >= 6 for one in CITY.capabilities())


def count(answered: Collection[str]) -> Mapping[str, int]:
    """How many answers each capability has."""
    homes = [CITY.capability_of[code].code for code in answered]
    return {home: homes.count(home) for home in homes}
