"""Charts as values: what is drawn, before anybody draws it. Numbers are scores (0-100), None where none is shown."""

from datetime import date
from typing import Literal

import msgspec

from model.rounding import whole
from model.weighting import Range

Form = Literal["png", "svg"]
"""As what a chart is drawn: a picture for a chat, or paths for a page."""

NOTHING = "–"
"""Where a gate or a rule holds a number back."""


class Axis(msgspec.Struct, frozen=True):
    """One dimension on a radar."""

    label: str
    today: float | None
    goal: float | None
    peers: float | None


class Radar(msgspec.Struct, frozen=True, tag=True):
    """Where a city stands, where it wants to be, and the median of its peers."""

    title: str
    axes: tuple[Axis, ...]
    legend: tuple[str, str, str]
    footer: str


class Strip(msgspec.Struct, frozen=True):
    """One score beside its peers: median always, the quartiles where the rules allow them."""

    label: str
    own: float | None
    median: float
    quartiles: tuple[float, float] | None


class Strips(msgspec.Struct, frozen=True, tag=True):
    """A city beside its peers, a strip for the whole and for each dimension."""

    title: str
    strips: tuple[Strip, ...]
    legend: tuple[str, str, str]
    footer: str


class Gap(msgspec.Struct, frozen=True):
    """How far one capability is below its goal; `points` is goal - today."""

    label: str
    today: float
    goal: float
    points: float


class Gaps(msgspec.Struct, frozen=True, tag=True):
    """The largest gaps, the largest first; `behind` of the `compared` capabilities are below their goal."""

    title: str
    gaps: tuple[Gap, ...]
    behind: int
    compared: int
    legend: tuple[str, str]
    footer: str


class Stack(msgspec.Struct, frozen=True):
    """How many statements of a dimension stand at level 0 to 5, then: not answered, not applicable."""

    label: str
    counts: tuple[int, ...]


class Levels(msgspec.Struct, frozen=True, tag=True):
    """How the levels are spread, a stack a dimension; the legend names levels 0 to 5 and the two others."""

    title: str
    stacks: tuple[Stack, ...]
    legend: tuple[str, ...]
    footer: str


class Cell(msgspec.Struct, frozen=True):
    """One capability in the heat map."""

    label: str
    score: float | None


class HeatRow(msgspec.Struct, frozen=True):
    """A dimension and its capabilities, side by side."""

    label: str
    score: float | None
    cells: tuple[Cell, ...]


class Heat(msgspec.Struct, frozen=True, tag=True):
    """All capabilities at a glance; `limits` are the scores up to which each of the legend's bands goes."""

    title: str
    rows: tuple[HeatRow, ...]
    limits: tuple[int, ...]
    legend: tuple[str, ...]
    footer: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All capabilities, in order."""
        return tuple(cell for row in self.rows for cell in row.cells)


class Move(msgspec.Struct, frozen=True):
    """Points won or lost since the round before, and the score of today."""

    label: str
    today: float | None
    points: float


class Moved(msgspec.Struct, frozen=True, tag=True):
    """What moved since the round before: `wide` are the whole and the dimensions, `moves` the capabilities."""

    title: str
    since: date
    wide: tuple[Move, ...]
    moves: tuple[Move, ...]
    legend: tuple[str, str]
    footer: str

    @property
    def every(self) -> tuple[Move, ...]:
        """All of them, in the order in which they are drawn."""
        return self.wide + self.moves


class Whisker(msgspec.Struct, frozen=True):
    """A score; `missing` is where it could be if what is missing were level 0 or 5, `without` without one person."""

    label: str
    score: float | None
    missing: Range | None
    without: Range | None


class Whiskers(msgspec.Struct, frozen=True, tag=True):
    """How certain the scores are, for the whole and for each dimension."""

    title: str
    whiskers: tuple[Whisker, ...]
    legend: tuple[str, str, str]
    footer: str


Chart = Radar | Strips | Gaps | Levels | Heat | Moved | Whiskers


def told(value: float | None) -> str:
    """A score as every picture, table and sentence shows it: a whole number, a dash where there is none."""
    return NOTHING if value is None else str(whole(value))


def span(bounds: Range | tuple[float, float] | None) -> str:
    """From where to where, as shown."""
    if bounds is None:
        return NOTHING
    low, high = bounds if isinstance(bounds, tuple) else (bounds.low, bounds.high)
    return f"{told(low)}–{told(high)}"
