"""Every response of a city as a file, and the codebook that says what stands where."""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot.commands.common import CityName, UserError, in_line, store, the_city, working
from bot.reports import exports
from bot.reports.exports import codebook
from bot.reports.exports.table import as_csv
from model import library
from model.instrument import Instrument
from storage import waves
from storage.cities import City
from storage.database import Transaction

Format = Literal["jsonl", "csv"]


def export(
    city_name: CityName,
    *,
    form: Annotated[Format, typer.Option("--format", help="Lines of JSON, or a table for a spreadsheet.")] = "jsonl",
    explained: Annotated[bool, typer.Option("--codebook", help="What each column and value means, instead.")] = False,
    language: Annotated[str, typer.Option(help="The language of the codebook's statements.")] = "en",
    out: Annotated[Path | None, typer.Option(help="The file to write; printed if left out.")] = None,
) -> None:
    """Every response of a city, a row each, oldest first; then the comments on whole capabilities."""
    with store() as database:
        city = the_city(database, city_name)
        if explained:
            asked = database.read(lambda tx: _instruments(tx, city, language))
            _write(out, _told(form, codebook.HEAD, codebook.rows(asked)))
            return
        with working(f"Writing {out}", silent=out is None):
            database.read(lambda tx: _write(out, _responses(form, exports.rows(tx, city.id))))


def _responses(form: Format, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    if form == "csv":
        return as_csv(exports.COLUMNS, map(exports.cells, rows))
    return map(in_line, rows)


def _told(form: Format, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return as_csv(head, rows) if form == "csv" else (in_line(dict(zip(head, row, strict=True))) for row in rows)


def _instruments(transaction: Transaction, city: City, language: str) -> list[Instrument]:
    """What the city was ever asked, the latest first; the shipped one where it never was. Raises UserError."""
    held = {(wave.instrument, wave.version): None for wave in waves.of_city(transaction, city.id)}
    known = library.instrument(*library.DEFAULT).languages
    if language not in known:
        raise UserError(f"There is no “{language}”. The languages are {', '.join(known)}.")
    return [library.instrument(code, version, language) for code, version in held or [library.DEFAULT]]


def _write(out: Path | None, lines: Iterable[str]) -> None:
    """Line by line, so that a large city needs no more room than a small one. Raises UserError."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):  # a pipe on Windows would have its own letters and line ends
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        for line in lines:
            sys.stdout.write(line)
        return
    try:
        with contextlib.closing(out.open("w", encoding="utf-8", newline="")) as file:
            for line in lines:
                file.write(line)
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}. Give another --out.") from error
