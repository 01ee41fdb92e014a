"""A workbook being written: sheets by name, looks, cells that hold text as text and formulas with their values."""

import io
import math
from collections.abc import Callable, Sequence
from datetime import date
from gettext import NullTranslations
from typing import Any

import xlsxwriter
from typing_extensions import override
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bot.reports.workbook.contents import Contents
from bot.wording.catalogues import locale_of
from model import library
from model.instrument import Instrument

Value = str | int | float | None
A4 = 9
"""Excel's number for the paper."""
A_LINE, HIGHEST, TITLE = 13, 400, 24
"""Points that a line of text takes, a row may, and a sheet's title needs."""
FITS = 1.08
"""Letters for each unit of a column's width: words break earlier than letters would."""
LONGEST_NAME = 31
"""Characters of a sheet's name that Excel allows."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
DARK, PALE, FILL, LINE = "#1F3A5F", "#E8EEF5", "#FFF8DC", "#B8C4D2"
"""Heads, rows of capabilities, cells to fill, and the lines between cells."""
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "plain": {"border": 0},
    "title": {"bold": True, "font_size": 15, "border": 0, "text_wrap": False, "font_color": DARK},
    "part": {"bold": True, "font_size": 12, "border": 0, "text_wrap": False, "font_color": DARK},
    "small": {"font_size": 9, "font_color": "#555555", "border": 0, "text_wrap": False},
    "head": {"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "valign": "vcenter"},
    "row": {"bold": True, "bg_color": PALE},
    "center": {"align": "center"},
    "number": {"num_format": "0", "align": "center"},
    "tenth": {"num_format": "0.0", "align": "center"},
    "strong": {"num_format": "0", "align": "center", "bold": True, "bg_color": PALE},
    "share": {"num_format": "0 %", "align": "center"},
    "count": {"num_format": "0", "align": "center"},
    "fill": {"bg_color": FILL, "locked": False, "num_format": "@"},
    "fill_number": {"bg_color": FILL, "locked": False, "align": "center"},
    "fill_day": {"bg_color": FILL, "locked": False, "align": "center", "num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
}
_IN_A_LINE = frozenset(name for name, look in _LOOKS.items() if look.get("text_wrap") is False)
"""Looks of texts that run on over their neighbours."""


class Book:
    """The workbook of some contents; `words` are those of its language, and so is the instrument."""

    def __init__(self, contents: Contents, words: NullTranslations) -> None:
        about = contents.about
        self.contents, self.words = contents, words
        self.instrument: Instrument = library.instrument(about.instrument, about.version, about.language)
        self.locale = locale_of(about.language)
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties({"created": about.made_at.replace(tzinfo=None), "title": contents.result.city.name})
        self._book.set_calc_mode("auto")
        common = {"valign": "top", "text_wrap": True, "border": 1, "border_color": LINE, "font_name": "Arial"}
        self._sheets: dict[str, Sheet] = {}
        self._looks = {
            name: self._book.add_format({"font_size": 10, **common, **look}) for name, look in _LOOKS.items()
        }

    @property
    def say(self) -> Callable[[str], str]:
        """A sentence in the workbook's language."""
        return self.words.gettext

    def instead(self, code: str) -> str:
        """What a non-response is called; by its code in an instrument that has no name for it."""
        known = self.instrument.non_responses.get(code)
        return known.name if known else code

    def look(self, name: str) -> Format:
        """A format by its name."""
        return self._looks[name]

    def colour(self, ground: str, letters: str) -> Format:
        """A format that only colours a cell, for one that has its look already."""
        return self._book.add_format({"bg_color": ground, "font_color": letters})

    def sheet(self, name: str, *, hidden: bool = False) -> "Sheet":
        """The sheet of a name, a new one at the end where there is none; names are cut to what Excel allows."""
        if name not in self._sheets:
            added = self._book.add_worksheet(_named(name), worksheet_class=_Plain)
            if hidden:
                added.hide()
            self._sheets[name] = Sheet(self, added)
        return self._sheets[name]

    def chart(self, options: dict[str, Any]) -> Any:
        """A new chart."""
        return self._book.add_chart(options)

    def bytes(self) -> bytes:
        """The file."""
        self._book.close()
        return self._file.getvalue()


class _Plain(Worksheet):  # type: ignore[misc]  # it comes without types
    """A sheet whose formulas know no function younger than 2010, so that none is looked for: half the time."""

    @override
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Sheet:
    """A sheet of a book: cells by row and column from 0."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.raw = book, sheet
        self.name: str = quote_sheetname(sheet.get_name())
        self._widths: dict[int, float] = {}
        self._texts: list[tuple[int, int, str]] = []

    def put(self, row: int, column: int, value: Value, look: str | Format = "text") -> None:
        """A value as it is: text stays text, whatever it begins with."""
        shown = self.book.look(look) if isinstance(look, str) else look
        match value:
            case None | "":
                self.raw.write_blank(row, column, None, shown)
            case str():
                self.raw.write_string(row, column, value, shown)
                if look == "title":
                    self.raw.set_row(row, TITLE)
                if look not in _IN_A_LINE:
                    self._texts.append((row, column, value))
            case _:
                self.raw.write_number(row, column, value, shown)

    def line(self, row: int, values: Sequence[Value], look: str | Format = "text", start: int = 0) -> None:
        """Values beside each other."""
        for column, value in enumerate(values, start):
            self.put(row, column, value, look)

    def live(self, row: int, column: int, formula: str, value: Value, look: str | Format = "text") -> None:
        """A formula, with the value it has now: phones show that one."""
        shown = self.book.look(look) if isinstance(look, str) else look
        self.raw.write_formula(row, column, f"={formula}", shown, "" if value is None else value)

    def widths(self, *widths: float) -> None:
        """How wide the columns are, in characters, from the first one on."""
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)
            self._widths[column] = width

    def paper(self, repeat: int | None = None, *, wide: bool = True, pages: int = 0) -> None:
        """How it prints: on A4, as wide as the paper, with the head on every page; on so many pages, 0 for any."""
        if wide:
            self.raw.set_landscape()
        self.raw.set_paper(A4)
        self.raw.fit_to_pages(1, pages)
        self.raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.raw.set_footer("&L&8&A&R&8&P / &N")
        if repeat is not None:
            self.raw.repeat_rows(repeat)

    def lock(self) -> None:
        """Only cells to fill may be changed; there is no password, and filters and widths stay the reader's."""
        allowed = (
            "autofilter",
            "sort",
            "format_columns",
            "format_rows",
            "select_locked_cells",
            "select_unlocked_cells",
        )
        self._heighten()
        self.raw.protect("", dict.fromkeys(allowed, True))

    def _heighten(self) -> None:
        """Rows as high as their texts need: not every program sees to it by itself."""
        lines: dict[int, int] = {}
        for row, column, text in self._texts:
            fits = max(1, self._widths.get(column, 10) * FITS)
            needed = sum(max(1, math.ceil(len(part) / fits)) for part in text.split("\n"))
            needed += "://" in text  # an address breaks where it likes
            lines[row] = max(lines.get(row, 1), needed)
        for row, count in lines.items():
            if count > 1:
                self.raw.set_row(row, min(HIGHEST, count * A_LINE + 3))

    def cell(self, row: int, column: int) -> str:
        """A cell of this sheet, as another sheet's formula calls it."""
        return f"{self.name}!{xl_rowcol_to_cell(row, column)}"

    def span(self, first: int, last: int, column: int) -> str:
        """Cells of a column, as any sheet's formula calls them; they stay where they are."""
        start, end = (xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (first, last))
        return f"{self.name}!{start}:{end}"


def at(row: int, column: int) -> str:
    """A cell of the same sheet."""
    return str(xl_rowcol_to_cell(row, column))


def serial(day: date) -> int:
    """A day as a spreadsheet counts it."""
    return (day - date(1899, 12, 30)).days


def _named(name: str) -> str:
    """A sheet's name without what Excel forbids in one."""
    clean = " ".join(name.translate(_NOT_IN_NAMES).split()).strip("'")
    if len(clean) <= LONGEST_NAME:
        return clean
    return clean[: LONGEST_NAME + 1].rsplit(" ", 1)[0][:LONGEST_NAME]
