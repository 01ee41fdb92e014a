"""What a part of a result is told with, beside the result itself."""

from collections import Counter
from typing import Any

import msgspec

from bot.reports import results
from bot.reports.results import Result
from flows.prompts import Prompt, Scores
from flows.prompts.figures import DimensionScores, OwnScores
from model.scoring import DimensionScore
from model.weighting import own
from storage.database import Transaction


class Counts(msgspec.Struct, frozen=True):
    """A dimension's statements: how many at each level, 0 to 5, how many without one, how many that do not apply."""

    levels: tuple[int, ...]
    missing: int
    out: int


def certain(transaction: Transaction, result: Result, prompt: Prompt) -> Result:
    """The result with how certain it is, where a prompt tells that."""
    tells = isinstance(prompt, DimensionScores) or (isinstance(prompt, Scores) and not prompt.public)
    return results.certain(transaction, result) if tells else result


def facts(prompt: Prompt, result: Result) -> dict[str, Any]:
    """What the template of a prompt is filled with, beside result and benchmark."""
    if isinstance(prompt, DimensionScores):
        return {"counts": next(counted(one) for one in result.scorecard.dimensions if one.code == prompt.code)}
    if isinstance(prompt, OwnScores):
        weighed = any(importance for importance, _ in result.weights.values())
        return {"own": own(result.scorecard, result.weights), "own_weighed": weighed}
    return {}


def counted(dimension: DimensionScore) -> Counts:
    """How many of a dimension's statements stand where."""
    below = [one for capability in dimension.capabilities for one in capability.indicators]
    reached = Counter(one.level for one in below)
    out = sum(not one.applicable for one in below)
    return Counts(tuple(reached[level] for level in range(6)), reached[None] - out, out)
