"""Which cities could learn from which: strong where another is weak, among those that agreed to be found."""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

STRONG = 60.0
"""A capability with this score (0-100) or more is one that others may learn from."""
WEAK = 40.0
"""A capability below this score is one to learn about."""
WEAKNESSES = 5
"""Weak capabilities that are looked at, the weakest first."""
CITIES = 3
"""Cities named for each of them: a list to choose from, not a league table."""


class Candidate(msgspec.Struct, frozen=True):
    """A city that lets itself be found: its peer groups, and its scores (0-100) by capability, where they show."""

    city: str
    name: str
    size: str
    region: str
    scores: Mapping[str, float]
    synthetic: bool = False


class Match(msgspec.Struct, frozen=True):
    """A weak capability, and cities (ids) that are strong there; none where none takes part yet."""

    code: str
    cities: tuple[str, ...] = ()


def strong(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The capabilities that others may learn from, in the order given."""
    return tuple(code for code, value in scores.items() if value >= STRONG)


def weak(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The capabilities to learn about, the weakest first; of equals the first given."""
    below = [code for code, value in scores.items() if value < WEAK]
    return tuple(sorted(below, key=lambda code: scores[code])[:WEAKNESSES])


def suits(own: Candidate, other: Candidate, code: str) -> bool:
    """Whether the other city is strong in a capability where the own one is weak."""
    theirs, ours = other.scores.get(code), own.scores.get(code)
    return own.city != other.city and ours is not None and ours < WEAK and theirs is not None and theirs >= STRONG


def matches(own: str, members: Iterable[Candidate]) -> tuple[Match, ...]:
    """For each weak capability of a city (its id) the cities to learn from; nothing unless it takes part itself.

    `members` are all that agreed to be found. Those of the same size come first, then of the same region, then by
    name: never by score.
    """
    known = {one.city: one for one in members}
    mine = known.get(own)
    if mine is None:
        return ()
    near = sorted(known.values(), key=lambda one: _distance(mine, one))
    return tuple(
        Match(code, tuple(one.city for one in near if suits(mine, one, code))[:CITIES]) for code in weak(mine.scores)
    )


def _distance(own: Candidate, other: Candidate) -> tuple[bool, bool, str, str]:
    return other.size != own.size, other.region != own.region, other.name.casefold(), other.city


def reference(city: str) -> str:
    """What stands for a city's id in a button, which has no room for long ones."""
    return hashlib.sha256(city.encode()).hexdigest()[:12]
