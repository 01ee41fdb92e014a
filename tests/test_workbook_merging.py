"""What a workbook changes: beside what it held when it was made, and beside what the chat holds now."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.around import Around
from flows.engine import step
from flows.events import Answered, Attached, Event, Typed
from flows.events.asides import Filled, Noted
from flows.events.sheeting import Choice, Imported, Unfolded
from flows.kept.sheets import Fault, Receiving, Row, Sheet, SheetMark
from flows.margin.filing import LARGEST
from flows.margin.filling import statements
from flows.margin.merging import merge
from flows.prompts.questions import AskReason
from flows.prompts.sheets import SheetNews, SheetPreview, SheetTaken
from flows.session import Session
from flows.turn import Evidence, Turn
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response
from tests.people import JOINED, asked, instrument, play
from tests.test_filled import FULL, VALUES, counting
from tests.test_independent import LIBRARIES

BOOK = Attached("document", "file-1", name="valencia-es-2026.xlsx", size=40_000)


def shown(session: Session, *rows: Row, **other: Any) -> SheetPreview:
    """What the preview of a workbook tells."""
    turn = step(instrument(), session, Unfolded("7"), Around(sheet=Sheet(rows, **other)))
    assert not any(isinstance(kept, Response) for kept in turn.keeps)
    (found,) = (prompt for prompt in turn.prompts if isinstance(prompt, SheetPreview))
    return found


def taken(session: Session, *rows: Row, choice: Choice = "keep", **other: Any) -> Turn:
    """The turn after a workbook was taken over; `seen` is what its preview showed of the chat."""
    return step(instrument(), session, Imported("7", choice), Around(sheet=Sheet(rows, **other)))


def told(turn: Turn) -> SheetTaken:
    """What is said of it."""
    (found,) = (prompt for prompt in turn.prompts if isinstance(prompt, SheetTaken))
    return found


ANSWERED = play(JOINED, Answered("1.1.1", "2"), Answered("1.2.1", "3")).session


def test_what_nobody_touched_changes_nothing() -> None:
    """Even where the chat has moved on since; and what says the same as the chat is no change either."""
    rows = (Row("1.1.1", "1", "1"), Row("1.2.1", "3", "0"))
    assert (shown(ANSWERED, *rows).total, shown(ANSWERED, *rows).rows) == (0, ())
    turn = taken(ANSWERED, *rows, choice="all")
    assert (turn.session.responses, told(turn).total) == (ANSWERED.responses, 0)


def test_a_preview_tells_what_changes_and_changes_nothing() -> None:
    """New answers, changed ones, goals, words, how sure, links; then one button to take it over."""
    rows = (
        Row("1.1.1", "4", "2", "measured", "Since May.", (("https://a.example", "Plan"),)),
        Row("1.3.1", "0"),
        Row("1.1", goal="5", year=2029),
    )
    preview = shown(ANSWERED, *rows)
    assert (preview.new, preview.changed, preview.goals) == (1, 1, 1)
    assert (preview.comments, preview.sure, preview.links) == (1, 1, 1)
    assert preview.changes == (("1.1.1", "2", "4"), ("1.3.1", "", "0"), ("1.1+", "", "5 2029"))
    assert preview.capabilities == (("1.1", 5), ("1.3", 1))
    assert preview.rows == ((Imported("7", "keep"),), (Imported("7", "cancel"),))


def test_what_was_shown_is_what_is_taken() -> None:
    """As responses of the chat, goals with their years, evidence as links; and it is said."""
    rows = (
        Row("1.1.1", "4", "2", "measured", "Since May.", (("https://a.example", "Plan"),)),
        Row("1.1", goal="5", year=2029),
        Row("1.3.1", "not_applicable", comment="No port."),
    )
    turn = taken(ANSWERED, *rows)
    kept = [one for one in turn.keeps if isinstance(one, Response)]
    assert [(one.item, one.level, one.comment) for one in kept] == [
        ("1.1.1", 4, "Since May."),
        ("1.3.1", None, "No port."),
        ("1.1", 5, ""),
    ]
    assert kept[2] == Response("1.1", Aspect.TARGET, level=5, year=2029)
    assert [one for one in turn.keeps if isinstance(one, Evidence)] == [
        Evidence("1.1.1", "link", "https://a.example", "Plan", 1)
    ]
    assert turn.keeps[-1] == SheetMark("7", "taken")
    assert told(turn) == SheetTaken(new=1, changed=1, goals=1, comments=1, sure=1, links=1)
    assert turn.session.filed == ("1.1.1",)
    assert asked(turn) is not None


def test_a_newer_answer_of_the_chat_is_asked_about_and_stays() -> None:
    """Cell and chat both differ from what the workbook held: only who says that it wins lets it win."""
    row = Row("1.1.1", "5", "1", "measured", "Words.")
    preview = shown(ANSWERED, row)
    assert (preview.total, preview.clashing, preview.clashes) == (0, 1, (("1.1.1", "2", "5"),))
    assert preview.rows == ((Imported("7", "all"),), (Imported("7", "cancel"),))
    seen = {"answer 1.1.1": "2"}
    kept = taken(ANSWERED, row, seen=seen)
    assert (kept.session.responses, told(kept).left) == (ANSWERED.responses, {"newer": 1})
    won = taken(ANSWERED, row, seen=seen, choice="all").session.responses["1.1.1"]
    assert (won.level, won.comment) == (5, "Words.")


def test_what_was_answered_after_the_preview_is_never_overwritten_unseen() -> None:
    """Not by the button that lets the workbook win either: nobody saw that answer beside it."""
    later = play(ANSWERED, Answered("1.1.1", "0")).session
    turn = taken(later, Row("1.1.1", "5", "1"), seen={"answer 1.1.1": "2"}, choice="all")
    assert (turn.session.responses["1.1.1"].level, told(turn).left) == (0, {"newer": 1})


def test_a_workbook_made_for_somebody_else_brings_what_was_filled_in_and_asks_about_the_rest() -> None:
    """Its answers are the sender's; what the other one had said before is not theirs."""
    preview = shown(ANSWERED, Row("1.1.1", "4", "2"), Row("1.2.1", "5", "5"), Row("1.3.1", "4", "2"), others=True)
    assert preview.others
    assert (preview.changes, preview.clashes) == ((("1.3.1", "", "4"),), (("1.1.1", "2", "4"),))


def test_what_is_somebody_elses_is_left_out_and_said() -> None:
    """Statements out of one's scope, goals of who does not coordinate."""
    mine = msgspec.structs.replace(JOINED, scope=("1.1.1",), role="respondent")
    rows = (Row("1.1.1", "4"), Row("1.2.1", "4"), Row("1.1", goal="5", year=2029), Row("1.2.1", links=(("x", ""),)))
    turn = taken(mine, *rows)
    assert counting(turn.session) == {"1.1.1": "4"}
    assert told(turn).left == {"not_yours": 1, "goals": 1}


def test_emptied_cells_remove_nothing_and_that_is_said() -> None:
    """Whoever wants an answer gone says so in the chat."""
    turn = taken(ANSWERED, Row("1.1.1", "", "2"), Row("1.1", was_goal="4", was_year=2029))
    assert (turn.session.responses, told(turn).left) == (ANSWERED.responses, {"cleared": 2})


def test_words_and_links_that_are_there_already_are_not_kept_twice() -> None:
    """A comment that the chat has is none, another one is asked about; a link is evidence once."""
    noted = play(ANSWERED, Noted("1.1.1 Since May.")).session
    same = Row("1.1.1", "2", "2", comment="Since May.", links=(("https://a.example", ""),))
    assert shown(noted, same, held=frozenset({("1.1.1", "https://a.example")})).total == 0
    other = shown(noted, Row("1.1.1", "2", "2", comment="Since June."))
    assert other.clashes == (("1.1.1", "Since May.", "Since June."),)
    mended = Row("1.1.1", "2", "2", comment="Since June.", was_comment="Since May.", was_certainty="")
    assert (shown(noted, mended).comments, shown(noted, mended).clashes) == (1, ())


def test_a_comment_without_an_answer_waits_for_it_and_one_on_a_capability_is_kept() -> None:
    """As in the chat."""
    turn = taken(JOINED, Row("1.1.1", comment="We began late."), Row("1.1", comment="All of it."))
    assert turn.session.notes == {"1.1.1": "We began late.", "1.1": "All of it."}
    answer = play(turn.session, Answered("1.1.1", "3")).session.responses["1.1.1"]
    assert answer.comment == "We began late."


def test_a_goal_below_today_wants_its_reason_as_in_the_chat() -> None:
    """It is kept, and the reason is asked; then the survey goes on."""
    turn = taken(ANSWERED, Row("1.2", goal="1", year=2029))
    assert asked(turn) == AskReason("1.2+", "below_today")
    assert play(turn.session, Typed("We merge with our neighbours.")).session.responses["1.2+"].comment


def test_a_second_tap_and_an_old_one_change_nothing() -> None:
    """They are told what became of it."""
    for state, kind in (("taken", "taken_before"), ("left", "left_before")):
        turn = taken(ANSWERED, Row("1.1.1", "5", "2"), state=state)
        assert (turn.session, turn.keeps) == (ANSWERED, ())
        assert isinstance(turn.prompts[0], SheetNews)
        assert turn.prompts[0].kind == kind
    gone = step(instrument(), ANSWERED, Imported("8", "all"), Around())
    assert (gone.prompts[0], gone.keeps) == (SheetNews("gone"), ())


def test_cancelling_changes_nothing() -> None:
    """And it is said."""
    turn = taken(ANSWERED, Row("1.1.1", "5", "2"), choice="cancel")
    assert (turn.session, turn.keeps, turn.prompts[0]) == (ANSWERED, (SheetMark("7", "left"),), SheetNews("cancelled"))


def test_after_the_close_nothing_is_taken() -> None:
    """Neither a file nor a button."""
    closed = msgspec.structs.replace(ANSWERED, open=False)
    events: tuple[Event, ...] = (BOOK, Unfolded("7"), Imported("7", "all"))
    for event in events:
        turn = step(instrument(), closed, event, Around(sheet=Sheet((Row("1.1.1", "5", "2"),))))
        assert (turn.session, turn.keeps) == (closed, ())


@pytest.mark.parametrize("name", ["a.xlsx", "A.ODS", "a.xlsm", "a.csv", "a.numbers", "a.xls"])
def test_a_spreadsheet_is_looked_into_before_it_is_evidence(name: str) -> None:
    """Any other file is evidence at once, and so is one that was looked into, or is too large to be."""
    book = msgspec.structs.replace(BOOK, name=name)
    turn = play(ANSWERED, book)
    assert (turn.session, turn.prompts, turn.keeps) == (ANSWERED, (SheetNews("reading"),), (Receiving(book),))
    seen = play(ANSWERED, msgspec.structs.replace(book, seen=True))
    assert isinstance(seen.keeps[0], Evidence)
    large = play(ANSWERED, msgspec.structs.replace(book, size=2 * LARGEST))
    assert isinstance(large.keeps[0], Evidence)
    assert SheetNews("large") in large.prompts
    assert play(ANSWERED, Attached("photo", "file-1", name=name)).keeps != (Receiving(book),)


def test_a_link_to_a_sheet_elsewhere_says_how_to_send_it() -> None:
    """It is evidence as any link."""
    turn = play(ANSWERED, Typed("https://docs.google.com/spreadsheets/d/1 ours"))
    assert isinstance(turn.keeps[0], Evidence)
    assert SheetNews("link") in turn.prompts


def test_faults_do_not_stand_in_the_way_of_the_rest() -> None:
    """They are shown before, and counted after."""
    faults = (Fault("level_unsure", "1 Leadership", "D4", "2?"),) * 14
    turn = taken(ANSWERED, Row("1.1.1", "4", "2"), faults=faults)
    assert (told(turn).changed, told(turn).left) == (1, {"faults": 14})


@given(
    some.sampled_from([(instrument(), "1.1"), (LIBRARIES, "1.1")]),
    some.lists(some.tuples(some.integers(0, 8), some.sampled_from(VALUES)), max_size=5),
    some.lists(some.tuples(some.integers(0, 8), some.sampled_from(VALUES)), max_size=9),
)
def test_a_blank_workbook_is_the_form_with_the_same_answers(
    asks: tuple[Instrument, str], before: list[tuple[int, str]], now: list[tuple[int, str]]
) -> None:
    """Where it wins, each answer counts as if it had come alone; and the same workbook again changes nothing."""
    told_by, code = asks
    mine = statements(told_by, FULL, code)
    session = FULL
    for at, value in before:
        session = step(told_by, session, Answered(mine[at % len(mine)], value)).session
    given_now = {mine[at % len(mine)]: value for at, value in now}
    sheet = Sheet(tuple(Row(key, value) for key, value in given_now.items()))
    merged = merge(told_by, session, sheet, wins=True)
    filled = step(told_by, session, Filled(code, tuple(given_now.items()))).session
    assert counting(merged.session) == counting(filled)
    again = merge(told_by, merged.session, sheet, wins=True)
    assert (again.keeps, again.session.responses) == ([], merged.session.responses)
    excluded = [one for one in merged.keeps if isinstance(one, Response) and one.non_response]
    assert all(one.non_response in set(NonResponse) for one in excluded)
