"""Another wave: who took part before is in it at once, hears of it by day, and speaks in it from every chat."""

from datetime import UTC, datetime

import pytest

from flows.events import Consented, Ended, Silenced, Started
from flows.events.arrivals import Linked
from flows.prompts.doorway import LinkCode
from flows.prompts.teamwork import Reminder
from flows.together.team import refused
from storage import invitations
from storage.database import Database, write
from storage.invitations import Invitation
from tests.acting import Team
from tests.conftest import Clock
from tests.test_diary import reminded

FRIDAY_EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Eva leads, Ana and Ben answer, Cai wants no reminders, Dora said no; the first wave is closed on a Friday."""
    made = Team(database, clock)
    made.join("Eva", "coordinator")
    made.join("Ana", "respondent", "mobility")
    made.join("Ben", "respondent", "environment")
    made.join("Cai", "respondent", "safety")
    made.act(("Cai", Silenced()))
    invitation = Invitation(made.city.id, "respondent", "Dora", "social")
    code = write(database, lambda tx: invitations.issue(tx, invitation, clock()))
    made.act(("Dora", Started(code)), ("Dora", Consented(agreed=False)), ("Ana", "3"))
    clock.at = FRIDAY_EVENING
    made.act(("Eva", Ended(sure=True)))
    made.look()
    made.told()
    return made


def test_nobody_is_written_to_on_a_friday_evening(team: Team) -> None:
    """On Monday at ten they hear of it, two days later is the first reminder; who said stop or no hears nothing."""
    team.open(days=17)
    assert team.told() == {}
    told = reminded(team, 7)
    assert told["Ana"][-2:] == ["30 09 new_round", "02 09 day_2"]
    assert told["Eva"][-2:] == ["30 09 new_round", "02 09 day_2"]
    assert [one for one in told.get("Cai", []) if "wave_closed" not in one] == []
    assert "Dora" not in told


def test_everybody_who_took_part_is_on_the_board(team: Team) -> None:
    """With what was theirs before; who said no is not."""
    before = {mate.name: mate.session.scope for mate in team.mates()}
    team.open()
    after = {mate.name: mate.session.scope for mate in team.mates()}
    assert set(after) == {"Eva", "Ana", "Ben", "Cai"}
    assert all(after[name] == before[name] for name in ("Ana", "Ben", "Cai"))
    assert not any(refused(mate.session) for mate in team.mates())
    team.check()


def test_who_writes_before_being_told_is_told_then(team: Team) -> None:
    """What Ana types on Saturday was said to the old round and answers nothing. On Monday she is not told again."""
    team.open(days=17)
    team.act(("Ana", "4"))
    assert "new_wave" in team.notices("Ana")
    assert team.session("Ana").responses == {}
    team.act(("Ana", "4"))
    assert len(team.session("Ana").responses) == 1
    team.told()
    assert "30 09 new_round" not in reminded(team, 4).get("Ana", [])


def test_a_second_chat_comes_along(team: Team) -> None:
    """What Ana joined to her chat before is the same conversation in the new round: one session, whichever is first."""
    team.act(("Ana", Linked()))
    (code,) = team.told()["Ana"]
    assert isinstance(code, LinkCode)
    team.act(("Desk", Linked(code.code)))
    team.told()
    team.open(days=17)
    team.at_once(("Ana", "/continue"), ("Desk", "/continue"))
    assert [mate.name for mate in team.mates()].count("Ana") == 1
    team.act(("Ana", "3"), ("Desk", "4"), ("Eva", "/team"))
    assert len(team.session("Ana").responses) == 2
    team.check()


def test_what_is_left_and_the_close_are_said(team: Team) -> None:
    """The word of a new round is a reminder that does not count as one."""
    team.open(days=17)
    team.clock.at = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    team.look()
    (said,) = team.told()["Ben"]
    assert isinstance(said, Reminder)
    assert (said.reason, said.left, said.closes) == ("new_round", 2, "2026-12-14")
    assert team.session("Ben").reminders.count == 0


def test_who_is_away_hears_of_it_afterwards_and_of_nothing_else_that_day(team: Team) -> None:
    """Ben comes back on Thursday: then he is told, and two days later, after the weekend, reminded."""
    team.act(("Ben", "/away until 2 December"))
    team.told()
    team.open(days=24)
    assert reminded(team, 11)["Ben"] == ["03 09 new_round", "07 09 day_2"]
