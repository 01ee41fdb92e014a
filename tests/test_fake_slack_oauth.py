"""How the app comes into a workspace at the fake, and how its tokens turn."""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from tests.bolting import Hearing, call, heard
from tests.fakes.slack import FakeSlack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake whose app is only ears."""
    with FakeSlack() as fake:
        fake.account.echoes = False
        fake.account.deliveries.transport = Hearing()
        yield fake


def test_an_app_is_installed_by_oauth(slack: FakeSlack) -> None:
    """A code is good once, with the address it was asked for; a denial comes back as one."""
    slack.another("T0TWO", "Town")
    tokens = slack.account.tokens
    asked = {"client_id": tokens.client_id, "scope": "chat:write", "state": "s", "redirect_uri": "https://x"}
    link = f"https://slack.com/oauth/v2/authorize?{urlencode(asked)}"
    assert tokens.authorized(link, "T0TWO", denied=True) == "https://x?error=access_denied&state=s"
    code = tokens.authorized(link, "T0TWO").partition("code=")[2].partition("&")[0]
    ours = {"client_id": tokens.client_id, "client_secret": tokens.client_secret}
    assert call(slack, "oauth.v2.access", code=code, **ours)["error"] == "bad_redirect_uri"
    given = call(slack, "oauth.v2.access", code=code, redirect_uri="https://x", **ours)
    assert (given["team"]["id"], given["bot_user_id"], "refresh_token" in given) == ("T0TWO", "U0BOT1", False)
    assert call(slack, "oauth.v2.access", code=code, redirect_uri="https://x", **ours)["error"] == "code_already_used"
    slack.person("U0TWO", "Two", team="T0TWO").say("Hello")
    assert heard(slack)["team_id"] == "T0TWO"
    assert call(slack, "chat.postMessage", given["access_token"], channel="U0TWO", text="Hi")["ok"]
    assert call(slack, "chat.postMessage", channel="U0TWO", text="Hi")["error"] == "channel_not_found"


def test_tokens_rotate(slack: FakeSlack) -> None:
    """A refresh token is good once and gives the next pair; an access token ends at its time."""
    tokens = slack.account.tokens
    tokens.rotation = True
    ours = {"client_id": tokens.client_id, "client_secret": tokens.client_secret}
    first = call(slack, "oauth.v2.access", code=tokens.code("T0TEAM"), **ours)
    turn = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]} | ours
    second = call(slack, "oauth.v2.access", **turn)
    assert second["access_token"] != first["access_token"]
    assert call(slack, "oauth.v2.access", **turn)["error"] == "invalid_refresh_token"
    assert call(slack, "auth.test", first["access_token"])["ok"]
    tokens.known[first["access_token"]].expires = 0
    assert call(slack, "auth.test", first["access_token"])["error"] == "token_expired"
    assert call(slack, "auth.test", second["access_token"])["ok"]


def test_slack_sdk_turns_a_token(slack: FakeSlack) -> None:
    """slack-sdk's own rotator gets the next pair, with the client's secret in the header."""
    tokens = slack.account.tokens
    tokens.rotation = True
    installation = Installation(
        user_id="U0INSTALLER",
        team_id="T0TEAM",
        bot_token=tokens.issue("T0TEAM").text,
        bot_refresh_token=tokens.refreshing("T0TEAM"),
        bot_token_expires_at=int(time.time()) + 60,
    )

    async def turn() -> Installation | None:
        rotator = AsyncTokenRotator(
            client_id=tokens.client_id, client_secret=tokens.client_secret, client=AsyncWebClient(base_url=slack.url)
        )
        return await rotator.perform_token_rotation(installation=installation, minutes_before_expiration=120)

    turned = asyncio.run(turn())
    assert turned
    assert turned.bot_token != installation.bot_token
    assert call(slack, "auth.test", turned.bot_token)["ok"]
    assert slack.faults == []
