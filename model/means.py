"""The scores of many cities at once: the same numbers as `scoring.score` gives one by one, and nothing beside them."""

from collections.abc import Iterable, Mapping

from model.instrument import Form, Instrument
from model.pooling import Pooled
from model.scoring import CAPABILITY_GATE, DIMENSION_GATE, POINTS, UNKNOWN, mean, score

Value = tuple[int | None, bool]
"""What a city says of an item: its level, and whether it applies."""
_NOTHING: Value = (UNKNOWN.level, UNKNOWN.applicable)


class Means:
    """Scores by code (overall, dimensions, capabilities) in one form; what a gate holds back is left out."""

    def __init__(self, instrument: Instrument, form: Form) -> None:
        self._instrument, self._form = instrument, form
        self._dimensions = [
            (one.code, [(c.code, [item.code for item in c.asked(form)]) for c in one.capabilities])
            for one in instrument.dimensions
        ]
        most = max(len(capabilities) for _, capabilities in self._dimensions)
        self._needed = [DIMENSION_GATE * applicable for applicable in range(most + 1)]
        self._routed = any(item.ask_if for c in instrument.capabilities() for item in c.asked(form))
        self._of_levels: dict[tuple[Value, ...], tuple[bool, float | None]] = {}

    def of(self, values: Mapping[str, Value]) -> Mapping[str, float]:
        """The scores of a city."""
        if self._routed:  # which items apply depends on answers; that is told in one place only
            return self._one_by_one(values)
        found: dict[str, float] = {}
        for code, capabilities in self._dimensions:
            shown, applicable = [], 0
            for capability, items in capabilities:
                applies, value = self._capability(tuple([values.get(item, _NOTHING) for item in items]))
                applicable += applies
                if value is not None:
                    found[capability] = value
                    shown.append(value)
            if applicable and len(shown) >= self._needed[applicable]:
                found[code] = mean(shown) or 0.0
        dimensions = [found[code] for code, _ in self._dimensions if code in found]
        if len(dimensions) == len(self._dimensions):
            found["overall"] = mean(dimensions) or 0.0
        return found

    def _capability(self, values: tuple[Value, ...]) -> tuple[bool, float | None]:
        """Whether a capability applies, and its score; cities have few different ones of nine levels each."""
        known = self._of_levels.get(values)
        if known is None:
            levels = [level for level, applies in values if applies and level is not None]
            applicable = sum(applies for _, applies in values)
            shows = applicable > 0 and len(levels) >= CAPABILITY_GATE * applicable
            known = (applicable > 0, mean(float(level * POINTS) for level in levels) if shows else None)
            self._of_levels[values] = known
        return known

    def _one_by_one(self, values: Mapping[str, Value]) -> Mapping[str, float]:
        pooled = {code: Pooled(level=level, applicable=applies, n=1) for code, (level, applies) in values.items()}
        card = score(self._instrument, self._form, pooled, {})
        parts: Iterable[tuple[str, float | None]] = (
            (one.code, one.score) for one in (*card.capabilities, *card.dimensions, card.overall)
        )
        return {code: value for code, value in parts if value is not None}
