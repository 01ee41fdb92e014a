"""The benchmark's rules a second time, from scratch: peers as plain dicts, fractions, no `model`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.independent_details import quantile

Peer = Mapping[str, Any]
"""city, size, region, income; and scores by code."""
Standing = dict[str, Any]


def benchmark(own: Peer, scores: Mapping[str, Fraction | None], peers: Sequence[Peer], cut: str) -> Any:
    """What may be told of each score beside one peer group, by code; None where the whole group is held back."""
    everyone = [peer for peer in peers if peer["city"] != own["city"]]
    group = [peer for peer in everyone if cut == "all" or peer[cut] == own[cut]]
    if cut != "all" and (not own[cut] or gives_away(len(group), len(everyone))):
        return None
    found: dict[str, Standing] = {}
    for code, score in scores.items():
        known, all_known = ([peer["scores"][code] for peer in of if code in peer["scores"]] for of in (group, everyone))
        if cut == "all" or not gives_away(len(known), len(all_known)):
            found[code] = standing(score, sorted(known))
    return found


def gives_away(group: int, everyone: int) -> bool:
    """Whether what is left when a group is taken from all is a small cell; a group that is not told gives nothing."""
    return group >= 5 and everyone - group < 5


def standing(score: Fraction | None, peers: Sequence[float]) -> Standing:
    """How many are missing to five; the median from five on, quartiles from eleven, the percentile from twenty."""
    n = len(peers)
    told: Standing = dict.fromkeys(("median", "side", "quartiles", "quarter", "percentile"))
    told |= {"peers": n, "needed": max(0, 5 - n)}
    if n < 5:
        return told
    own = None if score is None else round(score, 9)  # as many digits as peers have
    exact = [Fraction(str(peer)) for peer in peers]
    lower, middle, upper = (quantile(exact, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    told["median"] = middle
    if own is not None:
        told["side"] = "above" if own > middle else "below" if own < middle else "at"
    if n >= 11:
        told["quartiles"] = (lower, upper)
        told["quarter"] = None if own is None else 1 + (own >= lower) + (own >= middle) + (own >= upper)
    if n >= 20 and own is not None:
        told["percentile"] = nearest_five(percentile(own, exact))
    return told


def percentile(own: Fraction, peers: Sequence[Fraction]) -> Fraction:
    """The mean of the shares below, and at or below, in per cent."""
    below, upto = sum(peer < own for peer in peers), sum(peer <= own for peer in peers)
    return Fraction(100 * (below + upto), 2 * len(peers))


def nearest_five(value: Fraction) -> int:
    """Of two equally near the higher one."""
    return 5 * int((value / 5) + Fraction(1, 2))
