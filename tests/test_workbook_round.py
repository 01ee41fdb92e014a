"""A workbook there and back: made for somebody, saved by LibreOffice, filled in, and read by whoever sent it."""

import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from bot.reports.workbook.contents import Contents, Wish
from bot.reports.workbook.making import make
from bot.reports.workbook.opening import opened
from bot.reports.workbook.reading import Expected, read
from flows.kept.sheets import Sheet
from flows.margin.merging import merge
from flows.session import Session
from model import library
from model.instrument import Form
from tests.reading_sheets import LANGUAGES
from tests.workbooks import Made, made, profile

__all__ = ["made"]

CASES = [("full", "en"), ("full", "es"), ("short", "en"), ("short", "es")]


def sender(workbook: Contents) -> Session:
    """The coordinator whose answers it holds, while her round is open."""
    about = workbook.about
    return Session("1", 2026, form=about.form, joined=True, consented=True, responses=workbook.own)


def back(workbook: Contents, content: bytes) -> Sheet:
    """What is read of a workbook that comes back."""
    about, told = workbook.about, library.instrument(*library.DEFAULT)
    mine = frozenset(one.code for capability in told.capabilities() for one in capability.asked(about.form))
    sent = {item: tuple(one for one in files if "://" not in one) for item, files in workbook.sent.items()}
    found = read(
        opened(content), Expected(LANGUAGES, about.form, about.city, about.wave, about.respondent, 2026, mine, sent)
    )
    assert isinstance(found, Sheet)
    held = {(item, one) for item, files in workbook.sent.items() for one in files}
    return msgspec.structs.replace(found, held=frozenset(held))


@pytest.mark.parametrize(("form", "language"), CASES)
def test_a_workbook_that_nobody_touched_changes_nothing(made: Made, form: Form, language: str) -> None:
    """Own answers, comments, goals and links are in it, and all of them are there already; every row is found."""
    workbook = made(form, Wish(language=language))
    sheet = back(workbook, make(workbook))
    assert (sheet.faults, sheet.missing, sheet.others) == ((), (), False)
    merged = merge(LANGUAGES[0], sender(workbook), sheet)
    assert (merged.keeps, merged.changes, merged.clashes, merged.left) == ([], [], [], {})


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize(("ending", "language"), [("xlsx", "es"), ("ods", "en")])
def test_nor_does_one_that_libreoffice_has_saved(made: Made, tmp_path: Path, ending: str, language: str) -> None:
    """In its own format and in Excel's, with hidden rows, columns and sheets."""
    workbook = made("full", Wish(language=language))
    (tmp_path / "book.xlsx").write_bytes(make(workbook))
    to = ["--headless", "--convert-to", ending, "--outdir", "out", "book.xlsx"]
    subprocess.run(
        ["soffice", profile(tmp_path / "profile"), *to], cwd=tmp_path, check=True, capture_output=True, timeout=300
    )
    sheet = back(workbook, (tmp_path / "out" / f"book.{ending}").read_bytes())
    merged = merge(LANGUAGES[0], sender(workbook), sheet)
    assert (sheet.faults, sheet.missing, merged.changes, merged.clashes, merged.left) == ((), (), [], [], {})
