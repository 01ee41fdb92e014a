"""Scores under other weights: a city's own, or shaken ones that tell how much the equal weights matter."""

import random
from collections.abc import Iterable, Mapping

import msgspec

from model.scoring import Scorecard

SHAKE = 0.25
"""Each weight is multiplied by a number between 1 - SHAKE and 1 + SHAKE."""
DRAWS = 200
"""How often the weights are shaken; twice as many widen the range by less than a tenth of a point."""
SEED = 2026
"""Fixed, so that the same answers give the same range everywhere."""

OVERALL = "overall"
USUAL = 2
"""The importance (1-3) of what nobody has weighed."""


class Range(msgspec.Struct, frozen=True):
    """The lowest and the highest of several scores (0-100)."""

    low: float
    high: float


def reweighted(card: Scorecard, weights: Mapping[str, float]) -> Mapping[str, float]:
    """The scores that show in a card, by code, as weighted means; a code without a weight weighs 1.

    Gates stay as they are: other weights never make a score show.
    """
    scores: dict[str, float] = {}
    for dimension in card.dimensions:
        for capability in dimension.capabilities:
            if capability.score is not None:
                scores[capability.code] = _mean(
                    (weights.get(one.code, 1.0), one.score) for one in capability.indicators if one.score is not None
                )
        if dimension.score is not None:
            scores[dimension.code] = _mean(
                (weights.get(c.code, 1.0), scores[c.code]) for c in dimension.capabilities if c.code in scores
            )
    if card.overall.score is not None:
        scores[OVERALL] = _mean((weights.get(d.code, 1.0), scores[d.code]) for d in card.dimensions)
    return scores


def own(card: Scorecard, weights: Mapping[str, tuple[int, int]]) -> Mapping[str, float]:
    """The scores that show under a city's own weights, by code: the importance (1-3) of capabilities and indicators.

    `weights` are importance and effort, 0 where unknown; dimensions weigh the same, as nobody weighs them.
    """
    weighed = [code for c in card.capabilities for code in (c.code, *(one.code for one in c.indicators))]
    return reweighted(card, {code: weights.get(code, (0, 0))[0] or USUAL for code in weighed})


def shaken(card: Scorecard) -> Mapping[str, Range]:
    """How far each score that shows moves when all weights are shaken at once, by code.

    In each of the DRAWS, `random.Random(SEED).uniform(1 - SHAKE, 1 + SHAKE)` is drawn once for every dimension,
    capability and indicator of the card, in the order of the instrument, each before its parts.
    """
    chance = random.Random(SEED)  # noqa: S311  # nothing is kept secret with it
    codes = list(_codes(card))
    drawn = [reweighted(card, {code: chance.uniform(1 - SHAKE, 1 + SHAKE) for code in codes}) for _ in range(DRAWS)]
    return {code: Range(min(one[code] for one in drawn), max(one[code] for one in drawn)) for code in drawn[0]}


def _codes(card: Scorecard) -> Iterable[str]:
    for dimension in card.dimensions:
        yield dimension.code
        for capability in dimension.capabilities:
            yield capability.code
            yield from (one.code for one in capability.indicators)


def _mean(weighted: Iterable[tuple[float, float]]) -> float:
    parts = list(weighted)
    # Rounded as in scoring: equal weights must give the very number that the scorecard has.
    return round(sum(weight * score for weight, score in parts) / sum(weight for weight, _ in parts), 9)
