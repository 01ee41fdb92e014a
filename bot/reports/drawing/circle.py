"""The radar: today, goal and peer median around a circle, a spoke a dimension, with the numbers beside its name."""

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes

from bot.reports.charts import Axis, Radar, told
from bot.reports.drawing.lettering import fitted, height
from bot.reports.drawing.page import GREY, INK, LABEL, MARGIN, TICK, WIDTH, Key, Page
from bot.reports.drawing.palette import BLUE, MIDDLE, ORANGE

RADIUS, AROUND = 1.95, 0.2
"""Inches: of the circle, and from it to a name."""
NAME_LINES = 4
_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "ls": "-", "lw": 2.8, "marker": "o", "ms": 7},
    {"color": ORANGE, "ls": "--", "lw": 2.2, "marker": "^", "ms": 8, "mec": INK},
    {"color": MIDDLE, "ls": ":", "lw": 2.2, "marker": "s", "ms": 6},
)
"""Today, goal, peers: each with a line and a mark of its own."""
_SIGNS = ("●", "▲", "■")


class _Name:
    """Where a dimension's name and numbers stand around the circle; inches from its centre, y downwards."""

    def __init__(self, axis: Axis, angle: float, numbers: str) -> None:
        across, up = math.sin(angle), math.cos(angle)
        self.side = "center" if abs(across) < 0.2 else ("left" if across > 0 else "right")
        self.x = (RADIUS + AROUND) * across if self.side != "center" else 0.0
        edge = WIDTH / 2 - MARGIN
        room = edge - abs(self.x) if self.side != "center" else 2 * edge
        self.lines = [*fitted(axis.label, LABEL, room, NAME_LINES), *fitted(numbers, LABEL, room, 3)]
        high = len(self.lines) * height(LABEL)
        beside = -(RADIUS + AROUND) * up
        self.y = beside - high if up > 0.9 else (beside - high / 2 if up > -0.5 else beside)
        self.numbers = len(self.lines) - len(fitted(numbers, LABEL, room, 3))

    @property
    def bottom(self) -> float:
        return self.y + len(self.lines) * height(LABEL)


def radar(chart: Radar) -> Figure:
    """The page of a radar."""
    series = [
        [axis.today for axis in chart.axes],
        [axis.goal for axis in chart.axes],
        [axis.peers for axis in chart.axes],
    ]
    told_of = [place for place, values in enumerate(series) if any(value is not None for value in values)]
    angles = [2 * math.pi * place / len(chart.axes) for place in range(len(chart.axes))]
    names = [
        _Name(axis, angle, "  ".join(f"{_SIGNS[at]} {told(series[at][place])}" for at in told_of))
        for place, (axis, angle) in enumerate(zip(chart.axes, angles, strict=True))
    ]
    above = max(RADIUS, *(-name.y for name in names))
    below = max(RADIUS + 0.1, *(name.bottom for name in names))
    keys = [Key(chart.legend[at], _LOOKS[at]) for at in told_of]
    page = Page(chart.title, above + below, keys, chart.footer)
    centre = page.top + above
    for name in names:
        x, y = WIDTH / 2 + name.x, centre + name.y
        page.lines(x, y, name.lines[: name.numbers], LABEL, ha=name.side, gid="label")
        page.lines(x, y + name.numbers * height(LABEL), name.lines[name.numbers :], LABEL, ha=name.side, gid="numbers")
    axes = _circle(page, centre, angles)
    for at in reversed(told_of):
        _closed(axes, angles, series[at], chart.legend[at], _LOOKS[at])
    if all(value is not None for value in series[0]):
        axes.fill(angles, [value or 0 for value in series[0]], color=BLUE, alpha=0.12)
    return page.figure


def _circle(page: Page, centre: float, angles: Sequence[float]) -> PolarAxes:
    place = (
        (WIDTH / 2 - RADIUS) / WIDTH,
        1 - (centre + RADIUS) / page.height,
        2 * RADIUS / WIDTH,
        2 * RADIUS / page.height,
    )
    axes = page.figure.add_axes(place, polar=True)
    assert isinstance(axes, PolarAxes)
    axes.set_theta_offset(math.pi / 2)
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 100)
    axes.set_yticks([20, 40, 60, 80, 100], ["20", "40", "60", "80", "100"], color=GREY, fontsize=TICK, zorder=10)
    axes.set_rlabel_position(math.degrees(angles[1] if len(angles) > 1 else math.pi) / 2)
    axes.set_xticks(list(angles), [""] * len(angles))
    axes.grid(color="#d5d5d5", linewidth=0.8)
    axes.spines["polar"].set_color("#bbbbbb")
    return axes


def _closed(
    axes: PolarAxes, angles: Sequence[float], values: Sequence[float | None], label: str, look: dict[str, Any]
) -> None:
    """A line around the radar, open where a value is missing."""
    gap = float("nan")
    around = [gap if value is None else value for value in (*values, values[0])]
    axes.plot([*angles, angles[0]], around, label=label, clip_on=False, **look)
