"""A city beside its peers as far as it may be told after all that it was told before; `compare` has no memory."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from model.columns import Columns
from model.comparison import CUTS, FEWEST, Benchmark, Cut, Peer, Standing, is_safe, standing
from model.ledger import Told, singles_out

LATEST = 5
"""Snapshots that may still be shown where a newer one may not: what is older than a year says little of today."""

Scores = Mapping[str, float | None]


class History(msgspec.Struct, frozen=True):
    """What there is to be shown, and what was: the latest dates, newest first, and all that the city was told.

    `taken` holds the snapshots of those dates, and of all that the city was told of.
    """

    dates: Sequence[date]
    taken: Mapping[date, Columns]
    shown: Sequence[Told]


def latest(dates: Sequence[date]) -> list[date]:
    """The dates whose snapshots may still be shown, newest first."""
    return sorted(dates, reverse=True)[:LATEST]


def tell(own: Peer, own_scores: Scores, history: History, cut: Cut) -> Benchmark:
    """A city beside the peers of one cut, in the latest snapshot that may be shown; its own numbers are today's.

    A number is told where the rules of `compare` allow it, and where together with what this city was shown of the
    same code it singles out no other city. `newest` is set where a newer snapshot had to be left out, `instead` where
    nothing may be shown: the cuts that would be, the widest first.
    """
    found = _newest(own, own_scores, history, cut)
    if not found.suppressed:
        return found
    others = {other: _newest(own, own_scores, history, other) for other in CUTS if other != cut}
    return msgspec.structs.replace(found, instead=tuple(other for other, one in others.items() if is_told(one)))


def is_told(one: Benchmark) -> bool:
    """Whether a benchmark holds any number of its peers."""
    return any(standing.median is not None for standing in one.standings)


def _newest(own: Peer, own_scores: Scores, history: History, cut: Cut) -> Benchmark:
    first, *rest = history.dates
    newest = _on(own, own_scores, history, cut, first)
    if not newest.suppressed:
        return newest
    for day in rest:
        older = _on(own, own_scores, history, cut, day)
        if is_told(older):
            return msgspec.structs.replace(older, newest=newest.on)
    return newest


def _on(own: Peer, own_scores: Scores, history: History, cut: Cut, day: date) -> Benchmark:
    """The benchmark of one snapshot, or that it may not be shown."""
    columns, group = history.taken[day], "" if cut == "all" else str(getattr(own, cut))
    members, everyone = columns.members(cut, group, own.city), columns.members("all", "", own.city)
    synthetic = columns.is_synthetic(cut, group, own.city)
    before = [_members(own, history, one) for one in history.shown]

    @cache  # most codes are known of just the same cities
    def may_show(wanted: int, among: int, told: frozenset[int]) -> bool:
        if wanted.bit_count() < FEWEST:
            return True  # it is only said how many are missing
        if cut != "all" and not is_safe(wanted.bit_count(), among.bit_count()):
            return False
        return wanted in told or not singles_out((*told, wanted))

    nowhere = cut != "all" and not group  # its country is in no such group, and those in none are not alike
    if nowhere or not may_show(members, everyone, frozenset(before)):
        return Benchmark(cut, group, day, (), suppressed=True, synthetic=synthetic)
    standings: list[Standing] = []
    for code, value in own_scores.items():
        having = columns.having(code)
        told = frozenset(
            those & history.taken[one.on].having(code)
            for those, one in zip(before, history.shown, strict=True)
            if code in one.codes
        )
        if may_show(members & having, everyone & having, told):
            standings.append(standing(code, value, columns.scores(cut, group, code, own.city)))
    return Benchmark(cut, group, day, tuple(standings), synthetic=synthetic)


def _members(own: Peer, history: History, one: Told) -> int:
    return history.taken[one.on].members(one.cut, one.group, own.city)
