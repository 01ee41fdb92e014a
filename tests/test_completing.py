"""Everybody is done: the coordinator is told once, with the result in five lines, and may close at once."""

from datetime import UTC, datetime

from flows.events import Answered, Ended, Reopened
from flows.prompts import AskSharing, Chart, Notice, Thanks
from flows.prompts.figures import InShort
from flows.together.coverage import asked
from model import library
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock


def finish(team: Team, name: str, value: str = "3") -> None:
    """Somebody answers whatever they are asked, to the end."""
    told = library.instrument(*library.DEFAULT)
    items = team.scope(name) or asked(told, "short")
    for code in items:
        if code not in team.session(name).responses:
            team.act((name, Answered(code, value)))
    for _ in range(200):
        if team.session(name).finished:
            return
        team.act((name, "3"))


def told_complete(team: Team) -> dict[str, int]:
    """How often each was told that everything has its answer."""
    return {
        name: sum(isinstance(one, InShort) and one.complete for one in said)
        for name, said in team.told().items()
        if any(isinstance(one, InShort) and one.complete for one in said)
    }


def test_the_coordinator_is_told_once_that_everybody_is_done(database: Database, clock: Clock) -> None:
    """When the last one finishes; not before, and not again when an answer changes later."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", department="mobility")
    finish(team, "Eva")
    assert told_complete(team) == {}
    finish(team, "Ana")
    assert told_complete(team) == {"Eva": 1}
    team.act(("Ana", Reopened(team.scope("Ana")[0])), ("Ana", Answered(team.scope("Ana")[0], "5")))  # type: ignore[index]
    assert told_complete(team) == {}


def test_of_several_who_finish_at_once_one_completes_the_wave(database: Database, clock: Clock) -> None:
    """However their turns mix, the coordinator is told once, and just once."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    people = ("mobility", "it", "finance")
    for department in people:
        team.join(department, department=department)
    finish(team, "Eva")
    last = {}
    for name in people:
        items = [code for code in team.scope(name) or () if code not in team.session(name).responses]
        for code in items[:-1]:
            team.act((name, Answered(code, "3")))
        last[name] = items[-1]
    team.told()
    team.at_once(*((name, Answered(code, "4")) for name, code in last.items()))
    assert all(team.session(name).finished for name in people)
    assert told_complete(team) == {"Eva": 1}


def test_who_finishes_last_hears_of_it_at_once_and_others_by_day(database: Database, clock: Clock) -> None:
    """At night the word to a coordinator waits for the morning; whoever acts is awake."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", department="mobility")
    finish(team, "Eva")
    clock.at = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
    finish(team, "Ana")
    assert told_complete(team) == {}
    clock.pass_(hours=12)
    assert told_complete(team) == {"Eva": 1}
    alone = Team(database, clock)
    alone.join("Iker", "coordinator")
    clock.at = datetime(2026, 11, 26, 22, 30, tzinfo=UTC)
    finish(alone, "Iker")
    assert told_complete(alone) == {"Iker": 1}


def test_a_wave_that_is_closed_early_was_never_complete(database: Database, clock: Clock) -> None:
    """Somebody is still at it, so the coordinator closes with what there is; the word of completion never comes."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", department="mobility")
    finish(team, "Eva")
    team.act(("Eva", Ended(sure=True)))
    assert told_complete(team) == {}


def test_the_close_brings_the_result_charts_and_the_question_to_share(database: Database, clock: Clock) -> None:
    """In this order; a respondent only hears that it is over."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", department="mobility")
    finish(team, "Eva")
    finish(team, "Ana")
    team.told()
    team.act(("Eva", Ended(sure=True)))
    said = team.told()
    kinds = [type(one) for one in said["Eva"]]
    assert kinds[:2] == [Notice, InShort]
    assert [one.kind for one in said["Eva"] if isinstance(one, Chart)] == ["radar", "gaps", "heat", "peers"]
    assert kinds.index(AskSharing) > kinds.index(Chart)
    assert said["Ana"] == [Notice("wave_closed")]


def test_thanks_tell_what_somebody_said_and_nothing_of_others(database: Database, clock: Clock) -> None:
    """Their own levels by capability, what they do not know, and how much evidence came; the coordinator's differ."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", department="mobility")
    finish(team, "Eva", "5")
    codes = team.scope("Ana")
    assert codes is not None
    team.act(("Ana", Answered(codes[0], "dont_know")), *(("Ana", Answered(code, "2")) for code in codes[1:]))
    (thanks,) = [one for one in team.told()["Ana"] if isinstance(one, Thanks)]
    told = library.instrument(*library.DEFAULT)
    assert thanks.part
    assert thanks.answered == len(codes)
    assert thanks.unsure == (codes[0],)
    assert thanks.parts == tuple((told.capability_of[code].code, 2.0, 1) for code in codes[1:])
    assert not thanks.leads
