"""A respondent's own data as a table: all of it, in their language, and nothing of anybody else."""

import asyncio
import csv
import io

import pytest

from bot.delivery import Speaker
from bot.reports.exports.mine import head
from bot.reports.exports.table import MARK
from bot.wording.catalogues import translations
from flows.events import Answered, Attached, Spoke
from flows.events.asides import Recalled
from flows.prompts.figures import MyFile
from storage.database import Database
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.people import claim, settle


def rows(team: Team, name: str) -> tuple[str, list[list[str]]]:
    """The file's name and rows that somebody is sent when they ask for their data."""
    team.told()
    team.act((name, Recalled()))
    speaker = Speaker(team.database, team.clock)
    while claimed := claim(team.database, team.clock(), CHANNEL):
        for delivery in claimed:
            if isinstance(delivery.prompt, MyFile):
                document = asyncio.run(speaker.word(delivery)).document
                assert document is not None
                text = document.content.decode().removeprefix(MARK)
                return document.name, list(csv.reader(io.StringIO(text, newline="")))
            settle(team.database, delivery, team.clock())
    raise AssertionError("no file came")


def test_all_that_somebody_said_is_in_it_and_nothing_of_others(database: Database, clock: Clock) -> None:
    """Answers, also one that was changed, comments and evidence; a colleague's answer to the same is not."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana")
    team.act(("Eva", Answered("1.1.1", "5")), ("Eva", "/note 1.1.1 Secret of Eva's."))
    team.act(("Ana", Answered("1.1.1", "2")), ("Ana", Answered("1.1.1", "3")))
    team.act(("Ana", "/note 1.1.1 =1+1"), ("Ana", Attached("link", "https://city.example/plan", "")))
    name, found = rows(team, "Ana")
    assert name == "my-data.csv"
    assert found[0] == list(head(translations("en")))
    answers = [row for row in found if row[:2] == ["answer", "1.1.1"]]
    assert (answers[0][3], answers[0][-1]) == ("2 Planned", "no")
    assert (answers[-1][3], answers[-1][6], answers[-1][-1]) == ("3 Running in part", "'=1+1", "yes")
    assert any(row[0] == "evidence" and row[3] == "https://city.example/plan" for row in found)
    assert not any("Secret" in cell or "Eva" in cell for row in found for cell in row)
    assert all(row[7].startswith("2026-11-23 10:00") for row in answers)  # where she lives


def test_it_speaks_the_language_of_whoever_asks(database: Database, clock: Clock) -> None:
    """Heads, kinds, levels and statements."""
    team = Team(database, clock)
    team.join("Ana", "coordinator")
    team.act(("Ana", Answered("1.1.1", "2")), ("Ana", Spoke("es")))
    name, found = rows(team, "Ana")
    assert name == "mis-datos.csv"
    assert found[0] == list(head(translations("es")))
    assert found[1][0] == "respuesta"
    assert found[1][3].startswith("2 ")
    assert found[1][2] != ""


@pytest.mark.parametrize("form", ["short", "full"])
def test_after_the_close_it_can_still_be_had(database: Database, clock: Clock, form: str) -> None:
    """One's own data is one's own."""
    team = Team(database, clock, form="full" if form == "full" else "short", days=1)
    team.join("Ana", "coordinator")
    team.act(("Ana", Answered("1.1.1", "2")))
    clock.pass_(days=3)
    team.look()
    assert len(rows(team, "Ana")[1]) == 2
