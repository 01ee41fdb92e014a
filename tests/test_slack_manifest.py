"""The app's manifest: what Slack takes, no scope without a reason, no command that leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels import slack_manifest
from flows.commands import COMMANDS
from tests.test_commands import Run, run

__all__ = ["run"]

FILE = Path(slack_manifest.__file__).with_suffix(".yaml").read_text(encoding="utf-8")
URL = "https://bot.example.org"
OF_THE_CHANNEL = {"survey", "report", "workbook"}
"""What the channel itself makes of a command: `/survey WORDS` is `/WORDS`, the two files are reports."""

COMMAND = r"/[a-z0-9_-]{1,31}"
HTTPS = re.compile(r"https://[^ ]+")
SCHEMA: dict[str, Any] = {
    "_metadata": {"major_version": int, "minor_version": int},
    "display_information": {"name": 35, "description": 140, "long_description": 4000, "background_color": r"#\w{6}"},
    "features": {
        "app_home": {"home_tab_enabled": bool, "messages_tab_enabled": bool, "messages_tab_read_only_enabled": bool},
        "bot_user": {"display_name": r"[a-z0-9._-]{1,80}", "always_online": bool},
        "shortcuts": [{"name": 24, "type": r"global|message", "callback_id": 255, "description": 150}],
        "slash_commands": [
            {
                "command": r"/[a-z0-9_-]{1,31}",
                "description": 2000,
                "usage_hint": 1000,
                "url": HTTPS,
                "should_escape": bool,
            }
        ],
    },
    "oauth_config": {"redirect_urls": [HTTPS], "scopes": {"bot": [r"[a-z_]+(:[a-z_.]+)?"]}},
    "settings": {
        "event_subscriptions": {"request_url": HTTPS, "bot_events": [r"[a-z_]+(\.[a-z]+)?"]},
        "interactivity": {"is_enabled": bool, "request_url": HTTPS},
        "org_deploy_enabled": bool,
        "socket_mode_enabled": bool,
        "token_rotation_enabled": bool,
    },
}
"""What Slack's reference of app manifests documents: its fields and, where it says so, how long or how shaped."""
NEEDED = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
}
"""The scope that Slack wants for each event."""


def departures(value: Any, schema: Any, at: str = "") -> Iterator[str]:
    """Where a manifest is not as documented."""
    match schema:
        case dict():
            yield from (f"{at}.{key} is unknown" for key in value.keys() - schema.keys())
            for key in value.keys() & schema.keys():
                yield from departures(value[key], schema[key], f"{at}.{key}")
        case [each]:
            for number, one in enumerate(value):
                yield from departures(one, each, f"{at}[{number}]")
        case type():
            yield from [] if type(value) is schema else [f"{at} is no {schema.__name__}"]
        case int():
            yield from [] if 0 < len(value) <= schema else [f"{at} has {len(value)} characters"]
        case _:
            yield from [] if re.fullmatch(schema, value) else [f"{at} is {value}"]


@pytest.mark.parametrize("socket", [True, False])
@pytest.mark.parametrize("rotating", [True, False])
@pytest.mark.parametrize("url", [URL, f"{URL}/bot/"])
def test_slack_takes_it(url: str, *, socket: bool, rotating: bool) -> None:
    """In every way it is filled in; nothing is left to fill in, and an address stands where Slack asks for one."""
    text = slack_manifest.filled(url, socket=socket, rotating=rotating)
    made = yaml.safe_load(text)
    assert list(departures(made, SCHEMA)) == []
    assert "YOUR" not in text
    assert len(made["display_information"]["long_description"]) >= 174
    assert made["settings"]["socket_mode_enabled"] is socket
    assert made["settings"]["token_rotation_enabled"] is rotating
    assert text.count(f"{url.rstrip('/')}/slack/events") == (0 if socket else 12)
    assert made["oauth_config"].get("redirect_urls") == (
        [f"{url.rstrip('/')}/slack/oauth_redirect"] if rotating else None
    )


def test_a_socket_without_an_address_has_none(run: Run) -> None:
    """And its token does not rotate, as nobody could come back with the first one."""
    printed = run("slack", "manifest", "--socket")
    assert "https://" not in printed
    made = yaml.safe_load(printed)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["token_rotation_enabled"] is False
    assert list(departures(made, SCHEMA)) == []


def test_every_scope_and_event_has_a_reason() -> None:
    """A comment beside it; every event has its scope, and there is none for an event that is not heard."""
    lines = {line.split("#")[0].strip(" -"): line for line in FILE.splitlines()}
    events = yaml.safe_load(FILE)["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(NEEDED)
    for one in (*slack_manifest.scopes(), *events):
        assert re.search(r"# \w{3,}", lines[one]), one
    assert {NEEDED[event] for event in events} - {None} <= set(slack_manifest.scopes())
    assert not {scope for scope in slack_manifest.scopes() if scope.startswith(("channels:", "groups:", "mpim:"))}


def test_every_slash_command_is_known() -> None:
    """Each is what people type elsewhere, or the channel's own; each tells what it does."""
    assert len(slack_manifest.commands()) == 10
    assert set(slack_manifest.commands()) - OF_THE_CHANNEL <= set(COMMANDS)


def test_the_conversation_is_possible() -> None:
    """The tab is there and can be written in, buttons work, and the shortcut is the one that the channel hears."""
    made = yaml.safe_load(FILE)
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert made["settings"]["interactivity"]["is_enabled"] is True
    assert [one["callback_id"] for one in made["features"]["shortcuts"]] == ["continue_survey"]


def test_the_command_fills_it_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the address that is given, or the one that is set."""
    printed = run("slack", "manifest", "--public-url", URL)
    assert printed == slack_manifest.filled(URL)
    monkeypatch.setenv("MATURITYBOT_PUBLIC_URL", URL)
    assert run("slack", "manifest") == printed
    assert run("slack", "manifest", "--one-workspace") == slack_manifest.filled(URL, rotating=False)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "--public-url https://bot.example.org"),
        ("http://bot.example.org", "with https://"),
        ("bot.example.org", "with https://"),
        ("https://bot", "with https://"),
        ("https://bot.example.org/?x=1", "without ? or #"),
        ("https://bot.example.org/\nx: y", "with https://"),
        ("https://localhost:8080", "from outside"),
        ("http://127.0.0.1:8080", "from outside"),
        ("https://[::1]/", "from outside"),
    ],
)
def test_an_address_that_slack_cannot_call_is_said(run: Run, url: str, told: str) -> None:
    """In a sentence, with what to give instead."""
    assert told in run("slack", "manifest", "--public-url", url, fails=2)
