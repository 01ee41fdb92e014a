"""Beside answering: a few minutes, many equal answers, people's own words, and goals of single statements."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from flows import wire
from flows.around import Around
from flows.engine import step
from flows.events import Answered, Continued, Event, Skipped
from flows.events.asides import Affirmed, Aimed, Carried, Confirmed, Hurried, Hushed, Rested, Weighed
from flows.margin.monotony import FAST, MANY
from flows.path import path, way
from flows.prompts import Notice, Summary
from flows.prompts.interludes import AskKeep, AskSame, AskWeight, Breather, LastOnes
from flows.prompts.interludes import Hurry as Begun
from flows.prompts.questions import Ask, AskGoal
from flows.session import LastTime, Session, aspect_of
from flows.turn import Turn
from model.responses import Aspect, Response
from model.unlocking import unlocking
from tests.people import JOINED, asked, instrument, notices, play, question_key

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FULL = msgspec.structs.replace(JOINED, form="full")
STATEMENTS = [key for key in path(instrument(), way(JOINED)) if aspect_of(key) is Aspect.AS_IS]


def at(session: Session, seconds: float, *events: Event, answered: frozenset[str] = frozenset()) -> Turn:
    """The turn after the last of these events, so many seconds on."""
    turn = Turn(session)
    for event in events:
        turn = step(instrument(), turn.session, event, Around(NOW + timedelta(seconds=seconds), answered=answered))
    return turn


def kinds(turn: Turn) -> list[type]:
    return [type(prompt) for prompt in turn.prompts]


def test_a_few_minutes_are_spent_on_what_unlocks_most() -> None:
    """A capability that lacks one answer comes before those that lack many; what the city has is not asked again."""
    told = instrument()
    done = [one.code for one in told.capability_of["3.4"].asked("full")][:5]
    turn = at(FULL, 0, Hurried("1"), answered=frozenset(done))
    keys = turn.session.hurry.keys
    assert question_key(turn) == keys[0]
    assert set(keys) == set(unlocking(told, "full", done, path(told, way(FULL)), len(keys)))
    assert any(key.startswith("3.4.") for key in keys)
    assert not set(keys) & set(done)


@pytest.mark.parametrize(("minutes", "fits"), [("", 20), ("4", 20), ("1", 5), ("2 min", 10), ("240", 250)])
def test_minutes_are_as_many_questions_as_fit(minutes: str, fits: int) -> None:
    """Twelve seconds a question for whom nothing is known yet; never more than there are."""
    turn = at(FULL, 0, Hurried(minutes))
    begun = next(prompt for prompt in turn.prompts if isinstance(prompt, Begun))
    assert begun.questions == len(turn.session.hurry.keys) == fits


@pytest.mark.parametrize("odd", ["0", "241", "-4", "soon", "4 5", "99999", "four"])
def test_minutes_that_are_none_are_asked_for_kindly(odd: str) -> None:
    """And nothing changes."""
    turn = at(FULL, 0, Hurried(odd))
    assert (turn.session, notices(turn)[0].kind) == (FULL, "minutes_not_understood")


def test_four_minutes_end_on_time() -> None:
    """The first answer after their end is kept, and nothing more is asked; a moment before, the next one is."""
    begun = at(FULL, 0, Hurried("4")).session
    first = begun.hurry.keys[0]
    assert isinstance(asked(at(begun, 239, Answered(first, "3"))), Ask)
    over = at(begun, 240, Answered(first, "3"))
    assert over.session.responses[first].level == 3
    assert isinstance(asked(over), Breather)
    assert not any(isinstance(prompt, Ask) for prompt in over.prompts)
    rest = at(over.session, 241, Rested())
    assert asked(rest) is None
    assert isinstance(asked(at(rest.session, 300, Continued())), Ask)


def test_whoever_comes_back_after_their_minutes_is_asked_on() -> None:
    """Nobody who asks to go on is told that their time is over."""
    begun = at(FULL, 0, Hurried("4")).session
    turn = at(begun, 7200, Continued())
    assert kinds(turn) == [Notice, Ask]
    assert Breather not in kinds(at(turn.session, 7205, Answered(begun.hurry.keys[0], "3")))


def test_a_stretch_ends_when_its_questions_are_answered_or_skipped() -> None:
    """Not later, although time is left."""
    turn = at(FULL, 0, Hurried("1"))
    keys = turn.session.hurry.keys
    for key in keys[:-1]:
        turn = at(turn.session, 5, Answered(key, "3"))
    turn = at(turn.session, 6, Skipped(keys[-1]))
    assert isinstance(asked(turn), Breather)


def test_a_stretch_waits_for_a_reason() -> None:
    """Somebody who says "not applicable" at the end is asked why before the end is said."""
    begun = at(FULL, 0, Hurried("4"))
    turn = at(begun.session, 300, Answered(begun.session.hurry.keys[0], "not_applicable"))
    assert not any(isinstance(prompt, Breather) for prompt in turn.prompts)
    assert isinstance(asked(at(turn.session, 310, Skipped())), Breather)


def run(seconds: float, values: str = "3" * MANY) -> Turn:
    """So many answers, evenly spread over the seconds."""
    turn = Turn(JOINED)
    for place, value in enumerate(values):
        turn = at(turn.session, seconds * place / (len(values) - 1), Answered(STATEMENTS[place], value))
    return turn


def test_twelve_equal_answers_in_forty_seconds_are_asked_about_once() -> None:
    """Kindly, once a session, and nothing is taken away."""
    turn = run(FAST.total_seconds())
    assert asked(turn) == AskSame("3", MANY)
    assert len(turn.session.responses) == MANY
    for place in range(MANY, 2 * MANY):
        turn = at(turn.session, 41, Answered(STATEMENTS[place], "3"))
        assert AskSame not in kinds(turn)
    assert len(turn.session.responses) == 2 * MANY


def test_a_slow_beginning_does_not_hide_twelve_quick_ones() -> None:
    """Any twelve equal answers in a row count, not only the first."""
    turn = at(JOINED, -120, Answered(STATEMENTS[0], "3"))
    for place in range(1, MANY + 1):
        turn = at(turn.session, place, Answered(STATEMENTS[place], "3"))
    assert asked(turn) == AskSame("3", MANY)


@pytest.mark.parametrize(
    ("seconds", "values"),
    [(FAST.total_seconds() + 1, "3" * MANY), (10, "3" * (MANY - 1)), (10, "3" * 11 + "4"), (10, "33333433333333")],
)
def test_slower_fewer_or_different_answers_are_nobodys_business(seconds: float, values: str) -> None:
    """Twelve in a row, and faster than anybody reads; not otherwise."""
    assert AskSame not in kinds(run(seconds, values))


def test_who_looks_again_sees_the_last_ones_and_changes_what_they_like() -> None:
    """Each with a button; who meant them is simply asked on."""
    turn = run(20)
    shown = asked(at(turn.session, 21, Confirmed(agreed=False)))
    assert isinstance(shown, LastOnes)
    assert shown.keys == tuple(STATEMENTS[:MANY])
    assert isinstance(asked(at(turn.session, 21, Confirmed(agreed=True))), AskGoal)


def test_one_answer_that_is_changed_is_one_answer() -> None:
    """Tapping to and fro on one card is no run."""
    turn = Turn(JOINED)
    for place in range(2 * MANY):
        turn = at(turn.session, place / 10, Answered(STATEMENTS[0], "34"[place % 2]))
    assert AskSame not in kinds(turn)


def test_whoever_wants_no_questions_about_words_is_never_offered_them_again() -> None:
    """Said once; the other cards of the session come without."""
    dimension = [key for key in STATEMENTS if key.startswith("1.")]
    answers = [Answered(key, "3") for key in dimension]
    offered = [one.about for one in play(JOINED, *answers).prompts if isinstance(one, Summary)]
    silent = [one.about for one in play(JOINED, Hushed(), *answers).prompts if isinstance(one, Summary)]
    assert (offered, silent) == (["1"], [""])


def test_what_hardly_ages_is_kept_in_one_go_or_asked() -> None:
    """In this wave's log like any answer; whoever says no is asked each."""
    known = LastTime({"1.1.1": "4", "1.2.1": "2"}, {}, "2025-11-23", ("1.2.1",))
    back = msgspec.structs.replace(JOINED, last_time=known)
    assert asked(play(back, Continued())) == AskKeep((("1.2.1", "2"),), "2025-11-23")
    kept = play(back, Carried(agreed=True))
    assert (kept.session.responses["1.2.1"].level, question_key(kept)) == (2, "1.1.1")
    refused = play(back, Carried(agreed=False), Answered("1.1.1", "4"))
    question = asked(refused)
    assert isinstance(question, Ask)
    assert (question.key, question.before) == ("1.2.1", "2")


def test_a_goal_of_last_time_is_kept_with_its_year_while_that_is_to_come() -> None:
    """One tap keeps level and year; a goal whose year has come is asked in full, and its old button does nothing."""
    answers = [Answered(key, "3") for key in STATEMENTS[:5]]
    known = LastTime({"1.1+": "4", "1.2+": "5"}, {"1.1+": 2028, "1.2+": 2026}, "2025-11-23")
    turn = play(msgspec.structs.replace(JOINED, last_time=known), *answers)
    question = asked(turn)
    assert isinstance(question, AskGoal)
    assert (question.before, question.before_year) == ("4", 2028)
    turn = play(turn.session, Affirmed("1.1+"))
    assert turn.keeps == (Response("1.1", Aspect.TARGET, level=4, year=2028),)
    question = asked(turn)
    assert isinstance(question, AskGoal)
    assert (question.key, question.before) == ("1.2+", "")
    assert notices(play(turn.session, Affirmed("1.2+")))[0].kind == "old_button"


def test_only_the_coordinator_sets_and_weighs_goals() -> None:
    """Others are told so, and nothing is kept."""
    ben = msgspec.structs.replace(JOINED, role="respondent")
    for event in (Aimed("1.1"), Aimed("1.1.1"), Weighed("1.1 importance 3")):
        turn = play(ben, event)
        assert (turn.keeps, notices(turn)[0].kind) == ((), "coordinator_only")
    assert notices(play(ben, Answered("1.1.1+", "4")))[0].kind == "old_button"


@pytest.mark.parametrize("odd", ["9.9", "1.1.2", "", "1.1.1.1", "+", "1.1+"])
def test_a_goal_that_there_is_not_is_said_to_be_none(odd: str) -> None:
    """Not in the model, or not asked in this form; nothing changes."""
    turn = play(JOINED, Aimed(odd))
    assert (turn.session, notices(turn)[0].kind) == (JOINED, "nothing_of_that_code")


def test_importance_and_effort_are_asked_one_after_the_other() -> None:
    """Two taps, each kept at once; every button fits."""
    turn = play(JOINED, Weighed("1.1.1"))
    assert turn.prompts == (AskWeight("1.1.1", "importance"),)
    turn = play(JOINED, Weighed("1.1.1 importance 3"))
    assert turn.prompts == (AskWeight("1.1.1", "effort"),)
    known = Around(weights={"1.1.1": (3, 0)})
    assert step(instrument(), JOINED, Weighed("1.1.1 effort 2"), known).prompts[0].rows == ()
    assert len(wire.encode("zzzzzz", Weighed("12.12.12 importance 3")).encode()) <= wire.LONGEST
