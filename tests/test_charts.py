"""The charts: nothing is cut off or overlaps, nothing needs colour to be told apart, and a picture is drawn once."""

import asyncio
import io
import itertools
import warnings
from collections.abc import Iterator

import pytest
from matplotlib.figure import Figure
from PIL import Image

from bot.reports import drawing, printing, readings
from bot.reports.charts import Chart, Radar
from bot.reports.drawing import circle, palette
from bot.reports.drawing.page import SMALL
from flows.prompts import ChartKind
from tests import pictures
from tests.pictures import NAMES, charts, figure, made_up, named, texts
from tests.test_wording import benchmark_of, result_of

ANSWERS = {"all": 25, "a dimension": 5, "a capability": 1, "none": 0}
"""How many capabilities of a made-up city have an answer."""
APART = 8
"""How much lighter or darker (L*, 0-100) a colour is than the one beside it; 2.3 can just be seen."""
TOUCHING = 1.0
"""Pixels by which the boxes around two texts may overlap: they are drawn around more than the ink."""
KINDS = pytest.mark.parametrize("kind", readings.KINDS)


def drawn(kind: ChartKind, answered: int = 25, peers: int = 40, language: str = "en") -> Chart | None:
    """A chart of a made-up city with so many capabilities answered."""
    result = made_up(result_of(range(answered)))
    return pictures.chart(kind, result, benchmark_of(result, peers, "all"), language)


def whole(kind: ChartKind, language: str = "en") -> Chart:
    """The chart of a city that has answered everything, and has a round behind it."""
    chart = drawn(kind, language=language)
    assert chart is not None
    return chart


def check_that_it_fits(made: Figure) -> None:
    """Every text lies within the picture, none on another, and none is smaller than can be read."""
    page, seen = made.bbox, [(one, one.get_window_extent()) for one in texts(made)]
    assert len(seen) > 5
    for text, box in seen:
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, text.get_text()
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, text.get_text()
        assert float(text.get_fontsize()) >= SMALL >= 9, text.get_text()
    for (text, a), (other, b) in itertools.combinations(seen, 2):
        across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(across, up) <= TOUCHING, (text.get_text(), other.get_text(), across, up)


@pytest.mark.parametrize("script", NAMES)
@KINDS
def test_no_label_is_cut_off_or_overlaps(kind: ChartKind, script: str) -> None:
    """However long the names, in whatever script: every text has its place, and a font that has its characters."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a character that no font has
        check_that_it_fits(figure(named(whole(kind), script)))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("answered", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("peers", [0, 7])
@KINDS
def test_whatever_is_missing_the_rest_has_its_place(kind: ChartKind, peers: int, answered: int, language: str) -> None:
    """With few answers or peers a chart is drawn with what there is, or not at all; it is never empty."""
    chart = drawn(kind, answered, peers, language)
    if chart is None:
        assert answered < 5 or kind == "peers"
    else:
        check_that_it_fits(figure(chart))


def test_where_nothing_is_answered_nothing_is_drawn() -> None:
    """A city without an answer has no chart of its own."""
    result = result_of(range(0))
    assert [kind for kind, _ in charts(result, None)] == []


@KINDS
def test_a_chart_is_a_small_png(kind: ChartKind) -> None:
    """A picture as wide as it is read on a phone, of few colours and less than 100 KB, on white."""
    png = drawing.render(whole(kind))
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.mode, picture.width) == ("PNG", "P", 902)
    assert len(png) < 100_000
    assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


@KINDS
def test_on_a_page_a_chart_is_shapes(kind: ChartKind) -> None:
    """The same chart as SVG: no text that a font of the reader's would set, and the same bytes each time."""
    svg = drawing.render(whole(kind), "svg")
    assert svg.startswith(b"<?xml")
    assert b"<text" not in svg
    assert svg == drawing.render(whole(kind), "svg")


@pytest.mark.parametrize("colours", [(*palette.LEVELS, palette.UNANSWERED, palette.NOT_APPLICABLE), palette.BANDS])
def test_what_lies_side_by_side_differs_in_grey(colours: tuple[str, ...]) -> None:
    """Printed in grey, neighbours still differ, and levels and bands grow darker one by one."""
    light = [palette.lightness(colour) for colour in colours]
    assert all(abs(a - b) >= APART for a, b in itertools.pairwise(light))
    assert light[:5] == sorted(light[:5], reverse=True)


def test_the_lines_of_a_radar_differ_by_more_than_colour() -> None:
    """Each line has a mark and a dash of its own, and a grey of its own."""
    for name in ("marker", "ls"):
        assert len({look[name] for look in circle._LOOKS}) == len(circle._LOOKS)
    greys = sorted(palette.lightness(look["color"]) for look in circle._LOOKS)
    assert all(b - a >= APART for a, b in itertools.pairwise(greys))


@pytest.fixture
def pool() -> Iterator[None]:
    """The drawing process, let go afterwards."""
    printing.close()
    yield
    printing.close()


@pytest.mark.usefixtures("pool")
def test_a_chart_asked_twice_is_drawn_once() -> None:
    """Asked at the same time and again later: the very same picture, and as it is drawn here."""
    chart = whole("radar")

    async def ask() -> list[bytes]:
        together = await asyncio.gather(printing.draw(chart), printing.draw(whole("radar")))
        return [*together, await printing.draw(chart)]

    first, second, third = asyncio.run(ask())
    assert first is second is third
    assert first == drawing.render(chart)


@pytest.mark.usefixtures("pool")
def test_who_stops_waiting_takes_the_picture_from_nobody() -> None:
    """One of two who wait is cancelled; the other gets the picture."""

    async def ask() -> bytes:
        one = asyncio.create_task(printing.draw(whole("peers")))
        other = asyncio.create_task(printing.draw(whole("peers")))
        await asyncio.sleep(0)
        one.cancel()
        return await other

    assert asyncio.run(ask()).startswith(b"\x89PNG")


@pytest.mark.usefixtures("pool")
def test_pictures_kept_are_bounded_and_failures_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest picture gives way; what failed is drawn anew when it is asked for again."""
    monkeypatch.setattr(printing, "MOST_DRAWN", 2)
    broken = Radar("no axes", (), ("", "", ""), "")

    async def ask() -> None:
        for kind in ("radar", "peers", "gaps"):
            await printing.draw(whole(kind))
        with pytest.raises(TypeError):
            await printing.draw(broken)

    asyncio.run(ask())
    assert len(printing._drawn) <= 2
    assert all(one.exception() is None for one in printing._drawn.values())
