"""Edited messages and replies to old cards: what somebody wrote changes with their message, and says so."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine import step
from flows.events import Answered, Attached, Dated, Event, NotMine, Typed
from flows.events.asides import Edited, Noted, Remarking, Removed
from flows.margin.editing import MOST, remembered
from flows.prompts import Changed, Notice, Summary
from flows.prompts.questions import Ask, Propose
from flows.session import Session
from flows.turn import Captioning, Remark, Turn
from model.responses import NonResponse
from tests.people import JOINED, instrument, last_kept, notices, question_key

FULL = msgspec.structs.replace(JOINED, form="full")


def after(session: Session, *said: tuple[str, Event] | Event) -> Turn:
    """The turn after the last of these; with each message its number."""
    turn = Turn(session)
    for one in said:
        message, event = one if isinstance(one, tuple) else ("", one)
        turn = step(instrument(), (before := turn.session), event)
        turn = msgspec.structs.replace(turn, session=remembered(before, turn, event, message))
    return turn


def told(turn: Turn) -> list[str]:
    """The kinds of notices of a turn."""
    return [one.kind for one in notices(turn)]


def test_who_edits_an_answer_changes_it_aloud() -> None:
    """The statement that was answered then, not the one asked now; with the change said and undone by a tap."""
    turn = after(JOINED, ("1", Typed("2")), ("2", Typed("3")), Edited("4", "1"))
    assert (last_kept(turn).item, last_kept(turn).level) == ("1.1.1", 4)
    (changed,) = (prompt for prompt in turn.prompts if isinstance(prompt, Changed))
    assert (changed.key, changed.was, changed.now) == ("1.1.1", "2", "4")
    assert question_key(turn) == "1.3.1"


@pytest.mark.parametrize("text", ["2", " 2 ", "planned"])
def test_an_edit_that_says_the_same_changes_nothing(text: str) -> None:
    """And is answered; nothing is kept a second time."""
    turn = after(JOINED, ("1", Typed("2")), Edited(text, "1"))
    assert (turn.keeps, told(turn)) == ((), ["edited_same"])


@pytest.mark.parametrize("text", ["7", "blue", "", "3.5 of it"])
def test_an_edit_that_says_nothing_clear_leaves_the_answer(text: str) -> None:
    """Out of range, no level, nothing left."""
    turn = after(JOINED, ("1", Typed("2")), Edited(text, "1"))
    assert turn.keeps == ()
    assert turn.session.responses["1.1.1"].level == 2
    assert turn.prompts


def test_an_edit_between_two_levels_offers_both() -> None:
    """As it would have been when it was typed, and it is said which statement that is about."""
    turn = after(JOINED, ("1", Typed("2")), Edited("there was a meeting about it", "1"))
    unclear, offered = turn.prompts
    assert unclear == Notice("edited_unclear", "1.1.1")  # something else may be asked by now
    assert isinstance(offered, Propose)
    assert offered.key == "1.1.1"
    assert turn.keeps == ()


def test_an_edited_command_is_not_executed_again() -> None:
    """Neither one that was one, nor an answer that becomes one."""
    for first in (Typed("2"), NotMine("")):
        before = after(JOINED, ("1", first))
        turn = after(before.session, Edited("/skip", "1"))
        assert told(turn) == ["edited_command"]
        assert (turn.session, turn.keeps) == (before.session, ())


def test_what_was_no_answer_is_answered_kindly_and_nothing_moves() -> None:
    """A text that was not understood, or is forgotten by now: how an answer is changed is said, and no card is sent."""
    turn = after(JOINED, ("1", Typed("hello there")), Edited("4", "1"))
    assert (told(turn), turn.keeps, len(turn.prompts)) == (["edited"], (), 1)


def test_the_latest_messages_are_remembered_and_no_others() -> None:
    """The session does not grow for ever."""
    said = [(str(number), Typed("3")) for number in range(MOST + 1)]
    session = after(FULL, *said).session
    assert [one.message for one in session.written] == [str(number) for number in range(1, MOST + 1)]
    assert told(after(session, Edited("1", "0"))) == ["edited"]
    assert last_kept(after(session, Edited("1", "1"))).level == 1


def test_a_tap_meanwhile_does_not_make_the_message_another_answers() -> None:
    """Typed 2, tapped 5, edited to 3: what was done last counts."""
    turn = after(JOINED, ("1", Typed("2")), Answered("1.1.1", "5"), Edited("3", "1"))
    assert turn.session.responses["1.1.1"].level == 3


@pytest.mark.parametrize("text", ["it is new", "note: it is new", "/note 1.1.1 it is new", "1.1.1 it is new"])
def test_who_edits_a_comment_changes_it(text: str) -> None:
    """With or without what it began with; the answer and what is asked stay."""
    turn = after(JOINED, Answered("1.1.1", "4"), ("1", Noted("1.1.1 it is old")), Edited(text, "1"))
    assert (last_kept(turn).comment, last_kept(turn).level) == ("it is new", 4)
    assert told(turn) == ["comment_kept"]


def test_who_edits_a_comment_that_waits_changes_that() -> None:
    """It is kept with its answer once there is one."""
    turn = after(JOINED, ("1", Typed("note: old")), Edited("new", "1"))
    assert turn.session.notes == {"1.1.1": "new"}
    assert last_kept(after(turn.session, Typed("4"))).comment == "new"


def test_who_edits_a_reason_changes_that() -> None:
    """Why something is not applicable."""
    turn = after(JOINED, Answered("1.1.1", "not_applicable"), ("1", Typed("no harbour")), Edited("no sea", "1"))
    response = last_kept(turn)
    assert (response.non_response, response.comment) == (NonResponse.NOT_APPLICABLE, "no sea")


def test_who_edits_a_remark_changes_it() -> None:
    """What is hard, in its new words: the last of an item counts."""
    turn = after(JOINED, Answered("1.1.1", "4"), Remarking("1.1"), ("1", Typed("mony")), Edited("money", "1"))
    assert turn.keeps == (Remark("1.1", "challenge", "money"),)


def test_who_edits_a_year_changes_the_goals_year() -> None:
    """And what is no year leaves it."""
    goal = (Answered("1.1+", "4"), ("1", Typed(str(JOINED.year + 3))))
    turn = after(JOINED, *goal, Edited(str(JOINED.year + 4), "1"))
    assert (last_kept(turn).level, last_kept(turn).year) == (4, JOINED.year + 4)
    assert told(after(JOINED, *goal, Edited("soon", "1"))) == ["edited_unclear"]


def test_words_below_a_file_change_with_it() -> None:
    """For the statement it is about; the code in front is not part of them."""
    sent = ("1", Attached("photo", "f1", "old words"))
    turn = after(JOINED, sent, Edited("1.1.1 new words", "1"))
    assert turn.keeps == (Captioning(1, "new words"),)
    assert told(turn) == ["caption_kept"]
    assert told(after(JOINED, sent, Removed("file", "1"), Edited("x", "1"))) == ["gone_already"]


def test_a_link_changes_with_its_message() -> None:
    """The address and the words around it."""
    turn = after(JOINED, ("1", Typed("see https://a.example/x now")), Edited("see https://b.example/y later", "1"))
    assert turn.keeps == (Captioning(1, "see later", "https://b.example/y"),)


def test_an_edit_leaves_what_is_being_handed_on() -> None:
    """A slip is mended while a note to a colleague is asked for: the note is still asked for."""
    session = msgspec.structs.replace(after(JOINED, ("1", Typed("2"))).session, handing="1.2.1 7")
    assert after(session, Edited("blue", "1")).session.handing == "1.2.1 7"


def test_a_reply_to_an_old_card_answers_that_card() -> None:
    """Whatever is asked now; and the change is said."""
    turn = after(JOINED, Typed("2"), Typed("3"), Typed("5", "1.1"))
    assert (last_kept(turn).item, last_kept(turn).level) == ("1.1.1", 5)
    assert any(isinstance(prompt, Changed) for prompt in turn.prompts)
    assert question_key(turn) == "1.3.1"


def test_a_reply_to_the_card_that_asks_is_an_answer_like_any() -> None:
    """Nothing else than without the reply."""
    assert after(JOINED, Typed("2", "1.1")).prompts == after(JOINED, Typed("2")).prompts


def test_a_reply_to_a_card_of_several_statements_asks_which() -> None:
    """The card comes again with a button for each; nothing is changed by guessing."""
    done = after(FULL, *(Answered(f"1.1.{number}", "3") for number in range(1, 10))).session
    turn = after(done, Typed("5", "1.1"))
    assert (told(turn), turn.keeps) == (["reply_which"], ())
    assert any(isinstance(prompt, Summary) and prompt.fresh for prompt in turn.prompts)


def test_a_reply_that_says_nothing_clear_asks_that_card_again() -> None:
    """And what is typed next is for it."""
    turn = after(JOINED, Typed("2"), Typed("blue", "1.1"))
    assert isinstance(turn.prompts[-1], Ask)
    assert turn.prompts[-1].key == "1.1.1"
    assert last_kept(after(turn.session, Typed("4"))).item == "1.1.1"


def test_a_comment_in_reply_to_a_card_is_for_it() -> None:
    """By its mark or its command."""
    for event in (Typed("note: so it is", "1.1"), Noted("so it is", card="1.1")):
        turn = after(JOINED, Typed("2"), Typed("3"), event)
        assert (last_kept(turn).item, last_kept(turn).comment) == ("1.1.1", "so it is")


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["4", "2026", "note: x", "http://a.b", "/note", "", "x"])))
)
def test_edits_in_any_order_are_never_met_with_silence(said: list[tuple[int, str]]) -> None:
    """Whatever was written and is edited, in whatever order."""
    session = JOINED
    for number, text in said:
        session = after(session, (str(number), Typed(text))).session
        turn = after(session, Edited(text, str(3 - number)), Edited("3", str(number)))
        assert turn.prompts
        session = turn.session


def test_a_goals_card_is_replied_to_like_any() -> None:
    """Its level, while the year stays."""
    turn = after(JOINED, Answered("1.1+", "4"), Dated("1.1+", JOINED.year + 3), Typed("5", "1.1+"))
    assert (last_kept(turn).item, last_kept(turn).level, last_kept(turn).year) == ("1.1", 5, JOINED.year + 3)


def test_the_notices_name_what_they_are_about() -> None:
    """A person who reads it later knows which answer was meant."""
    turn = after(JOINED, ("1", Typed("2")), Edited("blue", "1"))
    assert turn.prompts == (Notice("edited_unclear", "1.1.1"),)
