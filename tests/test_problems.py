"""What may go wrong in a campaign, named before it does."""

from bot.problems import Problem, problems, unasked
from flows.events import Consented, Left
from storage import invitations
from storage.database import Database, write
from storage.invitations import Invitation
from tests.acting import Team
from tests.conftest import Clock


def found(team: Team) -> dict[str, Problem]:
    """The problems by kind."""
    return {one.kind: one for one in team.database.read(lambda tx: problems(tx, team.city, team.wave, team.clock()))}


def test_a_city_in_which_all_is_well_has_no_problem(database: Database, clock: Clock) -> None:
    """A coordinator and two heads, a close on a Thursday."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    assert found(team) == {}


def test_statements_that_nobody_is_asked_are_named(database: Database, clock: Clock) -> None:
    """By capability where all of it is meant, by department, and not what somebody invited will be asked."""
    team = Team(database, clock)
    assert set(found(team)) == {"nobody", "nobody_asked", "department"}
    team.join("Ana", "respondent", "mobility")
    lacking = found(team)["nobody_asked"]
    assert set(lacking.about) == {f"{d}.{c}" for d in range(1, 6) for c in range(1, 6)} - {"4.2", "5.2"}
    assert found(team)["department"].about[0] != "mobility"
    assert database.read(lambda tx: unasked(tx, team.wave)) == ()  # no coordinator has come, so nobody is at fault
    invitation = Invitation(team.city.id, "coordinator", "Eva")
    write(database, lambda tx: invitations.issue(tx, invitation, clock()))
    assert found(team) == {}


def test_days_and_people_that_hold_a_campaign_up_are_named(database: Database, clock: Clock) -> None:
    """A Sunday, too many for one head, a chat that is gone, an invitation that ends too soon, no close at all."""
    team = Team(database, clock, form="full", days=27)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Ana", Left()))
    invitation = Invitation(team.city.id, "respondent", "Ben", "environment")
    write(database, lambda tx: invitations.issue(tx, invitation, clock()))
    problem = found(team)
    assert set(problem) == {"holiday", "too_many", "unreachable", "expires"}
    assert problem["holiday"].text == "The closing day, Sunday 20 December, is no working day."
    count = len(team.scope("Eva") or ())
    assert problem["too_many"].text == f"{count} statements are open for Eva alone."
    assert problem["unreachable"].about == ("Ana",)
    assert problem["expires"].text == "The invitation of Ben ends on Monday 14 December, before the close."
    assert "no_close" in found(Team(database, clock, days=None))


def test_what_only_belongs_to_somebody_who_takes_no_part_is_nobodys(database: Database, clock: Clock) -> None:
    """The coordinator has time to give it to another."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Ana", Consented(agreed=False)))
    assert found(team)["nobody_asked"].about == ("4.2", "5.2")
    assert found(team)["department"].about[0] == "mobility"
    team.act(("Eva", "/assign mobility Eva"))
    assert found(team) == {}
    assert database.read(lambda tx: unasked(tx, team.wave)) == ()
