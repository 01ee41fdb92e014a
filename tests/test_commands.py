"""The command line: what each command prints, for people and as JSON, and what it says of what cannot be done."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import EXPECTED, app
from model import library
from storage.opening import open_database
from tests.independent import recomputed
from tests.test_faults import SMALL

Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> Run:
    """Runs a command on an empty store and gives what it printed; `fails` is the exit code that is expected."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATURITYBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MATURITYBOT_DATABASE_URL", sqlite_url)

    def go(*arguments: str, fails: int = 0) -> str:
        result = CliRunner().invoke(app, arguments)
        if isinstance(result.exception, EXPECTED):  # what `main` says, with exit code 2
            assert fails == 2, result.exception
            return str(result.exception)
        assert result.exit_code == fails, result.output
        return result.output

    return go


def read(output: str) -> Any:
    """A command's JSON."""
    return json.loads(output)


def test_a_city_is_registered_with_an_invitation(run: Run) -> None:
    """The city's id and a coordinator's code; the same name once more gets another id."""
    added = read(run("city", "add", "València", "--country", "Spain", "--population", "800000", "--json"))
    assert (added["id"], added["country"], added["region"], added["income"]) == ("valencia-es", "ES", "Europe", "high")
    assert len(added["invitation"]["code"]) == 22
    assert added["invitation"]["role"] == "coordinator"
    again = read(run("city", "add", "València", "--country", "ES", "--population", "800000", "--json"))
    assert again["id"] == "valencia-es-2"
    assert [city["id"] for city in read(run("city", "list", "--json"))] == ["valencia-es", "valencia-es-2"]
    assert "valencia-es and valencia-es-2" in run("scores", "valència", fails=2)


def test_an_invitation_is_bound_to_what_was_said(run: Run) -> None:
    """Role, name, department and language come back with the code; a department that does not exist is refused."""
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    made = ("invite", "lugano-ch", "--role", "respondent", "--name", "Bo", "--department")
    invited = read(run(*made, "mobility", "--language", "es", "--json"))
    assert invited["telegram_link"] is None
    assert (invited["department"], invited["language"], invited["name"]) == ("mobility", "es", "Bo")
    assert "mobility" in run(*made, "parks", fails=2)


def test_a_wave_opens_once_and_closes_once(run: Run) -> None:
    """One open wave a city; closing it twice is said."""
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    opened = read(run("wave", "open", "lugano-ch", "--form", "full", "--json"))
    assert (opened["form"], opened["closed_at"]) == ("full", None)
    assert "has an open wave" in run("wave", "open", "lugano-ch", fails=2)
    assert read(run("wave", "close", "lugano-ch", "--json"))["closed_at"]
    assert "no open wave" in run("wave", "close", "lugano-ch", fails=2)
    assert len(read(run("wave", "status", "lugano-ch", "--json"))) == 1


def test_a_last_day_is_one_to_come_where_the_city_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Auckland it is tomorrow already; nothing is opened where it is over, nor for a year that nobody plans."""
    monkeypatch.setattr("bot.commands.rounds.now", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    for name, country, zone in (("Auckland", "NZ", "Pacific/Auckland"), ("Lugano", "CH", "Europe/Zurich")):
        run("city", "add", name, "--country", country, "--population", "63000", "--timezone", zone)
    opening = ("wave", "open", "--all", "--closes")
    assert run(*opening, "2026-11-23", fails=2) == "2026-11-23 is over in Auckland. Give a day that is to come."
    assert "more than a year away" in run(*opening, "9999-12-31", fails=2)
    assert len(run(*opening, "2026-11-24").splitlines()) == 2


def test_no_wave_opens_for_synthetic_cities(run: Run) -> None:
    """They have nobody to ask."""
    run("demo")
    assert run("wave", "open", "--all") == "Every city has an open wave.\n"


def test_scores_are_what_anybody_computes_from_the_export(run: Run) -> None:
    """Three cities' scores equal an independent computation from their exported responses."""
    run("demo")
    assert "there already" in run("demo")
    instrument = library.instrument(*library.DEFAULT)
    structure = {
        dimension.code: {c.code: [i.code for i in c.asked("short")] for c in dimension.capabilities}
        for dimension in instrument.dimensions
    }
    for city in ("synthetic-01-es", "synthetic-17-kr", "synthetic-40-fj"):
        rows = [json.loads(row) for row in run("export", city).splitlines()]
        scores = read(run("scores", city, "--json"))
        expected = recomputed(rows, structure)
        parts = [scores["overall"], *scores["dimensions"]]
        parts += [capability for dimension in scores["dimensions"] for capability in dimension["capabilities"]]
        for part in parts:
            for number in ("score", "low", "high", "coverage", "target", "gap"):
                wanted = expected[part["code"]][number]
                assert part[number] == (None if wanted is None else pytest.approx(float(wanted))), part["code"]


def test_the_export_has_the_keys_of_the_contract(run: Run) -> None:
    """One line a response, oldest first, with the keys that others rely on."""
    run("demo")
    rows = [json.loads(row) for row in run("export", "synthetic-02-de", "--format", "jsonl").splitlines()]
    assert list(rows[0]) == [
        *("city", "wave", "instrument", "version", "respondent", "department", "dimension", "capability", "indicator"),
        *("aspect", "level", "target_year", "non_response", "source", "certainty", "comment", "at", "current"),
        "evidence",
    ]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert rows[0]["at"].endswith("Z")
    targets = [row for row in rows if row["aspect"] == "target"]
    assert all(row["indicator"] is None and row["target_year"] for row in targets)


def test_a_benchmark_tells_what_the_rules_allow(run: Run) -> None:
    """Percentiles among all, quartiles among 15, a median among 8, nothing among 2 or beside too small a rest."""
    run("demo")
    every = read(run("benchmark", "synthetic-01-es", "--json"))["standings"][0]
    assert every["peers"] == 39
    assert every["percentile"] % 5 == 0
    europe = read(run("benchmark", "synthetic-01-es", "--cut", "region", "--json"))["standings"][0]
    assert (europe["peers"], europe["percentile"]) == (15, None)
    assert europe["quartiles"]
    asia = read(run("benchmark", "synthetic-17-kr", "--cut", "region", "--json"))["standings"][0]
    assert (asia["peers"], asia["quartiles"]) == (8, None)
    assert asia["median"]
    oceania = read(run("benchmark", "synthetic-40-fj", "--cut", "region", "--json"))["standings"][0]
    assert (oceania["peers"], oceania["needed"], oceania["median"]) == (2, 3, None)
    alike = read(run("benchmark", "synthetic-01-es", "--cut", "size", "--json"))
    assert (alike["suppressed"], alike["standings"]) == (True, [])


def test_results_are_told_to_people_too(run: Run) -> None:
    """The same words as in chat, with what every output has to say."""
    run("demo")
    told = run("scores", "Synthetic 03")
    assert "Self-assessed" in told
    assert "synthetic demonstration data" in told
    assert "with synthetic demonstration cities" in run("benchmark", "synthetic-03-fr")
    assert "(synthetic)" in run("city", "list")


def test_what_does_not_exist_is_said_with_a_way_on(run: Run) -> None:
    """No traceback, but a sentence that helps."""
    assert "city list" in run("scores", "Atlantis", fails=2)
    assert "two letters" in run("city", "add", "X", "--country", "Atlantis", "--population", "5", fails=2)
    assert "time zone" in run("city", "add", "X", "--country", "ES", "--population", "5", "--timezone", "Mars", fails=2)
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    assert "no wave yet" in run("scores", "lugano-ch", fails=2)


def test_check_names_every_fault(run: Run, tmp_path: Path) -> None:
    """A sound instrument is said to be sound; a broken one gets its faults, and exit code 1."""
    assert "is sound" in run("check")
    assert read(run("check", "--json")) == {"faults": [], "findings": []}
    (tmp_path / "mine").mkdir()
    assert "instrument.yaml" in run("check", str(tmp_path / "mine"), fails=1)
    assert read(run("check", str(tmp_path / "mine"), "--json", fails=1))["faults"][0]["mend"]
    assert "is no folder" in run("check", str(tmp_path / "nowhere"), fails=2)


def test_the_model_is_printed(run: Run, tmp_path: Path) -> None:
    """As a PDF, in a language that the instrument has; where it may not be written, that is said."""
    told = run("model", "pdf", "--language", "es", "--out", str(tmp_path / "modelo.pdf"))
    assert "225" in told
    assert (tmp_path / "modelo.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "en, es" in run("model", "pdf", "--language", "tlh", fails=2)
    assert "--out" in run("model", "pdf", str(SMALL), "--out", str(tmp_path / "no" / "model.pdf"), fails=2)


def test_the_doctor_finds_a_session_that_the_log_contradicts(run: Run, sqlite_url: str) -> None:
    """All well in a new store; a response that only the log has is found."""
    run("demo")
    assert all(finding["well"] for finding in read(run("doctor", "--json")))
    database = open_database(sqlite_url)
    database._writing.execute("DELETE FROM response WHERE id = (SELECT max(id) FROM response)")  # type: ignore[attr-defined]
    database.close()
    assert "!!" in run("doctor", fails=1)
    assert "revision" in run("db", "upgrade")


def test_all_wrong_settings_are_named_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with what to do; `serve` says which token it wants."""
    assert "MATURITYBOT_TELEGRAM_TOKEN" in run("serve", fails=2)
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_TOKEN", "nonsense")
    monkeypatch.setenv("MATURITYBOT_HTTP_PORT", "many")
    monkeypatch.setenv("MATURITYBOT_DATABASE_URL", "mysql://here")
    told = run("serve", fails=2)
    for name in ("TELEGRAM_TOKEN", "HTTP_PORT", "DATABASE_URL"):
        assert f"MATURITYBOT_{name}" in told
    assert "nonsense" not in told
