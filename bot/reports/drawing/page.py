"""A picture that grows downwards: title, body, legend and footer, all measured in inches from the top."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bot.reports.drawing.lettering import DPI, Weight, fitted, height, width

WIDTH, MARGIN = 8.2, 0.3
INNER = WIDTH - 2 * MARGIN
TITLE, LABEL, KEY, TICK, SMALL = 15.0, 12.0, 11.0, 10.0, 9.0
"""Sizes of type in points; the last is the smallest that can be read on a phone."""
INK, GREY = "#1f1f1f", "#595959"
_GAP, _SWATCH, _BETWEEN = 0.16, 0.42, 0.3


class Key(msgspec.Struct, frozen=True):
    """An entry of a legend: how it is drawn, as a line with its marker or as a patch, and what it means."""

    label: str
    look: dict[str, Any]
    shape: Literal["line", "patch"] = "line"


class Page:
    """A figure with its frame drawn, and room for a body of a given height (inches) between title and legend."""

    def __init__(self, title: str, body: float, keys: Sequence[Key], footer: str) -> None:
        lines = fitted(title, TITLE, INNER, 3, "bold")
        small = fitted(footer, SMALL, INNER, 4)
        rows = _flowed(keys)
        self.top = MARGIN + len(lines) * height(TITLE) + _GAP
        legend = self.top + body + _GAP
        foot = legend + sum(row.high for row in rows) + _GAP
        self.height = foot + len(small) * height(SMALL) + MARGIN / 2
        self.body = body
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.lines(WIDTH / 2, MARGIN, lines, TITLE, weight="bold", ha="center")
        for row in rows:
            self._keys(row, legend)
            legend += row.high
        self.lines(WIDTH / 2, foot, small, SMALL, color=GREY, ha="center")

    def axes(self, left: float = MARGIN, across: float = INNER, *, limits: tuple[float, float] = (0, 100)) -> Axes:
        """Axes over the body without a frame; x in the unit of `limits`, y in inches from the body's top."""
        place = (left / WIDTH, 1 - (self.top + self.body) / self.height, across / WIDTH, self.body / self.height)
        axes = self.figure.add_axes(place)
        axes.set_xlim(*limits)
        axes.set_ylim(self.body, 0)
        axes.axis("off")
        return axes

    def text(self, x: float, y: float, text: str, size: float, **look: Any) -> Text:
        """A line of text whose box begins `y` inches from the top of the page."""
        base = self.height - y - size * 1.08 / 72
        kind = {"color": INK, "va": "baseline", "parse_math": False, **look}
        return self.figure.text(x, base, text, fontsize=size, transform=self.figure.dpi_scale_trans, **kind)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float, **look: Any) -> None:
        """Lines of text, one below the other."""
        for place, line in enumerate(lines):
            self.text(x, y + place * height(size), line, size, **look)

    def _keys(self, row: "_Keys", y: float) -> None:
        x = (WIDTH - row.wide) / 2
        for key, lines in row.keys:
            self._swatch(key, x, self.height - y - height(KEY) / 2)
            self.lines(x + _SWATCH + 0.08, y, lines, KEY, gid="key")
            x += _wide(lines) + _BETWEEN

    def _swatch(self, key: Key, x: float, y: float) -> None:
        unit = self.figure.dpi_scale_trans
        if key.shape == "patch":
            box = Rectangle((x, y - 0.08), _SWATCH, 0.16, transform=unit, **key.look)
            self.figure.add_artist(box)
        else:
            ends = [x, x + _SWATCH / 2, x + _SWATCH] if key.look.get("ls") != "none" else [x + _SWATCH / 2]
            look = {"markevery": [len(ends) // 2], **key.look}
            self.figure.add_artist(Line2D(ends, [y] * len(ends), transform=unit, **look))


class _Keys(msgspec.Struct):
    """One line of a legend: its entries with their text in lines, how wide and how high it is (inches)."""

    keys: list[tuple[Key, list[str]]]

    @property
    def wide(self) -> float:
        return sum(_wide(lines) for _, lines in self.keys) + _BETWEEN * (len(self.keys) - 1)

    @property
    def high(self) -> float:
        return max(len(lines) for _, lines in self.keys) * height(KEY) + 0.04


def _flowed(keys: Sequence[Key]) -> list[_Keys]:
    """The entries side by side for as long as they fit."""
    rows: list[_Keys] = []
    for key in keys:
        entry = (key, fitted(key.label, KEY, INNER - _SWATCH - 0.08, 2))
        if rows and rows[-1].wide + _BETWEEN + _wide(entry[1]) <= INNER:
            rows[-1].keys.append(entry)
        else:
            rows.append(_Keys([entry]))
    return rows


def _wide(lines: Sequence[str], weight: Weight = "normal") -> float:
    return _SWATCH + 0.08 + max(width(line, KEY, weight) for line in lines)
