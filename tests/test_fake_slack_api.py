"""How the fake reads Slack's types: each departure from them has a name, and each limit its last value."""

import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.slack_blocks import drawn, labels
from tests.fakes.slack_examples import LIMITS, PICTURE, WRONG, button, mrkdwn, plain_text, posted, section
from tests.fakes.slack_mrkdwn import escaped, plain, typed
from tests.fakes.slack_mrkdwn import faults as mrkdwn_faults
from tests.fakes.slack_web_api import faults, types_of
from tests.fakes.slack_wire import arguments


@pytest.mark.parametrize(("method", "params", "fault"), WRONG)
def test_every_kind_of_departure_has_its_place(method: str, params: dict[str, Any], fault: str) -> None:
    """A fault begins with the place it is at, however deep that is nested."""
    found = faults(method, params)
    assert found
    assert found[0][: len(fault)] == fault


@pytest.mark.parametrize(("method", "allowed", "refused"), LIMITS)
def test_a_limit_holds_at_its_last_value_and_not_one_past(
    method: str, allowed: dict[str, Any], refused: dict[str, Any]
) -> None:
    """What is exactly at a documented limit passes, and one more is one fault."""
    assert faults(method, allowed) == []
    assert len(faults("chat.postMessage" if "channel" in refused else method, refused)) == 1


@pytest.mark.parametrize(
    ("text", "seen", "fault"),
    [
        ("*GOV* _1 &lt; 2_ &amp; ~3~ `x`", "GOV 1 < 2 & 3 x", None),
        ("<https://x?a=1|the plan> <mailto:a@b.c|a@b.c> <@U0ANA>", "the plan a@b.c @U0ANA", None),
        ("> a quote\n> of two", "a quote\nof two", None),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4", None),
        ("*_both_*", "both", None),
        ("1 < 2", "1 < 2", "unescaped '<'"),
        ("2 > 1", "2 > 1", "unescaped '>'"),
        ("you & me", "you & me", "unescaped '&'"),
        ("<!channel> all", "!channel all", "<!channel> is no link"),
        ("<b>bold</b>", "bbold/b", "<b> is no link"),
    ],
)
def test_marks_are_read_as_slack_reads_them(text: str, seen: str, fault: str | None) -> None:
    """Well-formed mark-up has no fault and is shown without its marks; what was not escaped is told."""
    found = mrkdwn_faults(text, "text")
    assert plain(text) == seen
    assert (found == []) if fault is None else any(fault in each for each in found), found


@given(st.text())
def test_what_is_escaped_has_no_fault(text: str) -> None:
    """Any text, escaped, can be sent, and comes out as it was unless it looks like mark-up."""
    assert mrkdwn_faults(escaped(text), "text") == []
    bare = re.sub(r"[*_~`]", "", text)
    assert plain(escaped(bare)) == bare


def test_what_a_person_types_is_escaped_and_linked() -> None:
    """Addresses become links, as Slack makes them before an app sees the text."""
    assert typed("see https://x.org/a?b=1&c, 1 < 2") == "see <https://x.org/a?b=1&amp;c>, 1 &lt; 2"


def test_blocks_are_drawn_as_a_person_reads_them() -> None:
    """Every kind of block becomes a line or some, and buttons stand in rows."""
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}
    blocks = [
        {"type": "header", "text": plain_text("Head")},
        section("*Body*", fields=[mrkdwn("f1"), plain_text("f2")], accessory=button("Aside")),
        {"type": "context", "elements": [mrkdwn("_note_")]},
        {"type": "divider"},
        {"type": "rich_text", "elements": [rich]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]},
        PICTURE | {"alt_text": "bars"},
        {"type": "actions", "elements": [button("Yes"), button("No")]},
    ]
    assert faults("chat.postMessage", posted(*blocks)) == []
    assert drawn(blocks) == "Head\nBody\nf1\nf2\nnote\n---\nrich\na | b\n(bars)"
    assert labels(blocks) == [["Aside"], ["Yes", "No"]]


def test_the_forms_of_a_body_mean_the_same() -> None:
    """JSON, a urlencoded form, a multipart form and an address are decoded to the same arguments."""
    types = types_of("chat.postMessage")
    meant = {"channel": "C1", "text": "12", "unfurl_links": False, "blocks": []}
    body = b'{"channel": "C1", "text": "12", "unfurl_links": false, "blocks": "[]"}'
    form = "channel=C1&text=12&unfurl_links=0&blocks=%5B%5D"
    fields = {"channel": "C1", "text": "12", "unfurl_links": "0", "blocks": "[]"}
    request = httpx.Request("POST", "http://x", files={name: (None, value) for name, value in fields.items()})
    multipart = arguments(request.headers["content-type"], request.read(), "", types)
    assert arguments("application/json", body, "", types) == meant
    assert arguments("application/x-www-form-urlencoded", form.encode(), "", types) == meant
    assert arguments("", b"", form, types) == multipart == meant
