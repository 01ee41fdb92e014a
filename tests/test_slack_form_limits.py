"""Slack's limits of modals and homes, one by one: at the limit it goes out as it is, one past it never leaves."""

from typing import Any

import pytest

from bot.channels.slack import limits
from bot.channels.slack.homes import as_home
from bot.channels.slack.modals import as_view, as_word
from bot.forms import Choice, Files, Form, Lines
from bot.messages import Message
from tests.fakes.slack_blocks import drawn
from tests.fakes.slack_web_api import faults, view_faults
from tests.test_slack_limits import LETTERS, rows_of


def form(*fields: Choice | Lines | Files, title: str = "t") -> dict[str, Any]:
    """A form as the modal that is opened."""
    return as_view(Form("capability", "1.1", title, "Keep", fields, "en", "1z"), "Close")


def choice(count: int, letter: str = "x", value: str = "") -> Choice:
    """A choice of so many."""
    return Choice("c", letter * 2001, letter * 2001, tuple((f"{value}{at}", letter * 76) for at in range(count)))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_modals_parts_are_cut_to_their_limits(letter: str) -> None:
    """Title, label, hint and options; the whole title stands above them where the modal's own is too short."""
    for count in (24, 25):
        view = form(choice(2, letter), title=letter * count)
        assert view_faults(view, "view") == []
        assert (view["title"]["text"] == letter * 24) is (count == 24)
        assert drawn(view["blocks"]).startswith(letter * 25) is (count == 25)
    (block,) = form(choice(2, letter))["blocks"]
    assert len(block["label"]["text"]) <= limits.LABEL
    assert len(block["hint"]["text"]) <= limits.LABEL
    assert {len(one["text"]["text"]) <= limits.OPTION for one in block["element"]["options"]} == {True}
    assert view_faults(as_word(Message("t", letter * 9000), letter * 25, "Close"), "view") == []


def test_a_modals_label_is_whole_at_its_limit() -> None:
    """2,000 characters of a label, 75 of an option."""
    (block,) = form(Choice("c", "l" * 2000, "h" * 2000, (("v", "o" * 75),)))["blocks"]
    assert (block["label"]["text"], block["hint"]["text"]) == ("l" * 2000, "h" * 2000)
    assert block["element"]["options"][0]["text"]["text"] == "o" * 75


def test_a_select_has_100_options_and_what_they_stand_for_150_characters() -> None:
    """One more is left out; a value is never cut."""
    assert view_faults(form(choice(101)), "view") == []
    (block,) = form(choice(101))["blocks"]
    assert [one["value"] for one in block["element"]["options"]] == [str(at) for at in range(100)]
    for count, left in ((150, 2), (151, 1)):
        view = form(Choice("c", "l", "", (("v" * count, "a"), ("w", "b"))))
        assert view_faults(view, "view") == []
        assert len(view["blocks"][0]["element"]["options"]) == left


@pytest.mark.parametrize("count", [0, 2000, 2001, 2500, 3000, 3001, 5000])
def test_a_field_takes_what_stands_in_it_already(count: int) -> None:
    """A comment that was written in the chat may be longer than the form allows, and the form can be sent."""
    view = form(Lines("text", "Comment", "", "x" * count))
    assert view_faults(view, "view") == []
    element = view["blocks"][0]["element"]
    assert len(element.get("initial_value", "")) == min(count, limits.INPUT)
    assert element["max_length"] <= limits.INPUT
    assert element["max_length"] > 2000


def test_a_field_takes_ten_files_and_a_modal_a_hundred_blocks() -> None:
    """One more is not allowed; what a modal carries unseen is far below 3,000 characters."""
    assert view_faults(form(Files("f", "Files", "", 11)), "view") == []
    view = form(*(Lines(f"l{at}", "Comment", "") for at in range(100)))
    assert view_faults(view, "view") == []
    assert view_faults(view | {"blocks": view["blocks"] + [{"type": "divider"}]}, "view") != []
    assert len(view["private_metadata"]) < 100
    assert view_faults(view | {"private_metadata": "x" * 3000}, "view") == []
    assert view_faults(view | {"private_metadata": "x" * 3001}, "view") != []


def test_a_home_has_a_hundred_blocks() -> None:
    """More are left out from below, where the least important stands; actions are its own among all parts."""
    parts = [Message(f"t{at}", "b" * 9000, "n", rows_of(30, 1)) for at in range(4)]
    for shown in (parts[:3], parts):
        view = as_home(shown)
        assert faults("views.publish", {"user_id": "U1", "view": view}) == []
        assert len(view["blocks"]) <= limits.VIEW_BLOCKS
        names = [
            one["action_id"] for block in view["blocks"] for one in block.get("elements", []) if "action_id" in one
        ]
        assert len(set(names)) == len(names)
