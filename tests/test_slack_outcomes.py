"""What becomes of a message on Slack, refusal by refusal; and that nothing of what people wrote is logged."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.channels.slack.outcomes import AWAY, GONE, LATER, outcome_of
from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.messages import (
    Ambiguous,
    Button,
    Document,
    Gone,
    Message,
    Outcome,
    Refused,
    Sent,
    Throttled,
    Unreachable,
)
from tests.fakes.serving import Serving
from tests.fakes.slack import FakeSlack
from tests.speaking_slack import playing

MESSAGE = Message("Title", "What Ana wrote", "note", ((Button("4", "1z:a:1.1.1:4"), Button("5", "1z:a:1.1.1:5")),))
HOME = Place("T0TEAM", "U0ANA")
POST, EDIT = "chat.postMessage", "chat.update"
Trouble = Callable[[FakeSlack, str], None]


def refused(error: str, status: int = 200) -> Trouble:
    """Slack's answer to the next request."""
    return lambda slack, method: slack.refuse(method, error, status, retry_after=7)


def hung_up(*, after: bool) -> Trouble:
    """No answer at all."""
    return lambda slack, method: slack.drop(method, after=after)


def slow(slack: FakeSlack, method: str) -> None:
    """An answer that comes too late."""
    slack.delay(method, 1.5)


TROUBLES: list[tuple[str, Trouble, type[Outcome], type[Outcome]]] = [
    ("429", refused("ratelimited"), Throttled, Throttled),
    *((code, refused(code), Gone, Gone) for code in sorted(GONE)),
    *((code, refused(code), Unreachable, Unreachable) for code in sorted(LATER | AWAY)),
    *(
        (code, refused(code), Refused, Refused)
        for code in ("invalid_blocks", "msg_blocks_too_long", "msg_too_long", "invalid_arguments", "no_text", "new_one")
    ),
    ("500", refused("", 500), Unreachable, Unreachable),
    ("503", refused("", 503), Unreachable, Unreachable),
    ("fatal_error", refused("fatal_error"), Ambiguous, Unreachable),
    ("hung up before", hung_up(after=False), Ambiguous, Unreachable),
    ("hung up after", hung_up(after=True), Ambiguous, Unreachable),
    ("too late", slow, Ambiguous, Unreachable),
]


@pytest.mark.parametrize(("name", "trouble", "said", "edited"), TROUBLES, ids=[one[0] for one in TROUBLES])
def test_each_refusal_has_its_outcome(
    slack: FakeSlack, name: str, trouble: Trouble, said: type[Outcome], edited: type[Outcome]
) -> None:
    """For a message that is said, and for an edit, which may be repeated without harm."""
    slack.person()

    async def play(post: Post, token: str) -> tuple[Outcome, Outcome]:
        shown = await post.send(token, HOME, MESSAGE, None)
        assert isinstance(shown, Sent)
        trouble(slack, POST)
        first = await post.send(token, HOME, MESSAGE, None)
        trouble(slack, EDIT)
        return first, await post.send(token, HOME, MESSAGE, shown.message)

    outcomes = playing(slack, play, seconds=0.75)
    assert tuple(map(type, outcomes)) == (said, edited)
    if name == "429":
        assert outcomes == (Throttled(7.0), Throttled(7.0))


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed", "update_failed"])
def test_what_cannot_be_edited_is_said_anew(slack: FakeSlack, code: str) -> None:
    """The card was deleted, or is too old."""
    ana = slack.person()

    async def play(post: Post, token: str) -> Outcome:
        shown = await post.send(token, HOME, MESSAGE, None)
        assert isinstance(shown, Sent)
        slack.refuse(EDIT, code)
        again = await post.send(token, HOME, MESSAGE, shown.message)
        assert again != shown
        return again

    assert isinstance(playing(slack, play), Sent)
    assert len(ana.screen) == 2


def test_the_three_steps_of_a_file_have_outcomes_of_their_own(slack: FakeSlack) -> None:
    """Until the last nobody sees anything, and all may be repeated; the last may have been taken."""
    slack.person()
    paper = Message("Report", document=Document("report.pdf", b"%PDF"))
    steps = [
        ("files.getUploadURLExternal", "hang up", Unreachable),
        ("files.getUploadURLExternal", "ratelimited", Throttled),
        ("upload", "hang up", Unreachable),
        ("files.completeUploadExternal", "hang up", Ambiguous),
        ("files.completeUploadExternal", "is_archived", Gone),
        ("conversations.open", "hang up", Unreachable),
        ("conversations.open", "user_not_found", Gone),
    ]

    async def play(post: Post, token: str, method: str, trouble: str) -> Outcome:
        if trouble == "hang up":
            slack.drop(method)
        else:
            slack.refuse(method, trouble)
        return await post.send(token, HOME, paper, None)

    for method, trouble, expected in steps:
        outcome = playing(slack, lambda post, token, on=(method, trouble): play(post, token, *on))  # type: ignore[misc]
        assert type(outcome) is expected, (method, trouble, outcome)


def test_nobody_there_is_not_reached(slack: FakeSlack) -> None:
    """A connection that is refused said nothing to anybody."""
    with FakeSlack() as other:
        gone = other.url

    async def play(post: Post, token: str) -> Outcome:
        post._client.base_url = gone
        post.meet(HOME.person, "D0U0ANA")
        return await post.send(token, HOME, MESSAGE, None)

    assert isinstance(playing(slack, play), Unreachable)


@pytest.mark.parametrize(("status", "said"), [(200, Ambiguous), (403, Ambiguous), (502, Unreachable)])
def test_a_page_of_a_proxy_is_no_answer_of_slacks(slack: FakeSlack, status: int, said: type[Outcome]) -> None:
    """HTML where JSON should be: nobody is given up for it."""

    async def page(_: Request) -> Response:
        return HTMLResponse("<html>Sign in to the city's network</html>", status)

    proxy = Serving(Starlette(routes=[Route("/api/{method}", page, methods=["POST"])]))
    proxy.start()

    async def play(post: Post, token: str) -> tuple[Outcome, Outcome]:
        post._client.base_url = f"{proxy.url}/api/"
        post.meet(HOME.person, "D0U0ANA")
        edited = await post.send(token, HOME, MESSAGE, "D0U0ANA/1.1")
        return await post.send(token, HOME, MESSAGE, None), edited

    outcomes = playing(slack, play)
    proxy.stop()
    assert tuple(map(type, outcomes)) == (said, Unreachable)


def test_a_refusal_tells_the_shape_and_never_a_word(slack: FakeSlack) -> None:
    """Kinds and lengths of the blocks; what Slack quotes is left out."""
    slack.person()

    async def play(post: Post, token: str) -> Outcome:
        slack.refuse(POST, "invalid_blocks")
        return await post.send(token, HOME, MESSAGE, None)

    outcome = playing(slack, play)
    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith("invalid_blocks; the message: header(")
    assert "section(" in outcome.reason
    assert "actions(" in outcome.reason
    for word in ("Title", "Ana", "wrote", "note"):
        assert word not in outcome.reason


def complained(data: dict[str, Any]) -> Outcome:
    """What becomes of an answer with this in it."""

    async def told() -> Outcome:
        response = type("Response", (), {"data": data, "status_code": 200, "headers": {}})()
        raise SlackApiError("", response)  # type: ignore[no-untyped-call]

    return asyncio.run(outcome_of(told, harmless=False))


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text]",) * 2,
        ("[ERROR] value 'What \"Ana\" wrote' is not allowed", "[ERROR] value (...) is not allowed"),
        ("[ERROR] <What Ana wrote> is no link", "[ERROR] (...) is no link"),
    ],
)
def test_what_slack_complains_of_is_logged_without_what_it_quotes(said: str, logged: str) -> None:
    """Where it is and what is wrong; and whatever else Slack puts there does no harm."""
    told = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [said]}}
    assert complained(told) == Refused(f"invalid_blocks; {logged}")
    assert complained(told | {"response_metadata": None, "errors": [said]}) == Refused(f"invalid_blocks; {logged}")
    assert complained(told | {"response_metadata": {"messages": "?"}}) == Refused("invalid_blocks")


def test_a_wait_that_is_not_told_is_half_a_minute() -> None:
    """Or one that is no number."""
    assert complained({"ok": False, "error": "ratelimited"}) == Throttled(30.0)
