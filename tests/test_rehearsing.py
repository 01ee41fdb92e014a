"""`rehearse`: what it lists is what is sent; it changes nothing; and what it warns of."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from msgspec.structs import replace

from bot.messages import Message
from bot.rehearsal import Said, rehearse
from bot.wording import word
from model import library
from storage import cities, copies, sessions, teams, waves
from storage.database import Database, Transaction, write
from storage.opening import open_database
from tests.acting import Team, of
from tests.conftest import Clock
from tests.staging import Stage
from tests.test_commands import Run, read, run

__all__ = ["run"]

BEGINNING = (
    "(a short wave of Valencia opens and closes in ten days)",
    "(Eva is invited to Valencia as coordinator)",
    "Eva> /start CODE",
    "Eva> yes",
    "(Ana is invited to Valencia as respondent for mobility)",
    "Ana> /start CODE",
    "Ana> yes",
    "(Ben is invited to Valencia as respondent for environment)",
    "Ben> /start CODE",
    "Ben> yes",
    "(Cai is invited to Valencia as respondent for safety)",
    "Cai> /start CODE",
    "Cai> yes",
    "Cai> /away until 1 December",
)
CAMPAIGN = (
    "(three days pass)",
    "Ana answers everything with 3",
    "(three days pass)",
    "Ben answers everything with 4",
    "(ten days pass)",
)
FINISH = {"Ana": timedelta(days=3), "Ben": timedelta(days=6)}


NAMES = {"Coming up: ": "meeting", "In a quarter of an hour: ": "meeting", "Slides: ": "slides"}


def told(message: Message) -> str:
    """What a message of the bot's own accord is; "" for all others."""
    for beginning, kind in NAMES.items():
        if message.title.startswith(beginning):
            return kind
    if " left for Valencia" in message.title and "minute" in message.body:
        return "reminder"
    if message.title == "Who may need a word from you":
        return "digest"
    if message.title.startswith("Valencia: "):
        return "" if message.picture else "result"
    return "close" if message.body.startswith("The round is closed.") else ""


def played(database: Database, now: datetime, done: dict[str, timedelta]) -> tuple[Said, ...]:
    """The rehearsal of Valencia as it stands."""

    def look(tx: Transaction) -> tuple[copies.Copy, waves.Wave, dict[int, datetime]]:
        (city,) = cities.find(tx, "valencia")
        wave = waves.current(tx, city.id)
        assert wave is not None
        people = {mate.name: mate.respondent for mate in teams.mates(tx, wave.id)}
        people |= {name.partition(" ")[0]: respondent for name, respondent in people.items() if name not in done}
        finishing = {people[name]: now + after for name, after in done.items()}
        return copies.read(tx, city.id, wave.id), wave, finishing

    copied, wave, finishing = database.read(look)
    return rehearse(copied, wave, now, finishing, lambda _: None)


@pytest.mark.parametrize("done", [{}, {"Ana": FINISH["Ana"]}, FINISH])
def test_what_is_rehearsed_is_what_is_sent(
    reopen: Callable[[], Database], clock: Clock, tmp_path: Path, done: dict[str, timedelta]
) -> None:
    """The same reminders, digests and words at the close, to the same people, at the same instants."""
    stage = Stage(reopen, clock, tmp_path / "files")
    for line in BEGINNING:
        stage.play(line)
    rehearsed = played(reopen(), clock(), done)
    stage.sent.clear()
    for line in CAMPAIGN:
        name = line.partition(" ")[0]
        if line.startswith("("):
            stage.play(line)
        elif name in done:
            stage.play(f"({line})")
    sent = sorted((at, name, kind) for at, name, message in stage.sent if (kind := told(message)))
    assert sorted((one.at, one.person, one.kind) for one in rehearsed) == sent
    assert {kind for *_, kind in sent} == {"reminder", "close", "result"} | ({"digest"} if len(done) < 2 else set())
    assert len(sent) > 8


def test_a_rehearsal_changes_nothing(database: Database, clock: Clock) -> None:
    """Neither store, nor diary, nor what is owed: what falls due afterwards is what fell due before."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.told()
    before = database.read(lambda tx: copies.read(tx, team.city.id, team.wave.id))
    assert played(database, clock(), {"Ana": timedelta(days=1)})
    assert database.read(lambda tx: copies.read(tx, team.city.id, team.wave.id)) == before
    assert team.told() == {}


def test_a_full_campaign_of_twenty_is_rehearsed_in_seconds(database: Database, clock: Clock) -> None:
    """All of them in the full form, half of them finish; measured: under a second."""
    team = Team(database, clock, form="full", days=21)
    team.join("Eva", "coordinator")
    for number in range(19):
        team.join(f"Person {number}", "respondent", ("mobility", "environment", "it")[number % 3])
    started = perf_counter()
    said = played(database, clock(), {f"Person {n}": timedelta(days=n) for n in range(0, 19, 2)})
    assert perf_counter() - started < 10
    assert len(said) > 60


def test_a_wave_without_a_close_is_played_for_two_months(database: Database, clock: Clock) -> None:
    """Its reminders, and no word of a close."""
    team = Team(database, clock, days=None)
    team.join("Eva", "coordinator")
    said = played(database, clock(), {})
    assert [(one.kind, one.reason) for one in said] == [("reminder", f"day_{day}") for day in (2, 5, 9)]


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, clock: Clock) -> Team:
    """Valencia with Eva and Ana in the store of the commands, which rehearse it from the test's own moment."""
    monkeypatch.setattr("bot.commands.rehearsing.now", clock)
    opened = open_database(sqlite_url)
    team = Team(opened, clock, days=20)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    opened.close()
    return team


@pytest.mark.usefixtures("city")
def test_the_calendar_is_told_to_people_and_to_programs(run: Run) -> None:
    """The same messages in both; each with its instant, person, kind and reason."""
    shown = read(run("rehearse", "valencia", "--json"))
    assert set(shown) == {"city", "wave", "timezone", "from", "closes", "messages", "problems"}
    assert (shown["city"], shown["timezone"]) == ("valencia-es", "Europe/Madrid")
    assert {one["person"] for one in shown["messages"]} == {"Eva", "Ana"}
    keys = {"at", "local", "person", "department", "kind", "reason", "minutes", "left", "about"}
    assert all(set(one) == keys for one in shown["messages"])
    text = run("rehearse", "valencia")
    assert text.count("reminder, ") == sum(one["kind"] == "reminder" for one in shown["messages"])
    assert "Ana (mobility)  reminder, second day: 2 questions, 1 min left" in text
    assert text.count("told that the round is closed") == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "Ana: {day}\n"),
        ("a.yaml", "ana: {day}T08:00\n"),
        ("a.csv", "who,when\nAna,{day}\n"),
        ("a.csv", "who;when\nAna;{day}\n"),
    ],
)
def test_who_finishes_is_given_in_a_file(run: Run, city: Team, tmp_path: Path, name: str, content: str) -> None:
    """From that day on nobody reminds Ana; the close is told to her all the same."""
    file = tmp_path / name
    day = city.clock().date().isoformat()
    file.write_text(content.format(day=day), encoding="utf-8")
    shown = read(run("rehearse", "valencia", "--answers", str(file), "--json"))
    assert [one["kind"] for one in shown["messages"] if one["person"] == "Ana"] == ["close"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Zoe: 2026-12-01", "none of the wave is called “Zoe”"),
        ("Ana: soon", "“soon” is no day"),
        ("- Ana", "cannot be read"),
        ("Ana: [", "cannot be read"),
    ],
)
@pytest.mark.usefixtures("city")
def test_a_file_that_cannot_be_read_is_said(run: Run, tmp_path: Path, content: str, said: str) -> None:
    """What is wrong, and how to write it."""
    file = tmp_path / "answers.yaml"
    file.write_text(content, encoding="utf-8")
    assert said in run("rehearse", "valencia", "--answers", str(file), fails=2)
    assert "cannot be read" in run("rehearse", "valencia", "--answers", str(tmp_path / "none.csv"), fails=2)


def test_there_is_nothing_to_rehearse_without_an_open_wave(run: Run) -> None:
    """It says how to open one."""
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    assert "wave open lugano-ch" in run("rehearse", "lugano-ch", fails=2)


def test_the_doctor_names_statements_that_are_nobodys(run: Run, city: Team, sqlite_url: str) -> None:
    """They can only be nobody's by a bug, or by somebody who edits the store."""
    assert "asks nobody" not in run("doctor")
    opened = open_database(sqlite_url)

    def lose(tx: Transaction) -> None:
        (eva,) = [mate for mate in teams.mates(tx, city.wave.id) if mate.name == "Eva"]
        standing = teams.standing(tx, eva.row)
        assert standing is not None
        kept = replace(standing.session, scope=tuple(c for c in eva.session.scope or () if c not in of("safety")))
        sessions.keep(tx, standing, kept, city.clock())

    write(opened, lose)
    opened.close()
    assert f"asks nobody for {of('safety')[0].rpartition('.')[0]}" in run("doctor", fails=1)


def test_who_is_away_past_the_close_is_listed_when_they_hear_of_it(database: Database, clock: Clock) -> None:
    """A month after the close too, and at the instant at which it is said."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Ana", "/away until 8 January"))
    team.told()
    (at,) = [one.at for one in played(database, clock(), {}) if (one.person, one.kind) == ("Ana", "close")]
    assert f"{at:%Y-%m-%d %H:%M}" == "2027-01-11 09:00"
    for moment in (team.wave.closes_at, at):
        assert moment is not None
        clock.at = moment
        team.look()
    assert [
        told(word(one, team.session("Ana"), library.instrument(*library.DEFAULT))) for one in team.told()["Ana"]
    ] == ["close"]
