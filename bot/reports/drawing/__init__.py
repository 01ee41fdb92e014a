"""Drawing with matplotlib: for phones, for grey print, for the colour-blind. Only the drawing process loads it."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from bot.reports.charts import Chart, Form, Gaps, Heat, Levels, Moved, Radar, Strips, Whiskers
from bot.reports.drawing import bars
from bot.reports.drawing.heat import heat
from bot.reports.drawing.lettering import DPI as DPI
from bot.reports.drawing.radar import radar

COLOURS = 64
"""Colours in a PNG: a chart needs no more, and is a third of the size."""
_DRAWN: Mapping[type[Chart], Callable[[Any], Figure]] = {
    Radar: radar,
    Strips: bars.strips,
    Gaps: bars.gaps,
    Levels: bars.levels,
    Heat: heat,
    Moved: bars.moves,
    Whiskers: bars.whiskers,
}


def figure(chart: Chart) -> Figure:
    """The chart as a figure; pyplot's global state is never touched."""
    return _DRAWN[type(chart)](chart)


def render(chart: Chart, form: Form = "png") -> bytes:
    """The chart as PNG of few colours, or as SVG whose text is shapes; drawn here and now."""
    raw = io.BytesIO()
    if form == "svg":
        figure(chart).savefig(raw, format="svg", metadata={"Date": None})
        return raw.getvalue()
    figure(chart).savefig(raw, format="png")
    small = io.BytesIO()
    Image.open(raw).convert("RGB").quantize(COLOURS).save(small, format="png", optimize=True)
    return small.getvalue()
