"""How a workbook is built: what may be filled in, what is locked and hidden, and that text stays text."""

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO

import msgspec
import pytest

from bot.reports.workbook.contents import Wish
from bot.reports.workbook.layout import ABOUT, COLUMNS, KEYS_ROW, About
from bot.reports.workbook.making import make
from bot.reports.workbook.naming import name
from model import library
from model.responses import Aspect, Response
from storage.actions import Kept
from tests.workbooks import Cells, Made, made, opened, parts

__all__ = ["made"]

LANGUAGES = pytest.mark.parametrize("language", library.instrument(*library.DEFAULT).languages)


@LANGUAGES
def test_sheets_to_fill_have_the_columns_that_a_reader_looks_for(made: Made, language: str) -> None:
    """The keys stand in the hidden first row, and each statement and capability of the form has its row."""
    workbook = made("full", Wish(language=language))
    book = opened(make(workbook))
    filled = [cells for title, cells in book.items() if title[0].isdigit()]
    assert len(filled) == 5
    assert all(tuple(cells[KEYS_ROW][: len(COLUMNS)]) == COLUMNS for cells in filled)
    codes = [row[0] for cells in filled for row in cells[2:]]
    instrument = library.instrument(*library.DEFAULT)
    assert sorted(codes) == sorted([*instrument.indicators, *(one.code for one in instrument.capabilities())])


def test_own_answers_are_filled_in_with_what_they_were(made: Made) -> None:
    """Level, certainty, comment, goal and year are the asker's; the hidden columns remember them for the way back."""
    workbook = made("full")
    told = {row[0]: dict(zip(COLUMNS, row, strict=False)) for row in to_fill(opened(make(workbook)))}
    for key, said in workbook.own.items():
        row = told[key.removesuffix("+")]
        if said.aspect is Aspect.TARGET:
            assert (row["goal"], row["year"]) == (said.level, said.year)
            assert (row["was_goal"], row["was_year"]) == (str(said.level), str(said.year))
        else:
            assert row["comment"] == said.comment
            assert row["was"] == as_it_was(said)
            assert row["level"] == (said.level if said.level is not None else row["level"])
    assert told["1.1.1"]["evidence"].startswith("https://")


def to_fill(book: Mapping[str, Cells]) -> Cells:
    return [row for title, cells in book.items() if title[0].isdigit() for row in cells[2:]]


def as_it_was(said: Response) -> str:
    if said.level is not None:
        return str(said.level)
    return "" if said.non_response in {"declined", "handed_on"} else str(said.non_response)


def test_only_cells_to_fill_are_open_and_filters_work_while_protected(made: Made) -> None:
    """Every sheet that is read is protected without a password; the department column can be filtered."""
    sheets = parts(make(made("full")))
    for title, part in sheets.items():
        if title not in {"Charts", "figures", "lists", ABOUT}:
            assert "<sheetProtection " in part, title
            assert "password" not in part
    first = next(part for title, part in sheets.items() if title[0].isdigit())
    protection = re.findall(r"<sheetProtection [^>]*>", first)[0]
    assert 'autoFilter="0"' in protection
    assert 'sort="0"' in protection
    assert "<autoFilter ref=" in first
    assert re.search(r'<row r="1"[^>]*hidden="1"', first)
    assert 'state="frozen"' in first


def test_drop_downs_say_what_is_wanted_and_what_is_wrong(made: Made) -> None:
    """Levels, certainty and goals come from lists, years from a range; each with a kind sentence."""
    first = next(part for title, part in parts(make(made("full"))).items() if title[0].isdigit())
    checks = re.findall(r"<dataValidation .*?</dataValidation>", first)
    assert [re.findall(r'type="(\w+)"', check)[0] for check in checks] == ["list", "list", "list", "whole"]
    assert all("promptTitle=" in check and "error=" in check for check in checks)
    assert "<formula1>2028</formula1><formula2>2031</formula2>" in checks[3]


def test_whose_it_is_stands_on_a_hidden_sheet(made: Made) -> None:
    """The marks read back are those that were written; all that is not for people is hidden."""
    workbook = made("short", Wish(department="mobility", blank=True))
    content = make(workbook)
    marks = {row[0]: row[1] for row in opened(content)[ABOUT]}
    assert msgspec.convert(marks, About, strict=False) == workbook.about
    with zipfile.ZipFile(BytesIO(content)) as file:
        book = file.read("xl/workbook.xml").decode()
    assert set(re.findall(r'<sheet name="([^"]+)"[^>]*state="hidden"', book)) == {"figures", "lists", ABOUT}


def test_text_that_looks_like_a_formula_stays_text(made: Made) -> None:
    """What people write is never calculated, whatever it begins with."""
    nasty = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "http://x.example", "{=1}", "\tx", "a\x0bb")
    workbook = made("short")
    rows = tuple(
        msgspec.structs.replace(row, response=msgspec.structs.replace(row.response, comment=nasty[at % len(nasty)]))
        for at, row in enumerate(workbook.rows or ())
    )
    own = {key: msgspec.structs.replace(one, comment="=1+1") for key, one in workbook.own.items()}
    content = make(msgspec.structs.replace(workbook, rows=rows, own=own))
    book = opened(content)
    assert {*nasty[:7]} <= {cell for row in book["Raw responses"] for cell in row}
    assert "=1+1" in {row[COLUMNS.index("comment")] for row in to_fill(book)}
    formulas = re.findall(r"<f>(.*?)</f>", "".join(parts(content).values()))
    assert formulas
    assert not [formula for formula in formulas if "cmd" in formula or formula.startswith("1+1")]
    assert not [title for title, part in parts(content).items() if "<hyperlink " in part and title != "References"]


def test_who_does_it_and_by_when_are_as_said_in_the_chat(made: Made) -> None:
    """An action has its owner and its day where somebody set them, and empty cells where nobody did."""
    workbook = made("full")
    first, second, *_ = (one.code for one in workbook.result.actions)
    kept = Kept(first, "=Farid", date(2027, 3, 31), "begun", "", datetime(2026, 11, 1, tzinfo=UTC))
    doings = {first: kept, second: msgspec.structs.replace(kept, item=second, owner="", due=None)}
    told = msgspec.structs.replace(workbook, dossier=msgspec.structs.replace(workbook.dossier, doings=doings))
    rows = {row[1]: row[-2:] for row in opened(make(told))["Actions"]}
    assert rows[first] == ["=Farid", date(2027, 3, 31)]
    assert rows[second] == ["", ""]


def test_what_is_hidden_makes_no_row_higher(made: Made) -> None:
    """A comment is as high as its own column needs, though a narrow hidden one remembers it."""
    workbook = made("short")
    own = {key: msgspec.structs.replace(one, comment="word " * 60) for key, one in workbook.own.items()}
    content = make(msgspec.structs.replace(workbook, own=own))
    first = next(part for title, part in parts(content).items() if title[0].isdigit())
    heights = [float(height) for height in re.findall(r'<row [^>]* ht="([\d.]+)"', first)]
    assert 100 < max(heights) < 200


def test_a_department_has_its_own_statements_only(made: Made) -> None:
    """Capabilities without one of them have no row, dimensions without one no sheet."""
    workbook = made("short", Wish(department="mobility", language="es"))
    indicators = library.instrument(*library.DEFAULT).indicators
    assert {indicators[code].department for code in workbook.statements} == {"mobility"}
    codes = {str(row[0]) for row in to_fill(opened(make(workbook)))}
    assert {code for code in codes if code.count(".") == 2} == set(workbook.statements)


def test_a_respondent_is_asked_what_is_theirs(made: Made) -> None:
    """A head of department gets the statements of their scope; the coordinator all of them."""
    workbook = made("full", who="Ana")
    assert set(workbook.statements) >= {one.item for one in workbook.own.values() if one.aspect is Aspect.AS_IS}
    assert len(made("full").statements) == 225


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), "valencia-es-2026.xlsx"),
        (Wish(blank=True), "valencia-es-blank-2026.xlsx"),
        (Wish(department="mobility"), "valencia-es-mobility-2026.xlsx"),
    ],
)
def test_the_file_s_name_says_whose_and_when(made: Made, wish: Wish, expected: str) -> None:
    """The city's id, what part of it, and the year."""
    assert name(made("short", wish)) == expected


@LANGUAGES
def test_names_of_sheets_are_short_and_different(made: Made, language: str) -> None:
    """Excel takes 31 characters, and no two alike."""
    titles = list(opened(make(made("short", Wish(language=language)))))
    assert max(map(len, titles)) <= 31
    assert len({title.casefold() for title in titles}) == len(titles)
    assert titles[0] == {"en": "Read me", "es": "Léame"}[language]
