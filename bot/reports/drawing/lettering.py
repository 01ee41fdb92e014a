"""Text in pictures: fonts for every script, measured before it is drawn, so that nothing is cut off or overlaps."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from logging import ERROR, getLogger
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from bot.reports.typesetting import FONTS

DPI = 110
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK KR", "DejaVu Sans")
"""Latin, Greek, Cyrillic and Devanagari are in the first; the last comes with matplotlib and has what is rare."""
LEADING = 1.42
"""The height of a line in sizes of its type: Devanagari and Arabic reach higher and lower than Latin."""
MORE = "…"

_LEFT_TO_RIGHT = "\u200e"
"""A mark that nobody sees: a line that begins with an Arabic name still goes on to its right."""

Weight = Literal["normal", "bold"]


def set_up() -> None:
    """Makes our fonts known, and text in SVG the shapes that were measured."""
    for path in sorted(FONTS.glob("*.?tf")):
        fontManager.addfont(path)
    getLogger("matplotlib.font_manager").setLevel(ERROR)  # only Noto Sans has a bold: the others stand in as they are
    mpl.rcParams["font.family"] = list(FAMILIES)
    mpl.rcParams["svg.fonttype"] = "path"
    mpl.rcParams["svg.hashsalt"] = "maturity"  # the same chart gives the same bytes
    mpl.rcParams["hatch.linewidth"] = 0.9


set_up()


def height(size: float) -> float:
    """Inches that a line of so many points takes."""
    return size * LEADING / 72


@lru_cache(4096)
def width(text: str, size: float, weight: Weight = "normal") -> float:
    """Inches that a line of text is wide."""
    font = FontProperties(family=list(FAMILIES), size=size, weight=weight)
    across, _, _ = _renderer().get_text_width_height_descent(text, font, ismath=False)
    return float(across) / DPI


def fitted(text: str, size: float, room: float, most: int, weight: Weight = "normal") -> list[str]:
    """The text on lines no wider than `room` inches; what does not fit on the `most` lines allowed is cut, and says so.

    It breaks between words, and within one that is wider than a line.
    """
    lines: list[str] = []
    for glue, piece in _pieces(text, size, room, weight):
        joined = lines[-1] + glue + piece if lines else piece
        if lines and width(joined, size, weight) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) <= most:
        return [_directed(line) for line in lines]
    last = lines[most - 1]
    while last and width(last + MORE, size, weight) > room:
        last = last[: _last_cluster(last)]
    return [_directed(line) for line in (*lines[: most - 1], last.rstrip() + MORE)]


def _directed(line: str) -> str:
    """A line that is read from the left, whichever scripts are in it."""
    is_mixed = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)
    return _LEFT_TO_RIGHT + line if is_mixed else line


def _pieces(text: str, size: float, room: float, weight: Weight) -> Iterator[tuple[str, str]]:
    """The words, each with the space before it; a word wider than a line comes letter by letter."""
    for word in text.split():
        parts = [word] if width(word, size, weight) <= room else list(_clusters(word))
        for place, part in enumerate(parts):
            yield "" if place else " ", part


def _clusters(word: str) -> Iterator[str]:
    """What a reader takes for one letter: a character and the marks on it."""
    found = ""
    for letter in word:
        if found and not _goes_on(found[-1], letter):
            yield found
            found = ""
        found += letter
    if found:
        yield found


def _last_cluster(text: str) -> int:
    return len(text) - len(list(_clusters(text))[-1])


def _goes_on(before: str, letter: str) -> bool:
    """Whether a letter cannot stand apart from the one before: a mark, or a joined consonant."""
    joins = unicodedata.combining(before) == _VIRAMA or before == "\u200d"
    return joins or unicodedata.category(letter).startswith("M") or letter in "\u200c\u200d"


_VIRAMA = 9
"""The combining class of what joins two consonants in the scripts of India."""


@cache
def _renderer() -> Any:
    # What measures text has no types.
    return FigureCanvasAgg(Figure(dpi=DPI)).get_renderer()  # type: ignore[no-untyped-call]
