"""A capability's form: whatever is new in it is kept in one turn, as if each answer had come alone."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.reports.exports import comment_as_json, response_as_json
from flows.engine import step
from flows.events import Answered, Reopened
from flows.events.asides import Filled, Noted, Removed
from flows.margin.filling import statements
from flows.path import due, is_asked
from flows.prompts import Changed, Notice, Summary
from flows.prompts.interludes import FormKept, MyData
from flows.prompts.questions import Ask, AskReason
from flows.session import Session
from flows.turn import Erasing, Remark, Turn
from model.instrument import Instrument
from model.responses import NonResponse, Response
from storage import remarks, sessions, waves
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.people import JOINED, asked, instrument, play
from tests.test_independent import LIBRARIES

FULL = msgspec.structs.replace(JOINED, form="full")
NINE = tuple(one.code for one in instrument().capability_of["1.1"].asked("full"))
VALUES = ["0", "1", "2", "3", "4", "5", "dont_know", "not_applicable", "declined"]
ODD = ["", "6", "-1", "handed_on", "three"]


def form(*values: str, comment: str | None = None) -> Filled:
    """The form of 1.1 with these values from its first statement on."""
    return Filled("1.1", tuple(zip(NINE, values, strict=False)), comment)


def told(turn: Turn) -> FormKept:
    """What is said of a form, once."""
    (found,) = (prompt for prompt in turn.prompts if isinstance(prompt, FormKept))
    return found


def counting(session: Session) -> dict[str, str]:
    """The responses that count, without words: an excluded statement's reason may come one way or the other."""
    return {key: str(said.non_response or said.level) for key, said in session.responses.items()}


def test_nine_answers_are_one_turn() -> None:
    """Nine responses, one sentence, the card as it is now, and the next capability's question."""
    turn = play(FULL, form(*"012345012"))
    assert [one.level for one in turn.keeps if isinstance(one, Response)] == [0, 1, 2, 3, 4, 5, 0, 1, 2]
    assert told(turn) == FormKept("1.1", 9)
    (card,) = (prompt for prompt in turn.prompts if isinstance(prompt, Summary))
    assert card.answers == tuple(zip(NINE, "012345012", strict=True))
    question = asked(turn)
    assert isinstance(question, Ask)
    assert question.key == "1.2.1"


def test_what_was_answered_before_is_changed_aloud_for_all_at_once() -> None:
    """One sentence names each change; what is as it was is not kept again."""
    turn = play(FULL, form("3", "3", "3"), form("3", "4", "dont_know", "5"))
    assert told(turn) == FormKept("1.1", 1, (("1.1.2", "3", "4"), ("1.1.3", "3", "dont_know")))
    assert len(turn.keeps) == 3
    assert not any(isinstance(prompt, Changed) for prompt in turn.prompts)


def test_the_same_form_again_changes_nothing() -> None:
    """Not the session, not the log; it is said, and what is asked stays asked."""
    first = play(FULL, form("3", "", "4", comment="We began late."))
    again = play(first.session, form("3", "", "4", comment=" We began late. "))
    assert (again.session, again.keeps, told(again)) == (first.session, (), FormKept("1.1"))
    assert asked(again) == asked(first)


def test_what_is_not_ones_own_is_left_out_and_the_rest_kept() -> None:
    """Another capability's statement, a code nobody has, a value that is none, and what a colleague is asked for."""
    mine = msgspec.structs.replace(FULL, scope=("1.1.1", "1.1.2"), role="respondent")
    odd = (("1.1.1", "4"), ("1.1.2", "six"), ("1.1.3", "4"), ("1.2.1", "4"), ("9.9.9", "4"), ("", "4"))
    turn = play(mine, Filled("1.1", odd))
    assert counting(turn.session) == {"1.1.1": "4"}
    assert told(turn) == FormKept("1.1", 1, left=5)


@pytest.mark.parametrize("about", ["", "9.9", "1.1.1", "1", "1.2"])
def test_a_form_about_nothing_of_ones_own_is_answered_kindly(about: str) -> None:
    """No capability's code, or that of one that is somebody else's; a comment comes to nothing with it."""
    mine = msgspec.structs.replace(FULL, scope=("1.1.1",), role="respondent")
    turn = play(mine, Filled(about, (("1.1.1", "4"),), "Words"))
    assert (turn.session, turn.keeps, turn.prompts[0]) == (mine, (), Notice("form_not_yours"))


def test_after_the_close_it_is_said_once_and_nothing_is_kept() -> None:
    """As for any answer."""
    turn = play(msgspec.structs.replace(FULL, open=False), form("3", comment="Late"))
    assert (turn.prompts, turn.keeps) == ((Notice("closed"),), ())


def test_a_comment_is_the_reason_for_what_does_not_apply() -> None:
    """With one nothing is asked; it is kept with each of them, and for the capability."""
    turn = play(FULL, form("not_applicable", "3", "not_applicable", comment="No river here."))
    assert [turn.session.responses[key].comment for key in NINE[:3]] == ["No river here.", "", "No river here."]
    assert Remark("1.1", "comment", "No river here.") in turn.keeps
    assert isinstance(asked(turn), Ask)


def test_without_a_new_comment_the_first_reason_is_asked_as_usual() -> None:
    """An old comment was not meant as this reason."""
    turn = play(FULL, form("3", comment="Ours."), form("3", "not_applicable", "not_applicable", comment="Ours."))
    assert asked(turn) == AskReason("1.1.2", "not_applicable")
    assert turn.session.responses["1.1.3"].non_response is NonResponse.NOT_APPLICABLE


def test_an_emptied_comment_is_gone_and_a_missing_one_stays() -> None:
    """A form that did not ask for a comment takes none away."""
    kept = play(FULL, form("3", comment="Ours.")).session
    assert play(kept, form("4")).session.notes == {"1.1": "Ours."}
    gone = play(kept, form("3", comment=" "))
    assert (gone.session.notes, gone.keeps, told(gone)) == (
        {},
        (Erasing("note", "1.1"),),
        FormKept("1.1", comment="gone"),
    )


def test_a_comment_that_waited_for_its_answer_goes_with_it() -> None:
    """Also where the answer comes in a form; what an answer said of itself before stays with its new level."""
    waited = play(FULL, Noted("1.1.2 Since May."), form("3", "4")).session
    assert waited.responses["1.1.2"].comment == "Since May."
    assert play(waited, form("3", "5")).session.responses["1.1.2"].comment == "Since May."


def test_a_question_asked_out_of_turn_is_answered_by_the_form() -> None:
    """Whoever taps Change and then leaves the form as it was is not asked for it again."""
    changing = play(FULL, form(*"333333333"), Reopened("1.1.4"))
    assert due(instrument(), changing.session) == "1.1.4"
    assert due(instrument(), play(changing.session, form(*"333333333")).session) == "1.2.1"


def routed(session: Session, *answers: tuple[str, str]) -> Turn:
    """A form of the library's first capability, in which 1.1.3 is asked where 1.1.2 is 3 or more."""
    return step(LIBRARIES, session, Filled("1.1", answers))


def test_what_depends_on_another_answer_of_the_form_falls_due_or_away() -> None:
    """The order in the form does not matter; what falls away is left out, and asked again when it is due again."""
    both = routed(FULL, ("1.1.3", "4"), ("1.1.1", "1"), ("1.1.2", "3"))
    assert counting(both.session) == {"1.1.1": "1", "1.1.2": "3", "1.1.3": "4"}
    away = routed(both.session, ("1.1.2", "1"), ("1.1.3", "5"))
    assert told(away) == FormKept("1.1", changed=(("1.1.2", "3", "1"),), left=1)
    assert not is_asked(LIBRARIES, away.session, "1.1.3")
    fresh = routed(FULL, ("1.1.1", "1"), ("1.1.2", "3"))
    assert due(LIBRARIES, fresh.session) == "1.1.3"


@given(
    some.sampled_from([(instrument(), "1.1"), (LIBRARIES, "1.1")]),
    some.lists(some.tuples(some.integers(0, 8), some.sampled_from(VALUES)), max_size=5),
    some.lists(some.tuples(some.integers(0, 8), some.sampled_from([*VALUES, *ODD])), max_size=12),
    some.sampled_from([None, "", "Words."]),
)
def test_any_form_is_what_its_answers_are_one_by_one(
    asks: tuple[Instrument, str],
    before: list[tuple[int, str]],
    given_now: list[tuple[int, str]],
    comment: str | None,
) -> None:
    """In the questionnaire's order; and the same form again changes no response."""
    told_by, code = asks
    mine = statements(told_by, FULL, code)
    session = _one_by_one(told_by, FULL, [Answered(mine[at % len(mine)], value) for at, value in before])
    answers = {mine[at % len(mine)]: value for at, value in given_now}
    filled = step(told_by, session, Filled(code, tuple(answers.items()), comment))
    alone = [Answered(key, answers[key]) for key in mine if answers.get(key)]
    assert counting(filled.session) == counting(_one_by_one(told_by, session, alone))
    assert len([one for one in filled.keeps if isinstance(one, Response)]) <= len(answers)
    again = step(told_by, filled.session, Filled(code, tuple(answers.items()), comment))
    assert (again.session.responses, again.keeps) == (filled.session.responses, ())


def _one_by_one(told_by: Instrument, session: Session, did: list[Answered]) -> Session:
    for event in did:
        session = step(told_by, session, event).session
    return session


def test_a_comment_stands_in_the_log_and_can_be_taken_back(database: Database, clock: Clock) -> None:
    """/mydata shows it with its button; taken back, it is in no table any more, and nor is one emptied in a form."""
    team = Team(database, clock, "full")
    ana = team.join("Ana").respondent
    team.act(("Ana", form("3", "4", comment="We began late.")))

    def words() -> list[str]:
        said = database.read(lambda tx: remarks.comments(tx, team.wave.id))
        return [one.text for one in said if one.respondent == ana]

    assert words() == ["We began late."]
    team.told()
    team.act(("Ana", "/mydata"))
    (shown,) = (prompt for prompt in team.told()["Ana"] if isinstance(prompt, MyData))
    assert shown.rows[0] == (Removed("comment", "1.1"),)
    team.act(("Ana", Removed("comment", "1.1")))
    assert (words(), team.session("Ana").notes) == ([], {})
    team.act(("Ana", form("3", comment="Again.")), ("Ana", form("3", comment="")))
    assert words() == []
    assert len(team.session("Ana").responses) == 2
    assert database.read(sessions.disagreements) == []


def test_the_export_tells_comments_with_the_keys_of_responses(database: Database, clock: Clock) -> None:
    """They answer nothing, so nothing but their words is in them; the last of a person counts."""
    team = Team(database, clock, "full")
    team.join("Ana")
    team.act(("Ana", form("3", comment="Late.")), ("Ana", form("3", comment="Very late.")))
    (logged,) = database.read(lambda tx: waves.log(tx, team.city.id))
    lines = [comment_as_json(team.wave, said) for said in database.read(lambda tx: remarks.comments(tx, team.wave.id))]
    assert [list(line) for line in lines] == [list(response_as_json(logged))] * 2
    assert [(one["comment"], one["current"], one["aspect"], one["capability"]) for one in lines] == [
        ("Late.", False, None, "1.1"),
        ("Very late.", True, None, "1.1"),
    ]
