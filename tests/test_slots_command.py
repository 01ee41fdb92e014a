"""`slots`: times published, listed and taken back on the command line, and what is said of what cannot be."""

import pytest

from bot.conversation.meetings import arrange
from flows.prompts import Prompt
from flows.prompts.appointments import MeetingPaper
from flows.turn import Booking
from storage import slots, teams
from storage.database import Database, Transaction, write
from storage.opening import open_database
from tests.acting import Team
from tests.conftest import Clock
from tests.test_commands import Run, read, run

__all__ = ["run"]

AT = "2026-12-01 10:00 Europe/Madrid"
OFFER = ("slots", "add", "--kind", "kick-off", "--link", "https://meet.example/room", "--expert", "Iris")


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, clock: Clock) -> Team:
    """Valencia with Eva, in the store of the commands, at the test's own moment."""
    monkeypatch.setattr("bot.commands.meetings.now", clock)
    team = Team(open_database(sqlite_url), clock)
    team.join("Eva", "coordinator")
    team.told()
    return team


def book(team: Team, slot: int) -> tuple[Prompt, ...]:
    """Eva books."""

    def work(tx: Transaction) -> tuple[Prompt, ...]:
        standing = teams.standing(tx, team.mate("Eva").row)
        assert standing is not None
        return arrange(tx, standing, Booking(str(slot)), team.clock())

    return write(team.database, work)


@pytest.mark.usefixtures("team")
def test_times_are_published_and_listed(run: Run) -> None:
    """For any city or for one, whose clock is meant where no place is named."""
    assert "Tue 1 Dec 2026 10:00 (Europe/Madrid), 60 min, Iris. Any city can book it" in run(*OFFER, "--at", AT)
    own = read(run(*OFFER, "--at", "2026-12-02 16:30", "--city", "valencia", "--minutes", "45", "--json"))
    keys = ["id", "kind", "starts_at", "minutes", "link", "expert", "city", "offered_to"]
    assert list(own) == keys
    assert (own["starts_at"], own["minutes"], own["city"]) == ("2026-12-02T15:30:00Z", 45, None)
    assert own["offered_to"] == "valencia-es"
    listed = read(run("slots", "list", "--json"))
    assert [list(one) for one in listed] == [keys, keys]
    told = run("slots", "list")
    assert "kick-off, Tue 1 Dec 2026 09:00 (UTC), 60 min, Iris, free\n" in told
    assert "16:30 (Europe/Madrid), 45 min, Iris, free, for Valencia only" in told
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    assert len(read(run("slots", "list", "--city", "lugano", "--json"))) == 1


def test_a_time_that_is_booked_is_taken_back_with_a_word_to_the_city(run: Run, team: Team) -> None:
    """And only once; the coordinator gets what takes it out of the calendar."""
    slot = read(run(*OFFER, "--at", AT, "--json"))["id"]
    book(team, slot)
    team.told()
    assert "booked by Valencia" in run("slots", "list")
    assert "Valencia, which had booked it, is told." in run("slots", "remove", str(slot))
    assert [one.change for one in team.told()["Eva"] if isinstance(one, MeetingPaper)] == ["withdrawn"]
    assert "was taken back before" in run("slots", "remove", str(slot), fails=2)
    assert "No time is to come" in run("slots", "list")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--at", "2026-12-01 10:00"), "Whose clock is that?"),
        (("--at", "2026-12-01 10:00 Europe/Atlantis"), "no time zone “Europe/Atlantis”"),
        (("--at", "2026-11-01 10:00 Europe/Madrid"), "is over"),
        (("--at", "2062-11-01 10:00 Europe/Madrid"), "more than a year away"),
        (("--at", "soon"), "“soon” is no day and hour"),
        (("--at", AT, "--city", "Atlantis"), "no city “Atlantis”"),
        (("--at", AT, "--link", "meet.example"), "“meet.example” is no link"),
        (("--at", AT, "--expert", " "), "--expert NAME"),
    ],
)
@pytest.mark.usefixtures("team")
def test_what_cannot_be_published_is_said_in_a_sentence(run: Run, given: tuple[str, ...], said: str) -> None:
    """Exit code 2, and nothing is kept."""
    assert said in run(*OFFER, *given, fails=2)
    assert read(run("slots", "list", "--json")) == []


def test_an_expert_is_in_one_meeting_at_a_time(run: Run, team: Team) -> None:
    """A second time that overlaps is refused, whoever offers it; one right after it is not."""
    run(*OFFER, "--at", AT)
    assert "another meeting" in run(*OFFER, "--at", "2026-12-01 10:59 Madrid", "--expert", "IRIS", fails=2)
    run(*OFFER, "--at", "2026-12-01 11:00 Madrid")
    run(*OFFER, "--at", AT, "--expert", "Olga")
    assert len(_coming(team.database, team.clock)) == 3


def test_of_a_city_whose_clock_nobody_knows_a_place_is_asked_for(run: Run, team: Team) -> None:
    """Spain has more than one time: UTC is only what is taken until somebody says where the city is."""
    run("city", "add", "Toledo", "--country", "ES", "--population", "85000")
    assert "Whose clock is that?" in run(*OFFER, "--at", "2026-12-01 10:00", "--city", "toledo", fails=2)
    assert _coming(team.database, team.clock) == []


def test_what_is_not_there_or_over_is_not_taken_back(run: Run, team: Team) -> None:
    """Each says why."""
    slot = read(run(*OFFER, "--at", AT, "--json"))["id"]
    assert "There is no time 99" in run("slots", "remove", "99", fails=2)
    team.clock.pass_(days=20)
    assert "is over" in run("slots", "remove", str(slot), fails=2)


def _coming(database: Database, clock: Clock) -> list[slots.Slot]:
    return database.read(lambda tx: slots.coming(tx, clock()))
