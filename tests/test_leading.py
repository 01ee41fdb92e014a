"""The coordinator leads: what is understood, what only they may do, and two of them at the same moment."""

import pytest

from flows.events import Ended, Looked, Moved, Nudged
from flows.prompts import Notice
from flows.prompts.teamwork import AskEnd, Person, Reminder
from flows.prompts.teamwork import Team as Board
from storage import cities, waves
from storage.database import Database, write
from tests.acting import Team
from tests.conftest import Clock


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("/assign 1.1 Zoe", "nobody_of_that_name"),
        ("/assign 1.1", "assign_how"),
        ("/assign 1.1 An", "nobody_of_that_name"),  # Ana, or Anabel?
        ("/assign 9.9 Ana", "nothing_of_that_code"),
        ("/assign parks Ana", "nothing_of_that_code"),
        ("/deadline", "day_not_understood"),
        ("/deadline +", "day_not_understood"),
        ("/deadline +soon", "day_not_understood"),
        ("/deadline +99999999999", "day_not_understood"),
        ("/deadline 31.12.9999", "day_not_understood"),
        ("/deadline yesterday", "day_in_past"),
        ("/deadline 1.1.2020", "day_in_past"),
    ],
)
def test_what_is_not_understood_is_said_and_changes_nothing(
    database: Database, clock: Clock, said: str, kind: str
) -> None:
    """Names of nobody or of two, codes of nothing, days that are none; also where somebody is only invited."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.join("Anabel", "respondent", "mobility")
    before = team.mates()
    team.told()
    team.act(("Eva", said))
    assert team.notices("Eva") == [kind]
    assert team.mates() == before
    assert database.read(lambda tx: waves.find(tx, team.wave.id)) == team.wave


def test_an_exact_name_wins_over_one_that_begins_with_it(database: Database, clock: Clock) -> None:
    """Ana is Ana, although there is Anabel."""
    team = Team(database, clock)
    for name in ("Eva", "Ana", "Anabel"):
        team.join(name, "coordinator" if name == "Eva" else "respondent", None if name == "Eva" else "mobility")
    team.act(("Eva", "/assign 1.1 ana"))
    assert "1.1.1" in (team.scope("Ana") or ())
    assert "1.1.1" not in (team.scope("Anabel") or ())


@pytest.mark.parametrize(
    "said", ["/team", "/assign 1.1 Eva", "/deadline tomorrow", Moved("+7"), Ended(sure=True), Nudged("1")]
)
def test_only_the_coordinator_leads(database: Database, clock: Clock, said: str | Moved) -> None:
    """A respondent who tries is told so, and nothing happens."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    before = team.mates()
    team.told()
    team.act(("Ana", said))
    assert team.notices("Ana") == ["coordinator_only"]
    assert team.mates() == before
    assert database.read(lambda tx: waves.find(tx, team.wave.id)) == team.wave


def test_two_coordinators_end_a_wave_at_once(database: Database, clock: Clock) -> None:
    """It is closed once; everybody is told once, and the slower one that it was closed."""
    team = Team(database, clock)
    for name in ("Eva", "Leo"):
        team.join(name, "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.told()
    team.at_once(("Eva", Ended(sure=True)), ("Leo", Ended(sure=True)))
    told = {name: [one.kind for one in said if isinstance(one, Notice)] for name, said in team.told().items()}
    assert told["Ana"] == ["wave_closed"]
    assert sorted(kind for name in ("Eva", "Leo") for kind in told[name]) == ["closed", "wave_closed", "wave_closed"]


def test_a_wave_moves_while_somebody_answers(database: Database, clock: Clock) -> None:
    """Both happen: the answer is kept, and the close is the new one."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    for _ in range(5):
        team.at_once(("Eva", Moved("+7")), ("Ana", "3"), ("Ana", "4"))
    moved = database.read(lambda tx: waves.find(tx, team.wave.id))
    assert moved is not None
    assert moved.closes_at is not None
    assert (moved.closes_at - clock()).days == 10 + 5 * 7
    assert len(team.session("Ana").responses) == 2
    team.check()


def test_a_wave_ends_while_somebody_answers(database: Database, clock: Clock) -> None:
    """The answer came before the close or was not kept; session and log agree either way."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.at_once(("Eva", Ended(sure=True)), ("Ana", "3"))
    before = team.session("Ana").responses
    team.act(("Ana", "4"))
    assert team.session("Ana").responses == before
    team.check()


def test_a_closed_wave_is_not_moved(database: Database, clock: Clock) -> None:
    """Whoever wins, a closed wave has no other close afterwards than the one it had."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Leo", "coordinator")
    team.at_once(("Eva", Ended(sure=True)), ("Leo", Moved("+7")))
    team.act(("Leo", Moved("+7")))
    found = database.read(lambda tx: waves.find(tx, team.wave.id))
    assert found is not None
    assert found.closed_at is not None
    assert found.closes_at is not None
    assert (found.closes_at - clock()).days in {10, 17}


def test_the_day_told_is_the_coordinators_own(database: Database, clock: Clock) -> None:
    """The end of the 14th in Lima is the 15th in UTC, and is told as the 14th."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.act(("Eva", "/timezone Lima"))
    team.told()
    team.act(("Eva", "/deadline 14 December"))
    (told,) = team.told()["Eva"]
    assert getattr(told, "about", "") == "2026-12-14"


def test_the_board_opens_by_command_and_is_not_in_the_surveys_way(database: Database, clock: Clock) -> None:
    """/team, /assign without anything, a person, the question before the end: none of them asks a statement."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    for said, kind in (("/team", Board), ("/assign", Board), (Ended(sure=False), AskEnd)):
        team.told()
        team.act(("Eva", said))
        assert [type(prompt) for prompt in team.told()["Eva"]] == [kind]


def test_two_coordinators_nudge_one_person_once(database: Database, clock: Clock) -> None:
    """One of them reminds, the other hears that it was done today."""
    team = Team(database, clock)
    for name in ("Eva", "Leo"):
        team.join(name, "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.told()
    team.at_once(("Eva", Nudged(team.id("Ana"))), ("Leo", Nudged(team.id("Ana"))))
    told = team.told()
    assert [type(prompt) for prompt in told["Ana"]] == [Reminder]
    assert sorted(getattr(told[name][0], "kind", "") for name in ("Eva", "Leo")) == ["not_nudged", "nudged"]


def test_the_coordinator_stays_one_after_trying_a_colleagues_invitation(database: Database, clock: Clock) -> None:
    """The city would have nobody to lead it; a respondent who is invited as coordinator becomes one."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Eva", "respondent", "mobility")
    assert team.session("Eva").role == team.mate("Eva").role == "coordinator"
    team.join("Ana", "respondent", "mobility")
    team.join("Ana", "coordinator")
    assert team.session("Ana").role == team.mate("Ana").role == "coordinator"
    team.check()


def test_a_place_is_told_by_its_city(database: Database, clock: Clock) -> None:
    """A coordinator's place is the city's, and of all who did not tell theirs; an unknown one is said."""
    team = Team(database, clock)
    for name in ("Eva", "Ana", "Ben"):
        team.join(name, "coordinator" if name == "Eva" else "respondent", None if name == "Eva" else "mobility")
    team.act(("Ana", "/timezone London"))
    team.told()
    team.act(("Eva", "/timezone Atlantis"))
    assert team.notices("Eva") == ["timezone_unknown"]
    team.act(("Eva", "/timezone America/New_York"))
    assert [team.session(name).timezone for name in ("Eva", "Ana", "Ben")] == [
        "America/New_York",
        "Europe/London",
        "America/New_York",
    ]
    assert [city.timezone for city in database.read(cities.every)] == ["America/New_York"]
    assert write(database, cities.every)[0].id == team.city.id
    team.told()
    team.act(("Ana", "/timezone"))
    assert team.notices("Ana") == ["timezone"]


def test_a_person_is_looked_at(database: Database, clock: Clock) -> None:
    """With what may be done about them."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.told()
    team.act(("Eva", Looked(team.id("Ana"))))
    (shown,) = team.told()["Eva"]
    assert isinstance(shown, Person)
    assert shown.member.name == "Ana"
