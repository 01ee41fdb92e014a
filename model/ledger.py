"""What a city was shown of its peers, and what it may be shown beside it: never what singles out one other city."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from fractions import Fraction

import msgspec

from model.comparison import Benchmark, Cut


class Told(msgspec.Struct, frozen=True):
    """A peer group that a city was shown, and the codes of which it saw a number.

    Who its members were is told by the snapshot of its date, which is never changed.
    """

    on: date
    cut: Cut
    group: str
    codes: frozenset[str]


def told(benchmark: Benchmark) -> Told | None:
    """What a city learns from a benchmark; None where that is only how many peers are missing, or nothing."""
    codes = frozenset(one.code for one in benchmark.standings if one.median is not None)
    return Told(benchmark.on, benchmark.cut, benchmark.group, codes) if codes else None


def may_show(group: frozenset[str], shown: Collection[frozenset[str]]) -> bool:
    """Whether a group of cities may be shown beside those shown before: together they single out no city.

    A group that was shown before always may.
    """
    if group in shown:
        return True
    sets = [*shown, group]
    places = {city: place for place, city in enumerate(frozenset[str]().union(*sets))}
    return not singles_out([sum(1 << places[city] for city in one) for one in sets])


def singles_out(groups: Collection[int]) -> bool:
    """Whether sums over these groups (a bit a city) would give away one city's own value.

    A group tells at the most the sum over its members. One city can be worked out from sums just where it alone is a
    combination of the groups, each taken any number of times, also a part of one, added or subtracted. Differences of
    nested groups and unions of disjoint ones, however often repeated, are some of these, so nothing has to be bounded.
    This is the exact audit of sums: Chin and Ozsoyoglu, Auditing and Inference Control in Statistical Databases, 1982.
    """
    different = sorted(set(groups))
    alike = list(_alike(different))
    alone = [place for place, (members, _) in enumerate(alike) if members & (members - 1) == 0]
    if not alone:
        return False  # whoever is in one of the groups always has another city beside it
    rows = [[Fraction(pattern >> number & 1) for _, pattern in alike] for number in range(len(different))]
    return any(sum(map(bool, row)) == 1 and place in alone for place, row in _solved(rows))


def _alike(groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The cities (a bit each) that are in just the same groups, and in which (a bit each)."""
    everyone = 0
    for group in groups:
        everyone |= group
    parts = [(everyone, 0)] if everyone else []
    for number, group in enumerate(groups):
        split = [
            half
            for members, pattern in parts
            for half in ((members & group, pattern | 1 << number), (members & ~group, pattern))
        ]
        parts = [(members, pattern) for members, pattern in split if members]
    yield from parts


def _solved(rows: list[list[Fraction]]) -> Iterator[tuple[int, list[Fraction]]]:
    """The rows in reduced form, each with the place of its leading 1: a unit vector is one of them or none at all."""
    solved: list[tuple[int, list[Fraction]]] = []
    for place in range(len(rows[0])):
        pivot = next((row for row in rows if row[place]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        lead = [value / pivot[place] for value in pivot]
        rows = [_less(row, lead, place) for row in rows]
        solved = [(at, _less(row, lead, place)) for at, row in solved] + [(place, lead)]
    yield from solved


def _less(row: list[Fraction], lead: list[Fraction], place: int) -> list[Fraction]:
    """The row without its part of `lead`, so that it is 0 at `place`."""
    times = row[place]
    return [value - times * other for value, other in zip(row, lead, strict=True)] if times else row
