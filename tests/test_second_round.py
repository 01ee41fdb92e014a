"""The round after a round: who took part is called into it by day, is one person in whatever chat, and is told once."""

from datetime import UTC, datetime

from bot.conversation.entering import call
from flows.arrivals import Linked
from flows.doorway import LinkCode
from flows.events import Consented, Ended, Silenced
from flows.prompts import Notice
from flows.teamwork import Reminder
from storage.database import Database, write
from tests.acting import Team
from tests.conftest import Clock


def opened(team: Team) -> None:
    """The first round ends, and another opens, as the command line does it."""
    team.act(("Eva", Ended(sure=True)))
    team.look()
    team.told()
    wave = team.open()
    write(team.database, lambda tx: call(tx, wave, team.clock()))


def reasons(team: Team) -> dict[str, list[str]]:
    """Why each person is reminded now."""
    team.look()
    return {who: [getattr(one, "reason", "") for one in said] for who, said in team.told().items()}


def city(database: Database, clock: Clock) -> Team:
    """Eva leads; Ana answers, Ben wants no reminders, Cai takes no part."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    for name in ("Ana", "Ben", "Cai"):
        team.join(name, "respondent", "mobility")
    team.act(("Ben", Silenced()), ("Cai", Consented(agreed=False)))
    return team


def test_a_new_round_is_told_to_whoever_took_part(database: Database, clock: Clock) -> None:
    """By one message with its buttons; those who wanted no more of them come when they like."""
    team = city(database, clock)
    opened(team)
    assert reasons(team) == {"Eva": ["opened"], "Ana": ["opened"]}
    assert [mate.name for mate in team.mates()] == ["Eva", "Ana"]
    clock.pass_(days=2)
    assert reasons(team) == {"Eva": ["day_2"], "Ana": ["day_2"]}
    team.check()


def test_a_round_that_opens_in_the_night_is_told_in_the_morning(database: Database, clock: Clock) -> None:
    """At ten, and once; who writes before hears of it then, and no more in the morning."""
    team = city(database, clock)
    clock.at = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    opened(team)
    assert reasons(team) == {}
    team.act(("Ana", "3"))
    told = team.told()["Ana"]
    assert told[0] == Notice("new_wave")
    assert team.session("Ana").responses == {}
    clock.at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    told_by_day = reasons(team)
    assert told_by_day["Eva"] == ["opened"]
    assert "Ana" not in told_by_day
    team.check()


def test_the_word_of_a_round_is_no_reminder(database: Database, clock: Clock) -> None:
    """The coordinator hears of who is silent after three reminders that follow it."""
    team = city(database, clock)
    opened(team)
    team.look()
    assert team.session("Ana").reminders.count == 0
    assert [type(one) for one in team.told()["Ana"]] == [Reminder]


def test_two_chats_are_one_person_in_the_next_round_too(database: Database, clock: Clock) -> None:
    """Whichever of them speaks first, the other follows; nobody is on the board twice."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.told()
    team.act(("Ana", Linked()))
    (code,) = team.told()["Ana"]
    assert isinstance(code, LinkCode)
    team.act(("Desk", Linked(code.code)), ("Eva", Ended(sure=True)))
    team.open()
    team.at_once(("Ana", "/continue"), ("Desk", "/continue"))
    team.act(("Ana", "3"), ("Desk", "4"), ("Eva", "/team"))
    assert [mate.name for mate in team.mates()] == ["Ana", "Eva"]
    assert len(team.session("Ana").responses) == 2
    team.check()
