"""When a home is to be published again: after what changes it, and not at every turn."""

import pytest

from bot.home import look
from flows.events import Answered, Ended, HandedOn
from storage import homes
from storage.database import Database, write
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.test_home import shown


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """A city with its coordinator and two heads."""
    one = Team(database, clock)
    one.join("Eva", "coordinator")
    one.join("Ana", "respondent", "mobility")
    one.join("Ben", "respondent", "it")
    return one


def published(team: Team, name: str) -> str:
    """Somebody's home is read and published now."""
    seen = look(shown(team, name))
    assert write(team.database, lambda tx: homes.show(tx, CHANNEL, team.chat(name), seen, team.clock()))
    return seen


def due(team: Team) -> list[str]:
    """Whose home is to be looked at again."""
    found = team.database.read(lambda tx: homes.due(tx, CHANNEL, team.clock()))
    return [one.chat.rpartition("/")[2] for one in found]


def rested(team: Team) -> None:
    """So long that what happens next is new, and every home may be looked at again."""
    team.clock.pass_(seconds=(homes.REST + homes.OVERLAP).total_seconds())


def test_a_home_is_due_once_something_in_it_changed(team: Team) -> None:
    """One's own answer, for the coordinator anybody's; not others' homes, and not those never opened."""
    rested(team)
    looks = {name: published(team, name) for name in ("Eva", "Ana")}
    rested(team)
    assert due(team) == []
    key = (team.scope("Ana") or ("",))[0]
    team.act(("Ana", Answered(key, "3")))
    assert sorted(due(team)) == ["Ana", "Eva"]
    rested(team)
    assert all(published(team, name) != before for name, before in looks.items())
    rested(team)
    assert due(team) == []
    team.act(("Ben", Answered((team.scope("Ben") or ("",))[0], "3")))
    assert due(team) == ["Eva"]


def test_a_home_rests_between_two_looks(team: Team) -> None:
    """A busy team does not publish at every turn, and nothing is missed by it."""
    rested(team)
    published(team, "Eva")
    team.act(("Ana", Answered((team.scope("Ana") or ("",))[0], "3")))
    assert due(team) == []
    team.clock.pass_(seconds=homes.REST.total_seconds())
    assert due(team) == ["Eva"]


def test_a_turn_that_was_committed_late_is_seen(team: Team) -> None:
    """It bears the time before the home was read, and was not in it yet."""
    rested(team)
    team.act(("Ana", Answered((team.scope("Ana") or ("",))[0], "3")))
    team.clock.pass_(seconds=1)
    published(team, "Ana")
    rested(team)
    assert due(team) == ["Ana"]
    published(team, "Ana")
    rested(team)
    assert due(team) == []


def test_everybody_sees_the_close_and_whoever_is_handed_something(team: Team) -> None:
    """Though nobody's answers changed."""
    rested(team)
    for name in ("Eva", "Ana", "Ben"):
        published(team, name)
    rested(team)
    team.act(("Ana", HandedOn((team.scope("Ana") or ("",))[0], team.id("Ben"), "")))
    assert sorted(due(team)) == ["Ana", "Ben", "Eva"]
    rested(team)
    for name in ("Eva", "Ana", "Ben"):
        published(team, name)
    rested(team)
    assert due(team) == []
    team.act(("Eva", Ended(sure=True)))
    assert sorted(due(team)) == ["Ana", "Ben", "Eva"]


def test_a_home_of_nobody_is_not_noted(team: Team) -> None:
    """It has no address; and other channels' homes are theirs."""
    assert not write(team.database, lambda tx: homes.show(tx, CHANNEL, "nobody", "look", team.clock()))
    published(team, "Ana")
    rested(team)
    team.act(("Ana", Answered((team.scope("Ana") or ("",))[0], "3")))
    assert team.database.read(lambda tx: homes.due(tx, "elsewhere", team.clock() + homes.REST)) == []
