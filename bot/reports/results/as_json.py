"""A result for programs: all that it holds, under stable keys, unrounded; what a gate holds back is None."""

from typing import Any

import msgspec

from bot.reports.results import Dispute, Result, instrument_of
from model.actions import Action, asks_for
from model.scoring import CapabilityScore, DimensionScore, IndicatorScore, Score
from model.weighting import own

_SCORE = (
    *("code", "score", "low", "high", "coverage", "answered", "applicable"),
    *("target", "target_year", "gap", "band"),
)
_AGREEMENT = ("level", "n", "spread", "within_1", "disputed", "agreed")


def scores_as_json(result: Result) -> dict[str, Any]:
    """A result as README describes it, key by key."""
    card = result.scorecard
    return {
        "city": result.city.id,
        "wave": result.wave.id,
        "instrument": result.wave.instrument,
        "version": result.wave.version,
        "form": card.form,
        "on": result.on.isoformat(),
        "closed": result.wave.closed_at is not None,
        "synthetic": result.city.synthetic,
        "respondents": result.respondents,
        "answered": result.answered,
        "evidenced": result.evidenced,
        "overall": _score(result, card.overall),
        "levels": card.levels,
        "dimensions": [_score(result, dimension) for dimension in card.dimensions],
        "own_weights": own(card, result.weights),
        "voices": msgspec.to_builtins(result.voices),
        "disputes": [_dispute(one) for one in result.disputes],
        "actions": [_action(result, one) for one in result.actions],
        "moved": msgspec.to_builtins(result.moves),
        "remarks": msgspec.to_builtins(result.quotes),
        "weights": [
            {"code": code, "importance": importance or None, "effort": effort or None}
            for code, (importance, effort) in sorted(result.weights.items())
        ],
        "conclusions": msgspec.to_builtins(result.conclusions),
    }


def _score(result: Result, one: Score) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(one, name) for name in _SCORE}
    if isinstance(one, IndicatorScore):
        return told | {name: getattr(one, name) for name in _AGREEMENT} | {"evidence": result.evidence.get(one.code, 0)}
    told |= _certainty(result, one)
    match one:
        case DimensionScore():
            told["capabilities"] = [_score(result, capability) for capability in one.capabilities]
        case CapabilityScore():
            told["indicators"] = [_score(result, indicator) for indicator in one.indicators]
    return told


def _certainty(result: Result, one: Score) -> dict[str, Any]:
    """Ranges where the result was asked how certain it is; how sure people were, for dimensions and the whole."""
    found, code = result.certain, one.code
    told: dict[str, Any] = {
        "without_each": msgspec.to_builtins(found.without_each.get(code)) if found else None,
        "shaken": msgspec.to_builtins(found.shaken.get(code)) if found else None,
    }
    if not isinstance(one, CapabilityScore):
        told["shares"] = msgspec.to_builtins(result.shares.get(code))
    return told


def _dispute(one: Dispute) -> dict[str, Any]:
    """A dispute with its views, without the names: a file is read by others than those who wrote in it."""
    views = [{"level": view.level, "text": view.text} for view in one.views]
    return {**msgspec.to_builtins(one), "views": views}


def _action(result: Result, one: Action) -> dict[str, Any]:
    return {**msgspec.to_builtins(one), "asks_for": asks_for(instrument_of(result), one)}
