"""LibreOffice as the oracle: it calculates every formula anew, from raw responses that were changed."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.reports.workbook import raw, summing, valuing
from bot.reports.workbook.book import Book
from bot.reports.workbook.contents import Contents, Row, Wish
from bot.reports.workbook.making import make
from bot.wording.catalogues import translations
from model.certainty import scored
from model.instrument import Instrument
from tests.building import shaped
from tests.independent import recomputed
from tests.test_independent import NUMBERS, assert_same, conditions, structure
from tests.test_workbook import compare
from tests.workbooks import Made, asked_of, errors, falsified, given, made, opened, profile, results, rows_of, shaken

__all__ = ["made"]

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
PATIENCE = 300
"""Seconds that LibreOffice may take to start and convert, beside whatever else the machine does."""
CASES = {"full-en": ("full", "en"), "short-en": ("short", "en"), "full-es": ("full", "es")}


@pytest.fixture(scope="module")
def changed(made: Made) -> Mapping[str, Contents]:
    """Workbooks whose raw responses are not those that their kept values come from."""
    found = {name: made(form, Wish(language=language)) for name, (form, language) in CASES.items()}
    return {name: msgspec.structs.replace(one, rows=shaken(one.rows or ())) for name, one in found.items()}


@pytest.fixture(scope="module")
def recalculated(changed: Mapping[str, Contents], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The same workbooks as LibreOffice saves them, with every formula's value falsified beforehand."""
    folder = tmp_path_factory.mktemp("office")
    files = {name: make(one) for name, one in changed.items()} | {"routed": routed(changed["full-en"])}
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(falsified(content))
    convert(folder, *(f"{name}.xlsx" for name in files))
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in files}


def convert(folder: Path, *names: str) -> None:
    assert SOFFICE is not None
    told = [SOFFICE, profile(folder / "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*told, "--outdir", "out", *names], cwd=folder, check=True, capture_output=True, timeout=PATIENCE, text=True
    )


@pytest.mark.parametrize("name", CASES)
def test_the_formulas_give_the_methods_numbers(
    name: str, changed: Mapping[str, Contents], recalculated: Mapping[str, bytes]
) -> None:
    """Every cell of the results equals the scorecard of the changed responses, and the independent computation."""
    workbook = changed[name]
    form, language = CASES[name]
    instrument, book = asked_of(workbook), opened(recalculated[name])
    told = results(book, language)
    card = scored(instrument, workbook.result.wave.form, given(workbook))
    assert card != workbook.result.scorecard
    compare(told, card)
    expected = recomputed(rows_of(book, language), structure(instrument, workbook.result.wave.form))
    for code, numbers in expected.items():
        for number in NUMBERS:
            if number in told[code]:
                assert_same(told[code][number], numbers[number], f"{number} of {code}")
    assert form == workbook.about.form


@pytest.mark.parametrize("name", CASES)
def test_level_counts_and_the_weakest_are_recalculated(
    name: str, changed: Mapping[str, Contents], recalculated: Mapping[str, bytes]
) -> None:
    """The counts at each level add up to the scorecard's, and the weakest capability is its weakest."""
    workbook, language = changed[name], CASES[name][1]
    _ = translations(language).gettext
    instrument = asked_of(workbook)
    card = scored(instrument, workbook.result.wave.form, given(workbook))
    told = opened(recalculated[name])[_("Results")]
    totals = [row for row in told if row[0] == _("All")][-1]
    asked = sum(len(c.indicators) for c in card.capabilities)
    missing, out = card.overall.applicable - card.overall.answered, asked - card.overall.applicable
    assert [int(count) for count in totals[summing.SCORE : summing.SCORE + 8]] == [*card.levels, missing, out]
    weakest = next(row[1] for row in told if row[0] == _("Weakest capability"))
    assert card.weakest is not None
    assert weakest == instrument.capability_of[card.weakest.code].title


def test_no_cell_is_an_error(recalculated: Mapping[str, bytes]) -> None:
    """Nothing says #NAME? or #REF!; only what a chart must not draw is #N/A, on the hidden sheet it draws from."""
    for name, content in recalculated.items():
        assert errors(content).keys() <= {"figures"}, name
        assert "#" not in {str(cell)[:1] for cells in opened(content).values() for row in cells for cell in row}


SHAPE = [[2, 3, 1, 4, 2], [3, 3, 3], [1, 1]]
ASK_IF = {"1.2.2": "1.2.1 < 4", "1.2.3": "1.2.2 == 2", "2.2.1": "1.4.4 > 1", "3.2.1": "3.1.1 >= 1"}


def routed(workbook: Contents) -> bytes:
    """A workbook of another instrument, in which statements wait for others."""
    instrument, rows = shaped(SHAPE, ASK_IF), of_shape(workbook)
    book = Book(msgspec.structs.replace(workbook, rows=rows), translations("en"))
    book.instrument = instrument
    card = scored(instrument, "full", given(msgspec.structs.replace(workbook, rows=())))
    result = msgspec.structs.replace(workbook.result, scorecard=card)
    dossier = msgspec.structs.replace(workbook.dossier, result=result)
    book.contents = msgspec.structs.replace(workbook, dossier=dossier, rows=rows)
    summing.sheet(book, valuing.sheet(book, raw.sheet(book, rows), rows))
    return book.bytes()


def of_shape(workbook: Contents) -> tuple[Row, ...]:
    codes = {*shaped(SHAPE).indicators, *(one.code for one in shaped(SHAPE).capabilities())}
    return tuple(one for one in workbook.rows or () if one.response.item in codes)


def test_conditions_are_formulas_too(changed: Mapping[str, Contents], recalculated: Mapping[str, bytes]) -> None:
    """A statement whose condition fails, or that waits for one that is out, leaves the count."""
    instrument: Instrument = shaped(SHAPE, ASK_IF)
    rows = of_shape(changed["full-en"])
    card = scored(instrument, "full", given(msgspec.structs.replace(changed["full-en"], rows=rows)))
    told: dict[str, dict[str, Any]] = results(opened(recalculated["routed"]))
    compare(told, card)
    assert any(not told[code]["applicable"] for code in ASK_IF)
    assert conditions(instrument)
