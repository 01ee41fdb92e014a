"""Any team, doing anything in any order: no statement is ever nobody's."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.events import Answered, AnyEvent, Continued, Ended, Given, HandedOn, Skipped, Took
from storage.database import Database
from tests.acting import Team, of
from tests.conftest import Clock

NAMES = ("Eva", "Ana", "Ben")
CODES = ("1.1.1", "3.4", *of("mobility"), *of("environment"), "5.1")
DOES = st.sampled_from(("hand", "take", "refuse", "give", "answer", "join", "note", "skip", "end"))
ACTS = st.lists(st.tuples(DOES, st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(CODES)), max_size=14)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ACTS)
def test_every_statement_is_always_somebodys(database: Database, acts: list[tuple[str, str, str, str]]) -> None:
    """Whatever three people do in whatever order: each statement is asked of somebody, or on offer to somebody."""
    team = Team(database, Clock())
    team.join("Eva", "coordinator")
    departments = {"Ana": "mobility", "Ben": "environment"}
    for does, name, other, code in acts:
        here = {mate.name for mate in team.mates()}
        if does == "join" and name not in here:
            team.join(name, "respondent", departments[name])
        elif does == "end":
            team.act(("Eva", Ended(sure=True)))
            team.open("full" if code == "3.4" else "short")
            team.act(("Eva", Continued()))
        elif name in here and other in here:
            team.act((name, _event(team, does, other, code)))
        team.check()


def _event(team: Team, does: str, other: str, code: str) -> AnyEvent | str:
    """What somebody does, as a button or a line of theirs."""
    match does:
        case "hand":
            return HandedOn(code, team.id(other))
        case "give":
            return Given(team.id(other), code)
        case "take" | "refuse":
            try:
                return Took(team.offer(), agreed=does == "take")
            except IndexError:
                return Took("1", agreed=True)
        case "note":
            return "This is yours, I think."
        case "skip":
            return Skipped()
    return Answered(code, "3")
