"""A city beside its peers, by rules that let nobody single out another city: what may be said, and what may not."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

FEWEST = 5
"""Fewer peers than this are not compared with, and a group's rest must be as large (El Emam: small cells)."""
QUARTILES_FROM = 11
PERCENTILE_FROM = 20
PERCENTILE_STEP = 5

Cut = Literal["all", "size", "region", "income"]
CUTS: tuple[Cut, ...] = ("all", "size", "region", "income")
SIZE_BANDS = (
    (100_000, "under 100,000"),
    (500_000, "100,000-500,000"),
    (1_000_000, "500,000-1 million"),
    (5_000_000, "1-5 million"),
    (math.inf, "5 million and more"),
)
"""Population below the limit (people), and the band's name."""


class Peer(msgspec.Struct, frozen=True):
    """A city that is in the benchmark: opted in, gates passed, its latest closed wave. Scores (0-100) by code."""

    city: str
    size: str
    region: str
    income: str
    scores: Mapping[str, float]
    synthetic: bool = False


class Snapshot(msgspec.Struct, frozen=True):
    """The peers on a fixed date, so that before and after do not reveal who joined."""

    on: date
    peers: tuple[Peer, ...]


class Standing(msgspec.Struct, frozen=True, omit_defaults=False):
    """What may be told of one score beside its peers; None where the rules hold it back.

    `needed` is how many peers are missing; `quarter` is 1 (lowest) to 4; `percentile` is to the nearest 5.
    """

    code: str
    own: float | None
    peers: int
    needed: int
    median: float | None = None
    side: Literal["above", "at", "below"] | None = None
    quartiles: tuple[float, float] | None = None
    quarter: int | None = None
    percentile: int | None = None


class Benchmark(msgspec.Struct, frozen=True):
    """A city beside one peer group. `suppressed` where it, or what is left beside it, would give a city away.

    `instead` are the cuts that could be shown then; `newest` is the date of a newer snapshot that may not be shown.
    """

    cut: Cut
    group: str
    on: date
    standings: tuple[Standing, ...]
    suppressed: bool = False
    synthetic: bool = False
    instead: tuple[Cut, ...] = ()
    newest: date | None = None

    @property
    def next(self) -> date:
        """When there are new figures."""
        return next_date(self.newest or self.on)


def size_band(population: int) -> str:
    """The size band that a population (people) falls into."""
    return next(name for limit, name in SIZE_BANDS if population < limit)


def percentile(own: float, peers: Sequence[float]) -> float:
    """Mid-rank percentile (0-100): (share below + share at or below) / 2, in per cent; unrounded.

    SciPy's `percentileofscore(kind="mean")`. 45 among 40, 45, 45, 52, 60, 61, 70 is 28.57.
    """
    return _mid_rank(own, sorted(peers))


def standing(code: str, own: float | None, peers: Sequence[float]) -> Standing:
    """What may be told of `own` beside these peers' scores (the city itself is not among them)."""
    n = len(peers)
    if n < FEWEST:
        return Standing(code, own, n, FEWEST - n)
    ordered = sorted(peers)
    lower, median, upper = _quartiles(ordered)
    told = Standing(code, own, n, 0, median, side=None if own is None else _side(own, median))
    if n < QUARTILES_FROM:
        return told
    told = msgspec.structs.replace(
        told,
        quartiles=(lower, upper),
        quarter=None if own is None else _quarter(own, ordered, (lower, median, upper)),
    )
    if n < PERCENTILE_FROM or own is None:
        return told
    return msgspec.structs.replace(told, percentile=_nearest(_mid_rank(own, ordered), PERCENTILE_STEP))


def compare(own: Peer, own_scores: Mapping[str, float | None], snapshot: Snapshot, cut: Cut) -> Benchmark:
    """A city beside the peers of one cut; one cut at a time, and the city itself left out of its group.

    A group is told only where both it and what a reader could subtract (all - group) are large enough.
    """
    everyone = [peer for peer in snapshot.peers if peer.city != own.city]
    group = everyone if cut == "all" else [p for p in everyone if getattr(p, cut) == getattr(own, cut)]
    name = "" if cut == "all" else str(getattr(own, cut))
    synthetic = any(peer.synthetic for peer in group)
    if cut != "all" and not (name and is_safe(len(group), len(everyone))):
        return Benchmark(cut, name, snapshot.on, (), suppressed=True, synthetic=synthetic)
    standings = tuple(
        standing(code, value, _scores(group, code))
        for code, value in own_scores.items()
        if cut == "all" or is_safe(len(_scores(group, code)), len(_scores(everyone, code)))
    )
    return Benchmark(cut, name, snapshot.on, standings, synthetic=synthetic)


def is_safe(group: int, everyone: int) -> bool:
    """Whether a group may be told: not if what is left when it is subtracted from all is a small cell."""
    return group < FEWEST or everyone - group >= FEWEST


def _mid_rank(own: float, ordered: Sequence[float]) -> float:
    return 100 * (bisect_left(ordered, own) + bisect_right(ordered, own)) / 2 / len(ordered)


def _quartiles(ordered: Sequence[float]) -> tuple[float, float, float]:
    """`statistics.quantiles(method="inclusive")` of scores in order, which that would sort once more."""
    lower, median, upper = (
        (ordered[at] * (4 - part) + ordered[at + 1] * part) / 4
        for at, part in (divmod(quarter * (len(ordered) - 1), 4) for quarter in (1, 2, 3))
    )
    return lower, median, upper


def _quarter(own: float, ordered: Sequence[float], quartiles: tuple[float, float, float]) -> int:
    """The quarter, 1 to 4; where many are right at a quartile, it is the percentile that says on which side of it."""
    at = _mid_rank(own, ordered)
    return 1 + sum(own > cut or (own == cut and at >= 25 * part) for part, cut in enumerate(quartiles, 1))


def _scores(peers: Sequence[Peer], code: str) -> list[float]:
    return [peer.scores[code] for peer in peers if code in peer.scores]


def snapshot_date(today: date) -> date:
    """The latest fixed date on or before `today`: the first of January, April, July or October."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)


def next_date(today: date) -> date:
    """The first fixed date after `today`."""
    return snapshot_date(snapshot_date(today) + timedelta(days=95))


def _side(own: float, median: float) -> Literal["above", "at", "below"]:
    if own == median:
        return "at"
    return "above" if own > median else "below"


def _nearest(value: float, step: int) -> int:
    return step * math.floor(value / step + 0.5)
