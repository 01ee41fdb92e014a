"""The numbers in a workbook are those of the method, worked out a second time from the cells that it shows."""

from typing import Any

import msgspec
import pytest

from bot.reports.workbook.contents import Wish
from bot.reports.workbook.making import make
from model.certainty import scored
from model.instrument import Form
from model.scoring import Score
from tests.independent import recomputed
from tests.test_independent import NUMBERS, assert_same, conditions, everything, structure
from tests.workbooks import COLUMNS, Made, asked_of, by_code, given, made, opened, results, rows_of, shaken

__all__ = ["made"]

FORMS = pytest.mark.parametrize("form", ["full", "short"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


@FORMS
@LANGUAGES
def test_every_result_follows_from_the_raw_responses(made: Made, form: Form, language: str) -> None:
    """Each number shown is that of the independent computation, fed with nothing but the sheet of raw responses."""
    workbook = made(form, Wish(language=language))
    book = opened(make(workbook))
    instrument = asked_of(workbook)
    expected = recomputed(rows_of(book, language), structure(instrument, form), conditions(instrument))
    told = results(book, language)
    assert told.keys() == expected.keys()
    for code, numbers in expected.items():
        for name in (*NUMBERS, "answered", "applicable"):
            if name in told[code]:
                assert_same(told[code][name], numbers[name], f"{name} of {code}")


@FORMS
def test_the_results_are_the_scorecard_in_chat(made: Made, form: Form) -> None:
    """Score, band, bounds, goal, year, gap: the workbook says what the chat says."""
    workbook = made(form)
    compare(results(opened(make(workbook))), workbook.result.scorecard)


def compare(told: dict[str, dict[str, Any]], card: Any) -> None:
    """Every number told is the scorecard's."""
    expected: dict[str, Score] = {one.code: one for one in everything(card)}
    assert told.keys() == expected.keys()
    for code, row in told.items():
        for name, value in row.items():
            right = getattr(expected[code], name)
            if isinstance(right, str) or isinstance(value, str):
                assert value == right, f"{name} of {code}"
            else:
                assert_same(value, right, f"{name} of {code}")


def test_a_gate_holds_back_in_the_workbook_too(made: Made) -> None:
    """What too few have answered has no score, says so, and still has its bounds."""
    book = opened(make(made()))
    told = results(book)
    held = [code for code, row in told.items() if code.count(".") == 1 and row["score"] is None]
    assert held == ["2.4", "4.1"]
    assert all(told[code]["low"] is not None and told[code]["band"] is None for code in held)
    notes = {row[0]: row[12] for row in book["Results"] if row[0] in held}
    assert set(notes.values()) == {"not shown yet, too few answers"}


def test_values_in_the_cells_change_with_the_rows(made: Made) -> None:
    """Counts, values and what was agreed are those of the rows in the workbook, not of something kept elsewhere."""
    workbook = made("full")
    rows = shaken(workbook.rows or ())
    other = msgspec.structs.replace(workbook, rows=rows)
    card = scored(asked_of(workbook), "full", given(other))
    dossier = msgspec.structs.replace(other.dossier, result=msgspec.structs.replace(other.result, scorecard=card))
    compare(results(opened(make(msgspec.structs.replace(other, dossier=dossier)))), card)


def test_a_respondents_workbook_has_the_city_s_scores_and_nobody_else_s_answers(made: Made) -> None:
    """No raw responses, no city values, no other person's comment: the scores stand as numbers."""
    whole, theirs = opened(make(made("full"))), opened(make(made("full", who="Ana")))
    assert {"Raw responses", "City values", "Actions", "Disagreements"} & theirs.keys() == set()
    live, still = (dict(by_code(book["Results"][:40], COLUMNS)) for book in (whole, theirs))
    assert len(still) == 1 + 5 + 25
    assert {code: pytest.approx(row) for code, row in live.items()} == still
    own = {r.comment for r in made("full", who="Ana").own.values()}
    texts = {cell for name, cells in theirs.items() if name[0].isdigit() for row in cells[2:] for cell in row[5:6]}
    assert texts <= own | {""}


@pytest.mark.parametrize("wish", [Wish(blank=True), Wish(department="mobility")])
def test_what_is_passed_on_has_no_raw_responses(made: Made, wish: Wish) -> None:
    """A blank workbook and one of a department go round: even the coordinator's holds no answers of others."""
    workbook = made("full", wish)
    book = opened(make(workbook))
    assert workbook.rows is None
    assert "Raw responses" not in book
    filled = [row[3] for name, cells in book.items() if name[0].isdigit() for row in cells[2:]]
    assert (set(filled) == {""}) is wish.blank
