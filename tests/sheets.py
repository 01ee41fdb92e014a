"""Workbooks as somebody may send them back: made by the layout alone, so that any cell can hold anything."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import xlsxwriter

from bot.reports.workbook.layout import ABOUT, COLUMNS, About
from model import library
from model.instrument import Dimension, Form, Instrument

INSTRUMENT = library.instrument(*library.DEFAULT)
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)
Filled = Mapping[str, Mapping[str, Any]]
"""What cells hold, by code and column."""


def about(city: str = "valencia-es", wave: int = 1, respondent: int = 1, form: Form = "short", **other: Any) -> About:
    """Whose workbook it is."""
    one = INSTRUMENT
    told = About(one.code, one.version, one.digest, form, city, wave, respondent, "", "en", MADE)
    return msgspec.structs.replace(told, **other)


def filled(cells: str) -> dict[str, dict[str, Any]]:
    """Cells as a stage direction says them: "1.1.1 level 2 was 1; 1.1 goal 4 year 2029"."""
    found: dict[str, dict[str, Any]] = {}
    for row in cells.split("; "):
        code, *said = re.split(rf" ({'|'.join(COLUMNS)}) ", row)
        found[code] = {
            key: int(value) if value.isdigit() else value for key, value in zip(said[::2], said[1::2], strict=True)
        }
    return found


class Making:
    """What a test does to a workbook before it is saved: columns in another order, rows left out, sheets beside."""

    def __init__(
        self,
        *,
        columns: Sequence[str] = COLUMNS,
        without: Sequence[str] = (),
        keys: bool = True,
        backwards: bool = False,
        about: bool = True,
        beside: Callable[[Any], object] = lambda _: None,
    ) -> None:
        self.columns, self.without, self.keys, self.backwards = columns, without, keys, backwards
        self.about, self.beside = about, beside


def workbook(whose: About, filled: Filled | None = None, making: Making | None = None) -> bytes:
    """A workbook with these cells filled in; all others hold nothing."""
    making, content = making or Making(), io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.add_worksheet("Read me").write(0, 0, "How to fill this in")
    for dimension in INSTRUMENT.dimensions:
        _sheet(book, dimension, whose, filled or {}, making)
    making.beside(book)
    if making.about:
        hidden = book.add_worksheet(ABOUT)
        hidden.hide()
        for row, (name, value) in enumerate(msgspec.to_builtins(whose).items()):
            hidden.write_row(row, 0, (name, value))
    book.close()
    return content.getvalue()


def _sheet(book: Any, dimension: Dimension, whose: About, filled: Filled, making: Making) -> None:
    sheet = book.add_worksheet(f"{dimension.code} {dimension.title}"[:31])
    if making.keys:
        sheet.write_row(0, 0, making.columns)
        sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_row(1, 0, [column.title() for column in making.columns])
    codes = [code for code in _codes(dimension, whose.form) if code not in making.without]
    for row, code in enumerate(reversed(codes) if making.backwards else codes, 2):
        cells = {"code": code, "statement": _said(INSTRUMENT, code), **filled.get(code, {})}
        for column, key in enumerate(making.columns):
            if key in cells:
                put(book, sheet, row, column, cells[key])


def put(book: Any, sheet: Any, row: int, column: int, value: Any) -> None:
    """A value as a spreadsheet program would hold it: ("=1/0", "#DIV/0!") is a formula with its result."""
    if isinstance(value, tuple):
        sheet.write_formula(row, column, value[0], None, value[1])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _codes(dimension: Dimension, form: Form) -> list[str]:
    return [
        code
        for capability in dimension.capabilities
        for code in (capability.code, *(one.code for one in capability.asked(form)))
    ]


def _said(instrument: Instrument, code: str) -> str:
    one = instrument.indicators.get(code)
    return one.statement if one else instrument.capability_of[code].title
