"""The manifest of our Slack app: what an admin pastes, and what it says of scopes and commands."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_suffix(".yaml")
_HERE = "https://YOUR-PUBLIC-URL"
_EVENTS, _REDIRECT = f"{_HERE}/slack/events", f"{_HERE}/slack/oauth_redirect"


def filled(public_url: str = "", *, socket: bool = False, rotating: bool = True) -> str:
    """The manifest for a server at `public_url`; with `socket`, Slack does not call it.

    Nobody can install it by themselves, and no token rotates, unless there is an address to come back to.
    """
    installable = rotating and bool(public_url)
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith("#"))
    if socket:
        body = _without(_EVENTS, body).replace("socket_mode_enabled: false", "socket_mode_enabled: true")
    if not installable:
        body = _without(_REDIRECT, body).replace("token_rotation_enabled: true", "token_rotation_enabled: false")
    # Only the settings themselves, not what is said beside them.
    body = re.sub(r"((?:socket_mode|token_rotation)_enabled: \w+) #.*", r"\1", body)
    return body.replace(_HERE, public_url.rstrip("/")) + "\n"


def scopes() -> list[str]:
    """What the bot asks to be allowed."""
    return list(_manifest()["oauth_config"]["scopes"]["bot"])


def commands() -> list[str]:
    """The slash commands that are ours in a workspace, without the slash."""
    return [one["command"].removeprefix("/") for one in _manifest()["features"]["slash_commands"]]


def _without(address: str, body: str) -> str:
    return "\n".join(line for line in body.splitlines() if address not in line)


@cache
def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return manifest
