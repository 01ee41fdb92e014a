"""The desk after the close, and what the next round makes of it."""

import pytest

from flows.events import Answered, Ended
from flows.events.differing import Inquired, Viewed
from flows.prompts.desks import AskView
from model import library
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.test_desk import CODE, LEVELS, differing, dispute, kinds, team_codes, told


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Three people differ about one statement."""
    return differing(Team(database, clock))


def test_after_the_close_the_desk_is_open_and_the_answers_are_not(team: Team) -> None:
    """Asking, saying why and agreeing work until the next round; a level changes no more."""
    team.act(("Eva", Ended(sure=True)), ("Eva", Inquired(CODE)))
    asked = [one for one in team.told()["Ana"] if isinstance(one, AskView)]
    assert [one.open for one in asked] == [False]
    team.act(("Ana", "It is only a plan so far."), ("Ana", Answered(CODE, "4")))
    assert kinds(team.told()["Ana"]) == ["ViewKept", "closed"]
    team.act(("Eva", f"/agree {CODE} 2 it is a plan"))
    assert [(one.text, one.level, one.name) for one in dispute(team).views] == [("It is only a plan so far.", 1, "")]
    assert dispute(team).agreed == 2


def test_the_next_round_has_a_desk_of_its_own(team: Team) -> None:
    """Nobody waits for anything of the round before, and its buttons change nothing."""
    team.act(("Eva", f"/agree {CODE} 3 half of it"), ("Eva", Inquired(CODE)), ("Eva", Ended(sure=True)))
    old = team.session("Ana").id
    team.open()
    team.act(("Ana", "/progress"), ("Eva", "/progress"))
    assert team.session("Ana").id != old
    assert team.session("Ana").desk.asked == {}
    assert kinds(told(team, "Ana", Viewed(CODE, "view")))[0] == "view_late"
    assert kinds(told(team, "Eva", "/desk")) == ["desk_empty"]


def test_the_next_round_asks_anew_what_is_open_and_offers_what_is_settled(team: Team) -> None:
    """Of two statements that hardly age and are disputed, the one that was settled may be kept in one go."""
    told_of = library.instrument(team.wave.instrument, team.wave.version)
    open_one, settled = [code for code in team_codes(team) if told_of.indicators[code].ages == "two_years"][:2]
    for name, level in LEVELS.items():
        team.act((name, Answered(open_one, level)), (name, Answered(settled, level)))
    team.act(("Eva", f"/agree {settled} 3 half of it"), ("Eva", Ended(sure=True)))
    team.open()
    team.act(("Ana", "/progress"))
    known = team.session("Ana").last_time
    assert known.offered == (settled,)
    assert {open_one, settled} <= set(known.values)
