"""The disagreement desk: who sees it and what, what is agreed on, by whom and why; and what nobody can break."""

import asyncio

import pytest
from msgspec import structs

from bot import conversation
from bot.conversation.matters import matter
from bot.reports import results
from bot.reports.results import Dispute
from flows.events import Answered, AnyEvent, Asked, Typed
from flows.events.differing import Agreed, Inquired
from flows.kept.settling import Matter
from flows.prompts import Notice, Prompt, Report
from flows.prompts.desks import AskSettled, DeskCard, DeskList, Settled
from flows.prompts.workbooks import Workbook
from model import library
from model.responses import Source
from storage import waves
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.people import claim

LEVELS = {"Ana": "1", "Ben": "2", "Cai": "4"}
CODE, ALIKE, SINGLE = "1.1.1", "1.2.1", "1.3.1"


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Eva leads; three people differ about one statement, agree about another, and one answers a third alone."""
    return differing(Team(database, clock))


def differing(made: Team) -> Team:
    made.join("Eva", "coordinator")
    for name, level in LEVELS.items():
        made.join(name)
        made.act((name, Answered(CODE, level)), (name, Answered(ALIKE, "3")))
    made.act(("Ana", Answered(SINGLE, "2")))
    made.told()
    return made


def told(team: Team, name: str, *acts: AnyEvent | str) -> list[Prompt]:
    """What somebody is told after what they do, without what was told before."""
    team.told()
    team.act(*((name, one) for one in acts))
    return team.told().get(name, [])


def kinds(prompts: list[Prompt]) -> list[str]:
    return [one.kind if isinstance(one, Notice) else type(one).__name__ for one in prompts]


def seen(team: Team, code: str = CODE) -> Matter:
    found = team.database.read(lambda tx: matter(tx, team.wave.id, code))
    assert found is not None
    return found


def dispute(team: Team) -> Dispute:
    """The one dispute, as every report has it."""
    result = team.database.read(lambda tx: results.of_city(tx, team.city, team.clock().date()))
    assert result is not None
    (found,) = result.disputes
    return found


def agreed(team: Team) -> list[tuple[str, int | None, str]]:
    """Every value that was agreed on, oldest first."""
    log = team.database.read(lambda tx: waves.log(tx, team.city.id))
    found = [one.response for one in log if one.response.source is Source.AGREED]
    return [(one.item, one.level, one.comment) for one in found]


def test_the_desk_lists_what_differs(team: Team) -> None:
    """The open ones with their levels; what was answered alike, or by one alone, is not among them."""
    (shown,) = told(team, "Eva", "/desk")
    assert isinstance(shown, DeskList)
    assert [(one.code, one.levels, one.spread) for one in shown.matters] == [(CODE, (1, 2, 4), 3.0)]
    assert (shown.total, shown.open) == (1, 1)
    assert kinds(told(team, "Eva", "/desk 1")) == ["DeskList"]
    assert kinds(told(team, "Eva", "/desk 2.1")) == ["desk_empty"]
    assert kinds(told(team, "Eva", "/desk 7.7.7")) == ["nothing_of_that_code"]
    assert kinds(told(team, "Eva", "/desk 5.1.1")) == ["desk_nobody"]


def test_many_are_paged_the_widest_first(database: Database, clock: Clock) -> None:
    """Ten at a time; the pages follow each other and none is left out."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    codes = team_codes(team)[:13]
    for name in ("Ana", "Ben"):
        team.join(name)
        for place, code in enumerate(codes):
            team.act((name, Answered(code, "0" if name == "Ana" else str(2 + place % 4))))
    (first,) = told(team, "Eva", "/desk")
    assert isinstance(first, DeskList)
    assert first.rows[-1] == (Asked("desk", "+10"),)
    (second,) = told(team, "Eva", Asked("desk", "+10"))
    assert isinstance(second, DeskList)
    assert second.rows[-1] == (Asked("desk", "+0"),)
    spreads = [one.spread for one in (*first.matters, *second.matters)]
    assert spreads == sorted(spreads, reverse=True)
    assert {one.code for one in (*first.matters, *second.matters)} == set(codes)


def team_codes(team: Team) -> tuple[str, ...]:
    told = library.instrument(team.wave.instrument, team.wave.version)
    return tuple(one.code for capability in told.capabilities() for one in capability.asked("short"))


@pytest.mark.parametrize(("said", "prompt"), [("/desk", DeskList), ("/report", Report), ("/workbook", Workbook)])
def test_it_is_never_shown_in_front_of_others(team: Team, said: str, prompt: type[Prompt]) -> None:
    """Whoever asks in a channel for what shows single people's answers gets it in their own chat."""
    asked = structs.replace(team._inbound("Eva", said), place="C0HALL")
    asyncio.run(conversation.hear(team.database, asked, team.clock))
    (delivery,) = claim(team.database, team.clock(), "test")
    assert isinstance(delivery.prompt, prompt)
    assert (delivery.chat, delivery.elsewhere) == (team.chat("Eva"), False)


def test_only_coordinators_act_and_experts_may_look(team: Team) -> None:
    """A respondent is told whose desk it is; an expert sees the same without the buttons."""
    assert kinds(told(team, "Ana", "/desk")) == ["desk_of_coordinator"]
    for said in (Inquired(CODE), Agreed(CODE, "3"), "/agree 1.1.1 3 because I say so"):
        assert kinds(told(team, "Ana", said))[0] == "coordinator_only"
    team.join("Iris", "expert")
    (card,) = told(team, "Iris", f"/desk {CODE}")
    assert isinstance(card, DeskCard)
    assert card.rows == ((Asked("desk"),),)
    assert kinds(told(team, "Iris", "/agree 1.1.1 3 because I say so"))[0] == "coordinator_only"
    assert agreed(team) == []


def test_a_value_is_agreed_on_with_its_reason(team: Team) -> None:
    """A tap asks for the reason; the text after it is kept with the value, and those concerned hear of both."""
    (asked,) = told(team, "Eva", Agreed(CODE, "3"))
    assert asked == AskSettled(CODE, "3")
    team.act(("Eva", "Half of the districts have it."))
    heard = team.told()
    (card,) = heard["Eva"]
    assert isinstance(card, DeskCard)
    assert (card.now, card.matter.agreed, card.matter.reason) == (True, "3", "Half of the districts have it.")
    for name in LEVELS:
        assert heard[name] == [Settled(CODE, "3", "Half of the districts have it.", fresh=True)]
    assert agreed(team) == [(CODE, 3, "Half of the districts have it.")]
    found = dispute(team)
    assert (found.levels, found.agreed, found.reason, found.settled) == ((1, 2, 4), 3, card.matter.reason, True)
    team.check()


def test_in_one_line(team: Team) -> None:
    """Code, level and reason as people write them; also where the answers agree, or one person gave the only one."""
    for said, level, reason in (
        (f"/agree {CODE} 4 because it runs everywhere", 4, "it runs everywhere"),
        (f"/agree {CODE} 3: half of it", 3, "half of it"),
        (f"/agree {CODE} Running in part - only the centre", 3, "only the centre"),
        (f"/agree {CODE} not applicable, there is no port", None, "there is no port"),
        (f"/agree {ALIKE} 2 porque falta dinero", 2, "falta dinero"),
        (f"/agree {SINGLE} 5 because it is measured", 5, "it is measured"),
    ):
        assert kinds(told(team, "Eva", said)) == ["DeskCard"], said
        assert agreed(team)[-1][1:] == (level, reason), said
    assert seen(team).agreed == "not_applicable"
    assert (dispute(team).agreed, dispute(team).settled) == (None, True)


def test_what_cannot_be_agreed_on_is_said(team: Team) -> None:
    """What is missing or unclear is asked for; nothing is kept, and the words for the next step are there."""
    for said, kind in (
        ("/agree", "agree_how"),
        ("/agree 7.7.7 3 because", "nothing_of_that_code"),
        ("/agree 5.1.1 3 because nobody answered", "desk_nobody"),
        (f"/agree {CODE} 7 because it is best", "agree_which"),
        (f"/agree {CODE} 3.5 because it is half", "agree_which"),
        (f"/agree {CODE} purple elephants", "agree_which"),
        (f"/agree {CODE} don't know", "agree_which"),
        (f"/agree {CODE} 3", "AskSettled"),
        (f"/agree {CODE} running", "AskSettled"),
        (f"/agree {CODE}", "DeskCard"),
        (f"/agree {CODE} 3 " + "because " * 100, "text_too_long"),
    ):
        assert kinds(told(team, "Eva", said))[0] == kind, said
    assert agreed(team) == []


def test_a_reason_may_be_too_short_too_long_another_level_or_none(team: Team) -> None:
    """A bare level is another value; a command and a tap elsewhere drop it; what is typed then is an answer again."""
    team.act(("Eva", Agreed(CODE, "3")))
    assert told(team, "Eva", "4") == [AskSettled(CODE, "4")]
    assert kinds(told(team, "Eva", Typed("x" * 501))) == ["text_too_long", "AskSettled"]
    assert kinds(told(team, "Eva", Agreed(CODE))) == ["DeskCard"]
    assert team.session("Eva").desk.settling == ""
    team.act(("Eva", Agreed(CODE, "3")), ("Eva", "/scores"), ("Eva", "2"))
    assert team.session("Eva").responses["1.1.1"].level == 2
    assert agreed(team) == []


def test_changing_it_is_another_value(team: Team) -> None:
    """Appended again, the last one counts; the same once more changes nothing; everybody hears that it changed."""
    team.act(("Eva", f"/agree {CODE} 3 half of it"))
    assert kinds(told(team, "Eva", f"/agree {CODE} 3 half of it")) == ["agreed_same"]
    team.told()
    team.act(("Eva", f"/agree {CODE} 4 all of it by now"))
    assert team.told()["Ana"] == [Settled(CODE, "4", "all of it by now", again=True, fresh=True)]
    assert [level for _, level, _ in agreed(team)] == [3, 4]
    assert dispute(team).agreed == 4


def test_two_coordinators_at_once(team: Team) -> None:
    """One value is agreed on: the other is shown it, and theirs was not entered."""
    team.join("Leo", "coordinator")
    team.act(("Eva", Agreed(CODE, "3")), ("Leo", Agreed(CODE, "4")))
    team.told()
    team.at_once(("Eva", "We looked at the plan."), ("Leo", "We asked around."))
    heard = team.told()
    assert len(agreed(team)) == 1
    assert sorted(kinds(heard["Eva"] + heard["Leo"])) == ["DeskCard", "DeskCard", "Settled", "agreed_before"]
    (late,) = [name for name in ("Eva", "Leo") if "agreed_before" in kinds(heard[name])]
    (card,) = [one for one in heard[late] if isinstance(one, DeskCard)]
    assert card.matter.agreed == str(agreed(team)[0][1])


def test_who_only_agrees_has_not_answered(team: Team) -> None:
    """A coordinator who enters what was agreed on is no respondent: neither counted, nor told of an own answer."""
    team.join("Dan", "coordinator")
    team.act(("Eva", f"/agree {CODE} 3 because the minutes say so"))
    heard = team.told()
    (of_dan,) = [one for one in heard["Dan"] if isinstance(one, Settled)]
    (of_ana,) = [one for one in heard["Ana"] if isinstance(one, Settled)]
    assert (of_dan.answered, of_ana.answered) == (False, True)
    result = team.database.read(lambda tx: results.of_city(tx, team.city, team.clock().date()))
    assert result is not None
    assert (result.respondents, sum(one.people for one in result.voices)) == (len(LEVELS), len(LEVELS))
