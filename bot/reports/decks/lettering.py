"""How much room text takes on a slide, by the widths of its letters."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from PIL import ImageFont

from bot.reports.typesetting import FONTS

LEADING = 1.25
"""Height of a line, in sizes of its type."""
AFTER, INDENT = 0.45, 0.28
"""Space after a paragraph in sizes of its type, and a point's hanging indent in inches."""
CELL = (0.08, 0.03)
"""Inches left and right, and above and below, within a cell."""


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


@cache
def _advance(character: str, bold: bool) -> float:  # noqa: FBT001  # a cache's key
    """How wide a character is, in sizes of its type; Noto Sans is wider than Calibri and Arial."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _font(bold).getlength(character) / 1000


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001  # a cache's key
    return ImageFont.truetype(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", 1000)


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a paragraph takes at most: width in inches, size in points."""
    across, count, used = 72 * width / size, 1, 0.0
    for word in re.findall(r"\S+\s*", text):
        needed = sum(_advance(one, bold) for one in word.rstrip())
        if used and used + needed > across:
            count, used = count + 1, 0.0
        count, used = count + int(needed // across), used + needed % across
        used += _advance(" ", bold) * (len(word) > len(word.rstrip()))
    return count


def height(texts: Sequence[str], width: float, size: float, *, bold: bool = False) -> float:
    """Inches that these paragraphs take below each other."""
    return sum(lines(one, width, size, bold=bold) * LEADING + AFTER for one in texts) * size / 72


def pages(texts: Sequence[str], box: Box, size: float) -> Iterator[list[str]]:
    """These points, as many at a time as fit into a box at this size."""
    page: list[str] = []
    for one in texts:
        if page and height([*page, one], box.width - INDENT, size) > box.height:
            yield page
            page = []
        page.append(one)
    if page:
        yield page


def fitting(box: Box, texts: Sequence[str], sizes: tuple[int, int], *, bold: bool = False, indent: float = 0) -> int:
    """The largest size (points) within these two at which the paragraphs fit into the box."""
    largest, smallest = sizes
    for size in range(largest, smallest, -1):
        if height(texts, box.width - indent, size, bold=bold) - AFTER * size / 72 <= box.height:
            return size
    return smallest


def heights_of(rows: Sequence[Sequence[str]], across: Sequence[float], size: int) -> list[float]:
    """Inches that each row of a table needs at this size."""
    return [
        max(lines(text, width - 2 * CELL[0], size, bold=number == 0) for text, width in zip(row, across, strict=True))
        * (LEADING * size / 72)
        + 2 * CELL[1]
        for number, row in enumerate(rows)
    ]
