"""Slack's wire: real payloads in, through the library and our ears; requests out, one kind of message after another."""

import json
import logging
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.conversation import Inbound
from bot.messages import Button, Document, Message, Offer, Picture, Sent
from storage import installations
from storage.database import Database, write
from storage.installations import Installation
from tests.conftest import Clock
from tests.fakes.slack import FakeSlack
from tests.hearing_slack import ORGANISATION, TEAM, heard
from tests.speaking_slack import playing

PAYLOADS: dict[str, Any] = json.loads((Path(__file__).parent / "wire" / "slack_in.json").read_text(encoding="utf-8"))


@pytest.fixture
def known(slack: FakeSlack, database: Database, clock: Clock) -> FakeSlack:
    """A Slack whose workspace and organisation have installed the bot."""
    for workspace in (TEAM, ORGANISATION):
        made = Installation(workspace, slack.token, "U0BOT", "A0MDYCDME", "chat:write")
        write(database, lambda tx, one=made: installations.keep(tx, "slack", one, clock()))  # type: ignore[misc]
    return slack


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_understood(known: FakeSlack, database: Database, clock: Clock, name: str) -> None:
    """What Slack delivers becomes these updates, or concerns nobody, and is acknowledged with this."""
    case = PAYLOADS[name]
    inbounds, (told,) = heard(known, database, clock, case["payload"])
    assert inbounds == msgspec.convert(case["heard"], list[Inbound])
    assert told == case["told"]


UNREADABLE = [
    "a form whose metadata is none of ours",
    "a form that is none of ours",
    "a text without a time",
    "a tap of nobody",
    "a mention without a channel",
    "a size that is no number",
]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_logged_without_what_it_says(
    known: FakeSlack, database: Database, clock: Clock, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its type, what it has, and where we stopped; never a word, a name or a token of it."""
    with caplog.at_level(logging.DEBUG, logger="bot"):
        heard(known, database, clock, PAYLOADS[name]["payload"])
    (record,) = [one for one in caplog.records if "cannot be read" in one.getMessage()]
    assert record.levelno == logging.ERROR
    for word in ("Ana", "XXYYZZ", "<@U0BOT>", "hooks.slack.com", "survey"):
        assert word not in caplog.text


def test_nobody_is_heard_of_whose_workspace_does_not_want_us(
    slack: FakeSlack, database: Database, clock: Clock
) -> None:
    """Where the bot is not installed nothing is kept, and nothing is said."""
    # The addresses for answers are the fake's: nobody's name is looked up in a network that may not be there.
    here = json.dumps([case["payload"] for case in PAYLOADS.values()]).replace(
        "https://hooks.slack.com", slack.account.root
    )
    inbounds, _ = heard(slack, database, clock, *json.loads(here))
    assert inbounds == []


HOME, TOWN, HERS = Place("T0TEAM", "U0ANA"), Place("T0TEAM", channel="C0TOWN"), Place("T0TEAM", "U0ANA", "C0TOWN")
TEXT = Message("Title", "body", "note")
CARD = Message("Title", "body", "note", ((Button("4", "1z:a:1.1.1:4"),),), offers=(Offer("Form", "capability", "1.1"),))
CHART = Message("Title", "body", picture=Picture("radar", b"\x89PNG", "What it shows"))
PAPER = Message("Title", "body", document=Document("report.pdf", b"%PDF"))
BOTH = Message("Title", "body", buttons=((Button("4", "1z:a:1.1.1:4"),),), document=Document("report.pdf", b"%PDF"))
OPEN = ("conversations.open", ["users"])
SAY = ("chat.postMessage", ["blocks", "channel", "text", "unfurl_links", "unfurl_media"])
FIRST = ("files.getUploadURLExternal", ["filename", "length"])
DRAWN = ("files.getUploadURLExternal", ["alt_txt", "filename", "length"])
LAST = ("files.completeUploadExternal", ["channel_id", "files", "initial_comment"])
REQUESTS: list[tuple[str, Place, Message, list[tuple[str, list[str]]]]] = [
    ("a text", HOME, TEXT, [OPEN, SAY]),
    ("a card", HOME, CARD, [OPEN, SAY]),
    ("a card in a channel", TOWN, CARD, [SAY]),
    ("a text for her eyes", HERS, TEXT, [("chat.postEphemeral", ["blocks", "channel", "text", "user"])]),
    ("a picture", HOME, CHART, [OPEN, DRAWN, LAST]),
    ("a picture in a channel", TOWN, CHART, [DRAWN, LAST]),
    ("a picture for her eyes", HERS, CHART, [OPEN, DRAWN, LAST]),
    ("a document", HOME, PAPER, [OPEN, FIRST, LAST]),
    ("a document with buttons", HOME, BOTH, [OPEN, FIRST, SAY, (LAST[0], ["channel_id", "files"])]),
]


@pytest.mark.parametrize(("name", "place", "message", "wanted"), REQUESTS, ids=[one[0] for one in REQUESTS])
def test_a_kind_of_message_is_these_requests(
    slack: FakeSlack, name: str, place: Place, message: Message, wanted: list[tuple[str, list[str]]]
) -> None:
    """In this order, with these arguments; all of them within the specification."""
    slack.person().join(slack.channel("C0TOWN", "town").id)
    assert isinstance(playing(slack, lambda post, token: post.send(token, place, message, None)), Sent), name
    assert [(method, sorted(given)) for method, given in slack.requests] == wanted


def test_a_thread_an_edit_and_an_answer_are_these_requests(slack: FakeSlack) -> None:
    """A thread is named wherever something is said or shared; an edit names what it changes; an answer asks nothing."""
    ana, town = slack.person(), slack.channel("C0TOWN", "town")
    ana.join(town.id)
    asked = ana.mention(town.id, "progress")
    with slack.account.changed:
        answer = slack.account.reply(slack.workspace, town, ana.id)

    async def play(post: Post, token: str) -> None:
        thread = Place("T0TEAM", channel=town.id, thread=asked)
        shown = await post.send(token, thread, CARD, None)
        assert isinstance(shown, Sent)
        await post.send(token, thread, PAPER, None)
        assert await post.send(token, thread, TEXT, shown.message) == shown
        await post.send(token, Place("T0TEAM", ana.id, town.id, answer=answer), CARD, None)
        await post.send(token, Place("T0TEAM", channel=town.id, answer=answer), CARD, None)

    playing(slack, play)
    assert [(method, given.get("thread_ts"), given.get("ts")) for method, given in slack.requests] == [
        ("chat.postMessage", asked, None),
        ("files.getUploadURLExternal", None, None),
        ("files.completeUploadExternal", asked, None),
        ("chat.update", None, slack.requests[-1][1]["ts"]),
    ]
    assert [shown.only_for for shown in ana.seen_in(town.id)[-2:]] == [ana.id, ""]
