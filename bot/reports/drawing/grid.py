"""The heat map: every capability with its number on a shade of its band, a row of cells a dimension."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.reports.charts import Cell, Heat, HeatRow, told
from bot.reports.drawing.lettering import fitted, height
from bot.reports.drawing.page import GREY, INNER, LABEL, MARGIN, SMALL, WIDTH, Key, Page
from bot.reports.drawing.palette import MIDDLE, banded, ink_on, shade

CELL, APART, PAD = 1.02, 0.14, 0.07
"""Inches: a cell's height, the room below a row of them, and the rim within a cell."""
NAME_LINES, NUMBER = 3, 15.0
"""Lines that a capability's name may take in its cell, and the size of its number (points)."""


def heat(chart: Heat) -> Figure:
    """The page of all capabilities."""
    count = len(chart.legend)
    keys = [
        Key(name, {"facecolor": shade(place, count), "edgecolor": MIDDLE}, "patch")
        for place, name in enumerate(chart.legend)
    ]
    row_high = height(LABEL) + 0.04 + CELL + APART
    page = Page(chart.title, row_high * len(chart.rows), keys, chart.footer)
    axes = page.axes(limits=(0, INNER))
    most = max(len(row.cells) for row in chart.rows)
    for place, row in enumerate(chart.rows):
        y = place * row_high
        page.text(WIDTH - MARGIN, page.top + y, told(row.score), LABEL, ha="right", weight="bold", gid="row")
        page.text(MARGIN, page.top + y, fitted(row.label, LABEL, INNER - 0.7, 1)[0], LABEL, gid="label")
        _cells(page, axes, chart, row, y + height(LABEL) + 0.04, INNER / most)
    return page.figure


def _cells(page: Page, axes: Axes, chart: Heat, row: HeatRow, y: float, across: float) -> None:
    for place, cell in enumerate(row.cells):
        _cell(page, axes, chart, cell, (place * across, y, across))


def _cell(page: Page, axes: Axes, chart: Heat, cell: Cell, place: tuple[float, float, float]) -> None:
    x, y, across = place
    colour = "#ffffff" if cell.score is None else shade(banded(cell.score, chart.limits), len(chart.limits))
    look: dict[str, Any] = {"facecolor": colour, "edgecolor": "white", "lw": 2, "gid": "cell"}
    if cell.score is None:
        look |= {"edgecolor": GREY, "ls": (0, (3, 3)), "lw": 1}
    axes.add_patch(Rectangle((x + 0.02, y), across - 0.04, CELL, **look))
    ink = ink_on(colour)
    left, top = MARGIN + x + PAD, page.top + y + PAD / 2
    lines = fitted(cell.label, SMALL, across - 2 * PAD, NAME_LINES)
    page.lines(left, top, lines, SMALL, color=ink, gid="name")
    base = page.top + y + CELL - height(NUMBER) - PAD / 2
    page.text(left, base, told(cell.score), NUMBER, weight="bold", color=ink, gid="number")
