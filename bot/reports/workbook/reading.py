"""Reads a workbook back, cell by cell: what each row says, what is not understood, or why none of it is taken."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from bot.reports.workbook import cells
from bot.reports.workbook.cells import CellError
from bot.reports.workbook.identifying import Refused, identify
from bot.reports.workbook.layout import COLUMNS, About, Column
from bot.reports.workbook.opening import Cell, Opened, Page
from flows.kept.sheets import Fault, FaultKind, Row, Sheet
from model.instrument import Form, Instrument

HEAD = 10
"""Rows among which the columns' keys are looked for: somebody may have put a title above."""
MOST_ROWS = 2_000
"""Rows that are read, all sheets together: ours have 250."""
MOST_FAULTS = 2_000
"""Faults that are kept: more of them say the same."""

T = TypeVar("T")


class Expected(msgspec.Struct, frozen=True):
    """Who sends a workbook, and what they are asked: `languages` has the instrument in each, English first.

    `year` is the one from which goals are counted, `mine` the statements that are the sender's to answer, `known` what
    is evidence already, by item, as a cell would say it.
    """

    languages: tuple[Instrument, ...]
    form: Form
    city: str
    wave: int
    respondent: int
    year: int
    mine: frozenset[str] = frozenset()
    known: Mapping[str, tuple[str, ...]] = {}


def read(opened: Opened, expected: Expected) -> Sheet | Refused | None:
    """What a workbook says, or why it is refused as a whole; None for a file that is no workbook of ours."""
    about = identify(opened, expected.languages[0], expected.form, expected.city, expected.wave)
    if not isinstance(about, About):
        return about
    reader = _Reader(expected)
    tables = [(page, found) for page in opened.pages if (found := _keys(page)) is not None]
    for page, (top, columns) in tables:
        reader.page(page, top, columns)
    if not reader.rows:
        return Refused("keys_missing")
    reader.faults += _unkeyed(opened.pages, [page for page, _ in tables], expected.languages[0])
    others = about.respondent not in {0, expected.respondent}
    rows = tuple(row for row in reader.rows.values() if _says_something(row))
    missing = tuple(_missing(about, expected, reader.rows))
    return Sheet(rows, tuple(reader.faults[:MOST_FAULTS]), missing, others)


class _Reader:
    """Reads pages into rows and faults."""

    def __init__(self, expected: Expected) -> None:
        self._expected = expected
        self.rows: dict[str, Row] = {}
        self.faults: list[Fault] = []
        self._read = 0

    def page(self, page: Page, top: int, columns: Mapping[Column, int]) -> None:
        """Reads a sheet whose columns' keys stand in row `top`."""
        for number, cells_of in enumerate(page.rows[top + 1 :], top + 1):
            self._read += code_of(cells_of[columns["code"]] if columns["code"] < len(cells_of) else "") != ""
            if self._read > MOST_ROWS:
                return
            line = _Line(self, page.name, number, cells_of, columns)
            code = code_of(line.cell("code"))
            filled = any(line.cell(one) != "" for one in ("level", "comment", "goal", "year", "evidence"))
            if code not in self._codes():
                if filled and code and code[:1].isdigit():
                    line.fault("code_unknown", "code")
            elif code in self.rows:
                row = self._row(line, code)
                if _says_something(row) and row != self.rows[code]:
                    line.fault("code_twice", "code")
            else:
                self.rows[code] = self._row(line, code)

    def _codes(self) -> Mapping[str, object]:
        return self._expected.languages[0].capability_of

    def _row(self, line: "_Line", code: str) -> Row:
        told, now = self._expected.languages, self._expected.year
        statement = code in told[0].indicators
        was = line.quiet("was", lambda one: cells.level(one, told))
        was_goal, was_year = _figure(line.cell("was_goal")), int(_figure(line.cell("was_year")) or 0)
        known = self._expected.known.get(code, ())
        comment = line.read("comment", cells.comment, "")
        level = line.read("level", lambda one: cells.level(one, told), was) if statement else ""
        if level == "not_applicable" and level != was and not comment:
            line.fault("reason_missing", "level")
            level = was
        sure = line.read("certainty", cells.certainty, "") if statement else ""
        no_links: tuple[tuple[str, str], ...] = ()
        links = line.read("evidence", lambda one: cells.links(one, known), no_links) if statement else no_links
        goal, year = self._goal(line, was_goal, was_year, now)
        was_sure, was_said = line.quiet("was_certainty", cells.words), line.quiet("was_comment", cells.words)
        return Row(code, level, was, sure, comment, links, goal, year, was_goal, was_year, was_sure, was_said)

    def _goal(self, line: "_Line", was: str, was_year: int, now: int) -> tuple[str, int]:
        """Level and year of a goal; what it was where only one of them is understood."""
        before = len(self.faults)
        if was and (_figure(line.cell("goal")), _figure(line.cell("year"))) == (was, str(was_year or "")):
            return was, was_year  # untouched: also where its year has come near meanwhile
        goal = line.read("goal", lambda one: cells.goal(one, self._expected.languages), "")
        year = line.read("year", lambda one: cells.year(one, now), 0)
        if len(self.faults) == before and bool(goal) != bool(year):
            line.fault("goal_without_year" if goal else "year_without_goal", "year" if goal else "goal")
        return (goal, year) if len(self.faults) == before else (was, was_year)


class _Line:
    """A row of a sheet, whose cells are read by their columns' keys."""

    def __init__(
        self, reader: _Reader, sheet: str, number: int, row: Sequence[Cell], columns: Mapping[Column, int]
    ) -> None:
        self._reader, self._sheet, self._number, self._row, self._columns = reader, sheet, number, row, columns

    def cell(self, key: Column) -> Cell:
        """What stands there; "" also where there is no such column."""
        column = self._columns.get(key, len(self._row))
        cell = self._row[column] if column < len(self._row) else ""
        return cell.strip() if isinstance(cell, str) else cell

    def read(self, key: Column, by: Callable[[Cell], T], otherwise: T) -> T:
        """What a cell means; `otherwise` where that is a fault."""
        try:
            return by(self.cell(key))
        except CellError as error:
            self.fault(error.kind, key)
            return otherwise

    def quiet(self, key: Column, by: Callable[[Cell], str]) -> str:
        """The same for a cell that nobody was to fill: what is odd in it is nobody's fault, and says nothing."""
        try:
            return by(self.cell(key))
        except CellError:
            return ""

    def fault(self, kind: FaultKind, key: Column) -> None:
        """Notes that a cell is not understood."""
        place = f"{letters(self._columns.get(key, 0))}{self._number + 1}"
        self._reader.faults.append(Fault(kind, self._sheet, place, cells.shown(self.cell(key))))


def letters(column: int) -> str:
    """What a column is called, counted from 0."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def code_of(cell: Cell) -> str:
    """The code that a cell says: "1.1" may have become a number."""
    return repr(cell) if isinstance(cell, float) else cell.strip() if isinstance(cell, str) else ""


def _figure(cell: Cell) -> str:
    """A level or a year as it was written by us; "" for nothing and for anything else."""
    said = cells.shown(cell)
    return said if re.fullmatch(r"[0-9]{1,4}", said) else ""


def _keys(page: Page) -> tuple[int, dict[Column, int]] | None:
    """The row in which a sheet's keys stand, and each key's column; None for a sheet without."""
    for number, row in enumerate(page.rows[:HEAD]):
        said = [cell.strip() if isinstance(cell, str) else "" for cell in row]
        found: dict[Column, int] = {key: said.index(key) for key in COLUMNS if key in said}
        if {"code", "level"} <= found.keys() and len(found) >= HEAD // 3:
            return number, found
    return None


def _unkeyed(pages: Sequence[Page], keyed: Sequence[Page], instrument: Instrument) -> Iterator[Fault]:
    """The sheets named after dimensions that have statements, but no keys any more."""
    for page in pages:
        named = any(page.name.startswith(one.code) for one in instrument.dimensions)
        codes = {code_of(cell) for row in page.rows for cell in row} & instrument.indicators.keys()
        if named and codes and page not in keyed:
            yield Fault("keys_missing", page.name, "")


def _missing(about: About, expected: Expected, rows: Mapping[str, Row]) -> Iterator[str]:
    """The statements that such a workbook has, and this one has not."""
    for capability in expected.languages[0].capabilities():
        for one in capability.asked(expected.form):
            wanted = about.department in {"", one.department} and one.code in expected.mine
            if wanted and one.code not in rows:
                yield one.code


def _says_something(row: Row) -> bool:
    same = (row.level, row.goal, row.year) == (row.was, row.was_goal, row.was_year)
    words = row.comment not in {"", row.was_comment} or row.certainty not in {"", row.was_certainty}
    return not same or words or bool(row.links)
