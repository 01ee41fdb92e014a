"""Charts of one row after the other: what a row is about, its numbers to the right, and a band with its marks below."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.reports.drawing.lettering import fitted, height, width
from bot.reports.drawing.page import GREY, INNER, LABEL, MARGIN, TICK, WIDTH, Key, Page
from bot.reports.drawing.palette import TRACK

BAND, APART, FEET = 0.27, 0.17, 0.3
"""Inches: a band, the room below it, and the room for the axis' numbers."""
_TICKS = (0, 20, 40, 60, 80, 100)


class Row(msgspec.Struct, frozen=True):
    """A row: its label and numbers as text, and what draws its marks on axes around a height (inches)."""

    label: str
    numbers: str
    marks: Callable[[Axes, float], None]


class Scale(msgspec.Struct, frozen=True):
    """The axis that all bands share: from where to where, where its lines are, and the text below each of them."""

    limits: tuple[float, float] = (0, 100)
    ticks: tuple[float, ...] = _TICKS
    names: tuple[str, ...] = tuple(str(tick) for tick in _TICKS)
    track: bool = True


def drawn(title: str, rows: Sequence[Row], keys: Sequence[Key], footer: str, scale: Scale | None = None) -> Figure:
    """A page of rows."""
    scale = scale or Scale()
    labels = [_label(row) for row in rows]
    highs = [len(lines) * height(LABEL) + BAND + APART for lines in labels]
    feet = FEET if scale.ticks else 0.06
    page = Page(title, sum(highs) - APART + feet, keys, footer)
    axes = page.axes(MARGIN + 0.1, INNER - 0.2, limits=scale.limits)
    y = 0.0
    for row, lines, high in zip(rows, labels, highs, strict=True):
        page.lines(MARGIN, page.top + y, lines, LABEL, gid="label")
        page.text(WIDTH - MARGIN, page.top + y, row.numbers, LABEL, ha="right", gid="numbers")
        middle = y + high - APART - BAND / 2
        _band(axes, middle, scale)
        row.marks(axes, middle)
        y += high
    _names(page, y - APART + 0.06, scale)
    return page.figure


def box(axes: Axes, middle: float, span: tuple[float, float], high: float, **look: Any) -> None:
    """A box from one value to another, so many inches high, around the middle of a band."""
    low, top = span
    axes.add_patch(Rectangle((low, middle - high / 2), top - low, high, clip_on=False, **look))


def mark(axes: Axes, middle: float, value: float, **look: Any) -> None:
    """A mark at a value."""
    axes.plot([value], [middle], clip_on=False, **look)


def _label(row: Row) -> list[str]:
    room = INNER - (width(row.numbers, LABEL) + 0.2 if row.numbers else 0)
    return fitted(row.label, LABEL, room, 2) or [""]


def _band(axes: Axes, middle: float, scale: Scale) -> None:
    if scale.track:
        box(axes, middle, scale.limits, BAND, color=TRACK, zorder=0.5, lw=0)
    if scale.ticks:
        ends = middle - BAND / 2, middle + BAND / 2
        axes.vlines(scale.ticks, *ends, color="#c2c6ca", lw=0.8, zorder=0.7, clip_on=False)


def _names(page: Page, y: float, scale: Scale) -> None:
    """The axis' numbers, below the last band."""
    low, high = scale.limits
    for tick, name in zip(scale.ticks, scale.names, strict=True):
        x = MARGIN + 0.1 + (tick - low) / (high - low) * (INNER - 0.2)
        page.text(x, page.top + y, name, TICK, ha="center", color=GREY, gid="tick")
