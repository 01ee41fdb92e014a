"""Drawing with matplotlib: for phones, for grey print, for the colour-blind. Only the drawing process loads it."""

import io
import math
import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes
from matplotlib.text import Text
from PIL import Image

from bot.reports.charts import Chart, Form, Radar, Strips

DPI = 110
COLOURS = 64
"""Colours in a PNG: a chart needs no more, and is a third of the size."""
_SHRINK, _SHRINK_AT_MOST, _MARGIN = 0.94, 10, 8
_BLUE, _ORANGE, _GREY, _INK, _PALE = "#0b5394", "#d55e00", "#6e6e6e", "#1f1f1f", "#cfd8e3"


def render(chart: Chart, form: Form = "png") -> bytes:
    """The chart, drawn here and now; pyplot's global state is never touched."""
    figure = Figure(figsize=(8.2, 7.4) if isinstance(chart, Radar) else (8.2, 5), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    if isinstance(chart, Radar):
        _radar(figure, chart)
    elif isinstance(chart, Strips):
        _strips(figure, chart)
    raw = io.BytesIO()
    figure.savefig(raw, format="png")
    small = io.BytesIO()
    Image.open(raw).convert("RGB").quantize(COLOURS).save(small, format="png", optimize=True)
    return small.getvalue()


def _radar(figure: Figure, chart: Radar) -> None:

    axes = figure.add_axes((0.19, 0.17, 0.62, 0.64), polar=True)
    assert isinstance(axes, PolarAxes)
    angles = [2 * math.pi * place / len(chart.axes) for place in range(len(chart.axes))]
    axes.set_theta_offset(math.pi / 2)
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 100)
    axes.set_yticks([20, 40, 60, 80, 100], ["20", "40", "60", "80", "100"], color=_GREY, fontsize=9, zorder=10)
    axes.set_rlabel_position(math.degrees(angles[1]) / 2)
    axes.set_xticks(angles, [""] * len(angles))
    axes.grid(color="#d5d5d5", linewidth=0.8)
    axes.spines["polar"].set_color("#bbbbbb")
    labels: list[Text] = []
    for angle, axis in zip(angles, chart.axes, strict=True):
        across = math.sin(angle)
        side = "center" if abs(across) < 0.2 else ("left" if across > 0 else "right")
        level = "bottom" if math.cos(angle) > 0.9 else ("top" if math.cos(angle) < -0.5 else "center")
        labels.append(axes.text(angle, 108, _wrapped(axis.label, 17), ha=side, va=level, fontsize=10.5, color=_INK))
    for values, label, style in (
        ([axis.peers for axis in chart.axes], chart.legend[2], {"color": _GREY, "ls": ":", "lw": 2, "marker": "s"}),
        ([axis.goal for axis in chart.axes], chart.legend[1], {"color": _ORANGE, "ls": "--", "lw": 2, "marker": "^"}),
        ([axis.today for axis in chart.axes], chart.legend[0], {"color": _BLUE, "ls": "-", "lw": 2.6, "marker": "o"}),
    ):
        if any(value is not None for value in values):
            _closed(axes, angles, values, label, {"ms": 6, **style})
    if all(axis.today is not None for axis in chart.axes):
        axes.fill(angles, [axis.today or 0 for axis in chart.axes], color=_BLUE, alpha=0.12)
    _frame(figure, axes, chart.title, chart.footer)
    _make_room(figure, axes, labels)


def _make_room(figure: Figure, axes: Axes, labels: Sequence[Text]) -> None:
    """Shrinks a drawing, a little at a time, until none of the labels around it is cut off."""
    width = figure.get_window_extent().width
    for _ in range(_SHRINK_AT_MOST):
        boxes = [label.get_window_extent() for label in labels]
        if all(box.x0 >= _MARGIN and box.x1 <= width - _MARGIN for box in boxes):
            return
        place = axes.get_position()
        axes.set_position(place.shrunk(_SHRINK, _SHRINK).anchored("C", place))


def _closed(
    axes: Axes, angles: Sequence[float], values: Sequence[float | None], label: str, style: dict[str, Any]
) -> None:
    """A line around the radar, open where a value is missing."""
    gap = float("nan")
    around = [gap if value is None else value for value in (*values, values[0])]
    axes.plot([*angles, angles[0]], around, label=label, **style)


def _strips(figure: Figure, chart: Strips) -> None:
    axes = figure.add_axes((0.31, 0.2, 0.64, 0.66))
    for row, strip in enumerate(reversed(chart.strips)):
        # Labels for the legend come from the first row only.
        own, median, middle = chart.legend if row == 0 else (None, None, None)
        if strip.quartiles:
            low, high = strip.quartiles
            axes.barh(row, high - low, left=low, height=0.5, color=_PALE, edgecolor=_GREY, label=middle)
        axes.plot([strip.median] * 2, [row - 0.32, row + 0.32], color=_INK, lw=2.5, label=median)
        if strip.own is not None:
            axes.plot([strip.own], [row], "D", color=_BLUE, ms=10, mec="white", label=own, zorder=5)
            axes.annotate(f"{strip.own:.0f}", (strip.own, row + 0.3), ha="center", va="bottom", fontsize=9, color=_BLUE)
    axes.set_yticks(range(len(chart.strips)), [_wrapped(s.label, 24) for s in reversed(chart.strips)], fontsize=10)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, len(chart.strips) - 0.3)
    axes.grid(axis="x", color="#dddddd")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    _frame(figure, axes, chart.title, chart.footer)


def _frame(figure: Figure, axes: Axes, title: str, footer: str) -> None:
    figure.suptitle(_wrapped(title, 52), x=0.5, y=0.97, fontsize=14, fontweight="bold", color=_INK)
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        figure.legend(
            handles, labels, loc="lower center", bbox_to_anchor=(0.5, 0.055), ncols=3, frameon=False, fontsize=10
        )
    figure.text(0.5, 0.015, _wrapped(footer, 125), ha="center", va="bottom", fontsize=8, color=_GREY)


def _wrapped(text: str, width: int) -> str:

    return "\n".join(textwrap.wrap(text, width)) or text
