"""Drawing with matplotlib: for phones, for grey print, for the colour-blind. Only the drawing process loads it."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from bot.reports.charts import Chart, Form, Gaps, Heat, Levels, Moved, Radar, Strips, Whiskers
from bot.reports.drawing import bars
from bot.reports.drawing.circle import radar
from bot.reports.drawing.grid import heat
from bot.reports.drawing.lettering import DPI as DPI

COLOURS = 128
"""Colours in a PNG: a chart needs no more, and is a third of the size; with half of them pale greys turn reddish."""
PACKED = 6
"""Of 9: the best takes six times as long for a tenth less."""
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
    made, written = figure(chart), io.BytesIO()
    if form == "svg":
        made.savefig(written, format="svg", metadata={"Date": None})
        return written.getvalue()
    made.canvas.draw()
    drawn = Image.fromarray(np.asarray(made.canvas.buffer_rgba())).convert("RGB")  # type: ignore[attr-defined]
    drawn.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(written, format="png", compress_level=PACKED)
    return written.getvalue()
