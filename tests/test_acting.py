"""Who leads an action and what became of it, said in chat, on a real store."""

from datetime import date

from flows.events import Asked, Ended
from flows.events.following import Acted, Became
from flows.prompts import Notice
from flows.prompts.following import Actions, AskBecame, AskDue, AskOwner, BecameTold, OneAction
from storage import actions, waves
from storage.actions import Kept
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock


def led(database: Database, clock: Clock) -> Team:
    """A city with a coordinator and a colleague."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "it")
    team.told()
    return team


def kept(team: Team, item: str = "3.2.1") -> tuple[str, date | None, str, str] | None:
    """How it stands in the current wave."""
    one = team.database.read(lambda tx: actions.of_wave(tx, team.wave.id)).get(item)
    return (one.owner, one.due, one.state, one.note) if one else None


def test_who_leads_and_by_when_is_typed_in_one_line(database: Database, clock: Clock) -> None:
    """What is not said stays as it was; all that was ever said is appended."""
    team = led(database, clock)
    team.act(("Eva", "/action 3.2.1 Ana Ruiz by 2027-03-31"))
    assert kept(team) == ("Ana Ruiz", date(2027, 3, 31), "open", "")
    team.act(("Eva", "/action 3.2.1 begun The pilot runs."), ("Eva", "/action 3.2.1 by the end of 2028"))
    assert kept(team) == ("Ana Ruiz", date(2028, 12, 31), "begun", "The pilot runs.")
    team.act(("Eva", "/action 3.2.1 nobody"), ("Eva", "/action 3.2.1 no date"))
    assert kept(team) == ("", None, "begun", "The pilot runs.")
    assert [type(one) for one in team.told()["Eva"]] == [OneAction]


def test_who_leads_is_tapped_and_the_day_typed(database: Database, clock: Clock) -> None:
    """A colleague's button, then by when; the text in between is a day, and no answer to a question."""
    team = led(database, clock)
    before = team.session("Eva").responses
    team.act(("Eva", Acted("3.2.1", "who")))
    (asked,) = team.told()["Eva"]
    assert isinstance(asked, AskOwner)
    assert [one.name for one in asked.people] == ["Eva", "Ana"]
    team.act(("Eva", Acted("3.2.1", f"@{team.id('Ana')}")))
    (when,) = team.told()["Eva"]
    assert isinstance(when, AskDue)
    team.act(("Eva", "end of June 2027"))
    assert kept(team) == ("Ana", date(2027, 6, 30), "open", "")
    assert team.session("Eva").responses == before
    assert not team.session("Eva").awaited.what


def test_whoever_does_something_else_is_not_waited_for(database: Database, clock: Clock) -> None:
    """After another command a level is an answer again, and a text no name."""
    team = led(database, clock)
    team.act(("Eva", Acted("3.2.1", "who")), ("Eva", "/progress"), ("Eva", "4"))
    assert kept(team) is None
    assert team.session("Eva").responses["1.1.1"].level == 4
    team.act(("Eva", Acted("3.2.1", "who")), ("Eva", "3"))  # a bare level answers the survey, which is open
    assert kept(team) is None
    assert team.session("Eva").responses["1.2.1"].level == 3


def test_only_the_coordinator_says_and_everybody_sees(database: Database, clock: Clock) -> None:
    """A colleague is told whose it is to say, and the list is the same for all."""
    team = led(database, clock)
    team.act(("Ana", "/action 3.2.1 Ana"), ("Ana", Acted("3.2.1", "done")), ("Ana", Became("3.2.1", "done")))
    assert team.notices("Ana") == ["coordinator_only"] * 3
    assert kept(team) is None
    team.act(("Ana", "/actions"), ("Ana", "/actions 3.2.1"))
    told = team.told()["Ana"]
    assert [type(one) for one in told] == [Actions, Actions, Actions, OneAction]
    assert not any(one.may for one in told if isinstance(one, OneAction))


def test_what_cannot_be_is_said_and_changes_nothing(database: Database, clock: Clock) -> None:
    """A day that is over or none, no statement, a text too long, a button of long ago."""
    team = led(database, clock)
    for said, kind in (
        ("/action 3.2.1 Ana by 1999-01-01", "day_in_past"),
        ("/action 3.2.1 Ana by soonish", "action_day_odd"),
        ("/action 3.2.1 Ana by 2050-01-01", "action_too_far"),
        ("/action 3.2.2 Ana", "action_no_statement"),  # which the short form does not ask
        ("/action 3.2 Ana", "action_no_statement"),
        ("/action", "action_how"),
        (f"/action 3.2.1 {'A' * 61}", "text_too_long"),
        (f"/action 3.2.1 note {'A' * 301}", "text_too_long"),
        ("/actions 9.9", "nothing_of_that_code"),
        (Acted("9.9.9", "done"), "old_button"),
        (Acted("3.2.1", "@0"), "old_button"),
        (Acted("3.2.1", "2026-01-01"), "day_in_past"),
        (Acted("3.2.1", "nonsense"), "action_day_odd"),
        (Became("3.2.1", "done"), "old_button"),
    ):
        team.act(("Eva", said))
        assert team.notices("Eva") == [kind], said
    assert database.read(lambda tx: actions.of_wave(tx, team.wave.id)) == {}


def second_round(database: Database, clock: Clock) -> Team:
    """A city whose next round has opened; three actions had somebody, one of them was done before the close."""
    team = led(database, clock)
    for said in ("5.4.1 Ben", "3.2.1 Ana by 2027-03-31", "1.1.1 The mayor", "1.1.1 done", "2.1.1 note no money yet"):
        team.act(("Eva", f"/action {said}"))
    team.act(("Eva", Ended(sure=True)))
    clock.pass_(days=30)
    team.open()
    team.told()
    return team


def test_the_next_round_asks_what_became_of_what_was_led(database: Database, clock: Clock) -> None:
    """In the order of the statements, one tap each; what is going on is carried over with its owner and day."""
    team = second_round(database, clock)
    assert [one.item for one in team.session("Eva").promised] == ["3.2.1", "5.4.1"]
    assert team.session("Ana").promised == ()
    team.act(("Eva", "/actions"))
    asked = team.told()["Eva"][-1]
    assert asked == AskBecame(code="3.2.1", owner="Ana", due="2027-03-31", left=1)
    team.act(("Eva", Became("3.2.1", "begun")))
    assert team.told()["Eva"] == [AskBecame(code="5.4.1", owner="Ben")]
    assert kept(team) == ("Ana", date(2027, 3, 31), "begun", "")
    team.act(("Eva", Became("5.4.1", "")))  # skipped: nothing is kept of it
    assert team.told()["Eva"] == [BecameTold()]
    assert kept(team, "5.4.1") is None
    assert database.read(lambda tx: actions.became(tx, team.city.id)) == (1, 3)
    team.act(("Eva", "/action 5.4.1 done"))
    assert kept(team, "5.4.1") == ("Ben", None, "done", "")
    assert database.read(lambda tx: actions.became(tx, team.city.id)) == (2, 3)


def test_a_second_tap_on_what_became_of_it_changes_nothing(database: Database, clock: Clock) -> None:
    """The first word counts; to change it the action itself is there."""
    team = second_round(database, clock)
    team.act(("Eva", Became("3.2.1", "done")), ("Eva", Became("3.2.1", "dropped")))
    assert team.notices("Eva")[-1] == "old_button"
    assert (kept(team) or ("",) * 3)[2] == "done"


def test_what_was_not_asked_in_time_is_asked_at_the_close(database: Database, clock: Clock) -> None:
    """Whoever never finished hears it with the result, and may still tell then."""
    team = second_round(database, clock)
    team.act(("Eva", Ended(sure=True)))
    told = team.told()["Eva"]
    assert Notice("wave_closed") in told
    assert isinstance(told[-1], AskBecame)
    team.act(("Eva", Became("3.2.1", "dropped")))
    assert (kept(team) or ("",) * 3)[2] == "dropped"


def test_a_list_carries_over_what_is_under_way_and_nobody_has_spoken_of(database: Database, clock: Clock) -> None:
    """What was done or led by nobody stays in the round it belongs to."""
    team = second_round(database, clock)
    carried = database.read(lambda tx: actions.of_city(tx, team.city.id))
    assert sorted(carried) == ["3.2.1", "5.4.1"]
    assert all(isinstance(one, Kept) for one in carried.values())
    held = database.read(lambda tx: waves.of_city(tx, team.city.id))
    assert sorted(database.read(lambda tx: actions.of_wave(tx, held[1].id))) == ["1.1.1", "2.1.1", "3.2.1", "5.4.1"]


def test_an_expert_and_a_stranger_change_no_action(database: Database, clock: Clock) -> None:
    """An expert is told what experts do; whoever is in no city is asked in first."""
    team = led(database, clock)
    team.join("Iris", "expert")
    team.told()
    team.act(("Iris", "/action 3.2.1 Iris"), ("Zoe", "/actions"), ("Zoe", "/action 3.2.1 Zoe"), ("Zoe", "/partners"))
    assert kept(team) is None
    told = team.told()
    assert "Office" in [type(one).__name__ for one in told["Iris"]]
    assert [one.kind for one in told["Zoe"] if isinstance(one, Notice)] == ["no_city"] * 3
    assert Asked("actions") in OneAction(code="3.2.1").rows[0]
