"""The report on the command line: a file that is named, or a sentence that says what is needed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.opening import open_database
from tests.eight import city_of_eight
from tests.test_commands import run as run

Run = Callable[..., str]


@pytest.fixture
def city(run: Run, sqlite_url: str) -> str:
    """A city with a short form behind it."""
    run("city", "list")
    database = open_database(sqlite_url)
    found = city_of_eight(database, form="short")
    database.close()
    return found.id


def test_a_report_is_written_in_each_language(run: Run, city: str, tmp_path: Path) -> None:
    """Under its own name, or as the file that is asked for; the folder must be there."""
    assert run("report", "Valencia") == f"{city}-report-en.pdf: 8 respondents, 23 statements answered.\n"
    assert "Summary" in PdfReader(tmp_path / f"{city}-report-en.pdf").pages[1].extract_text()
    run("report", city, "--language", "es", "--out", "informe.pdf")
    assert "Resumen" in PdfReader(tmp_path / "informe.pdf").pages[1].extract_text()
    assert "Give another --out" in run("report", city, "--out", str(tmp_path / "no" / "where.pdf"), fails=2)


def test_a_wrong_name_or_language_is_said(run: Run, city: str) -> None:
    """What there is instead, or how to find it."""
    assert "city list" in run("report", "Atlantis", fails=2)
    assert "The languages are en, es" in run("report", city, "--language", "xx", fails=2)
    run("city", "add", "Oakridge", "--country", "GB", "--population", "250000")
    assert "no wave yet" in run("report", "Oakridge", fails=2)


def test_before_a_dimension_shows_it_says_what_is_needed(run: Run, tmp_path: Path) -> None:
    """In the words of the chat, with the statements' codes; no file is written."""
    run("city", "add", "Oakridge", "--country", "GB", "--population", "250000")
    run("wave", "open", "oakridge-gb", "--form", "short")
    said = run("report", "Oakridge", fails=2)
    assert said.startswith("Oakridge: no report yet\n")
    assert "1 Leadership and Governance needs some of 1.1.1, 1.2.1, 1.3.1, 1.4.1, 1.5.1" in said
    assert "todavía sin informe" in run("report", "Oakridge", "--language", "es", fails=2)
    assert not list(tmp_path.glob("*.pdf"))
