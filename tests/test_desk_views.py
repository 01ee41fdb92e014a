"""Why people differ: who is asked and when, what counts as the sentence, and whose name stands where."""

import asyncio
from datetime import UTC, datetime

import pytest
from msgspec import structs

from bot import conversation
from bot.conversation import Inbound
from flows.events import Answered, Asked, Ended, Silenced, Typed
from flows.events.asides import Edited, Removed
from flows.events.differing import Inquired, Viewed
from flows.prompts import Notice, Prompt
from flows.prompts.desks import AskView, DeskCard, ViewKept
from flows.prompts.interludes import MyData
from flows.prompts.questions import Ask
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.test_desk import ALIKE, CODE, LEVELS, differing, dispute, kinds, seen, told

WHY = "The plan is written, but no department has to follow it."


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Three people differ about one statement, and the coordinator has had them asked."""
    made = differing(Team(database, clock))
    made.act(("Eva", Inquired(CODE)))
    return made


def views(team: Team) -> list[tuple[int | None, str, str]]:
    return [(one.level, one.text, one.name) for one in dispute(team).views]


def card(prompts: list[Prompt]) -> DeskCard:
    """The one card of the desk among what a coordinator is told."""
    (found,) = [one for one in prompts if isinstance(one, DeskCard)]
    return found


def test_each_of_them_is_asked_once(team: Team) -> None:
    """With their own answer and nobody else's; asked again on the same day nobody hears anything."""
    heard = team.told()
    for name, level in LEVELS.items():
        assert heard[name] == [AskView(CODE, level, fresh=True)]
    assert (card(heard["Eva"]).matter.asked, card(heard["Eva"]).matter.concerned) == (3, 3)
    team.act(("Eva", Inquired(CODE)))
    assert list(team.told()) == ["Eva"]
    assert seen(team).left == 3


def test_the_second_time_only_who_has_said_nothing_is_asked(team: Team) -> None:
    """A day later, and never who has spoken, would rather not, changed the answer or wants no messages."""
    team.join("Dan")
    team.act(("Dan", Answered(CODE, "5")), ("Eva", Inquired(CODE)))
    team.act(("Ana", WHY), ("Ben", Viewed(CODE, "silent")), ("Dan", Silenced()))
    team.clock.pass_(days=1)
    team.told()
    team.act(("Eva", Inquired(CODE)))
    heard = team.told()
    assert set(heard) == {"Cai", "Eva"}
    assert heard["Cai"] == [AskView(CODE, "4", fresh=True)]


def test_nobody_is_asked_at_night(database: Database, clock: Clock) -> None:
    """The question waits for the morning where they live; whoever has changed to the same answer is not asked then."""
    team = differing(Team(database, clock))
    clock.at = datetime(2026, 11, 23, 21, tzinfo=UTC)
    team.act(("Eva", Inquired(CODE)))
    assert list(team.told()) == ["Eva"]
    assert (seen(team).asked, seen(team).waiting) == (0, 3)
    team.look()
    assert team.told() == {}
    clock.at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    team.look()
    heard = team.told()
    assert [heard[name] for name in LEVELS] == [[AskView(CODE, level, fresh=True)] for level in LEVELS.values()]
    assert (seen(team).asked, seen(team).waiting) == (3, 0)


def test_what_waits_is_not_asked_in_the_next_round(database: Database, clock: Clock) -> None:
    """A newer round has opened meanwhile: the question was about the one before."""
    team = differing(Team(database, clock))
    clock.at = datetime(2026, 11, 23, 21, tzinfo=UTC)
    team.act(("Eva", Inquired(CODE)), ("Eva", Ended(sure=True)))
    team.open()
    clock.pass_(days=1)
    team.look()
    assert not [one for prompts in team.told().values() for one in prompts if isinstance(one, AskView)]


def test_the_coordinator_is_asked_too_where_they_answered(database: Database, clock: Clock) -> None:
    """Their own sentence counts like all others, and they are told nothing of themselves."""
    team = differing(Team(database, clock))
    team.act(("Eva", Answered(CODE, "5")))
    team.told()
    team.act(("Eva", Inquired(CODE)))
    heard = team.told()["Eva"]
    assert kinds(heard) == ["DeskCard", "AskView"]
    assert card(heard).matter.asked == 4
    assert kinds(told(team, "Eva", "I signed the last report myself."))[0] == "ViewKept"
    assert views(team) == [(5, "I signed the last report myself.", "")]


def test_a_sentence_is_nameless_unless_they_choose_otherwise(team: Team) -> None:
    """The next text is it, without a tap; the name comes only by one, and goes by another."""
    assert told(team, "Ana", WHY)[0] == ViewKept(CODE, "1", WHY, "nameless", fresh=True)
    assert views(team) == [(1, WHY, "")]
    assert told(team, "Ana", Viewed(CODE, "view"))[0] == ViewKept(CODE, "1", WHY, "view", fresh=True)
    assert views(team) == [(1, WHY, "Ana")]
    team.act(("Ana", Viewed(CODE, "nameless")))
    assert views(team) == [(1, WHY, "")]
    team.act(("Ben", Viewed(CODE, "view")), ("Ben", "Money."))
    assert views(team) == [(1, WHY, ""), (2, "Money.", "Ben")]
    team.check()


def test_after_it_the_survey_goes_on(team: Team) -> None:
    """The question that was open is asked again below."""
    assert [type(one) for one in told(team, "Ana", WHY)] == [ViewKept, Ask]
    assert [type(one) for one in told(team, "Ben", Viewed(CODE, "silent"))] == [Notice, Ask]


def test_what_is_no_sentence_is_an_answer(team: Team) -> None:
    """A level in figures or words, a comment, a link and a command stay what they are."""
    for said in ("3", "running in part", "note: ask Maria about this", "https://city.example/plan is our plan", "/foo"):
        team.act(("Ana", Asked("desk")), ("Ana", said))
    assert views(team) == []
    team.act(("Ana", Viewed(CODE, "nameless")))
    assert kinds(told(team, "Ana", "3"))[:2] == ["view_no_level", "AskView"]
    assert kinds(told(team, "Ana", Typed("x" * 501)))[:2] == ["text_too_long", "AskView"]
    assert views(team) == []


def test_whoever_does_something_else_meanwhile_is_asked_that(team: Team) -> None:
    """After a tap in the survey a text is for the survey again; a reply to the question still says why."""
    team.act(("Ana", Answered("2.1.1", "3")), ("Ana", "We have talked about that a lot."))
    assert views(team) == []
    team.act(("Ana", Typed("We have talked about that a lot.", card=f"view/{CODE}")))
    assert views(team) == [(1, "We have talked about that a lot.", "")]


def test_several_questions_one_after_the_other(team: Team) -> None:
    """Once one sentence is kept the next question stands at the end, and the next text is for it."""
    team.act(("Cai", Answered(ALIKE, "0")), ("Eva", Inquired(ALIKE)))
    assert [one.item for one in told(team, "Ana", WHY) if isinstance(one, ViewKept | AskView)] == [ALIKE, CODE]
    team.act(("Ana", "Nobody owns the plan."))
    assert team.session("Ana").desk.said == {CODE: "nameless", ALIKE: "nameless"}


def test_changing_the_answer_is_an_answer_too(team: Team) -> None:
    """The coordinator sees that somebody did, and is not kept waiting for them."""
    heard = told(team, "Eva")
    team.act(("Cai", Answered(CODE, "2")))
    heard = team.told()["Eva"]
    assert card(heard).matter.changed == 1
    assert card(heard).matter.levels == (1, 2, 2)
    assert not card(heard).matter.disputed


def test_the_coordinator_hears_of_each_and_of_the_last(team: Team) -> None:
    """One card, shown anew where it stands; at the end of the chat once everybody has spoken."""
    team.told()
    team.act(("Ana", WHY), ("Ben", Viewed(CODE, "silent")))
    heard = card(team.told()["Eva"])
    assert (heard.news, heard.fresh, heard.matter.said, heard.matter.silent) == ("view", False, 1, 1)
    team.act(("Cai", "Every district has it by now."))
    heard = card(team.told()["Eva"])
    assert (heard.news, heard.fresh, heard.matter.is_heard) == ("heard", True, True)
    assert [one.value for one in heard.matter.views] == ["1", "4"]


def test_two_who_speak_at_once_are_both_heard(team: Team) -> None:
    """Whoever is last is told of as the last, on either engine."""
    team.act(("Ana", WHY))
    team.told()
    team.at_once(("Ben", Viewed(CODE, "silent")), ("Cai", "Every district has it by now."))
    assert card(team.told()["Eva"]).news == "heard"
    assert len(views(team)) == 2


def test_what_was_said_can_be_seen_said_anew_and_taken_back(team: Team) -> None:
    """Also after the close; what is taken back is gone from every report, and they may be asked again."""
    team.act(("Ana", Viewed(CODE, "view")), ("Ana", WHY), ("Ana", Viewed(CODE, "again")), ("Ana", "It is only talk."))
    assert views(team) == [(1, "It is only talk.", "Ana")]
    team.act(("Eva", Ended(sure=True)))
    (shown,) = [one for one in told(team, "Ana", "/mydata") if isinstance(one, MyData)]
    assert shown.remarks == ((CODE, "view", "It is only talk."),)
    assert (Removed("view", CODE),) in shown.rows
    assert kinds(told(team, "Ana", Removed("view", CODE))) == ["removed"]
    assert kinds(told(team, "Ana", Removed("view", CODE))) == ["gone_already"]
    assert views(team) == []
    assert seen(team).left == 3


def test_an_edit_keeps_the_choice_of_name(team: Team) -> None:
    """The name went by a button: other words in the message do not bring it back."""
    name = "Ana"
    team.act((name, Viewed(CODE, "view")))
    said = team._inbound(name, WHY)
    hear(team, said, own="m1")
    team.act((name, Viewed(CODE, "nameless")))
    hear(team, team._inbound(name, Edited("It is only talk so far.", "m1")), own="m1")
    assert views(team) == [(1, "It is only talk so far.", "")]


def hear(team: Team, inbound: Inbound, own: str) -> None:
    """A message that can be edited."""
    asyncio.run(conversation.hear(team.database, structs.replace(inbound, own=own), team.clock))


def test_a_button_of_something_else_does_nothing(team: Team) -> None:
    """A statement they did not answer, or were not asked about; a choice there never was."""
    for event in (Viewed("5.1.1", "view"), Viewed(ALIKE, "nameless"), Viewed("", ""), Viewed(CODE, "loudly")):
        assert kinds(told(team, "Ana", event))[0] in {"view_late", "old_button"}
    assert kinds(told(team, "Ana", Removed("nameless", CODE)))[0] == "gone_already"


def test_nobody_is_asked_where_answers_agree(team: Team) -> None:
    """It is said, and with it what can be done anyway."""
    assert kinds(told(team, "Eva", Inquired(ALIKE))) == ["desk_agrees"]
    assert kinds(told(team, "Eva", Inquired("9.9.9"))) == ["desk_agrees"]


@pytest.mark.parametrize(
    ("typed", "how"), [("With my name", "view"), ("con mi nombre.", "view"), ("without my name", "nameless")]
)
def test_a_choice_of_name_may_be_typed(team: Team, typed: str, how: str) -> None:
    """What a button says is a choice and no sentence; the sentence comes next."""
    team.told()
    team.act(("Ana", typed))
    (asked,) = [one for one in team.told()["Ana"] if isinstance(one, AskView)]
    assert (asked.how, views(team)) == (how, [])
    team.act(("Ana", WHY))
    assert views(team) == [(1, WHY, "Ana" if how == "view" else "")]


def test_rather_not_may_be_typed(team: Team) -> None:
    """It is no sentence, and whoever says it is not asked again."""
    team.act(("Ana", "I would rather not"), ("Ben", "Rather not"))
    assert views(team) == []
    assert (seen(team).silent, seen(team).left) == (2, 1)
