"""Handing on: two act at once, round in a circle, to oneself, back again; and no statement is ever nobody's."""

import pytest

from flows.events import (
    Answered,
    AnyEvent,
    Continued,
    Ended,
    Given,
    HandedOn,
    NotMine,
    Skipped,
    Took,
)
from flows.prompts import Changed
from flows.prompts.questions import Ask
from flows.prompts.teamwork import AskNote, AskWhom, Offered, Passed
from storage.database import Database
from tests.acting import Team, of
from tests.conftest import Clock

MOBILITY = of("mobility")


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Eva leads; Ana answers for mobility, Ben for the environment, Cai for safety."""
    made = Team(database, clock)
    made.join("Eva", "coordinator")
    for name, department in (("Ana", "mobility"), ("Ben", "environment"), ("Cai", "safety")):
        made.join(name, "respondent", department)
    made.told()
    return made


def hand(team: Team, giver: str, taker: str, code: str, note: AnyEvent | str = Skipped()) -> str:  # noqa: B008
    """Somebody hands something on; the offer's id."""
    team.act((giver, HandedOn(code, team.id(taker))), (giver, note))
    return team.offer()


def kinds(team: Team, name: str) -> list[str]:
    return [getattr(prompt, "kind", "") or getattr(prompt, "state", "") for prompt in team.told().get(name, [])]


def test_an_offer_is_answered_once(team: Team) -> None:
    """Two answers at the same moment: one counts, and the statement is somebody's exactly once."""
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.told()
    team.at_once(("Ben", Took(offer, agreed=True)), ("Ben", Took(offer, agreed=False)))
    told = team.told()
    states = [prompt.state for prompt in told["Ben"] if isinstance(prompt, Passed)]
    assert states in (["taken"], ["declined"])
    assert [getattr(prompt, "kind", "") for prompt in told["Ben"]].count("old_button") == 1
    assert (MOBILITY[0] in (team.scope("Ben") or ())) is (states == ["taken"])
    assert (MOBILITY[0] in (team.scope("Ana") or ())) is (states == ["declined"])
    team.check()


def test_an_offer_is_its_takers_alone(team: Team) -> None:
    """Somebody else who gets hold of the button changes nothing; nor does an offer that never was."""
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    for said in (Took(offer, agreed=True), Took("999", agreed=True), Took("x", agreed=False)):
        team.told()
        team.act(("Cai", said))
        assert kinds(team, "Cai")[0] == "old_button"
    assert MOBILITY[0] not in (team.scope("Cai") or ())


def test_two_hand_on_to_each_other_at_once(team: Team) -> None:
    """Each turn changes both: on either engine both end well, and both offers stand."""
    team.act(("Ana", HandedOn(MOBILITY[0], team.id("Ben"))))
    team.act(("Ben", HandedOn(of("environment")[0], team.id("Ana"))))
    team.told()
    team.at_once(("Ana", "You know more."), ("Ben", "So do you."))
    told = team.told()
    offers = {name: next(p for p in told[name] if isinstance(p, Offered)) for name in ("Ana", "Ben")}
    assert offers["Ana"].items == of("environment")[:1]
    assert offers["Ben"].items == MOBILITY[:1]
    team.check()
    team.at_once(*((name, Took(offers[name].handing, agreed=False)) for name in ("Ana", "Ben")))
    assert set(team.scope("Ana") or ()) == set(MOBILITY)
    assert set(team.scope("Ben") or ()) == set(of("environment"))
    team.check()


def test_what_is_refused_is_asked_again(team: Team) -> None:
    """It goes back to the giver, who goes on with one tap, as though it had never been away."""
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.told()
    team.act(("Ben", Took(offer, agreed=False)))
    (told,) = team.told()["Ana"]
    assert isinstance(told, Passed)
    assert (told.state, told.rows) == ("refused", ((Continued(),),))
    team.act(("Ana", Continued()))
    asked = team.told()["Ana"][-1]
    assert isinstance(asked, Ask)
    assert (asked.key, asked.current) == (MOBILITY[0], "")
    team.act(("Ana", Answered(MOBILITY[0], "4")))
    assert not any(isinstance(prompt, Changed) for prompt in team.told()["Ana"])
    team.check()


def test_what_is_refused_wakes_somebody_who_had_finished(team: Team) -> None:
    """Ana handed everything on and was thanked; what comes back is asked and reminded of again."""
    offers = [hand(team, "Ana", "Ben", code) for code in MOBILITY]
    assert team.session("Ana").finished
    assert team.scope("Ana") == ()
    team.act(("Ben", Took(offers[0], agreed=False)))
    assert not team.session("Ana").finished
    assert team.scope("Ana") == MOBILITY[:1]
    team.check()


def test_what_is_offered_to_somebody_who_has_finished_is_asked_of_them(team: Team) -> None:
    """Accepting opens their survey again, with just this."""
    team.act(*(("Ben", Answered(code, "3")) for code in of("environment")))
    assert team.session("Ben").finished
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.told()
    team.act(("Ben", Took(offer, agreed=True)))
    assert isinstance(asked := team.told()["Ben"][-1], Ask)
    assert asked.key == MOBILITY[0]
    assert not team.session("Ben").finished
    team.check()


def test_what_is_accepted_and_answered_before_leaves_one_finished(team: Team) -> None:
    """Ben had answered it himself: there is nothing to ask, so he is done, and is not reminded of nothing."""
    team.act(("Eva", Given(team.id("Ben"), MOBILITY[0])))
    team.act(*(("Ben", Answered(code, "3")) for code in (*of("environment"), MOBILITY[0])))
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.act(("Ben", Took(offer, agreed=True)))
    assert team.session("Ben").finished
    team.check()


def test_nothing_goes_round_in_a_circle_of_three(team: Team) -> None:
    """Ana to Ben to Cai, who may not hand it to Ana, but may leave it to the coordinator."""
    team.act(("Ben", Took(hand(team, "Ana", "Ben", MOBILITY[0]), agreed=True)))
    team.act(("Cai", Took(hand(team, "Ben", "Cai", MOBILITY[0]), agreed=True)))
    team.told()
    team.act(("Cai", HandedOn(MOBILITY[0], team.id("Ana"))))
    assert kinds(team, "Cai")[0] == "handed_in_circle"
    team.act(("Cai", HandedOn(MOBILITY[0], "")))
    assert isinstance(team.told()["Cai"][-1], AskNote)
    team.check()


def test_what_came_from_the_coordinator_may_go_back_to_them(team: Team) -> None:
    """Ana took it, and finds out that it is not hers: the coordinator finds somebody, and is no dead end."""
    code = of("mayor")[0]
    team.act(("Ana", Took(hand(team, "Eva", "Ana", code), agreed=True)))
    team.act(("Ana", HandedOn(code, "")), ("Ana", Skipped()))
    team.act(("Eva", Took(team.offer(), agreed=True)))
    assert code in (team.scope("Eva") or ())
    team.told()
    team.act(("Eva", HandedOn(code, team.id("Ana"))))
    assert kinds(team, "Eva")[0] == "handed_in_circle"
    team.check()


@pytest.mark.parametrize(
    ("key", "to", "kind"),
    [
        (MOBILITY[0], "Ana", "handed_to_oneself"),
        (MOBILITY[0], "999", "nobody_yet"),
        ("9.9.9", "Ben", "nothing_to_hand_on"),
        ("1.1+", "Ben", "nothing_to_hand_on"),
        (of("mayor")[0], "Ben", "nothing_to_hand_on"),
    ],
)
def test_what_cannot_be_handed_on_is_said(team: Team, key: str, to: str, kind: str) -> None:
    """To oneself, to nobody, a statement that is no one's or somebody else's, a goal."""
    team.act(("Ana", HandedOn(key, to if to.isdigit() else team.id(to))))
    assert kinds(team, "Ana")[0] == kind
    assert team.scope("Ana") == MOBILITY


def test_a_whole_capability_is_handed_on_at_once(database: Database, clock: Clock) -> None:
    """All of it that is open and mine: what is answered stays mine, what is another's stays theirs."""
    team = Team(database, clock, form="full")
    team.join("Eva", "coordinator")
    team.join("Ben", "respondent", "environment")
    team.act(("Eva", "3"))
    first = next(iter(team.session("Eva").responses))
    capability = first.rpartition(".")[0]
    mine = {code for code in team.scope("Eva") or () if code.startswith(f"{capability}.")}
    team.told()
    team.act(("Eva", NotMine(sorted(mine - {first})[0])))
    assert isinstance(shown := team.told()["Eva"][-1], AskWhom)
    assert shown.whole == capability
    team.act(("Ben", Took(hand(team, "Eva", "Ben", capability), agreed=True)))
    assert mine - {first} <= set(team.scope("Ben") or ())
    assert mine & set(team.scope("Eva") or ()) == {first}
    team.check()


def test_what_was_answered_meanwhile_is_not_handed_on(team: Team) -> None:
    """Asked for a note, Ana answers after all: what she types next is no note, and nothing is handed on."""
    team.act(("Ana", HandedOn(MOBILITY[0], team.id("Ben"))), ("Ana", Answered(MOBILITY[0], "4")))
    team.act(("Ana", "3"))
    assert {key: response.level for key, response in team.session("Ana").responses.items()} == dict(
        zip(MOBILITY, (4, 3), strict=True)
    )
    assert not any(isinstance(prompt, Offered) for prompt in team.told().get("Ben", []))
    team.check()


def test_undo_after_handing_on_changes_nothing(team: Team) -> None:
    """The card of a statement that is somebody else's now is an old one, whatever its buttons say."""
    team.act(("Ben", Took(hand(team, "Ana", "Ben", MOBILITY[0]), agreed=True)))
    before = team.session("Ana")
    team.told()
    for value in ("2", "handed_on"):
        team.act(("Ana", Answered(MOBILITY[0], value)))
        assert kinds(team, "Ana")[0] == "old_button"
    assert team.session("Ana").responses == before.responses


def test_an_offer_outlives_its_wave_without_harm(team: Team) -> None:
    """[I will answer it] in a closed wave is told that it is closed, and changes nothing."""
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.act(("Eva", Ended(sure=True)))
    before = team.scope("Ben")
    team.told()
    team.act(("Ben", Took(offer, agreed=True)))
    assert kinds(team, "Ben") == ["closed"]
    assert team.scope("Ben") == before


def test_an_offer_of_the_last_wave_is_none_in_the_next(team: Team) -> None:
    """Its button leads into the new wave, where everything is somebody's."""
    offer = hand(team, "Ana", "Ben", MOBILITY[0])
    team.act(("Eva", Ended(sure=True)))
    team.open("short")
    for name in ("Eva", "Ben", "Ana"):
        team.act((name, Took(offer, agreed=True)))
        team.act((name, Took(offer, agreed=True)))
        team.check()
    assert MOBILITY[0] in {*(team.scope("Eva") or ()), *(team.scope("Ana") or ())}
