"""Opens a spreadsheet that anybody may have sent: a program of its own, with bounds, that prints the cells as JSON.

It reads the file from standard input and imports nothing of ours: whatever a file does to it, it does to nobody else.
"""

import csv
import datetime
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

Cells = list[list[Any]]
"""Rows from the sheet's first cell on; a date is {"date": ...}, an error of a formula {"error": ...}."""

LARGEST = 20_000_000
"""Bytes that are unpacked at the most, all parts together; the same as in `layout`, which is not loaded here."""
MEMORY = 1_000_000_000
"""Bytes that this program may take, where the system can hold it to that."""
MOST_PARTS = 2_000
"""Parts of one file: a workbook has a few dozen."""
MOST_ROWS, MOST_COLUMNS = 20_000, 500
"""A sheet's last row and column: a single cell far out makes a reader set up all that lie before it."""
KEPT_ROWS, KEPT_COLUMNS, KEPT_SHEETS = 3_000, 60, 40
"""As much of it as is handed on."""
Mark = tuple[str, int, int, Any]
"""Sheet, row, column (from 0) and value of a cell that the library does not tell rightly."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Excel before 2007 begin with, and newer ones under a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')


class UnreadableError(Exception):
    """Not to be read; the message is the one word for why."""


def main() -> None:
    """Reads the file, prints what it holds."""
    _limit()
    sys.stdout.write(json.dumps(unpacked(sys.stdin.buffer.read())))


def unpacked(content: bytes) -> dict[str, Any]:
    """What a file is: `kind`, whether it has `macros`, and its `sheets` as (name, cells); or only `why` not."""
    try:
        if content.startswith(_OLD):
            return _old(content)
        if content.startswith(b"PK"):
            return _zipped(content)
        return {"kind": "csv", "macros": False, "sheets": [("", _comma_separated(content))]}
    except UnreadableError as error:
        return {"why": str(error)}
    except Exception:  # a library of another's, and a file of anybody's
        return {"why": "broken"}


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


def _old(content: bytes) -> dict[str, Any]:
    if _ENCRYPTED in content:
        raise UnreadableError("password")
    if len(content) > LARGEST // 4:
        raise UnreadableError("broken")
    return {"kind": "xls", "macros": False, "sheets": _sheets(content)}


def _zipped(content: bytes) -> dict[str, Any]:
    parts = _parts(content)
    if any(name.endswith(".iwa") or name.startswith("Index/") for name in parts):
        raise UnreadableError("numbers")
    opened = b"opendocument.spreadsheet" in parts.get("mimetype", b"")
    if opened and b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableError("password")
    if not opened and "xl/workbook.xml" not in parts:
        raise UnreadableError("broken" if "xl/workbook.bin" not in parts else "xlsb")
    macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in parts)
    _check_extent(parts)
    sheets = _sheets(content)
    where = {} if opened else _files(parts)
    marks = _marks(parts["content.xml"]) if opened else _errors(sheets, where, parts)
    for name, row, column, mark in marks:
        cells = dict(sheets).get(name, [])
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = mark
    return {"kind": "ods" if opened else "xlsx", "macros": macros, "sheets": sheets}


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts by name, each unpacked for certain: what the file says of their sizes may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            listed = file.infolist()
            if any(one.flag_bits & 1 for one in listed):
                raise UnreadableError("password")
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST:
                raise UnreadableError("bomb")
            return {one.filename: file.read(one) for one in listed}  # no more than it says, or it is broken
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError("broken") from error


def _check_extent(parts: dict[str, bytes]) -> None:
    """Raises where cells lie so far out that setting up what lies before them would take the whole memory."""
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            for column, row in _PLACE.findall(part):
                if int(row) > MOST_ROWS or _number(column) > MOST_COLUMNS:
                    raise UnreadableError("bomb")
    # Empty rows and columns are repeated to the end of a sheet as a matter of course: only rows with something in
    # them count. What is left of a sheet that repeats much within much fails by memory, in this program alone.
    rows = re.split(rb"<table:table-row\b", parts.get("content.xml", b""))
    held = 0
    for one in rows[1:]:
        if b"<text:p" in one or b"office:value" in one:
            times = [int(found[1]) for found in _REPEATED.findall(one) if found[0] == b"rows"]
            held += max([1, *times])
    if held > MOST_ROWS:
        raise UnreadableError("bomb")


def _sheets(content: bytes) -> list[tuple[str, Cells]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        names = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        return [(name, _cells(book.get_sheet_by_name(name))) for name in names[:KEPT_SHEETS]]


def _cells(sheet: Any) -> Cells:
    rows = sheet.to_python(skip_empty_area=False, nrows=KEPT_ROWS)
    return [[_plain(cell) for cell in row[:KEPT_COLUMNS]] for row in rows]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return {"date": str(cell)}
    return cell


def _errors(sheets: list[tuple[str, Cells]], where: dict[str, str], parts: dict[str, bytes]) -> Iterator[Mark]:
    """Where formulas have gone wrong, which the library reads as empty cells."""
    for name, _ in sheets:
        for one in re.split(rb"<(?:\w+:)?c\s", parts.get(where.get(name, ""), b""))[1:]:
            head, _, rest = one.partition(b">")
            place = _PLACE.search(head)
            if b't="e"' in head and place:
                said = re.search(rb"<(?:\w+:)?v>([^<]{1,20})<", rest)
                text = said[1].decode(errors="replace") if said else "#"
                yield name, int(place[2]) - 1, _number(place[1]) - 1, {"error": text}


def _marks(content: bytes) -> Iterator[Mark]:
    """The same in the other format, and truths, which are numbers there."""
    from xml.etree import ElementTree

    root = ElementTree.fromstring(content)  # noqa: S314  # in a program of its own, with bounds
    for table in root.iter(f"{_TABLE}table"):
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            place = 0
            for cell in row:
                mark = _mark(cell)
                if mark is not None:
                    yield table.get(f"{_TABLE}name", ""), at, place, mark
                place += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            at += int(row.get(f"{_TABLE}number-rows-repeated", "1"))


def _mark(cell: Any) -> dict[str, Any] | bool | None:
    text = "".join(cell.itertext()).strip()
    kinds = {value for key, value in cell.attrib.items() if key.endswith("}value-type")}
    if "error" in kinds:
        return {"error": text or "#"}
    truth = re.fullmatch(r"of:=(TRUE|FALSE)\(\)", cell.get(f"{_TABLE}formula", ""))
    return truth[1] == "TRUE" if truth else None


def _files(parts: dict[str, bytes]) -> dict[str, str]:
    """In which part a sheet lies, by its name."""
    from xml.etree import ElementTree

    def read(name: str) -> Any:
        return ElementTree.fromstring(parts.get(name, b"<none/>"))  # noqa: S314  # in a program of its own, with bounds

    targets = {one.get("Id"): one.get("Target", "") for one in read("xl/_rels/workbook.xml.rels")}
    found = {}
    for one in read("xl/workbook.xml").iter():
        link = next((value for key, value in one.attrib.items() if key.endswith("}id")), None)
        if link in targets and one.get("name"):
            target = targets[link]
            found[one.get("name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _comma_separated(content: bytes) -> Cells:
    text = content[:LARGEST].decode("utf-8-sig", errors="replace")
    if "\0" in text[:1000]:
        raise UnreadableError("broken")
    head = text[:2000].partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    return [row[:KEPT_COLUMNS] for row, _ in zip(rows, range(20), strict=False)]


def _number(letters: bytes) -> int:
    """A column's number, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


if __name__ == "__main__":
    main()
