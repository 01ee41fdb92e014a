"""The privacy ledger's arithmetic: nothing that a city was shown, taken together, is one other city's."""

from collections.abc import Collection
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger import may_show, singles_out

Group = frozenset[str]


def derivable(shown: Collection[Group]) -> set[Group]:
    """All groups that follow from these by repeated differences of nested ones and unions of disjoint ones."""
    found = set(shown)
    while True:
        new = {
            made
            for one in found
            for other in found
            for made in ((one - other,) if other < one else (one | other,) if not one & other else ())
        } - found
        if not new:
            return found
        found |= new


def group(letters: str) -> Group:
    return frozenset(letters)


GROUPS = st.frozensets(st.sampled_from("abcdefg"), max_size=7)


@given(st.lists(GROUPS, max_size=7))
def test_whatever_is_asked_in_whatever_order_no_derivable_group_is_one_city(asked: list[Group]) -> None:
    """Each group is shown where the ledger lets it be; all of them together never give a single city away."""
    shown: list[Group] = []
    for one in asked:
        if may_show(one, shown):
            shown.append(one)
    assert not [one for one in derivable(shown) if len(one) == 1]


@given(st.lists(GROUPS, max_size=6), st.data())
def test_what_was_shown_may_always_be_shown_again(asked: list[Group], data: st.DataObject) -> None:
    """The same group tells nothing new, whatever came between."""
    shown: list[Group] = []
    for one in asked:
        if may_show(one, shown):
            shown.append(one)
    if shown:
        assert may_show(data.draw(st.sampled_from(shown)), shown)


@given(st.lists(GROUPS, min_size=1, max_size=5), GROUPS)
def test_what_was_refused_stays_refused_whatever_else_is_shown(shown: list[Group], wanted: Group) -> None:
    """More that is known never makes anything safer, unless it is the group itself."""
    if not may_show(wanted, shown[1:]) and wanted not in shown:
        assert not may_show(wanted, shown)


@pytest.mark.parametrize(
    ("wanted", "shown", "allowed"),
    [
        ("abcdef", (), True),
        ("a", (), False),  # one city by itself
        ("", (), True),  # nobody
        ("abcdef", ("abcde",), False),  # the newcomer f
        ("abcde", ("abcdef",), False),  # f, who left
        ("abcdefg", ("abcde",), True),  # two newcomers hide each other
        ("abcdefg", ("abcde", "abcdef"), False),  # not any more where one of them was told before
        ("abcg", ("abcdef", "def"), False),  # abcdef - def = abc; abcg - abc = g: no two of them tell it
        ("cdefg", ("abcdefg", "ab"), True),  # the rest is known, and nobody in it
        ("bc", ("ab", "ac"), False),  # no differences tell it, but sums do: (ab + ac - bc) / 2 = a
        ("cd", ("ab", "ac", "bd"), True),  # a square: any number could be moved round it
    ],
)
def test_a_group_is_refused_where_it_gives_a_city_away(wanted: str, shown: tuple[str, ...], allowed: bool) -> None:
    """Examples that one can follow on paper, in whatever order the groups were shown."""
    assert may_show(group(wanted), [group(one) for one in shown]) is allowed
    for order in permutations(shown):
        assert may_show(group(wanted), [group(one) for one in order]) is allowed


def test_large_groups_are_looked_through_at_once() -> None:
    """Ten thousand cities and twenty dates: what counts is in how many ways they differ, not how many they are."""
    everyone = (1 << 10_000) - 1
    dates = [everyone >> 3 * number for number in range(20)]  # three cities leave each time
    assert not singles_out(dates)
    assert singles_out([*dates, everyone >> 58])
