"""From city values to scores (0-100), with the gates, coverage and bounds that keep them honest."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from model.instrument import Capability, Dimension, Form, Instrument
from model.pooling import Pooled
from model.routing import applies, condition

POINTS = 20
"""Score points a level: level 5 is 100."""
CAPABILITY_GATE = Fraction(2, 3)
"""A capability shows when this share of its applicable indicators is answered."""
DIMENSION_GATE = Fraction(3, 4)
"""A dimension shows when this share of its applicable capabilities shows (4 of 5)."""

UNKNOWN = Pooled(level=None, applicable=True, n=0)


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One score (0-100); None where a gate holds it back.

    `low` and `high` are what it would be if all that is missing were level 0 or level 5; `coverage` is the share (0-1)
    of the applicable indicators that are answered, None where none applies. `gap` is target - score.
    """

    code: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    target: float | None = None
    target_year: int | None = None
    gap: float | None = None
    band: str | None = None
    answered: int = 0
    applicable: int = 0


class IndicatorScore(Score, frozen=True, kw_only=True):
    """An indicator's score, with how many gave a level (0-5), how far they agree (see `Pooled`) and what is settled."""

    level: int | None
    n: int
    disputed: bool
    spread: float | None = None
    within_1: float | None = None
    agreed: bool = False


class CapabilityScore(Score, frozen=True, kw_only=True):
    """A capability: the mean of its valid indicators x 20."""

    indicators: tuple[IndicatorScore, ...]


class DimensionScore(Score, frozen=True, kw_only=True):
    """A dimension: the mean of its capabilities."""

    capabilities: tuple[CapabilityScore, ...]


class Scorecard(msgspec.Struct, frozen=True):
    """A city's result in one form. `levels` counts the indicators at each level, 0 to 5."""

    form: Form
    overall: Score
    dimensions: tuple[DimensionScore, ...]
    levels: tuple[int, ...]

    @property
    def capabilities(self) -> tuple[CapabilityScore, ...]:
        """All capabilities, in order."""
        return tuple(c for dimension in self.dimensions for c in dimension.capabilities)

    @property
    def strongest(self) -> CapabilityScore | None:
        """The capability with the highest score; the first of equals."""
        shown = [c for c in self.capabilities if c.score is not None]
        return max(shown, key=lambda c: c.score or 0.0) if shown else None

    @property
    def weakest(self) -> CapabilityScore | None:
        """The capability with the lowest score; the first of equals."""
        shown = [c for c in self.capabilities if c.score is not None]
        return min(shown, key=lambda c: c.score or 0.0) if shown else None

    def largest_gaps(self, count: int) -> tuple[CapabilityScore, ...]:
        """The capabilities furthest below their target, the largest gap first."""
        behind = [c for c in self.capabilities if c.gap is not None and c.gap > 0]
        return tuple(sorted(behind, key=lambda c: -(c.gap or 0.0))[:count])


def score(instrument: Instrument, form: Form, values: Mapping[str, Pooled], targets: Mapping[str, Pooled]) -> Scorecard:
    """The scorecard of a city from its pooled values and targets, both by code; equal weights at every level."""
    asked = {i.code for capability in instrument.capabilities() for i in capability.asked(form)}
    routed = _routes(instrument, asked, values)

    def indicator_scores(capability: Capability) -> tuple[IndicatorScore, ...]:
        return tuple(
            _indicator(
                instrument,
                one.code,
                values.get(one.code, UNKNOWN),
                targets.get(one.code, UNKNOWN),
                routed=routed[one.code],
            )
            for one in capability.asked(form)
        )

    dimensions = tuple(
        _dimension(
            instrument,
            d,
            tuple(_capability(instrument, c.code, indicator_scores(c), targets) for c in d.capabilities),
        )
        for d in instrument.dimensions
    )
    shown = [d for d in dimensions if d.score is not None]
    overall = _score(instrument, "overall", dimensions, shows=len(shown) == len(dimensions), complete=True)
    reached = Counter(i.level for d in dimensions for c in d.capabilities for i in c.indicators)
    return Scorecard(form, Score(**overall), dimensions, tuple(reached[level.level] for level in instrument.scale))


def _routes(instrument: Instrument, asked: Collection[str], values: Mapping[str, Pooled]) -> Mapping[str, bool]:
    """Whether each asked indicator applies by its condition; one that waits for one that is out is out too."""
    levels: dict[str, int | None] = {}
    found: dict[str, bool] = {}
    for code in instrument.indicators:
        if code not in asked:
            continue
        one, value = instrument.indicators[code], values.get(code, UNKNOWN)
        parsed = condition(one.ask_if) if one.ask_if else None
        waits = found.get(parsed[0], True) if parsed else True
        found[code] = waits and applies(one, levels, asked) is not False and value.applicable
        levels[code] = value.level if found[code] else None
    return found


def _indicator(instrument: Instrument, code: str, value: Pooled, target: Pooled, *, routed: bool) -> IndicatorScore:
    applicable = value.applicable and routed
    level = value.level if applicable else None
    points = None if level is None else float(level * POINTS)
    aim = None if target.level is None else float(target.level * POINTS)
    return IndicatorScore(
        code=code,
        score=points,
        low=(points or 0.0) if applicable else None,
        high=(100.0 if points is None else points) if applicable else None,
        coverage=float(points is not None) if applicable else None,
        target=aim,
        target_year=target.year,
        gap=None if points is None or aim is None else aim - points,
        band=None if points is None else instrument.band(points),
        answered=int(points is not None),
        applicable=int(applicable),
        level=level,
        n=value.n,
        disputed=value.disputed,
        spread=value.spread,
        within_1=value.within_1,
        agreed=value.agreed,
    )


def _capability(
    instrument: Instrument, code: str, indicators: tuple[IndicatorScore, ...], targets: Mapping[str, Pooled]
) -> CapabilityScore:
    answered, applicable = sum(i.answered for i in indicators), sum(i.applicable for i in indicators)
    shows = applicable > 0 and answered >= CAPABILITY_GATE * applicable
    made = _score(instrument, code, indicators, shows=shows)
    target = targets.get(code, UNKNOWN)
    aim = None if target.level is None else float(target.level * POINTS)
    made |= {"target": aim, "target_year": target.year, "gap": _gap(made["score"], aim)}
    return CapabilityScore(**made, indicators=indicators)


def _dimension(
    instrument: Instrument, dimension: Dimension, capabilities: tuple[CapabilityScore, ...]
) -> DimensionScore:
    applicable = [c for c in capabilities if c.applicable]
    shown = [c for c in applicable if c.score is not None]
    shows = bool(applicable) and len(shown) >= DIMENSION_GATE * len(applicable)
    return DimensionScore(**_score(instrument, dimension.code, capabilities, shows=shows), capabilities=capabilities)


def _score(
    instrument: Instrument, code: str, parts: Sequence[Score], *, shows: bool, complete: bool = False
) -> dict[str, Any]:
    """The mean of the parts, its bounds, coverage, target and band. A target is held back by the dimension's gate.

    `complete` asks for a target in every part, as the overall score asks for every dimension.
    """
    whole = [part for part in parts if part.applicable]
    value = mean(part.score for part in whole) if shows else None
    aims = [part.target for part in whole if part.target is not None]
    enough = bool(aims) and (len(aims) == len(parts) if complete else len(aims) >= DIMENSION_GATE * len(whole))
    target = mean(aims) if enough else None
    answered, applicable = sum(part.answered for part in whole), sum(part.applicable for part in whole)
    return {
        "code": code,
        "score": value,
        "low": mean(part.low for part in whole),
        "high": mean(part.high for part in whole),
        "coverage": answered / applicable if applicable else None,
        "target": target,
        "target_year": max((part.target_year for part in whole if part.target_year), default=None) if enough else None,
        "gap": _gap(value, target),
        "band": None if value is None else instrument.band(value),
        "answered": answered,
        "applicable": applicable,
    }


def _gap(value: float | None, target: float | None) -> float | None:
    return None if value is None or target is None else target - value


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is there; None where nothing is."""
    given = [value for value in values if value is not None]
    # Rounded beyond anything that shows: the same answers in another order must not differ in the sixteenth digit.
    return round(sum(given) / len(given), 9) if given else None
