"""Instruments of any shape and city values in one line, for tests that are worked out by hand."""

from collections.abc import Mapping, Sequence
from typing import Literal

from model.instrument import Band, Capability, Dimension, Form, Indicator, Instrument, Level
from model.pooling import Pooled, pool
from model.responses import Aspect, NonResponse, Response
from model.scoring import CapabilityScore, DimensionScore, Scorecard, score

Said = int | Literal["n/a", "don't know"]

SCALE = tuple(Level(level, f"Level {level}", "As it says.") for level in range(6))
BANDS = (
    Band(20, "planning"),
    Band(40, "alignment"),
    Band(60, "development"),
    Band(80, "integration"),
    Band(100, "optimization"),
)


def shaped(shape: Sequence[Sequence[int]], ask_if: Mapping[str, str] | None = None) -> Instrument:
    """An instrument with so many indicators in each capability of each dimension; the first of each is the key one."""

    def indicator(code: str) -> Indicator:
        return Indicator(
            code,
            statement=f"The claim {code} is true.",
            why="For the test.",
            levels={},
            evidence=("Paper",),
            department="mayor",
            references=("R1",),
            key=code.endswith(".1"),
            ask_if=(ask_if or {}).get(code),
        )

    dimensions = tuple(
        Dimension(
            str(d),
            f"Dimension {d}",
            "About it.",
            tuple(
                Capability(
                    f"{d}.{c}", f"Capability {d}.{c}", tuple(indicator(f"{d}.{c}.{i + 1}") for i in range(count))
                )
                for c, count in enumerate(counts, 1)
            ),
        )
        for d, counts in enumerate(shape, 1)
    )
    return Instrument("made-up", "1", "Made up", "", SCALE, {}, BANDS, {"mayor": "Mayor"}, dimensions)


def said(item: str, what: Said, aspect: Aspect = Aspect.AS_IS, year: int | None = None) -> Response:
    """One respondent's response."""
    if isinstance(what, int):
        return Response(item, aspect, level=what, year=year)
    reason = NonResponse.NOT_APPLICABLE if what == "n/a" else NonResponse.DONT_KNOW
    return Response(item, aspect, non_response=reason)


def values(given: Mapping[str, Said], aspect: Aspect = Aspect.AS_IS) -> Mapping[str, Pooled]:
    """City values of a single respondent."""
    return {item: pool([said(item, what, aspect)]) for item, what in given.items()}


def scored(
    instrument: Instrument, given: Mapping[str, Said], goals: Mapping[str, Said] | None = None, form: Form = "full"
) -> Scorecard:
    """The scorecard of a single respondent's responses and goals, by code."""
    return score(instrument, form, values(given), values(goals or {}, Aspect.TARGET))


def flat(capability: str, *levels: Said) -> dict[str, Said]:
    """Responses to the first indicators of a capability, in order."""
    return {f"{capability}.{number}": level for number, level in enumerate(levels, 1)}


def capability(card: Scorecard, code: str) -> CapabilityScore:
    """The score of one capability."""
    return next(c for c in card.capabilities if c.code == code)


def dimension(card: Scorecard, code: str) -> DimensionScore:
    """The score of one dimension."""
    return next(d for d in card.dimensions if d.code == code)
