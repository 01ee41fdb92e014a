"""The fake is held to what it stands for: what Slack refuses it refuses, and slack-sdk runs against it."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.bolting import card
from tests.fakes.slack import FakeSlack

Talk = Callable[[AsyncWebClient], Coroutine[Any, Any, Any]]
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "M"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hi"}}],
}
PNG = b"\x89PNG of a chart"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake whose bot talks, and hears nothing."""
    with FakeSlack() as fake:
        fake.account.echoes = False
        fake.person()
        yield fake


def play(slack: FakeSlack, talk: Talk, token: str | None = None) -> Any:
    """Runs one conversation of slack-sdk's client with the fake."""

    async def run() -> Any:
        async with aiohttp.ClientSession() as session:
            return await talk(AsyncWebClient(token or slack.token, slack.url, session=session))

    return asyncio.run(run())


def call(slack: FakeSlack, method: str, token: str | None = None, **params: Any) -> httpx.Response:
    """The raw answer to a JSON request."""
    head = {"Authorization": f"Bearer {token or slack.token}"}
    return httpx.post(f"{slack.url}{method}", json=params, headers=head, timeout=5)


def test_a_departure_from_the_types_is_refused_and_named(slack: FakeSlack) -> None:
    """A request that the types do not allow gets Slack's error, does nothing, and is kept by name."""
    answer = call(slack, "chat.postMessage", channel="U0ANA", text="Hi", colour="red").json()
    assert (answer["ok"], answer["error"]) == (False, "invalid_arguments")
    assert slack.faults == ["chat.postMessage.colour: unknown argument"]
    assert call(slack, "chat.postMessage", channel="U0ANA", text="a", blocks=[{}]).json()["error"] == "invalid_blocks"
    assert call(slack, "chat.sing").json()["error"] == "unknown_method"
    assert slack.person().screen == []


def test_a_person_sees_what_is_posted_and_changed(slack: FakeSlack) -> None:
    """A message with blocks and buttons is opened, posted, read without marks, changed in place and taken away."""
    ana = slack.person()

    async def talk(client: AsyncWebClient) -> None:
        me = await client.auth_test()
        assert (me["team_id"], me["user_id"]) == ("T0TEAM", "U0BOT")
        channel = (await client.conversations_open(users="U0ANA"))["channel"]["id"]
        posted = await client.chat_postMessage(
            channel=channel, text="Where?", blocks=card("*Where* &amp; how?", "3", "4")
        )
        (shown,) = ana.screen
        assert (shown.text, shown.buttons, shown.edits) == ("Where & how?", [["3", "4"]], 0)
        await client.chat_update(channel=channel, ts=str(posted["ts"]), text="Noted", blocks=card("Noted: 3", "Undo"))
        (shown,) = ana.screen
        assert (shown.id, shown.text, shown.buttons, shown.edits) == (posted["ts"], "Noted: 3", [["Undo"]], 1)
        assert shown.drawn() == f"{shown.id}: Noted: 3\n   [Undo]"
        await client.chat_delete(channel=channel, ts=str(posted["ts"]))

    play(slack, talk)
    assert (ana.screen, slack.faults) == ([], [])
    with pytest.raises(LookupError, match="no button starts with '3'"):
        ana.tap("3")


@pytest.mark.parametrize(
    ("method", "params", "error"),
    [
        ("chat.postMessage", {"channel": "C9", "text": "Hi"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0OLD", "text": "Hi"}, "is_archived"),
        ("chat.postMessage", {"channel": "C0ELSE", "text": "Hi"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0CITY", "text": "Hi", "thread_ts": "1.1"}, "thread_not_found"),
        ("chat.postEphemeral", {"channel": "C0CITY", "text": "Hi", "user": "U0ANA"}, "user_not_in_channel"),
        ("chat.update", {"channel": "C0CITY", "text": "Hi", "ts": "1.1"}, "message_not_found"),
        ("conversations.open", {"users": "U9"}, "user_not_found"),
        ("conversations.info", {"channel": "C9"}, "channel_not_found"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("files.info", {"file": "F9"}, "file_not_found"),
        ("views.open", {"trigger_id": "1.2.x", "view": MODAL}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V9", "view": MODAL}, "not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("oauth.v2.access", {"client_id": "1", "client_secret": "2"}, "invalid_client_id"),
        ("team.info", {"team": "T9"}, "team_not_found"),
        ("bots.info", {"bot": "B9"}, "bot_not_found"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_slacks_words(
    slack: FakeSlack, method: str, params: dict[str, Any], error: str
) -> None:
    """Unknown places, people, messages and triggers get the errors Slack gives, with 200."""
    slack.channel()
    slack.channel("C0OLD").archived = True
    slack.channel("C0ELSE", bot=False)
    answer = call(slack, method, **params)
    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": error})
    assert slack.faults == []


def test_a_bot_changes_only_what_is_its_own(slack: FakeSlack) -> None:
    """A person's message can be neither changed nor taken away by the bot, nor one that a single person sees."""
    ana = slack.person()
    slack.channel()
    ana.join("C0CITY")
    ts = ana.say("Hello")
    place = f"D0{ana.id}"
    assert call(slack, "chat.update", channel=place, ts=ts, text="x").json()["error"] == "cant_update_message"
    assert call(slack, "chat.delete", channel=place, ts=ts).json()["error"] == "cant_delete_message"
    seen = call(slack, "chat.postEphemeral", channel="C0CITY", user=ana.id, text="For you").json()["message_ts"]
    assert call(slack, "chat.update", channel="C0CITY", ts=seen, text="x").json()["error"] == "message_not_found"
    assert [shown.text for shown in ana.seen_in("C0CITY")] == ["For you"]
    assert slack.person("U0BO", "Bo").seen_in("C0CITY") == []


def test_tokens_are_good_for_what_they_are_for(slack: FakeSlack) -> None:
    """Missing, unknown, foreign, expired and revoked tokens get Slack's own words."""
    assert httpx.post(f"{slack.url}auth.test").json()["error"] == "not_authed"
    assert call(slack, "auth.test", "xoxb-wrong").json()["error"] == "invalid_auth"
    wrong = call(slack, "chat.postMessage", slack.app_token, channel="U0ANA", text="Hi").json()
    assert wrong["error"] == "not_allowed_token_type"
    assert call(slack, "apps.connections.open", slack.app_token).json()["url"].startswith("ws://")
    for error in ("token_expired", "token_revoked", "account_inactive"):
        slack.account.tokens.spoil("T0TEAM", error)
        assert call(slack, "auth.test").json()["error"] == error


def test_people_are_described(slack: FakeSlack) -> None:
    """Language, time zone, quiet hours and having left can be asked for."""
    ana = slack.person()

    async def talk(client: AsyncWebClient) -> None:
        about = (await client.users_info(user="U0ANA", include_locale=True))["user"]
        assert (about["locale"], about["tz"], about["real_name"]) == ("es-ES", "Europe/Madrid", "Ana")
        assert (await client.dnd_info(user="U0ANA"))["dnd_enabled"] is False
        ana.be_quiet(100, 200)
        ana.snooze(int(time.time()) + 60)
        rest = await client.dnd_info(user="U0ANA")
        assert (rest["next_dnd_start_ts"], rest["next_dnd_end_ts"], rest["snooze_enabled"]) == (100, 200, True)
        ana.deactivate()
        assert (await client.users_info(user="U0ANA"))["user"]["deleted"] is True
        with pytest.raises(SlackApiError, match="user_disabled"):
            await client.chat_postMessage(channel="U0ANA", text="Hi")
        assert (await client.team_info())["team"]["domain"] == "city-of-test"
        assert (await client.bots_info(bot="B0BOT"))["bot"]["user_id"] == "U0BOT"

    play(slack, talk)
    assert slack.faults == []


def test_a_file_arrives_in_three_steps(slack: FakeSlack) -> None:
    """slack-sdk's upload shows the person a picture with its words, and files.info tells where it stands."""
    ana = slack.person()

    async def talk(client: AsyncWebClient) -> Any:
        channel = (await client.conversations_open(users="U0ANA"))["channel"]["id"]
        done = await client.files_upload_v2(
            channel=channel, content=PNG, filename="bars.png", alt_txt="Six bars", initial_comment="Your *scores*"
        )
        return (await client.files_info(file=done["files"][0]["id"]))["file"]

    about = play(slack, talk)
    (shown,) = ana.screen
    assert (shown.photo, shown.text, shown.alt, shown.content) == (True, "Your scores", "Six bars", PNG)
    assert about["shares"]["private"]["D0U0ANA"][0]["ts"] == shown.id
    head = {"Authorization": f"Bearer {slack.token}"}
    assert httpx.get(about["url_private_download"], headers=head).content == PNG
    assert b"Sign in" in httpx.get(about["url_private_download"]).content
    url = call(slack, "files.getUploadURLExternal", filename="a.csv", length=3).json()["upload_url"]
    assert httpx.post(url, content=b"a;b;c").status_code == 400
    assert slack.faults == ["upload: 5 bytes, 3 announced"]


def test_a_picture_in_a_card_is_a_file_that_was_uploaded(slack: FakeSlack) -> None:
    """A block may show a file by its id once its upload is complete; any other id is refused."""
    ana = slack.person()

    async def talk(client: AsyncWebClient) -> None:
        done = await client.files_upload_v2(content=PNG, filename="bars.png")
        shown = {"type": "image", "alt_text": "Six bars", "slack_file": {"id": done["files"][0]["id"]}}
        await client.chat_postMessage(channel="U0ANA", text="Bars", blocks=[shown])
        with pytest.raises(SlackApiError, match="invalid_blocks"):
            await client.chat_postMessage(channel="U0ANA", text="Bars", blocks=[shown | {"slack_file": {"id": "F9"}}])

    play(slack, talk)
    (shown,) = ana.screen
    assert (shown.photo, shown.alt, shown.content) == (True, "Six bars", PNG)


def test_troubles_come_when_they_are_wished_for(slack: FakeSlack) -> None:
    """A refused request does nothing, a dropped one does its work or not, and each trouble ends after its times."""
    ana = slack.person()

    def post(text: str) -> httpx.Response:
        return call(slack, "chat.postMessage", channel="U0ANA", text=text)

    slack.refuse("chat.postMessage", channel="C0CITY")
    assert post("not refused").json()["ok"]
    slack.refuse("chat.postMessage", retry_after=7)
    limited = post("limited")
    assert (limited.status_code, limited.headers["retry-after"], limited.json()["error"]) == (429, "7", "ratelimited")
    slack.refuse("chat.postMessage", "channel_not_found")
    assert post("gone").json()["error"] == "channel_not_found"
    slack.refuse("chat.postMessage", "", status=500)
    assert post("broken").status_code == 500
    slack.drop("chat.postMessage", after=True)
    with pytest.raises(httpx.RemoteProtocolError):
        post("ambiguous")
    slack.drop("chat.postMessage", after=False)
    with pytest.raises(httpx.RemoteProtocolError):
        post("lost")
    slack.delay("chat.postMessage", 0.1)
    began = time.monotonic()
    post("late")
    assert time.monotonic() - began >= 0.1
    assert [shown.text for shown in ana.screen] == ["not refused", "ambiguous", "late"]


def test_quick_messages_run_into_the_rate_limit(slack: FakeSlack) -> None:
    """Under `flood` a channel takes three messages or edits at once, the fourth waits, and other channels do not."""
    slack.flood = True
    slack.person("U0BO", "Bo")
    answers = [call(slack, "chat.postMessage", channel="U0ANA", text=f"{i}") for i in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"] == "1"
    assert call(slack, "chat.postMessage", channel="U0BO", text="Hi").json()["ok"]
