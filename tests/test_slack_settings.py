"""What an operator sets for Slack: all that is missing or wrong is said at once, with where to find it."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load
from tests.test_commands import Run, read, run

__all__ = ["run"]

BOT, APP, SIGNING = "xoxb-1-2-abc", "xapp-1-A0-1-abc", "8f742231b10e8888abcd99e0e5a54b8c"
MANY = {"client_id": "123.456", "client_secret": "abc", "public_url": "https://bot.example.org"}


@pytest.fixture(autouse=True)
def nothing_set(run: Run) -> None:
    """The store and folder of `run`, and no platform."""


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        prefix = "" if name in {"public_url", "telegram_token"} else "SLACK_"
        monkeypatch.setenv(f"MATURITYBOT_{prefix}{name.upper()}", value)


@pytest.mark.parametrize(
    "values",
    [
        {"bot_token": BOT, "app_token": APP},
        {"bot_token": BOT, "signing_secret": SIGNING},
        {"bot_token": f" {BOT}\n", "app_token": APP, "signing_secret": SIGNING},
        {**MANY, "signing_secret": SIGNING},
        {**MANY, "app_token": APP},
        {**MANY, "signing_secret": SIGNING, "bot_token": BOT},
        {"bot_token": BOT, "app_token": APP, "telegram_token": "1:a"},
    ],
)
def test_slack_alone_is_enough(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    """One workspace by its token, many by installing; over a socket or signed requests; beside Telegram or not."""
    given(monkeypatch, **values)
    settings = load(serving=True)
    assert settings.has_slack
    assert settings.slack_bot_token is None or settings.slack_bot_token.get_secret_value() == BOT


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ["TELEGRAM_TOKEN", "Slack, step by step"]),
        ({"bot_token": BOT}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "App-Level Tokens", "Signing Secret"]),
        ({"app_token": APP}, ["SLACK_BOT_TOKEN", "OAuth & Permissions", "SLACK_CLIENT_ID"]),
        ({"signing_secret": SIGNING}, ["SLACK_BOT_TOKEN"]),
        ({"client_id": "1.2"}, ["SLACK_CLIENT_SECRET", "PUBLIC_URL is not set", "SLACK_APP_TOKEN"]),
        ({"client_secret": "abc", "app_token": APP}, ["SLACK_CLIENT_ID", "PUBLIC_URL is not set"]),
        ({**MANY, "app_token": APP, "public_url": "http://bot.example.org"}, ["PUBLIC_URL has to begin with https://"]),
        ({"telegram_token": "1:a", "bot_token": BOT}, ["SLACK_APP_TOKEN"]),
        ({"bot_token": APP, "app_token": BOT}, ["begins with xoxb-", "begins with xapp-"]),
        ({"bot_token": "xoxe.xoxb-1-hunter2", "app_token": APP}, ["12 hours", "--one-workspace"]),
        ({"bot_token": BOT, "signing_secret": APP}, ["SLACK_SIGNING_SECRET: this is a token"]),
        ({**MANY, "client_id": "A0APP", "app_token": APP}, ["SLACK_CLIENT_ID: a client id looks like"]),
        ({"bot_token": "hunter2", "client_id": "hunter 2"}, ["begins with xoxb-", "looks like", "SLACK_CLIENT_SECRET"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: list[str]
) -> None:
    """With where to find it, and without repeating what is secret."""
    given(monkeypatch, **values)
    with pytest.raises(SettingsError) as error:
        load(serving=True)
    assert [part for part in told if part not in str(error.value)] == []
    assert not [secret for secret in ("hunter2", BOT, APP, SIGNING) if secret in str(error.value)]


def test_a_file_is_as_good_as_the_environment(tmp_path: Path) -> None:
    """What stands in .env is neither missed nor asked for again."""
    (tmp_path / ".env").write_text(f"MATURITYBOT_SLACK_BOT_TOKEN={BOT}\nMATURITYBOT_HTTP_PORT=many\n", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load(serving=True)
    named = [line.split()[0].rstrip(":") for line in str(error.value).splitlines()[1:]]
    assert named == ["MATURITYBOT_HTTP_PORT", "MATURITYBOT_SLACK_APP_TOKEN"]


def test_what_is_missing_does_not_keep_from_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversation in the terminal needs no platform, complete or not."""
    given(monkeypatch, bot_token=BOT)
    assert load().has_slack


def test_the_doctor_tells_the_platforms(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """None, both, or what one of them lacks."""
    assert "No platform's token is set" in run("doctor")
    given(monkeypatch, telegram_token="1:a", bot_token=BOT, app_token=APP)
    told = run("doctor")
    assert "ok  Telegram is set." in told
    assert "ok  Slack is set: one workspace, over a socket." in told
    monkeypatch.delenv("MATURITYBOT_SLACK_APP_TOKEN")
    lacking = [one["finding"] for one in read(run("doctor", "--json", fails=1)) if not one["well"]]
    assert len(lacking) == 1
    assert "SLACK_APP_TOKEN" in lacking[0]
    given(monkeypatch, signing_secret=SIGNING, **MANY)
    assert "ok  Slack is set: many workspaces, over signed HTTP." in run("doctor")
