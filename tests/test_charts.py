"""The charts: nothing is cut off, nothing that is missing is drawn, and a picture stays small enough for a phone."""

import asyncio
import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from bot.reports import drawing, printing
from bot.reports.charts import Axis, Chart, Radar, Strip, Strips

LEGEND = ("Today", "Goal", "Median of peers")
NAMES = ("1 Leadership", "2 Stakeholder Engagement and Citizen Focus and yet some more words", "3 Data", "4 ICT", "5 Q")


def radar(today: float | None = 50, name: str = "Lugano: today, goal and other cities") -> Radar:
    """A radar in which one dimension has the value given."""
    values = (today, 40.0, 60.0, 20.0, 100.0)
    return Radar(name, tuple(Axis(n, v, 80, None) for n, v in zip(NAMES, values, strict=True)), LEGEND, "Self-assessed")


def strips() -> Strips:
    """Strips with and without quartiles, at both ends of the scale."""
    rows = (Strip("Overall", 0, 50, (40, 60)), Strip(NAMES[1], 100, 100, None), Strip(NAMES[2], None, 5, (0, 10)))
    return Strips("Lugano beside other cities", rows, ("Your city", "Median", "Middle half"), "Self-assessed")


@pytest.mark.parametrize("chart", [radar(), radar(None), strips()], ids=["radar", "with a gap", "strips"])
def test_a_chart_is_a_small_png(chart: Chart) -> None:
    """A picture of its size, of few colours and less than 100 KB."""
    png = drawing.render(chart)
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.mode) == ("PNG", "P")
    assert picture.width > 800
    assert len(png) < 100_000


@pytest.mark.parametrize("name", ["Lugano", "San Fernando del Valle de Catamarca y su área metropolitana"])
def test_no_label_of_a_radar_is_cut_off(name: str) -> None:
    """However long a dimension or a city is called, every text lies within the picture."""
    figure = Figure(figsize=(8.2, 7.4), dpi=drawing.DPI)
    FigureCanvasAgg(figure)
    drawing._radar(figure, radar(name=f"{name}: today, goal and other cities"))
    figure.canvas.draw()
    page = figure.get_window_extent()
    texts = [*figure.texts, *figure.axes[0].texts]
    assert len(texts) >= len(NAMES) + 2
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= page.x1, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.y1 <= page.y1, text.get_text()


def test_what_is_not_shown_is_not_drawn_as_zero() -> None:
    """A dimension without a score is a gap in the line."""
    figure = Figure()
    FigureCanvasAgg(figure)
    drawing._radar(figure, radar(None))
    today = next(line for line in figure.axes[0].lines if line.get_label() == LEGEND[0])
    values = np.asarray(today.get_ydata(), dtype=float)
    assert np.isnan(values).tolist() == [True, False, False, False, False, True]


def test_the_drawing_process_draws_the_same() -> None:
    """What the pool gives is what is drawn here."""
    drawn = asyncio.run(printing.draw(strips()))
    printing.close()
    assert drawn == drawing.render(strips())
