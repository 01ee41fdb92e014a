"""A home: what stands in it for whom, that it fits, and when it is to be published again."""

import asyncio

import pytest

from bot import forms
from bot.home import MOST_BLOCKS, blocks, home, look
from bot.messages import Message
from flows import wire
from flows.events import Answered, AnyEvent, Asked, Continued, Dated, Ended, HandedOn, Nudged, Started, Took
from flows.events.asides import Filled
from flows.path import path, way
from flows.session import Session, aspect_of
from model import library
from model.responses import Aspect
from storage import invitations
from storage.database import Database, write
from storage.invitations import Invitation
from tests.acting import CHANNEL, Team
from tests.conftest import Clock


def shown(team: Team, name: str, language: str = "en") -> tuple[Message, ...]:
    """What somebody's home shows."""
    return asyncio.run(home(team.database, team.clock, CHANNEL, team.chat(name), language))


def text(sections: tuple[Message, ...]) -> str:
    """All that is read in a home."""
    return "\n".join(part for one in sections for part in (one.title, one.body, one.note) if part)


def events(*sections: Message) -> list[AnyEvent]:
    """What the buttons of sections carry."""
    carried = [wire.decode(button.event) for one in sections for row in one.buttons for button in row]
    return [found[1] for found in carried if found]


def about(sections: tuple[Message, ...], words: str) -> Message:
    """The section with these words."""
    return next(one for one in sections if words in one.title or words in one.body)


def everything(session: Session, value: str) -> list[AnyEvent]:
    """All that is asked of somebody, answered with one level; goals for three years on."""
    keys = path(library.instrument(*library.DEFAULT), way(session))
    said: list[AnyEvent] = []
    for key in keys:
        said.append(Answered(key, value))
        if aspect_of(key) is Aspect.TARGET:
            said.append(Dated(key, session.year + 3))
    return said


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """A city with its coordinator and two heads."""
    one = Team(database, clock)
    one.join("Eva", "coordinator")
    one.join("Ana", "respondent", "mobility")
    one.join("Ben", "respondent", "it")
    return one


def test_a_head_sees_what_is_open_and_only_their_own(team: Team) -> None:
    """Minutes with Go on and the next capability's form; their dimensions; not who else is how far."""
    mine = team.scope("Ana") or ()
    who, first, result, *dimensions = shown(team, "Ana")
    assert (who.title, who.body.splitlines()[0]) == ("Valencia", "Ana · Mobility · respondent")
    assert (first.title, events(first)) == ("About 1 minute to go", [Continued()])
    assert [(one.kind, one.about) for one in first.offers] == [("capability", mine[0].rpartition(".")[0])]
    assert events(result) == [Asked("scores"), Asked("benchmark")]
    offered = [one.about for section in dimensions for one in section.offers]
    assert offered == [key.rpartition(".")[0] for key in mine]
    assert "Ben" not in text((who, first, result, *dimensions))


def test_an_answer_moves_the_bar_and_says_what_it_was(team: Team) -> None:
    """A changed answer is shown with what it was before; each capability can be opened as a form."""
    key = (team.scope("Ana") or ("",))[0]
    team.act(("Ana", Answered(key, "2")), ("Ana", Answered(key, "3")))
    section = about(shown(team, "Ana"), f"{key.rpartition('.')[0]} ")
    line = next(one for one in section.body.splitlines() if one.startswith(key.rpartition(".")[0]))
    assert line.endswith(": 3 Running in part · changed: 2 → 3")
    assert section.body.startswith("▰")
    form = section.offers[0]
    opened = asyncio.run(forms.form(team.database, team.clock, CHANNEL, team.chat("Ana"), form.kind, form.about))
    assert isinstance(opened, forms.Form)


def test_in_the_full_form_a_capability_is_one_line(database: Database, clock: Clock) -> None:
    """Nine answers, a mark each, and what changed in them."""
    team = Team(database, clock, "full")
    team.join("Eva", "coordinator")
    answers = tuple((f"1.1.{n}", value) for n, value in enumerate(["3", "dont_know", "not_applicable"], 1))
    team.act(("Eva", Filled("1.1", answers, "Ours.")), ("Eva", Answered("1.1.1", "4")))
    section = about(shown(team, "Eva"), "1.1 Leadership")
    assert "1.1 Leadership and vision: 4 ? × – – – – – – (3/9) · changed: 1.1.1: 3 → 4" in section.body
    assert section.body.startswith("▰▱▱▱▱▱▱▱▱▱ 3/45")


def test_the_next_round_says_what_has_changed_since_the_last(team: Team) -> None:
    """Compared with their own levels of the round before."""
    key = (team.scope("Ana") or ("",))[0]
    team.act(("Ana", Answered(key, "2")), ("Eva", Ended(sure=True)))
    team.clock.pass_(days=200)
    team.open()
    team.act(("Ana", Answered(key, "4")))
    assert "4 Running across the city · since last time: 2 → 4" in text(shown(team, "Ana"))


def test_the_result_says_what_is_needed_and_then_the_scores(database: Database, clock: Clock) -> None:
    """Before: the statements that hold a dimension back. Then overall and dimensions with bars."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    before = about(shown(team, "Eva"), "no overall score yet")
    assert "Still needed: 1: 1.1.1, 1.2.1, 1.3.1, 1.4.1 …; 2: 2.1.1" in before.body
    team.act(*(("Eva", event) for event in everything(team.session("Eva"), "3")))
    after = about(shown(team, "Eva"), "60 of 100")
    assert "▰▰▰▰▰▰▱▱▱▱ 60  1 Leadership and Governance" in after.body
    assert "needed" not in after.body
    assert events(after) == [Asked("scores"), Asked("benchmark")]


def test_the_coordinator_has_the_board_and_nudges_the_unfinished(team: Team) -> None:
    """Not herself, and nobody who is done; the team is one tap away."""
    for event in everything(team.session("Ben"), "3"):
        team.act(("Ben", event))
    board = about(shown(team, "Eva"), "The team of Valencia")
    assert events(board) == [Nudged(team.id("Ana")), Asked("team")]
    assert board.buttons[0][0].label == "Remind Ana"
    assert all(name in board.body for name in ("Eva", "Ana", "Ben"))


def test_what_a_colleague_hands_on_is_answered_from_home(team: Team) -> None:
    """Yes and no, each with what it is about; gone once it is said."""
    key = (team.scope("Ana") or ("",))[0]
    team.act(("Ana", HandedOn(key, team.id("Ben"), "")))
    first = shown(team, "Ben")[1]
    assert f"Ana hands you 1 statement: {key}" in first.body
    assert events(first)[1:] == [Took(team.offer(), agreed=True), Took(team.offer(), agreed=False)]
    assert first.buttons[1][0].label == f"{key}: I will answer it"
    team.act(("Ben", events(first)[1]))
    assert "hands you" not in text(shown(team, "Ben"))
    assert key in (team.scope("Ben") or ())


def test_whoever_is_in_no_city_learns_how_to_begin(team: Team) -> None:
    """Also who was never heard of, in their language where we have it."""
    (stranger,) = shown(team, "nobody", "es")
    assert "invitación" in stranger.body
    assert all(button.event.startswith(":") for row in stranger.buttons for button in row)
    team.act(("Zoe", "/start"))
    assert "invitation" in text(shown(team, "Zoe"))
    assert isinstance(shown(team, "nobody", "tlh")[0], Message)


def test_who_has_not_agreed_yet_begins_with_that(team: Team) -> None:
    """Nothing but who they are and how to begin; not the city's result, nor a form."""
    invitation = Invitation(team.city.id, "respondent", "Zoe")
    code = write(team.database, lambda tx: invitations.issue(tx, invitation, team.clock()))
    team.act(("Zoe", Started(code)))
    who, first = shown(team, "Zoe")
    assert (who.title, first.title, events(first)) == ("Valencia", "Before we begin", [Started()])
    assert not first.offers


def test_after_the_close_nothing_is_offered_but_the_result_stays(team: Team) -> None:
    """No form, nobody to remind, nothing to go on with."""
    team.act(("Eva", Ended(sure=True)))
    sections = shown(team, "Eva")
    assert not any(one.offers for one in sections)
    assert set(events(*sections)) == {Asked("team"), Asked("scores"), Asked("benchmark")}
    assert "The round is closed." in text(sections)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_largest_home_fits(database: Database, clock: Clock, language: str) -> None:
    """The full form, all answered and changed, and a team of forty: below 90 blocks, no text past what Slack takes."""
    team = Team(database, clock, "full")
    team.join("Eva", "coordinator")
    for number in range(40):
        team.join(f"{number:02} {'Wolfeschlegelsteinhausenbergerdorff ' * 2}")
    team.act(("Eva", f"/language {language}"))
    for value in ("2", "dont_know"):
        for capability in library.instrument(*library.DEFAULT).capabilities():
            answers = tuple((one.code, value) for one in capability.indicators)
            team.act(("Eva", Filled(capability.code, answers)))
    sections = shown(team, "Eva")
    assert [one.about for section in sections[2:] for one in section.offers] == [
        one.code for one in library.instrument(*library.DEFAULT).capabilities()
    ]
    assert sum(map(blocks, sections)) <= MOST_BLOCKS / 2
    for one in sections:
        assert len(one.title) <= 150
        assert all(len(row) <= 25 for row in (*one.buttons, one.offers))
        assert all(0 < len(button.label) <= 75 for row in one.buttons for button in row)
        if one is not sections[2]:  # the board is as long as /team is
            assert len(one.body) <= 3000


def test_reading_a_home_changes_nothing_and_looks_the_same_again(team: Team) -> None:
    """The digest is that of what is seen."""
    before = team.mates()
    assert look(shown(team, "Eva")) == look(shown(team, "Eva")) != look(shown(team, "Ana"))
    assert team.mates() == before
