"""Whole files that come back: another round's, with columns moved and rows gone, old formats, passwords, bombs."""

import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from bot.reports.workbook import opening, unpacking
from bot.reports.workbook.identifying import Refused
from bot.reports.workbook.layout import COLUMNS, LARGEST
from bot.reports.workbook.opening import Opened, opened
from bot.reports.workbook.reading import read
from bot.wording import word
from flows.kept.sheets import Row, Sheet
from flows.prompts.sheets import SheetNews
from flows.session import Session
from tests.reading_sheets import expected, read_back
from tests.sheets import INSTRUMENT, Making, about, workbook

FILLED = {"1.1.1": {"level": 4}, "5.5.1": {"level": 2}, "1.1": {"goal": 5, "year": 2029}}
ROWS = {Row("1.1.1", "4"), Row("5.5.1", "2"), Row("1.1", goal="5", year=2029)}


def said(news: SheetNews) -> str:
    """A refusal in words."""
    return word(news, Session("1", 2026), INSTRUMENT).body


@pytest.mark.parametrize(
    "making",
    [
        Making(),
        Making(columns=COLUMNS[::-1]),
        Making(columns=("note of mine", "level", "year", "code", "goal")),
        Making(backwards=True),
        Making(beside=lambda book: book.add_worksheet("My own sums").write_row(0, 0, ("1.1.1", 5))),
    ],
)
def test_moved_columns_and_sorted_rows_are_read_by_their_keys(making: Making) -> None:
    """So are columns that were added, and hidden ones that were taken out; other sheets are let be."""
    sheet = read_back(FILLED, making=making)
    assert (set(sheet.rows), sheet.faults, sheet.missing) == (ROWS, (), ())


def test_rows_that_are_gone_are_named_and_nobody_elses_fault() -> None:
    """The rest is read; what stands there already stays."""
    sheet = read_back(FILLED, making=Making(without=("1.1.1", "2.2.1")))
    assert (len(sheet.rows), sheet.faults, sheet.missing) == (2, (), ("1.1.1", "2.2.1"))


def test_a_row_twice_and_a_code_that_nobody_knows_are_faults() -> None:
    """The first row of two counts; the same twice is none."""

    def again(book: Any) -> None:
        sheet = book.add_worksheet("6 More")
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, ("1.1.1", "", "", 2))
        sheet.write_row(2, 0, ("9.9.9", "", "", 2))
        sheet.write_row(3, 0, ("5.5.1", "", "", 2))

    sheet = read_back(FILLED, making=Making(beside=again))
    assert [(one.kind, one.sheet, one.cell, one.said) for one in sheet.faults] == [
        ("code_twice", "6 More", "A2", "1.1.1"),
        ("code_unknown", "6 More", "A3", "9.9.9"),
    ]
    assert set(sheet.rows) == ROWS


def test_a_sheet_without_its_keys_is_a_fault_of_that_sheet_alone() -> None:
    """The others are read."""

    def lost(book: Any) -> None:
        book.add_worksheet("3 Data, copied").write_row(1, 0, ("3.1.1", "A statement", 4))

    (fault,) = read_back(FILLED, making=Making(beside=lost)).faults
    assert (fault.kind, fault.sheet, fault.cell) == ("keys_missing", "3 Data, copied", "")


REFUSED: list[tuple[bytes, str]] = [
    (workbook(about(version="2025.1")), "asks other statements (smart-city 2025.1) than this round"),
    (workbook(about(instrument="other")), "asks other statements (other 2026.1) than this round"),
    (workbook(about(digest="0" * 64)), "asks other statements"),
    (
        workbook(about(city="oakridge-gb")),
        "belongs to another city. Nothing was changed.",
    ),
    (workbook(about(wave=7)), "of 20 November 2026 belongs to another round"),
    (workbook(about(form="full")), "has another form than this round"),
    (workbook(about(format="maturitybot workbook 2")), "was made by another version of me"),
    (workbook(structs.replace(about(), wave="soon")), "The hidden sheet “about” of this workbook was changed"),
    (workbook(about(), making=Making(about=False)), "its hidden sheet “about” is gone"),
    (workbook(about(), making=Making(keys=False)), "have lost their hidden first row"),
    (",".join(COLUMNS).encode() + b"\n1.1.1,x", "one sheet of my workbook as plain text"),
    (";".join(COLUMNS).encode() + b"\n1.1.1;x", "one sheet of my workbook as plain text"),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSED, ids=lambda one: one[:30] if isinstance(one, str) else "")
def test_a_workbook_that_is_not_for_here_is_refused_whole(content: bytes, sentence: str) -> None:
    """With what it is, and what to do; nothing of it is read."""
    found = read(opened(content), expected())
    assert isinstance(found, Refused)
    told = said(SheetNews(found.kind, found.about))
    assert sentence in told
    assert "Nothing was changed." in told


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A file with a part more."""
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as file:
        file.writestr(name, part)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    """A zip file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name.replace("__", "/"), part)
    return made.getvalue()


def lying(content: bytes) -> bytes:
    """A file whose largest part says that it holds a single byte."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        largest = max(file.infolist(), key=lambda one: one.file_size)
    size = largest.file_size.to_bytes(4, "little")
    return content.replace(size, (1).to_bytes(4, "little"))


def test_macros_are_refused_before_anything_is_read() -> None:
    """Only in a workbook of ours: any other file is no matter of ours."""
    found = read(opened(with_part(workbook(about(), FILLED), "xl/vbaProject.bin", b"x")), expected())
    assert isinstance(found, Refused)
    assert "save it as an Excel workbook without macros (.xlsx)" in said(SheetNews(found.kind))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAR = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
MANIFEST = b"<manifest><encryption-data/></manifest>"
PLAIN = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
FOREIGN: list[tuple[Callable[[], bytes], str]] = [
    (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    (lambda: zipped(mimetype=ODS, **{"META-INF__manifest.xml": MANIFEST}), "password"),
    (lambda: OLE + b"\0" * 600, "broken"),
    (lambda: b"PK\x03\x04 and no more", "broken"),
    (lambda: workbook(about())[:2000], "broken"),
    (lambda: zipped(**{"word__document.xml": b"<x/>"}), "broken"),
    (lambda: b"\0" * 100, "broken"),
    (lambda: zipped(**{"Index__Document.iwa": b"x"}), "numbers"),
    (lambda: zipped(**{"xl__workbook.bin": b"x"}), "xlsb"),
    (lambda: zipped(**{"xl__workbook.xml": b"x" * (LARGEST + 1)}), "bomb"),
    (lambda: zipped(**{f"x{n}": b"" for n in range(unpacking.MOST_PARTS + 1)}), "bomb"),
    (lambda: with_part(workbook(about()), "xl/worksheets/sheet99.xml", FAR), "bomb"),
    (lambda: lying(zipped(**{"xl__workbook.xml": b"x" * 3_000_000})), "broken"),
]


@pytest.mark.parametrize(("made", "why"), FOREIGN)
def test_a_file_that_cannot_be_looked_into_is_none_of_ours_and_says_why(made: Callable[[], bytes], why: str) -> None:
    """In no time and little memory, whatever the file claims of itself."""
    began = time.monotonic()
    found = opened(made())
    assert (found, read(found, expected())) == (Opened(why=why), None)
    assert time.monotonic() - began < 10
    assert "If it " in said(SheetNews(found.why))  # type: ignore[arg-type]


def test_what_sets_up_more_than_there_is_memory_for_dies_alone() -> None:
    """A sheet of the other format that repeats much within much: the program that looks into it ends, we do not."""
    row = b'<table:table-row table:number-rows-repeated="19000">%s</table:table-row>'
    cell = (
        b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        b"<text:p>%s</text:p></table:table-cell>"
    )
    head = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="A">'
    )
    end = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    parts = {"META-INF__manifest.xml": PLAIN, "content.xml": head + row % (cell % (b"x" * 50)) + end}
    began = time.monotonic()
    assert opened(zipped(mimetype=ODS, **parts)).why in {"bomb", "broken"}
    assert time.monotonic() - began < opening.PATIENCE
    few = parts | {"content.xml": parts["content.xml"].replace(b"19000", b"2").replace(b"16384", b"3")}
    assert opened(zipped(mimetype=ODS, **few)).pages[0].rows == (("x" * 50,) * 3,) * 2


def test_a_file_of_somebody_elses_is_no_workbook() -> None:
    """A budget, a list of names, and nothing at all."""
    for content in (b"", b"Name,Amount\nAna,3", workbook_of_others()):
        assert read(opened(content), expected()) is None


def workbook_of_others() -> bytes:
    """A spreadsheet with a sheet that happens to be called like ours."""

    def beside(book: Any) -> None:
        book.add_worksheet("about").write_row(0, 0, ("Version", "Budget 2026"))

    return workbook(about(), making=Making(about=False, keys=False, beside=beside))


def test_the_full_form_is_looked_into_in_moments() -> None:
    """225 statements in five sheets: opened by a program of its own, and read."""
    said = {"level": "4 - running", "was": "2", "comment": "Words."}
    full = dict.fromkeys(INSTRUMENT.indicators, said)
    content = workbook(about(form="full"), full)
    read_back(FILLED)  # words are learnt once
    began = time.monotonic()
    sheet = read(opened(content), expected(form="full"))
    assert isinstance(sheet, Sheet)
    assert (len(sheet.rows), time.monotonic() - began < 5) == (225, True)


def test_the_program_prints_what_it_would_return() -> None:
    """It is run by its path, with nothing of ours around it."""
    content = workbook(about(), FILLED)
    run = subprocess.run([sys.executable, "-I", str(opening._PROGRAM)], input=content, capture_output=True, check=True)
    assert json.loads(run.stdout) == json.loads(json.dumps(unpacking.unpacked(content)))
    assert unpacking.LARGEST == LARGEST
