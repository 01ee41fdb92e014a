"""Exports: every response a row, that a spreadsheet opens and does not run, and a codebook of all that stands in it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import EXPECTED, app
from bot.reports import exports
from bot.reports.exports import codebook
from bot.reports.exports.table import FORMULA, MARK, as_csv, cell
from model import library
from storage import logs, waves
from storage.database import Database
from storage.opening import open_database
from tests.eight import city_of_eight

Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> Run:
    """Runs a command on a store with a city of eight."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATURITYBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MATURITYBOT_DATABASE_URL", sqlite_url)
    store = open_database(sqlite_url)
    city_of_eight(store, form="short")
    store.close()

    def go(*arguments: str, fails: int = 0) -> str:
        result = CliRunner().invoke(app, arguments)
        if isinstance(result.exception, EXPECTED):
            assert fails == 2, result.exception
            return str(result.exception)
        assert result.exit_code == fails, result.output
        return result.output

    return go


def table(text: str) -> list[dict[str, str]]:
    """A table's rows; its mark is taken off, as whoever opens it does."""
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_the_table_holds_what_the_lines_hold(run: Run) -> None:
    """Row by row; evidence is counted and named."""
    lines = [json.loads(line) for line in run("export", "valencia-es").splitlines()]
    found = table(run("export", "valencia-es", "--format", "csv"))
    assert len(found) == len(lines) > 100
    for row, line in zip(found, lines, strict=True):
        assert tuple(row) == exports.COLUMNS
        assert row["evidence"] == str(len(line["evidence"]))
        for name in exports.COLUMNS[:-3]:
            assert row[name] == str(cell(line[name])), name
    assert any(row["evidence_names"].startswith("https://city.example/") for row in found)


def test_a_text_that_a_spreadsheet_would_run_stays_a_text(run: Run) -> None:
    """A comment that begins with = has an apostrophe before it; a level is a number all the same."""
    found = table(run("export", "valencia-es", "--format", "csv"))
    comments = {row["comment"] for row in found}
    assert "'=1+1" in comments
    assert not any(value.startswith(FORMULA) for row in found for value in row.values())


def test_a_file_is_written_as_it_is_printed(run: Run, tmp_path: Path) -> None:
    """With the same bytes; what cannot be written is said, with exit code 2."""
    run("export", "valencia-es", "--format", "csv", "--out", "all.csv")
    written = (tmp_path / "all.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfcity,wave,")
    assert table(written.decode()) == table(run("export", "valencia-es", "--format", "csv"))
    assert "cannot be written" in run("export", "valencia-es", "--out", str(tmp_path), fails=2)


def test_the_codebook_explains_every_column_and_every_value(run: Run) -> None:
    """Whatever stands in a column with values is in the codebook; each indicator has its statement."""
    book = [json.loads(line) for line in run("export", "valencia-es", "--codebook").splitlines()]
    assert [row["name"] for row in book if row["part"] == "column"] == list(exports.COLUMNS)
    assert all(row["meaning"] for row in book)
    known: dict[str, set[str]] = {}
    for row in book:
        if row["part"] == "value":
            known.setdefault(row["name"], set()).add(row["value"])
    for row in table(run("export", "valencia-es", "--format", "csv")):
        for name, values in known.items():
            assert row[name] in values | {""}, name
    indicators = {row["name"]: row["meaning"] for row in book if row["part"] == "indicator"}
    told = library.instrument(*library.DEFAULT)
    assert indicators == {code: one.statement for code, one in told.indicators.items()}
    assert tuple(table(run("export", "valencia-es", "--codebook", "--format", "csv"))[0]) == codebook.HEAD


def test_the_codebook_speaks_the_language_asked_for(run: Run) -> None:
    """One that is not there is said, with those that are."""
    spanish = run("export", "valencia-es", "--codebook", "--language", "es")
    assert library.instrument(*library.DEFAULT, "es").indicators["1.1.1"].statement in spanish
    assert "en, es" in run("export", "valencia-es", "--codebook", "--language", "tlh", fails=2)


def test_wave_by_wave_is_everything_in_its_order(database: Database) -> None:
    """A city is read one wave at a time; nothing is lost, and what counts in a wave counts the same."""
    city = city_of_eight(database, form="short")
    at_once = database.read(lambda tx: waves.log(tx, city.id))
    assert database.read(lambda tx: list(logs.of_city(tx, city.id))) == at_once
    second = database.read(lambda tx: waves.of_city(tx, city.id))[0]
    kept = [one for one in at_once if one.wave == second.id]
    assert database.read(lambda tx: waves.log(tx, city.id, second.id)) == kept
    rows = database.read(lambda tx: list(exports.rows(tx, city.id)))
    assert sum(len(row["evidence"]) for row in rows) > 0


@given(text=st.text(max_size=20))
def test_no_text_is_ever_run_and_none_is_lost(text: str) -> None:
    """Whatever somebody writes comes back out of the table, but for the apostrophe."""
    lines = "".join(as_csv(["text"], [(text, None, 3, True)]))
    (row,) = list(csv.reader(io.StringIO(lines.removeprefix(MARK), newline="")))[1:]
    assert row[1:] == ["", "3", "true"]
    assert row[0].removeprefix("'") == text.removeprefix("'")
    assert not row[0].startswith(FORMULA)
