"""Decks read back: their texts, tables and charts, and whether everything fits on its slide."""

import io
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.util import Emu

from bot.reports import decks
from bot.reports.results import Result
from bot.reports.typesetting import FONTS
from bot.wording.catalogues import translations
from model import library
from tests.test_wording import FULL, SPARSE, benchmark_of

CITY = "Ciudad Autónoma de Buenos Aires"
LANGUAGES = pytest.mark.parametrize("language", library.instrument(*library.DEFAULT).languages)
PEERS = pytest.mark.parametrize("peers", [0, 7, 12, 40])
ANSWERS = pytest.mark.parametrize("answered", [FULL, SPARSE], ids=["all", "few"])
LEADING, TOLERANCE = 1.2, 1.0
"""The height of a line in sizes of its type, and points by which a text may miss its box."""
CONCLUSIONS = (
    "Measure three pilots for a year.\nThen stop two. 🎉\x0b\x00",
    "القاهرة",
    "A long thought goes on. " * 90,
)


def instrument(language: str = "en") -> Any:
    return library.instrument(*library.DEFAULT, language)


def named(result: Result, name: str = CITY, *, synthetic: bool = False) -> Result:
    return msgspec.structs.replace(result, city=msgspec.structs.replace(result.city, name=name, synthetic=synthetic))


def opened(deck: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(deck)).slides)


@cache
def kick_off(language: str = "en", city: str = CITY) -> list[Any]:
    return opened(decks.kick_off(instrument(language), city, translations(language)))


def wrap_up(result: Result, peers: int = 40, said: Sequence[str] = CONCLUSIONS, language: str = "en") -> list[Any]:
    told, words = instrument(language), translations(language)
    return opened(decks.wrap_up(result, benchmark_of(result, peers, "all"), told, said, words))


def texts(slide: Any) -> list[str]:
    """Every paragraph on a slide, and every cell."""
    found = [p.text for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs]
    return found + [cell.text for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells]


def charts(slides: list[Any]) -> Iterator[tuple[Any, str]]:
    """Every chart with its alternative text."""
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart, shape.element.nvGraphicFramePr.cNvPr.get("descr")


def drawn(slides: list[Any], kind: Any) -> Any:
    (chart,) = [one for one, _ in charts(slides) if one.chart_type == kind]
    return chart


def rows(slides: list[Any], head: str) -> list[list[str]]:
    """The rows of the table that has this in its head."""
    tables = [s.table for slide in slides for s in slide.shapes if s.has_table]
    (found,) = [t for t in tables if head in [cell.text for cell in t.rows[0].cells]]
    return [[cell.text for cell in row.cells] for row in list(found.rows)[1:]]


@cache
def font(bold: bool) -> Any:
    return ImageFont.truetype(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", 1000)


def high(text: str, width: float, size: float, bold: bool) -> float:
    """Points that a paragraph takes: its words one by one on lines of so many points, in a type wider than Calibri."""
    count, used, space = 1, 0.0, font(bold).getlength(" ") * size / 1000
    for word in text.split():
        wide = font(bold).getlength(word) * size / 1000
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0)
        count, used = count + math.floor(used / width), used % width
    return count * size * LEADING


def needs(frame: Any, width: float) -> float:
    """Points that a text takes within this width (points)."""
    total = 0.0
    for paragraph in frame.paragraphs:
        indent = int(paragraph._p.get_or_add_pPr().get("marL", 0))
        sizes = [int(one.get("sz")) / 100 for one in paragraph._p.iter() if one.tag.endswith("}rPr")]
        bold = any(one.get("b") == "1" for one in paragraph._p.iter())
        after = paragraph.space_after.pt if paragraph.space_after else 0
        total += high(paragraph.text, width - Emu(indent).pt, max(sizes), bold) + after
    return total


def check_that_it_fits(slides: list[Any]) -> None:
    """Every shape lies on its slide, none on another's place, and no text is longer than its box."""
    for slide in slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        assert all(x0 >= 0 and y0 >= 0 and x1 <= Emu(12192000) and y1 <= Emu(6858000) for x0, y0, x1, y1 in boxes)
        for at, (x0, y0, x1, y1) in enumerate(boxes):
            assert not [o for o in boxes[at + 1 :] if x0 < o[2] and o[0] < x1 and y0 < o[3] and o[1] < y1], texts(slide)
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert needs(shape.text_frame, shape.width.pt) <= shape.height.pt + TOLERANCE, shape.text_frame.text
            if shape.has_table:
                check_cells(shape.table)


def check_cells(table: Any) -> None:
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            width = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
            room = row.height.pt - cell.margin_top.pt - cell.margin_bottom.pt
            assert needs(cell.text_frame, width) <= room + TOLERANCE, cell.text


def check_that_it_is_told(slides: list[Any]) -> None:
    """Every slide has a title and notes in sentences, every chart a text for those who cannot see it."""
    for slide in slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert re.search(r"[.?!]$", slide.notes_slide.notes_text_frame.text.strip()), texts(slide)
        assert len(slide.notes_slide.notes_text_frame.text.split()) > 15
    for chart, alt in charts(slides):
        assert all(str(label).split()[0] in alt for label in chart.plots[0].categories)
        assert chart.part.chart_workbook.xlsx_part.blob, "it can be edited"
    alts = [s.element.nvGraphicFramePr.cNvPr.get("descr") for slide in slides for s in slide.shapes if s.has_table]
    assert all(alts)
