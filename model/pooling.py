"""From respondents to the city: one value an indicator, and how far those who answered agree."""

import statistics
from collections.abc import Iterable, Sequence

import msgspec

from model.responses import NonResponse, Response, Source

FEW = 5
"""From this many valid responses on, spread is told by the interquartile range instead of the range."""


class Pooled(msgspec.Struct, frozen=True):
    """What a city says about one item. `level` is 0-5, or None where nobody gave one.

    `spread` is the range (2-4 responses) or the interquartile range (5 and more); `within_1` the share (0-1) of the
    responses within one level of the median. `applicable` is False where all who took a stand say it does not apply.
    """

    level: int | None
    applicable: bool
    n: int
    spread: float | None = None
    within_1: float | None = None
    disputed: bool = False
    agreed: bool = False
    year: int | None = None


def pool(responses: Iterable[Response]) -> Pooled:
    """The city's value from the last response of each respondent, and the agreed one where there is one.

    Lower median; the rules of disagreement were fixed in advance (Diamond et al. 2014).
    """
    given = list(responses)
    agreed = [r for r in given if r.source is Source.AGREED]
    levels = sorted(r.level for r in given if r.level is not None and r.source is Source.RESPONDENT)
    pooled = _spread(levels)
    excluded = any(r.non_response is NonResponse.NOT_APPLICABLE for r in (agreed[-1:] or given))
    if agreed:
        level = agreed[-1].level
        return msgspec.structs.replace(
            pooled, level=level, applicable=level is not None or not excluded, agreed=True, year=agreed[-1].year
        )
    years = sorted(r.year for r in given if r.year is not None)
    return msgspec.structs.replace(
        pooled, applicable=bool(levels) or not excluded, year=_lower_median(years) if years else None
    )


def _spread(levels: Sequence[int]) -> Pooled:
    """The lower median and the agreement of sorted levels."""
    n = len(levels)
    if n == 0:
        return Pooled(level=None, applicable=True, n=0)
    median = _lower_median(levels)
    within = sum(abs(level - median) <= 1 for level in levels) / n
    if n < FEW:
        spread = float(levels[-1] - levels[0])
        return Pooled(median, applicable=True, n=n, spread=spread, within_1=within, disputed=spread >= 2)
    lower, _, upper = statistics.quantiles(levels, n=4, method="inclusive")
    far = any(abs(level - median) >= 3 for level in levels)
    disputed = upper - lower > 1 or within < 0.75 or far
    return Pooled(median, applicable=True, n=n, spread=upper - lower, within_1=within, disputed=disputed)


def _lower_median(ordered: Sequence[int]) -> int:
    return ordered[(len(ordered) - 1) // 2]
