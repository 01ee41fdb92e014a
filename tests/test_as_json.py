"""A result for programs: everything that it holds, unrounded, and as README says."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.reports import exports, results
from bot.reports.results.as_json import scores_as_json
from model.instrument import Form
from model.weighting import own
from storage.database import Database
from tests.eight import city_of_eight
from tests.independent import recomputed
from tests.independent_ranges import shaken, weighed, without_anyone
from tests.test_independent import conditions, structure

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def told(database: Database, form: Form) -> tuple[results.Result, dict[str, Any]]:
    """A city's result, and what a program reads of it."""
    city = city_of_eight(database, form=form)

    def read(tx: Any) -> results.Result:
        result = results.of_city(tx, city, date(2026, 11, 23))
        assert result is not None
        return results.certain(tx, result)

    result = database.read(read)
    return result, json.loads(json.dumps(scores_as_json(result)))


def parts(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Overall, dimensions, capabilities and indicators by code."""
    below = [found["overall"], *found["dimensions"]]
    below += [one for dimension in found["dimensions"] for one in dimension["capabilities"]]
    below += [one for capability in below if "indicators" in capability for one in capability["indicators"]]
    return {one["code"]: one for one in below}


@pytest.mark.parametrize("form", ["short", "full"])
def test_every_number_equals_the_independent_one(database: Database, form: Form) -> None:
    """Scores, bounds, ranges and own weights of a city of eight, from its export and nothing else."""
    result, found = told(database, form)
    rows = database.read(lambda tx: list(exports.rows(tx, result.city.id)))
    rows = [row for row in rows if row["wave"] == result.wave.id and row["aspect"]]
    shape, when = structure(results.instrument_of(result), form), conditions(results.instrument_of(result))
    card = recomputed(rows, shape, when)
    by_code = parts(found)
    assert by_code.keys() == card.keys()
    for code, numbers in card.items():
        for name in ("score", "low", "high", "coverage", "target", "gap", "answered", "applicable"):
            wanted = numbers[name]
            expected = None if wanted is None else pytest.approx(float(wanted), abs=1e-8)
            assert by_code[code][name] == expected, (code, name)
    for name, ends in (("without_each", without_anyone(rows, shape, when)), ("shaken", shaken(card, shape))):
        for code, one in by_code.items():
            if name in one:
                low, high = ends.get(code, (None, None))
                assert (one[name] is None) is (low is None), (name, code)
                if low is not None and high is not None:
                    range_ = {"low": pytest.approx(float(low), abs=1e-8), "high": pytest.approx(float(high), abs=1e-8)}
                    assert one[name] == range_


def test_own_weights_equal_the_independent_ones(database: Database) -> None:
    """Importance 1 to 3, and 2 where nobody said anything."""
    result, found = told(database, "short")
    rows = database.read(lambda tx: list(exports.rows(tx, result.city.id)))
    rows = [row for row in rows if row["wave"] == result.wave.id and row["aspect"]]
    shape = structure(results.instrument_of(result), "short")
    given = {one["code"]: one["importance"] for one in found["weights"]}
    codes = [code for d in shape.values() for c, below in d.items() for code in (c, *below)]
    weight = {code: given.get(code) or 2 for code in codes} | dict.fromkeys(shape, 1)
    expected = weighed(recomputed(rows, shape), shape, weight)  # type: ignore[arg-type]  # whole numbers are fractions
    shown = {code: float(score) for code, score in expected.items() if score is not None}
    assert found["own_weights"] == pytest.approx(shown, abs=1e-8)
    assert found["own_weights"] == own(result.scorecard, result.weights)


def test_it_holds_all_of_a_result_and_no_name(database: Database) -> None:
    """Who answered by department, disputes, actions, moves, agreement and evidence; nobody's name."""
    result, found = told(database, "full")
    assert sum(one["people"] for one in found["voices"]) == found["respondents"] == 8
    assert [one["code"] for one in found["disputes"]] == [one.code for one in result.disputes]
    assert all(one["asks_for"] for one in found["actions"])
    assert found["moved"]["overall"] == result.moves.overall if result.moves else False
    indicators = [one for one in parts(found).values() if "n" in one]
    assert sum(one["evidence"] for one in indicators) == sum(result.evidence.values()) > 0
    assert {one["code"] for one in indicators if one["disputed"]} == {one["code"] for one in found["disputes"]}
    assert any(one["agreed"] for one in indicators)
    text = json.dumps(found)
    assert not [name for name in ("Eva", "Carla", "Dario", "Elena", "Farid", "Greta") if name in text]


def test_readme_names_every_key(database: Database) -> None:
    """What a program finds is written down where people look."""
    _, found = told(database, "short")
    table = README[README.index("What `scores --json` holds") : README.index("### Settings")]
    named = set(re.findall(r"`(\w+)`", table))
    keys = set(found) | {key for one in parts(found).values() for key in one}
    keys |= {key for name in ("disputes", "actions", "voices") for one in found[name] for key in one}
    assert keys - named == set()
