"""All that is said on Slack: every prompt, form and home within the specification; people's words unchanged."""

import json
from typing import Any

import pytest

from bot.channels.slack.blocks import as_blocks, as_text
from bot.channels.slack.homes import as_home
from bot.channels.slack.modals import as_view, as_word
from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.forms import Choice, Files, Form, Lines
from bot.messages import Button, Document, Message, Picture
from flows.prompts import Prompt
from flows.prompts.interludes import MyData
from tests.acting import Team
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import drawn, said
from tests.fakes.slack_mrkdwn import plain
from tests.fakes.slack_web_api import faults, view_faults
from tests.speaking_slack import playing
from tests.test_home import shown
from tests.test_opened_forms import opened
from tests.test_opened_forms import team as team
from tests.test_wording import EXAMPLES, LANGUAGES, REPORTS, say

HOSTILE = [
    "<!channel> wakes",
    "Fish &amp; chips &",
    "*bold* _and_ ~so~ `on`",
    "<https://evil.example|click>",
    "> a & b < c",
]
TEXTS = ("text", "initial_comment")


def wrong(message: Message) -> list[str]:
    """What Slack finds wrong with a message."""
    return faults("chat.postMessage", {"channel": "D1", "blocks": as_blocks(message), "text": as_text(message)})


@pytest.mark.parametrize("prompt", EXAMPLES)
def test_every_prompt_is_within_the_specification(prompt: Prompt) -> None:
    """In every language, each button with what it carries."""
    for language in LANGUAGES:
        message = say(prompt, language)
        assert message is not None
        assert wrong(message) == []
        carried = [one["value"] for block in as_blocks(message) for one in block.get("elements", []) if "value" in one]
        assert [button.event for row in message.buttons for button in row] == carried[: sum(map(len, message.buttons))]


@pytest.mark.parametrize(("prompt", "answered", "peers"), REPORTS)
def test_every_report_is_within_the_specification(prompt: Prompt, answered: range, peers: int) -> None:
    """Whatever of it may be shown."""
    for language in LANGUAGES:
        message = say(prompt, language, answered, peers)
        assert message is None or wrong(message) == []


def test_hundreds_of_rows_of_ones_own_are_within_the_specification() -> None:
    """/mydata of somebody who has commented on everything and sent hundreds of files."""
    notes = tuple((f"1.1.{at}", "We began late. " * 20) for at in range(1, 226))
    files = tuple((at, "1.1.1", "document", f"plan {at}.pdf", True) for at in range(1, 301))
    for language in LANGUAGES:
        message = say(MyData(225, notes, (("1", "challenge", "Money " * 300),), files), language)
        assert message is not None
        assert wrong(message) == []


@pytest.mark.parametrize("kind", ["capability", "comment", "evidence", "hand_on"])
def test_every_form_is_within_the_specification(team: Team, kind: str) -> None:
    """As the store has it, for whoever opens it; and what is said instead of one."""
    for name, about in (("Eva", "1.1.1"), ("Ana", "2.2.1"), ("Nobody", "1.1.1")):
        found = opened(team, name, kind, about)
        view = as_view(found, "Close") if isinstance(found, Form) else as_word(found, "maturitybot", "Close")
        assert view_faults(view, "view") == []
        assert json.dumps(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_home_is_within_the_specification(team: Team, language: str) -> None:
    """Of a coordinator with sixty colleagues, of a respondent, of a stranger."""
    for number in range(58):
        team.join(f"Colleague number {number}", "respondent", "mobility")
    for name in ("Eva", "Ana", "Nobody"):
        view = as_home(shown(team, name, language))
        assert faults("views.publish", {"user_id": "U1", "view": view}) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_is_read_as_they_wrote_it(words: str) -> None:
    """As a city, a person, a department, a comment: in title, text, note and button, in a modal and at home."""
    button = Button(words, "1z:a:1.1.1:4")
    message = Message(words, words, words, ((button,),))
    assert wrong(message) == []
    assert drawn(as_blocks(message)) == "\n".join([words] * 3)
    assert said(as_blocks(message)[-1]["elements"][0]["text"]) == words
    fields = (Choice("c", words, words, (("v", words),)), Lines("l", words, words, words), Files("f", words, words, 1))
    view = as_view(Form("comment", "1.1", words, "Keep", fields, "en", "1z"), words)
    assert view_faults(view, "view") == []
    assert [said(block["label"]) for block in view["blocks"][-3:]] == [words] * 3
    assert view_faults(as_word(message, words, words), "view") == []
    assert faults("views.publish", {"user_id": "U1", "view": as_home([message])}) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_does_nothing_in_a_notification_a_files_words_and_a_whisper(
    slack: FakeSlack, words: str
) -> None:
    """Where Slack takes nothing but markup it is escaped, once."""
    ana, town = slack.person(), slack.channel("C0TOWN", "town")
    ana.join(town.id)

    async def play(post: Post, token: str) -> None:
        place = Place(ana.team, ana.id)
        await post.send(token, place, Message(words, words, words), None)
        await post.send(token, place, Message(words, words, words, document=Document(f"{words}.pdf", b"x")), None)
        await post.send(token, place, Message(words, words, words, picture=Picture(words, b"\x89PNG", words)), None)
        await post.whisper(token, Place(ana.team, ana.id, town.id), words)

    playing(slack, play)
    assert slack.faults == []
    texts: list[Any] = [given[name] for _, given in slack.requests for name in TEXTS if name in given]
    assert len(texts) == 4
    assert all("<!channel" not in text and "example|" not in text for text in texts)
    unmarked = [text for text in texts if "https://" not in text and "*" not in text]
    assert all(words in plain(text) or words.startswith(">") for text in unmarked)
