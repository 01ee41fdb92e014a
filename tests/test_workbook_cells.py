"""Cells of a workbook that comes back: read where they are unmistakable, and else a fault that says how to mend it."""

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.reports.workbook import cells
from bot.reports.workbook.cells import CellError
from bot.reports.workbook.opening import Cell, Odd, Opened, Page
from bot.reports.workbook.reading import letters, read
from bot.wording import word
from flows.kept.sheets import Row, Sheet
from flows.prompts.sheets import SheetFaults
from flows.session import Session
from model import library
from tests.reading_sheets import LANGUAGES, expected, read_back

READ: list[tuple[Any, str]] = [
    (4, "4"),
    (4.0, "4"),
    (0, "0"),
    ("4", "4"),
    (" 4 ", "4"),
    ("\u00a04\u00a0", "4"),
    ("4.0", "4"),
    ("4.", "4"),
    ("4\u200b", "4"),
    ("\uff14 \u2013 running", "4"),
    ("4 - running", "4"),
    ("4 Running across the city", "4"),
    ("3 - running", "3"),
    ("Running across the city", "4"),
    ("PLANNED", "2"),
    ("Planificado", "2"),
    ("5 – Medido y mejorado", "5"),
    ("Don't know", "dont_know"),
    ("No lo sé", "dont_know"),
    ("declined", "declined"),
    (("=2+2", 4), "4"),
    (("=2+2", "4 - running"), "4"),
    ("", ""),
    ("   ", ""),
]
UNCLEAR: list[tuple[Any, str]] = [
    ("planned?", "With a question mark I am not sure either."),
    (6, "Levels go from 0 to 5."),
    (-1, "Levels go from 0 to 5."),
    ("6", "Levels go from 0 to 5."),
    ("-1", "Levels go from 0 to 5."),
    (3.5, "There is no level in between. Choose the lower or the higher one."),
    ("3,5", "There is no level in between."),
    ("4 or 5", "I cannot tell which level that is. Write a number from 0 to 5, or choose from the list."),
    ("4-5", "I cannot tell which level that is."),
    ("4 - planned", "The number and the words say different levels."),
    ("4 - see below", "I cannot tell which level that is."),
    ("x" * 5000, "I cannot tell which level that is."),
    (("=1/0", "#DIV/0!"), "A formula has gone wrong here. Write what it should say."),
    (("=A1", "#REF!"), "A formula has gone wrong here."),
    ("#REF!", "A formula has gone wrong here."),
    (date(2026, 5, 4), "The program has made a date of this. Write it as a plain number."),
    (True, "That is a yes or no. Write a number from 0 to 5."),
    ("Not applicable", "“Not applicable” needs a reason in the column for comments."),
]


def sentences(sheet: Sheet, language: str = "en") -> list[str]:
    """What is said of the cells that are not understood, a line each."""
    prompt = SheetFaults(sheet.faults, 0, "2028-2031")
    told = library.instrument(*library.DEFAULT, language)
    return word(prompt, Session("1", 2026, language=language), told).body.splitlines()


@pytest.mark.parametrize(("cell", "level"), READ, ids=str)
def test_a_level_is_read_where_it_is_unmistakable(cell: Any, level: str) -> None:
    """Numbers, numbers as text, names in any language of the instrument, what a formula came to; blanks say nothing."""
    sheet = read_back({"1.2.1": {"level": cell}})
    assert (sheet.faults, [row.level for row in sheet.rows]) == ((), [level] if level else [])


@pytest.mark.parametrize(("cell", "sentence"), UNCLEAR, ids=lambda one: str(one)[:20])
def test_a_cell_that_is_not_clear_is_a_fault_with_its_place(cell: Any, sentence: str) -> None:
    """Sheet, cell, what it says and how to mend it; nothing of it is guessed, and the other rows are read."""
    sheet = read_back({"1.2.1": {"level": cell}, "1.1.1": {"level": 2}})
    (line,) = sentences(sheet)
    assert line.startswith("1 Leadership and Governance, D6 (“")
    assert sentence in line
    assert sheet.rows == (Row("1.1.1", "2"),)
    assert sentences(sheet, "es")[0] != line


GOALS = [
    ({"goal": 4, "year": 2029}, ("4", 2029), ""),
    ({"goal": "4", "year": "2029"}, ("4", 2029), ""),
    ({"goal": "4 - running", "year": 3}, ("4", 2029), ""),
    ({"goal": 4}, None, "I5: This goal needs its year: 2028-2031."),
    ({"year": 2029}, None, "H5: This year needs its goal beside it, a level from 0 to 5."),
    ({"goal": 4, "year": 2027}, None, "I5 (“2027”): A goal is set two to five years ahead: 2028-2031."),
    ({"goal": 4, "year": 2040}, None, "A goal is set two to five years ahead: 2028-2031."),
    ({"goal": 4, "year": "soon"}, None, "I5 (“soon”): Please give a year: 2028-2031."),
    ({"goal": 4, "year": date(2029, 1, 1)}, None, "The program has made a date of this."),
    ({"goal": 7, "year": 2029}, None, "Levels go from 0 to 5."),
    ({"goal": "Don't know", "year": 2029}, None, "A goal is a level from 0 to 5."),
    ({"goal": 4, "year": 2027, "was_goal": "4", "was_year": "2027"}, None, ""),
]


@pytest.mark.parametrize(("filled", "goal", "sentence"), GOALS)
def test_a_goal_has_a_level_and_a_year_two_to_five_years_ahead(
    filled: dict[str, Any], goal: tuple[str, int] | None, sentence: str
) -> None:
    """For a capability as for a statement; one that was there before may have come near meanwhile."""
    sheet = read_back({"1.2": filled})
    assert [(row.goal, row.year) for row in sheet.rows] == ([goal] if goal else [])
    assert sentence in "\n".join(sentences(sheet)).replace("1 Leadership and Governance, ", "")
    assert bool(sheet.faults) == bool(sentence)


WORDS = [
    ({"comment": "=1+1"}, Row("1.2.1", comment="=1+1"), ""),
    ({"comment": 2030}, Row("1.2.1", comment="2030"), ""),
    ({"comment": "=cmd|' /C calc'!A0"}, Row("1.2.1", comment="=cmd|' /C calc'!A0"), ""),
    ({"comment": "x" * 2001}, None, "That is longer than 2,000 characters."),
    ({"comment": ("=1/0", "#DIV/0!")}, None, "A formula has gone wrong here."),
    ({"certainty": "Measured"}, Row("1.2.1", certainty="measured"), ""),
    ({"certainty": "estimada"}, Row("1.2.1", certainty="estimated"), ""),
    ({"certainty": "guessed"}, None, "Write measured, documented or estimated, or leave it empty."),
    ({"evidence": "https://a.example/x"}, Row("1.2.1", links=(("https://a.example/x", ""),)), ""),
    ({"evidence": "Our plan: https://a.example/x."}, Row("1.2.1", links=(("https://a.example/x", "Our plan"),)), ""),
    (
        {"evidence": "https://a.example/x\nhttps://a.example/y"},
        Row("1.2.1", links=(("https://a.example/x", ""), ("https://a.example/y", ""))),
        "",
    ),
    ({"evidence": "plan.pdf"}, None, ""),
    ({"evidence": "other.pdf"}, None, "Only links fit in here (https://...). Send me a file as a message instead."),
    ({"level": "Not applicable", "comment": "No port."}, Row("1.2.1", "not_applicable", comment="No port."), ""),
    ({"level": "Not applicable", "was": "not_applicable"}, None, ""),
]


@pytest.mark.parametrize(("filled", "row", "sentence"), WORDS)
def test_words_stay_words(filled: dict[str, Any], row: Row | None, sentence: str) -> None:
    """Comments whatever they look like, how sure, links as evidence; files sent before are passed by."""
    sheet = read_back({"1.2.1": filled}, known={"1.2.1": ("plan.pdf",)})
    assert sheet.rows == ((row,) if row else ())
    assert sentence in "\n".join(sentences(sheet))
    assert bool(sheet.faults) == bool(sentence)


CELLS = some.one_of(
    some.floats(),
    some.integers().map(float),
    some.text(),
    some.from_regex(r"[-+]?\d{0,3}[ .,/-]?\d{0,3} ?\w{0,8}"),
    some.sampled_from([name for told in LANGUAGES for level in told.scale for name in (level.name, *level.words)]),
    some.builds(Odd, some.sampled_from(["date", "truth", "error"]), some.text()),
)


@given(CELLS)
def test_any_cell_is_a_level_as_typed_or_a_fault(cell: Cell) -> None:
    """Never anything else, whatever it holds; a number is the level it is."""
    try:
        level = cells.level(cell, LANGUAGES)
    except CellError:
        assert cell != ""
        assert not (isinstance(cell, float) and cell in {0, 1, 2, 3, 4, 5})
        return
    assert level in {"", "0", "1", "2", "3", "4", "5", "dont_know", "not_applicable", "declined"}
    if isinstance(cell, float):
        assert math.isclose(float(level), cell)
    assert level or not str(cell).replace("\0", "").strip() or not str(cell).isprintable()


@given(some.lists(some.lists(CELLS, max_size=14), max_size=6), some.permutations(range(13)))
def test_any_sheet_is_read_without_an_error(rows: list[list[Cell]], order: list[int]) -> None:
    """Whatever stands in its cells, and wherever its columns have gone: each row is read or has a fault."""
    whole = read_back({}, raw=True)
    assert isinstance(whole, Opened)
    page = next(one for one in whole.pages if one.name.startswith("1 "))
    keys = tuple(page.rows[0][place] for place in order)
    odd = Page(page.name, (keys, *(("1.1.1", *row) for row in rows), *(tuple(row) for row in rows)))
    found = read(Opened((odd, *(one for one in whole.pages if one is not page)), "xlsx"), expected())
    assert isinstance(found, Sheet)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_the_spreadsheet(column: int, name: str) -> None:
    """So that whoever mends a cell finds it."""
    assert letters(column) == name
