"""Slack's limits, one by one: at the limit it goes out as it is, one past it never leaves."""

import json
from typing import Any

import pytest

from bot.channels.slack import limits
from bot.channels.slack.blocks import as_blocks, as_text, plain_text
from bot.channels.slack.text import cut
from bot.forms.fields import LONGEST_OPTION, MOST_OPTIONS
from bot.forms.showing import MOST_FILES
from bot.messages import Button, Document, Message, Offer, Picture
from flows import wire
from flows.events import Answered
from tests.fakes import slack_limits as theirs
from tests.fakes.slack_blocks import drawn
from tests.fakes.slack_web_api import faults, message_faults

LETTERS = ["x", "&", "ж", "한", "😀"]
PNG = b"\x89PNG"
Blocks = list[dict[str, Any]]


def said(message: Message) -> list[str]:
    """What Slack finds wrong with a message."""
    return faults("chat.postMessage", {"channel": "D1", "blocks": as_blocks(message), "text": as_text(message)})


def raw(blocks: Blocks) -> list[str]:
    """What Slack finds wrong with blocks that are not ours: the rule that a test rests on."""
    return message_faults({"text": "x", "blocks": blocks}, "message")


def pressed(**more: Any) -> Blocks:
    """A button with something of its own."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "a", "value": "v"}
    return [{"type": "actions", "elements": [button | more]}]


def seen(message: Message) -> str:
    """All that is read in a message."""
    return drawn(as_blocks(message))


def test_our_limits_are_slacks() -> None:
    """The constants of the channel are those that the specification's rules are made of."""
    assert (limits.BLOCKS, limits.VIEW_BLOCKS) == (theirs.MESSAGE_BLOCKS, theirs.VIEW_BLOCKS)
    assert (limits.LONGEST_TEXT, limits.HEADER, limits.SECTION) == (theirs.MESSAGE_TEXT, theirs.HEADER, theirs.TEXT)
    assert (limits.NOTES, limits.ACTIONS) == (theirs.CONTEXT_ELEMENTS, theirs.ACTIONS_ELEMENTS)
    assert (limits.BUTTON, limits.VALUE, limits.ID) == (theirs.BUTTON_TEXT, theirs.BUTTON_VALUE, theirs.ID)
    assert (limits.TITLE, limits.METADATA, limits.LABEL) == (theirs.VIEW_LABEL, theirs.PRIVATE_METADATA, theirs.LABEL)
    assert (limits.OPTION, limits.OPTION_VALUE) == (theirs.OPTION_TEXT, theirs.OPTION_VALUE)
    assert (theirs.OPTIONS, theirs.INPUT_LENGTH, theirs.INPUT_FILES[-1]) == (limits.OPTIONS, limits.INPUT, limits.FILES)
    assert limits.ALL_BLOCKS < theirs.MESSAGE_CHARACTERS
    assert limits.TEXT < limits.LONGEST_TEXT
    assert limits.CONTEXT <= theirs.TEXT
    assert limits.ALT < theirs.ALT_TEXT
    assert limits.COMMENT < limits.LONGEST_TEXT
    assert (LONGEST_OPTION, MOST_OPTIONS, MOST_FILES) == (limits.OPTION, limits.OPTIONS, limits.FILES)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_header_has_150_characters(letter: str) -> None:
    """A city of that name stands in it whole; of one more, up to an ellipsis."""
    assert seen(Message(letter * 150)) == letter * 150
    assert said(Message(letter * 150)) == []
    assert seen(Message(letter * 151)).endswith(" …")
    assert said(Message(letter * 151)) == []
    assert raw([{"type": "header", "text": {"type": "plain_text", "text": letter * 151}}]) != []


@pytest.mark.parametrize("letter", ["x", "ж", "한", "😀"])
@pytest.mark.parametrize("count", [3000, 3001, 4096])
def test_a_statement_is_whole_in_as_many_sections_as_it_needs(letter: str, count: int) -> None:
    """4,096 characters, which is what Telegram takes, are two; nothing of it is lost."""
    message = Message(body=letter * count)
    sections = as_blocks(message)
    assert "".join(drawn([one]) for one in sections) == letter * count
    assert len(sections) == (1 if count == 3000 else 2)
    assert said(message) == []


def test_a_text_with_an_address_is_measured_as_it_is_escaped() -> None:
    """What stands for & is five characters of Slack's."""
    address = "https://a.example/plan "
    whole = Message(body=address + "x" + "&" * 590)
    (one,) = as_blocks(whole)
    assert one["text"]["type"] == "mrkdwn"
    assert len(one["text"]["text"]) <= limits.SECTION
    longer = Message(body=address + "&" * 3000)
    assert said(longer) == []
    assert "".join(drawn([one]) for one in as_blocks(longer)).count("&") >= 1750
    assert raw([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]) != []


def test_a_note_is_one_element_of_2_000_characters() -> None:
    """Of one more it ends in an ellipsis."""
    assert seen(Message("t", note="x" * 2000)).endswith("\n" + "x" * 2000)
    assert seen(Message("t", note="x" * 2001)).endswith("x …")
    assert said(Message("t", note="x" * 2001)) == []
    assert len(as_blocks(Message("t", note="x"))[-1]["elements"]) <= limits.NOTES
    assert raw([{"type": "context", "elements": [{"type": "plain_text", "text": "x"}] * 11}]) != []


@pytest.mark.parametrize("letter", LETTERS)
def test_a_buttons_label_has_75_characters(letter: str) -> None:
    """A name is cut; what the button does never is."""
    for count in (75, 76):
        message = Message("t", buttons=((Button(letter * count, "1z:a:1.1.1:4"),),))
        (button,) = as_blocks(message)[-1]["elements"]
        assert said(message) == []
        assert (button["text"]["text"] == letter * count) is (count == 75)
        assert button["value"] == "1z:a:1.1.1:4"
    assert raw(pressed(text={"type": "plain_text", "text": letter * 76})) != []


@pytest.mark.parametrize("letter", ["x", "ж", "한", "😀"])
def test_what_a_button_carries_is_refused_before_it_is_too_long(letter: str) -> None:
    """64 bytes in any script, where Slack takes 2,000 characters."""
    assert raw(pressed(value="x" * 2000)) == []
    assert raw(pressed(value="x" * 2001)) != []
    assert wire.LONGEST < limits.VALUE
    with pytest.raises(wire.TooLongError):
        wire.encode("1z", Answered("1.1.1", letter * 65))


def rows_of(count: int, wide: int) -> tuple[tuple[Button, ...], ...]:
    """So many buttons, so many in a row."""
    buttons = [Button(str(at), f"1z:a:1:{at}") for at in range(count)]
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, count, wide))


@pytest.mark.parametrize(("count", "wide"), [(25, 25), (26, 26), (43, 1), (44, 1), (60, 2), (88, 2)])
def test_no_button_is_lost_where_there_is_room_for_it(count: int, wide: int) -> None:
    """Rows of at most 25; where there are more rows than blocks, they are filled."""
    message = Message("t", "b", "n", rows_of(count, wide), offers=(Offer("as a form", "capability", "1.1"),))
    made = as_blocks(message)
    assert said(message) == []
    assert len(made) <= limits.BLOCKS
    values = [button["value"] for block in made if block["type"] == "actions" for button in block["elements"]]
    assert values == [*(f"1z:a:1:{at}" for at in range(count)), "capability:1.1"]
    names = [button["action_id"] for block in made if block["type"] == "actions" for button in block["elements"]]
    assert len(set(names)) == len(names)
    assert all(len(name) <= limits.ID for name in names)


def test_the_names_of_actions_and_blocks_have_255_characters() -> None:
    """The rule; ours are far shorter, and an action's is its own within its block."""
    assert raw(pressed(action_id="a" * 255)) == []
    assert raw(pressed(action_id="a" * 256)) != []
    assert raw([pressed()[0] | {"block_id": "b" * 256}]) != []
    twice = pressed()[0]["elements"] * 2
    assert raw([{"type": "actions", "elements": twice}]) != []
    assert raw([{"type": "actions", "elements": pressed()[0]["elements"] * 26}]) != []
    assert raw([{"type": "divider"}] * 50) == []
    assert raw([{"type": "divider"}] * 51) != []


@pytest.mark.parametrize("letter", LETTERS)
def test_all_blocks_together_are_within_the_undocumented_limit(letter: str) -> None:
    """A board of 60 people in pairs with all that may be said above it: the body gives way, no button does."""
    pairs = tuple((Button(letter * 40, f"1z:n:{at}:"), Button(letter * 40, f"1z:k:{at}:")) for at in range(0, 60, 2))
    message = Message("t", (letter * 60 + "\n") * 400, "n", pairs)
    made = as_blocks(message)
    assert said(message) == []
    assert len(json.dumps(made, ensure_ascii=False, separators=(",", ":"))) <= limits.ALL_BLOCKS
    assert sum(len(block["elements"]) for block in made if block["type"] == "actions") == 60
    assert raw([{"type": "section", "text": {"type": "plain_text", "text": "x" * 2640}}] * 5) == []
    assert raw([{"type": "section", "text": {"type": "plain_text", "text": "x" * 2641}}] * 5) != []


def test_more_buttons_than_fit_never_keep_a_message_from_being_said() -> None:
    """A thousand of them: the last are left out, and whatever they do can be typed."""
    message = Message("t", "b" * 9000, "n", rows_of(1000, 8))
    assert said(message) == []
    assert len(json.dumps(as_blocks(message), ensure_ascii=False, separators=(",", ":"))) <= limits.ALL_BLOCKS


def test_a_notification_has_4_000_characters() -> None:
    """Slack takes 40,000 and cuts them there itself."""
    assert as_text(Message(body="x" * 4000)) == "x" * 4000
    assert len(as_text(Message(body="x" * 4001))) <= limits.TEXT
    assert faults("chat.postMessage", {"channel": "D1", "text": "x" * 40_000}) == []
    assert faults("chat.postMessage", {"channel": "D1", "text": "x" * 40_001}) != []


@pytest.mark.parametrize("blank", ["", " ", "\n \t"])
def test_nothing_that_is_blank_is_sent(blank: str) -> None:
    """A blank title or note is none; a message of buttons alone is told by its buttons."""
    assert said(Message(blank, "b", blank)) == []
    assert said(Message(blank, blank, blank, rows_of(2, 2))) == []
    assert as_text(Message(picture=Picture("a", PNG, "what it shows"))) == "what it shows"
    assert as_text(Message(document=Document("plan.pdf", b"x"))) == "plan.pdf"


@pytest.mark.parametrize(
    "cluster", ["🇪🇸", "👩🏽‍🚒", "e\u0301", "한", "ы\u0308"], ids=["flag", "firefighter", "accent", "jamo", "cyrillic"]
)
def test_what_is_seen_as_one_is_never_cut_in_two(cluster: str) -> None:
    """A flag is two code points, a firefighter four, an accent may be one of its own."""
    for limit in range(20, 40):
        kept = cut(cluster * 40, limit).removesuffix(" …")
        assert len(kept) <= limit - 2
        assert kept.replace(cluster, "") == ""
        assert len(kept) > limit - 2 - 2 * len(cluster)


def test_a_plain_text_is_cut_after_its_commands_are_renamed() -> None:
    """`/later` is eight characters longer in Slack."""
    text = "/later " * 11
    assert len(plain_text(text, limits.BUTTON)["text"]) <= limits.BUTTON
