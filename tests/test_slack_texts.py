"""Slack's wire, texts: escaped once, commands as Slack knows them, and everything within Block Kit's limits."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack import limits, places, text
from bot.channels.slack.blocks import as_blocks, as_text
from bot.channels.slack.places import Place
from bot.messages import Button, Message


@pytest.mark.parametrize(
    ("ours", "shown"),
    [
        ("Fish & <chips>", "Fish &amp; &lt;chips&gt;"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("See https://a.example/x?a=1&b=2.", "See <https://a.example/x?a=1&amp;b=2>."),
        ("Send /later monday, or /scores 3", "Send /survey later monday, or /scores 3"),
        ("and/or, 1/2, /unknown", "and/or, 1/2, /unknown"),
    ],
)
def test_a_text_is_escaped_once_and_its_commands_are_slacks(ours: str, shown: str) -> None:
    """People's words do nothing, addresses are links, and a command is named as it can be typed."""
    assert text.escaped(ours) == shown


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("<https://a.example/x?a=1&amp;b=2|our plan>", "https://a.example/x?a=1&b=2"),
        ("<mailto:ana@a.example|ana@a.example>", "ana@a.example"),
        ("<@U012> and <#C34|planning>, <!here>", "@U012 and #planning, @here"),
    ],
)
def test_what_slack_escaped_is_read_as_it_was_written(theirs: str, said: str) -> None:
    """Escapes are undone once; links and names are what a person saw."""
    assert text.plain(theirs) == said


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("progress", "/progress"),
        ("Survey", "/continue"),
        ("start 0123456789abcdefghijkl", "/start 0123456789abcdefghijkl"),
        ("note 3.4.1 we began late", "/note 3.4.1 we began late"),
        ("now 4", "/now 4"),
        ("now we are planning it", None),
        ("back in May we planned it", None),
        ("later friday", "/later friday"),
        ("away hasta el viernes", "/away hasta el viernes"),
        ("later we changed it", None),
        ("team is missing", None),
        ("note that nothing runs", None),
        ("4", None),
        ("charts heat table", "/charts heat table"),
        ("charts help us", None),
        ("agree 3.2.1 4 because all have it", "/agree 3.2.1 4 because all have it"),
        ("agree with that", None),
        ("desk 1.1", "/desk 1.1"),
        ("desk work is done", None),
        ("actions 3.2.1", "/actions 3.2.1"),
        ("action 3.2.1 Ana by 31 March", "/action 3.2.1 Ana by 31 March"),
        ("action is needed", None),
        ("partners join", "/partners join"),
        ("partners know it", None),
        ("privacy leave", "/privacy leave"),
        ("privacy is measured", None),
        ("scores own", "/scores own"),
        ("scores are low", None),
    ],
)
def test_a_command_is_understood_without_its_slash_and_a_sentence_is_none(typed: str, command: str | None) -> None:
    """Slack keeps lines with a slash to itself; people begin sentences with our words too."""
    assert text.command(typed) == command


ROWS = st.lists(
    st.lists(st.builds(Button, st.text(min_size=1, max_size=90), st.just("2n:a:1.1.1:4")), min_size=1, max_size=8).map(
        tuple
    ),
    max_size=70,
).map(tuple)


@given(title=st.text(max_size=300), body=st.text(max_size=9000), note=st.text(max_size=2500), rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_any_message_is_within_the_limits(
    title: str, body: str, note: str, rows: tuple[tuple[Button, ...], ...]
) -> None:
    """Whatever people are called and write, and however many buttons there are."""
    made = as_blocks(Message(title, f"b{body}", note, rows))
    assert 0 < len(made) <= limits.BLOCKS
    assert len(json.dumps(made, ensure_ascii=False, separators=(",", ":"))) <= limits.ALL_BLOCKS
    assert len(as_text(Message(title, f"b{body}", note))) <= limits.TEXT
    for one in made:
        if one["type"] == "section":
            assert 0 < len(one["text"]["text"]) <= limits.SECTION
        if one["type"] == "header":
            assert 0 < len(one["text"]["text"]) <= limits.HEADER
        if one["type"] == "actions":
            assert 0 < len(one["elements"]) <= limits.ACTIONS
            assert len({each["action_id"] for each in one["elements"]}) == len(one["elements"])


def test_no_person_and_no_word_is_lost_at_the_limits_and_one_past_them_is_cut() -> None:
    """A city of 150 in a header, a statement of 3,000 in a section and of 4,096 in two."""
    assert as_blocks(Message("x" * 150))[0]["text"]["text"] == "x" * 150
    assert as_blocks(Message("x" * 151))[0]["text"]["text"].endswith("…")
    assert [len(each["text"]["text"]) for each in as_blocks(Message(body="x" * 3000))] == [3000]
    told = as_blocks(Message(body="word " * 900))
    assert "".join(each["text"]["text"] for each in told).split() != []
    assert sum(each["text"]["text"].count("word") for each in told) == 900


@given(
    st.builds(
        Place,
        st.just("T1"),
        st.sampled_from(["", "U1", "W2"]),
        st.sampled_from(["C1", "G2", "D3"]),
        st.sampled_from(["", "1700000000.000100"]),
        st.sampled_from(["", "https://hooks.slack.example/commands/T1/2/x"]),
    )
    | st.just(Place("T1", "U1"))
)
def test_a_place_is_read_as_it_is_written(place: Place) -> None:
    """The outbox keeps places as texts."""
    assert places.read(place.text) == place
