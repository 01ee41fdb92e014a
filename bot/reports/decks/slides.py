"""Slides that are wide, filled and numbered: text that fits, tables and speaker notes."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from bot.reports.decks.lettering import AFTER, CELL, INDENT, Box, fitting, heights_of

BLUE, ORANGE, GREY, INK, PALE, WHITE = "0B5394", "D55E00", "6E6E6E", "1F1F1F", "E8EEF5", "FFFFFF"
rgb: Any = RGBColor.from_string
"""Under a name of our own: the library does not say what it takes."""
_LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "es": MSO_LANGUAGE_ID.SPANISH}
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
"""Any id does, as long as it looks like one."""
WIDTH, HEIGHT = 13.333, 7.5
TITLE = Box(0.6, 0.35, 12.13, 1.0)
BODY = Box(0.6, 1.55, 12.13, 5.2)
LEFT, RIGHT = Box(0.6, 1.55, 5.85, 5.2), Box(6.88, 1.55, 5.85, 5.2)
TOP, TABLE = Box(0.6, 1.55, 12.13, 0.95), Box(0.6, 2.65, 12.13, 4.1)
LINE, BELOW = Box(0.6, 1.55, 12.13, 0.45), Box(0.6, 2.05, 12.13, 4.7)
UPPER, LOWER = Box(0.6, 1.55, 12.13, 1.9), Box(0.6, 3.55, 12.13, 3.2)
AROUND, ASIDE = Box(0.6, 1.55, 5.4, 5.2), Box(6.15, 1.55, 6.58, 5.2)
FOOTER, NUMBER = Box(0.6, 6.9, 11.2, 0.4), Box(12.13, 6.9, 0.6, 0.4)


class Deck:
    """A deck in the making; every slide has a title, a footer and what its presenter says."""

    def __init__(self, title: str, footer: str, language: str) -> None:
        self._deck: Any = Presentation()
        self._footer, self._language = footer, _LANGUAGES.get(language)
        self._slides: list[Slide] = []
        self._widen()
        about = self._deck.core_properties
        about.title, about.language, about.author, about.last_modified_by = (
            clean(title),
            language,
            *["maturitybot"] * 2,
        )
        about.created = about.modified = datetime.now(UTC)

    def _widen(self) -> None:
        """Makes the slides 16:9; places for whoever adds a slide are stretched with them."""
        across = Inches(WIDTH) / self._deck.slide_width
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        for sheet in (self._deck.slide_master, *self._deck.slide_layouts):
            for shape in (one for one in sheet.placeholders if one.element.spPr.xfrm is not None):
                shape.left, shape.width = int(shape.left * across), int(shape.width * across)

    def opening(self, title: str, subtitle: str, facts: Sequence[str], notes: str) -> None:
        """The first slide: a title, what it is, and what has to be known about it."""
        slide = self._add(0, title, notes, Box(0.9, 1.3, 11.5, 1.9), (44, 24), WHITE)
        slide.sheet.background.fill.solid()
        slide.sheet.background.fill.fore_color.rgb = rgb(BLUE)
        slide.fill(slide.sheet.placeholders[1], Box(0.9, 3.35, 11.5, 0.8), [subtitle], (26, 16), WHITE)
        slide.text(facts, Box(0.9, 4.3, 11.5, 2.3), (18, 12), WHITE)

    def slide(self, title: str, notes: str, points: Sequence[str] = ()) -> "Slide":
        """A new slide; its body is a list of points, or the caller's."""
        slide = self._add(5, title, notes, TITLE, (30, 18), BLUE)
        if points:
            slide.points(points)
        return slide

    def _add(self, layout: int, title: str, notes: str, box: Box, sizes: tuple[int, int], colour: str) -> "Slide":
        slide = Slide(self._deck.slides.add_slide(self._deck.slide_layouts[layout]), self._language)
        slide.fill(slide.sheet.shapes.title, box, [title], sizes, colour, bold=True)
        slide.sheet.notes_slide.notes_text_frame.text = clean(notes)
        self._slides.append(slide)
        return slide

    def content(self) -> bytes:
        """The deck as a file (.pptx). Footers come last: that is the order in which a slide is read out."""
        for number, slide in enumerate(self._slides, 1):
            slide.foot(self._footer, number, WHITE if number == 1 else GREY)
        file = io.BytesIO()
        self._deck.save(file)
        return file.getvalue()


class Slide:
    """One slide, to be filled."""

    def __init__(self, sheet: Any, language: MSO_LANGUAGE_ID | None) -> None:
        self.sheet, self._language = sheet, language

    def text(self, texts: Sequence[str], box: Box, sizes: tuple[int, int] = (20, 12), colour: str = INK) -> None:
        """Paragraphs, as large as the box allows."""
        self.fill(self.sheet.shapes.add_textbox(*map(Inches, box)), box, texts, sizes, colour)

    def points(self, texts: Sequence[str], box: Box = BODY, sizes: tuple[int, int] = (28, 12)) -> None:
        """A list, as large as the box allows."""
        shape = self.sheet.shapes.add_textbox(*map(Inches, box))
        self.fill(shape, box, texts, sizes, INK, indent=INDENT)
        for properties in [one.get_or_add_pPr() for one in shape.element.iter(qn("a:p"))]:
            properties.set("marL", str(Inches(INDENT)))
            properties.set("indent", str(-Inches(INDENT)))
            properties.append(properties.makeelement(qn("a:buChar"), char="•"))

    def fill(
        self,
        shape: Any,
        box: Box,
        texts: Sequence[str],
        sizes: tuple[int, int],
        colour: str,
        *,
        bold: bool = False,
        indent: float = 0,
    ) -> None:
        """Puts paragraphs into a shape, in the largest of these sizes that fits."""
        shape.left, shape.top, shape.width, shape.height = map(Inches, box)
        frame, size = shape.text_frame, fitting(box, texts, sizes, bold=bold, indent=indent)
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if bold else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(AFTER * size if place + 1 < len(texts) else 0)
            self._write(paragraph, text, size, colour, bold=bold)

    def _write(self, paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> None:
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = clean(text), Pt(size), bold
        run.font.color.rgb = rgb(colour)
        run.font.language_id = self._language
        paragraph.alignment = PP_ALIGN.LEFT

    def foot(self, footer: str, number: int, colour: str) -> None:
        """The footer, and the slide's number as a field that follows when slides are moved."""
        self.text([footer], FOOTER, (11, 8), colour)
        shape = self.sheet.shapes.add_textbox(*map(Inches, NUMBER))
        self.fill(shape, NUMBER, [str(number)], (11, 8), colour)
        for run in list(shape.element.iter(qn("a:r"))):
            run.tag = qn("a:fld")
            run.set("id", _NUMBER_FIELD)
            run.set("type", "slidenum")

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], box: Box = BODY, alt: str = "") -> None:
        """A table whose first row is its head, in the largest type that fits; widths are shares of the box."""
        across = [box.width * width / sum(widths) for width in widths]
        size = next((one for one in range(16, 9, -1) if sum(heights_of(rows, across, one)) <= box.height), 9)
        heights = heights_of(rows, across, size)
        place = map(Inches, (box.left, box.top, box.width, sum(heights)))
        frame = self.sheet.shapes.add_table(len(rows), len(widths), *place)
        frame.element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
        for column, width in zip(frame.table.columns, across, strict=True):
            column.width = Inches(width)
        for number, (row, texts, high) in enumerate(zip(frame.table.rows, rows, heights, strict=True)):
            row.height = Inches(high)
            for cell, text in zip(row.cells, texts, strict=True):
                self._cell(cell, text, size, head=number == 0)

    def _cell(self, cell: Any, text: str, size: int, *, head: bool) -> None:
        cell.margin_left = cell.margin_right = Inches(CELL[0])
        cell.margin_top = cell.margin_bottom = Inches(CELL[1])
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(BLUE if head else PALE)
        self._write(cell.text_frame.paragraphs[0], text, size, WHITE if head else INK, bold=head)


def clean(text: str) -> str:
    """The text without what a file of XML cannot hold."""
    return _NOT_XML.sub(" ", text)
