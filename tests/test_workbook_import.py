"""`workbook import`: what a file would change is shown, asked about, and taken over for whoever filled it in."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from flows.events import Answered
from flows.prompts.sheets import SheetTaken
from storage.opening import open_database
from tests.acting import Team
from tests.conftest import Clock
from tests.sheets import Filled, about, workbook
from tests.test_commands import Run, run

__all__ = ["run"]

FILLED: Filled = {
    "1.1.1": {"level": 4, "was": "2"},
    "1.2.1": {"level": 5, "was": "1"},
    "1.3.1": {"level": "planned?"},
    "1.1": {"goal": 5, "year": 2029},
}


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, clock: Clock) -> Team:
    """Valencia with Eva, who leads it and has answered two statements, in the store of the commands."""
    monkeypatch.setattr("bot.commands.bringing.now", clock)
    team = Team(open_database(sqlite_url), clock)
    team.join("Eva", "coordinator")
    team.act(("Eva", Answered("1.1.1", "2")), ("Eva", Answered("1.2.1", "3")))
    team.told()
    return team


def book(team: Team, path: Path, filled: Filled = FILLED, **other: Any) -> str:
    """The path of Eva's workbook."""
    whose = {"city": team.city.id, "wave": team.wave.id, "respondent": team.mate("Eva").respondent, **other}
    path.write_bytes(workbook(about(**whose), filled))
    return str(path)


def levels(team: Team) -> dict[str, int | None]:
    """Eva's responses by key."""
    return {key: one.level for key, one in team.session("Eva").responses.items()}


def test_it_is_shown_and_taken_over_and_said_to_whom_it_concerns(run: Run, team: Team, tmp_path: Path) -> None:
    """Newer answers stay; the same file again changes nothing."""
    file = book(team, tmp_path / "book.xlsx")
    told = run("workbook", "import", "valencia", file, "--yes")
    assert "1 cell I do not understand" in told
    assert "1 Leadership and Governance, D8 (“planned?”)" in told
    assert "1.1.1: 2 → 4" in told
    assert "1.2.1: here 3, in the workbook 5" in told
    assert "Taken over from your workbook: 1 changed answer, 1 goal." in told
    assert "How far is your city" not in told
    assert levels(team) == {"1.1.1": 4, "1.2.1": 3, "1.1+": 5}
    assert [type(one) for one in team.told()["Eva"]] == [SheetTaken]
    assert "I took over this very file on 23 November 2026" in run("workbook", "import", "valencia", file, fails=2)
    team.check()


def test_the_workbook_wins_where_that_is_wanted(run: Run, team: Team, tmp_path: Path) -> None:
    """Over newer answers too."""
    run("workbook", "import", "valencia", book(team, tmp_path / "book.xlsx"), "--yes", "--overwrite")
    assert levels(team) == {"1.1.1": 4, "1.2.1": 5, "1.1+": 5}


def test_where_nothing_is_newer_the_workbook_is_taken_all_the_same(run: Run, team: Team, tmp_path: Path) -> None:
    """`--overwrite` says what is to win, not that there has to be a fight."""
    file = book(team, tmp_path / "book.xlsx", {"1.1.1": {"level": 4, "was": "2"}})
    assert "Taken over from your workbook: 1 changed answer." in run(
        "workbook", "import", "valencia", file, "--yes", "--overwrite"
    )
    assert levels(team)["1.1.1"] == 4


@pytest.mark.usefixtures("run")
def test_it_asks_before_it_changes_anything(team: Team, tmp_path: Path) -> None:
    """No means that all stays as it is, and the file can be brought again."""
    file = book(team, tmp_path / "book.xlsx")
    said = CliRunner().invoke(app, ["workbook", "import", "valencia", file], input="n\n").output
    assert "Take it over as answers of Eva? [y/N]: n" in said
    assert "Good, all stays as it is." in said
    assert (levels(team), team.told()) == ({"1.1.1": 2, "1.2.1": 3}, {})
    said = CliRunner().invoke(app, ["workbook", "import", "valencia", file], input="y\n").output
    assert "Taken over" in said


def test_whose_answers_they_are(run: Run, team: Team, tmp_path: Path) -> None:
    """Whom it was made for, or who is named, or for a blank one the only coordinator."""
    team.join("Ana")
    for_ana = book(team, tmp_path / "ana.xlsx", {"1.3.1": {"level": 2}}, respondent=team.mate("Ana").respondent)
    run("workbook", "import", "valencia", for_ana, "--yes")
    assert [one.level for one in team.session("Ana").responses.values()] == [2]
    told = run("workbook", "import", "valencia", for_ana, "--as", "eva", "--yes")
    assert "It was made for somebody else" in told
    run(
        "workbook",
        "import",
        "valencia",
        book(team, tmp_path / "blank.xlsx", {"1.4.1": {"level": 3}}, respondent=0),
        "--yes",
    )
    assert levels(team) == {"1.1.1": 2, "1.2.1": 3, "1.3.1": 2, "1.4.1": 3}
    assert "there are: Eva, Ana" in run("workbook", "import", "valencia", for_ana, "--as", "Zoe", fails=2)


def test_what_cannot_be_brought_is_said(run: Run, team: Team, tmp_path: Path) -> None:
    """No such file, none of ours, another city's, nothing new, a closed round."""
    other = tmp_path / "other.csv"
    other.write_text("Name,Amount\n", encoding="utf-8")
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(40_000_000)
    for path, sentence in (
        (str(tmp_path / "none.xlsx"), "cannot be read"),
        (str(other), "is no workbook of maturitybot"),
        (str(large), "has more than 20 MB"),
        (book(team, tmp_path / "far.xlsx", city="oakridge-gb"), "belongs to another city"),
    ):
        assert sentence in run("workbook", "import", "valencia", path, fails=2)
    same = book(team, tmp_path / "same.xlsx", {"1.1.1": {"level": 2, "was": "2"}})
    assert "There is nothing new in it" in run("workbook", "import", "valencia", same)
    team.clock.pass_(days=11)
    team.look()
    assert "No round of Valencia is open" in run("workbook", "import", "valencia", same, fails=2)
