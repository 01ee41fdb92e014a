"""The rules of goals, one example each: a level and a year for each capability."""

import pytest

from flows.events import (
    Answered,
    Dated,
    Reopened,
    Typed,
)
from flows.prompts.questions import AskReason, AskYear
from model.responses import Aspect, Response
from tests.people import JOINED, asked, last_kept, notices, play, question_key

FIRST, GOAL = "1.1.1", "1.1+"
FIRST_DIMENSION = [Answered(f"1.{n}.1", "3") for n in range(1, 6)]


def test_a_goal_below_today_asks_for_a_reason_and_then_for_its_year() -> None:
    """The reason becomes the goal's comment, and the year joins it."""
    turn = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "2"))
    assert asked(turn) == AskReason(GOAL, "below_today")
    turn = play(turn.session, Typed("Budget cuts"))
    assert isinstance(asked(turn), AskYear)
    turn = play(turn.session, Dated(GOAL, 2029))
    assert last_kept(turn) == Response("1.1", Aspect.TARGET, level=2, year=2029, comment="Budget cuts")


def test_no_goal_is_asked_where_nothing_applies() -> None:
    """A capability of which all is not applicable has no goal."""
    turn = play(JOINED, Answered(FIRST, "not_applicable"), Typed("no"), *FIRST_DIMENSION[1:])
    assert question_key(turn) == "1.2+"


def test_a_goal_that_was_being_asked_is_given_up_once_nothing_applies() -> None:
    """A reopened goal whose capability turns out not to apply is not asked again and again."""
    away = [Answered(FIRST, "not_applicable"), Typed("no")]
    turn = play(JOINED, Answered(FIRST, "3"), Reopened(GOAL), *away, Answered(GOAL, "3"))
    assert question_key(turn) == "1.2.1"


@pytest.mark.parametrize(("text", "year"), [("in 3 years", 2029), ("2031", 2031), ("2", 2028)])
def test_a_year_may_be_typed(text: str, year: int) -> None:
    """A goal's year is counted from the wave's."""
    turn = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "4"), Typed(text))
    assert last_kept(turn).year == year


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2026", "year_out_of_range"), ("in 9 years", "year_out_of_range"), ("soon", "year_not_understood")],
)
def test_a_year_that_is_none_is_asked_again(text: str, kind: str) -> None:
    """A goal lies two to five years out."""
    turn = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "4"), Typed(text))
    assert [notice.kind for notice in notices(turn)] == [kind]
    assert isinstance(asked(turn), AskYear)


def test_the_year_of_a_goal_can_be_changed() -> None:
    """Whoever reopens a goal and keeps its level is asked for its year."""
    turn = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "4"), Dated(GOAL, 2028), Reopened(GOAL), Answered(GOAL, "4"))
    assert isinstance(asked(turn), AskYear)


def test_the_same_year_again_closes_a_reopened_goal() -> None:
    """A goal that was reopened is not asked for twice when its year is confirmed."""
    turn = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "4"), Dated(GOAL, 2028), Reopened(GOAL), Dated(GOAL, 2028))
    assert question_key(turn) == "1.2+"
