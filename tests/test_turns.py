"""The rules of the conversation, one example each: readers learn from here what the bot does when."""

import msgspec
import pytest

from flows.events import (
    Answered,
    Asked,
    Attached,
    Consented,
    Dated,
    Event,
    Explained,
    Finished,
    Reopened,
    Resumed,
    Sent,
    Shared,
    Skipped,
    Spoke,
    Started,
    Typed,
    WentBack,
)
from flows.prompts import AskSharing, CardPrompt, Changed, Notice, Prompt, Summary, Thanks
from flows.prompts.questions import Ask, AskCity, AskConsent, AskReason, Languages, Propose, Review
from flows.session import Session
from flows.turn import Evidence, Founding, Sharing, Turn
from model.responses import Aspect, NonResponse, Response
from tests.people import CITY, JOINED, answered, asked, last_kept, notices, play, question_key

FIRST, GOAL = "1.1.1", "1.1+"
FIRST_DIMENSION = [Answered(f"1.{n}.1", "3") for n in range(1, 6)]
FINISHED = answered(JOINED, 500)[-1][1].session


def skip_all(session: Session) -> Turn:
    turn = play(session, Typed("?"))
    while not isinstance(asked(turn), Review):
        turn = play(turn.session, Skipped())
    return turn


def test_not_applicable_asks_for_a_reason_and_the_next_text_becomes_its_comment() -> None:
    """What does not apply is kept at once, and again with the reason."""
    turn = play(JOINED, Answered(FIRST, "not_applicable"))
    assert asked(turn) == AskReason(FIRST, "not_applicable")
    turn = play(turn.session, Typed("We have no sea"))
    assert turn.keeps == (
        Response(FIRST, Aspect.AS_IS, non_response=NonResponse.NOT_APPLICABLE, comment="We have no sea"),
    )
    assert question_key(turn) == "1.2.1"


def test_a_reason_may_be_left_out() -> None:
    """Skipping the reason keeps the answer as it is and goes on."""
    turn = play(JOINED, Answered(FIRST, "not_applicable"), Skipped(FIRST))
    assert (turn.keeps, turn.session.skipped, question_key(turn)) == ((), (), "1.2.1")


def test_a_bare_level_where_a_reason_is_due_changes_the_answer() -> None:
    """The text "2" is no reason but a change of mind."""
    turn = play(JOINED, Answered(FIRST, "not_applicable"), Typed("2"))
    assert last_kept(turn) == Response(FIRST, Aspect.AS_IS, level=2)
    assert Changed(FIRST, "not_applicable", "2", fresh=True) in turn.prompts


def test_what_was_skipped_is_reviewed_and_then_declined() -> None:
    """At the end skipped questions are offered once more; whoever is done declines the statements among them."""
    turn = skip_all(JOINED)
    assert asked(turn) == Review(turn.session.skipped)
    turn = play(turn.session, Finished())
    assert turn.session.finished
    assert any(isinstance(prompt, Thanks) for prompt in turn.prompts)
    assert len(turn.keeps) == 25
    assert last_kept(turn) == Response("5.5.1", Aspect.AS_IS, non_response=NonResponse.DECLINED)


def test_what_was_skipped_is_asked_again_on_wish() -> None:
    """The wish to answer what was skipped starts at the first of it."""
    turn = play(skip_all(JOINED).session, Resumed())
    assert (question_key(turn), turn.session.skipped) == (FIRST, ())


def test_skipping_what_was_answered_keeps_the_answer() -> None:
    """Whoever reopens an answer and skips it has changed nothing."""
    turn = play(JOINED, Answered(FIRST, "3"), Reopened(FIRST), Skipped())
    assert turn.session.responses[FIRST].level == 3
    assert question_key(turn) == "1.2.1"


def test_a_button_of_a_question_nobody_asks_skips_nothing() -> None:
    """A skip of an unknown question is an old button like any other."""
    turn = play(JOINED, Skipped("9.9.9"))
    assert (notices(turn), turn.session) == ([Notice("old_button")], JOINED)


@pytest.mark.parametrize("event", [Answered("1.1.9", "3"), Dated("9.1+", 2029), Reopened("1.1"), Explained("x")])
def test_an_old_button_of_another_form_changes_nothing(event: Event) -> None:
    """A button of a question that this form does not ask is answered kindly."""
    turn = play(JOINED, event)
    assert (notices(turn), turn.keeps, turn.session) == ([Notice("old_button")], (), JOINED)
    assert question_key(turn) == FIRST


def test_vague_text_leads_to_two_proposals() -> None:
    """Nothing is kept before the respondent has said which of two levels was meant."""
    turn = play(JOINED, Typed("we are talking about it in a few meetings"))
    question = asked(turn)
    assert isinstance(question, Propose)
    assert (len(question.levels), question.levels[0], turn.keeps) == (2, 1, ())


@pytest.mark.parametrize(
    ("text", "kind"), [("7", "out_of_range"), ("-1", "out_of_range"), ("3.5", "out_of_range"), ("🦄", "not_understood")]
)
def test_what_is_no_level_is_asked_again_at_the_end(text: str, kind: str) -> None:
    """The notice is followed by the question, anew at the end of the conversation."""
    turn = play(JOINED, Typed(text))
    question = asked(turn)
    assert [notice.kind for notice in notices(turn)] == [kind]
    assert isinstance(question, CardPrompt)
    assert question.fresh


@pytest.mark.parametrize("digits", [25, 400, 5000])
def test_a_very_long_number_is_out_of_range(digits: int) -> None:
    """A cat on the keyboard raises nothing, whatever is asked."""
    text = Typed("9" * digits)
    goal_without_year = play(JOINED, *FIRST_DIMENSION, Answered(GOAL, "4")).session
    for session in (
        JOINED,
        goal_without_year,
        Session("1", 2026, consented=True, city=msgspec.structs.replace(CITY, population=0)),
    ):
        assert len(notices(play(session, text))) == 1


def test_a_sticker_is_not_an_answer() -> None:
    """Whatever is neither text nor file is met with a notice and the question."""
    turn = play(JOINED, Sent("sticker"))
    assert notices(turn) == [Notice("not_an_answer")]
    assert question_key(turn) == FIRST


def test_a_photo_is_evidence_for_what_is_being_asked() -> None:
    """A file belongs to the statement that is due, or while a goal is due to the one answered last."""
    turn = play(JOINED, Attached("photo", "file-1", "our plan"))
    assert turn.keeps == (Evidence(FIRST, "photo", "file-1", "our plan", copy=True),)
    turn = play(JOINED, *FIRST_DIMENSION, Attached("photo", "file-2"))
    assert turn.keeps == (Evidence("1.5.1", "photo", "file-2", copy=True),)


def test_a_language_is_spoken_from_here_on() -> None:
    """The question is repeated in the new language; an unknown one leads to the choice."""
    turn = play(JOINED, Spoke("es"))
    assert (turn.session.language, question_key(turn)) == ("es", FIRST)
    turn = play(turn.session, Spoke("tlh"))
    assert (turn.session.language, notices(turn)) == ("es", [Notice("language_unknown")])
    assert asked(turn) == Languages(("en", "es"))


def test_only_a_coordinator_shares_the_city() -> None:
    """A respondent is neither asked for the city's result nor heard about it."""
    respondent = msgspec.structs.replace(FINISHED, role="respondent", finished=False)
    turn = play(respondent, Typed("?"))
    assert not any(isinstance(prompt, AskSharing) for prompt in turn.prompts)
    turn = play(turn.session, Shared(agreed=True))
    assert (notices(turn), turn.keeps) == ([Notice("coordinator_only")], ())
    assert play(FINISHED, Shared(agreed=True)).keeps == (Sharing(agreed=True),)


def test_an_answer_can_be_changed_after_the_end() -> None:
    """The change is said aloud with its Undo, and nothing else is asked."""
    turn = play(FINISHED, Reopened(FIRST), Answered(FIRST, "5"))
    assert turn.prompts[1:] == (Changed(FIRST, "3", "5", fresh=True),)
    assert isinstance(turn.prompts[0], Summary)
    assert turn.session.finished


def test_going_back_puts_the_question_before_at_the_end() -> None:
    """The question before the one that is due is asked anew; before the first there is none."""
    turn = play(JOINED, Answered(FIRST, "3"), WentBack())
    assert turn.prompts == (Ask(FIRST, 1, 25, current="3", fresh=True),)
    assert notices(play(JOINED, WentBack())) == [Notice("nothing_before")]


def test_a_closed_wave_is_answered_kindly() -> None:
    """Reports can still be seen; an answer changes nothing."""
    closed = msgspec.structs.replace(FINISHED, open=False)
    assert play(closed, Answered(FIRST, "1")).prompts == (Notice("closed"),)
    assert notices(play(closed, Asked("scores"))) == []


def test_a_new_city_is_founded_once_its_facts_are_known() -> None:
    """Consent, name, country, population; then the first statement."""
    newcomer = Session("1", 2026)
    assert isinstance(asked(play(newcomer, Started())), AskConsent)
    assert notices(play(newcomer, Consented(agreed=False))) == [Notice("no_consent")]
    turn = play(newcomer, Typed("yes"), Typed("Valencia"), Typed("Spain"), Typed("800k"))
    assert turn.keeps == (Founding(CITY),)
    assert question_key(turn) == FIRST


def test_an_unknown_command_is_no_citys_name() -> None:
    """A slip such as /cancel is answered, whatever is being asked."""
    turn = play(Session("1", 2026), Consented(agreed=True), Typed("/cancel"))
    assert (notices(turn), asked(turn)) == ([Notice("unknown_command", "/cancel")], AskCity("name"))


def test_a_finished_respondent_hears_that_nothing_is_due() -> None:
    """Text after the end is met with a notice, not with a question."""
    turn: Turn = play(FINISHED, Typed("hello"))
    said: tuple[Prompt, ...] = turn.prompts
    assert said == (Notice("nothing_due"),)
