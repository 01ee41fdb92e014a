"""Workbooks that LibreOffice has opened and saved, as .xlsx and as .ods: read as if nobody had."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.reports.workbook.opening import opened
from bot.reports.workbook.reading import read
from flows.kept.sheets import Sheet
from tests.reading_sheets import expected
from tests.sheets import Filled, Making, about, workbook
from tests.test_workbook_files import FILLED

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize(("ending", "kind"), [("xlsx", "xlsx"), ("ods", "ods")])
def test_a_workbook_is_the_same_after_another_program_saved_it(tmp_path: Path, ending: str, kind: str) -> None:
    """Hidden rows and sheets are kept by it; what a formula came to counts, and one that failed is a fault."""
    odd: Filled = {"1.2.1": {"level": ("=2+2", 4)}, "1.3.1": {"level": ("=1/0", "#DIV/0!")}, "1.4.1": {"level": True}}
    made = tmp_path / "in" / "book.xlsx"
    made.parent.mkdir()
    made.write_bytes(workbook(about(), {**FILLED, **odd}, Making(backwards=True)))
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to = ["--headless", "--convert-to", ending, "--outdir", str(tmp_path / "out"), str(made)]
    subprocess.run([OFFICE, profile, *to], check=True, capture_output=True, timeout=120)
    saved = opened((tmp_path / "out" / f"book.{ending}").read_bytes())
    sheet = read(saved, expected())
    assert isinstance(sheet, Sheet)
    assert saved.kind == kind
    told = {(row.item, row.level, row.goal, row.year) for row in sheet.rows}
    assert told == {("1.1.1", "4", "", 0), ("1.2.1", "4", "", 0), ("5.5.1", "2", "", 0), ("1.1", "", "5", 2029)}
    assert {(one.kind, one.sheet, one.cell) for one in sheet.faults} == {
        ("error", "1 Leadership and Governance", "D7"),
        ("truth", "1 Leadership and Governance", "D5"),
    }
