"""Whose statements are whose, in whatever order people come; and the coordinator's board."""

import pytest

from flows.events import Ended, Given
from flows.prompts.teamwork import Passed
from model import library
from storage.database import Database
from tests.acting import Team, of
from tests.conftest import Clock

ALL = tuple(
    one.code for capability in library.instrument(*library.DEFAULT).capabilities() for one in capability.asked("short")
)


def rest(*departments: str) -> tuple[str, ...]:
    """All statements but those of these departments."""
    taken = {code for department in departments for code in of(department)}
    return tuple(code for code in ALL if code not in taken)


@pytest.mark.parametrize("order", [("Eva", "Ana", "Ben"), ("Ana", "Eva", "Ben"), ("Ana", "Ben", "Eva")])
def test_heads_may_come_in_any_order(database: Database, clock: Clock, order: tuple[str, ...]) -> None:
    """Whoever comes first: each department's statements are its head's, and the rest the coordinator's."""
    team = Team(database, clock)
    people = {"Eva": None, "Ana": "mobility", "Ben": "environment"}
    for name in order:
        team.join(name, "respondent" if people[name] else "coordinator", people[name])
    assert team.scope("Ana") == of("mobility")
    assert team.scope("Ben") == of("environment")
    assert team.scope("Eva") == rest("mobility", "environment")
    team.check()


def test_two_heads_of_one_department_are_both_asked(database: Database, clock: Clock) -> None:
    """Their answers are pooled; the coordinator is asked neither time."""
    team = Team(database, clock)
    for name, role, department in (("Ana", "respondent", "mobility"), ("Eva", "coordinator", None)):
        team.join(name, role, department)  # type: ignore[arg-type]
    team.join("Ben", "respondent", "mobility")
    assert team.scope("Ana") == team.scope("Ben") == of("mobility")
    assert team.scope("Eva") == rest("mobility")


def test_a_coordinator_of_a_department_has_all_the_rest_too(database: Database, clock: Clock) -> None:
    """An invitation as coordinator for mobility is not one to mobility's two statements only."""
    team = Team(database, clock)
    team.join("Eva", "coordinator", "mobility")
    assert team.scope("Eva") is None
    team.join("Ana", "respondent", "environment")
    assert team.scope("Eva") == rest("environment")
    team.join("Ben", "respondent", "mobility")
    assert team.scope("Eva") == rest("environment")
    team.check()


def test_what_the_coordinator_has_answered_stays_answered(database: Database, clock: Clock) -> None:
    """A head who comes later is asked as well; the coordinator's answer is kept."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    mine = of("mayor")[0]
    team.act(("Eva", "3"))
    team.join("Ana", "respondent", "mayor")
    scope = team.scope("Eva")
    assert scope is not None
    assert mine in scope
    assert team.scope("Ana") == of("mayor")
    team.check()


def test_the_next_wave_is_shared_out_again(database: Database, clock: Clock) -> None:
    """In the full form too every statement is somebody's, before anybody has written."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Eva", Ended(sure=True)))
    team.open("full")
    assert team.scope("Ana") == of("mobility", "full")
    assert not set(team.scope("Eva") or ()) & set(of("mobility", "full"))
    team.check()


def test_the_coordinator_assigns_by_button_and_by_text(database: Database, clock: Clock) -> None:
    """A department, a capability or a statement; what is given is not asked of the coordinator any more."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    wanted = set(of("mobility"))
    for said, items in (
        (Given(team.id("Ana"), "@safety"), of("safety")),
        ("/assign environment ana", of("environment")),
        ("/assign 1.1 An", ("1.1.1",)),
        ("/assign 1.2.1 ANA", ("1.2.1",)),
    ):
        team.told()
        team.act(("Eva", said))
        wanted |= set(items)
        assert set(team.scope("Ana") or ()) == wanted, said
        assert not set(team.scope("Eva") or ()) & set(items), said
        told = team.told()
        assert told["Eva"] == [Passed("assigned", items, "", "Ana")]
        assert told["Ana"] == [Passed("given", items, "Eva", "")]
        team.check()
