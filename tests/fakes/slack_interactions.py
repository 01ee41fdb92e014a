"""What Slack tells an app about a person who tapped, submitted, closed, called or commanded."""

import time
from typing import Any

from tests.fakes.slack_account import APP, Account
from tests.fakes.slack_blocks import Control, handed_on
from tests.fakes.slack_views import View
from tests.fakes.slack_workspace import Channel, Shown, User, Workspace, stamp

Payload = dict[str, Any]


def tapped(
    account: Account, workspace: Workspace, user: User, channel: Channel, shown: Shown, action: Payload
) -> Payload:
    """A button or menu of a message; of a message that only one person sees, Slack does not say the content."""
    private = bool(shown.only_for)
    container = {"type": "message", "message_ts": shown.id, "channel_id": channel.id, "is_ephemeral": private}
    place = {"id": channel.id, "name": "directmessage" if channel.user else channel.name}
    content = {} if private else {"message": workspace.message(channel, shown)}
    answer = {"response_url": account.reply(workspace, channel, user.id, shown.id)}
    head = _head(account, workspace, user, "block_actions", trigger=True)
    return (
        head
        | {"container": container, "channel": place, "state": {"values": {}}, "actions": [action]}
        | content
        | answer
    )


def tapped_in_view(account: Account, workspace: Workspace, user: User, view: View, action: Payload) -> Payload:
    """A button or menu of a home view or a modal."""
    head = _head(account, workspace, user, "block_actions", trigger=True)
    container = {"type": "view", "view_id": view.id}
    return head | {"container": container, "actions": [action]} | _view(workspace, view)


def submitted(account: Account, workspace: Workspace, user: User, view: View) -> Payload:
    """A modal with all that was filled in."""
    head = _head(account, workspace, user, "view_submission", trigger=True)
    return head | _view(workspace, view) | {"response_urls": []}


def closed(account: Account, workspace: Workspace, user: User, view: View, *, cleared: bool) -> Payload:
    """A modal that was closed without submitting."""
    head = _head(account, workspace, user, "view_closed", trigger=False)
    return head | _view(workspace, view) | {"is_cleared": cleared}


def called(account: Account, workspace: Workspace, user: User, callback_id: str) -> Payload:
    """A global shortcut."""
    head = _head(account, workspace, user, "shortcut", trigger=True)
    del head["api_app_id"]
    return head | {"callback_id": callback_id, "action_ts": stamp()}


def commanded(
    account: Account, workspace: Workspace, user: User, channel: Channel, command: str, text: str
) -> dict[str, str]:
    """A slash command: all of it text, as it comes in a form."""
    return {
        "token": "verification-token",
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.user else channel.name,
        "user_id": user.id,
        "user_name": user.name.casefold(),
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": account.reply(workspace, channel, user.id),
        "trigger_id": account.views[workspace.id].trigger(user.id),
    }


def pressed(control: Control) -> Payload:
    """The action of a button."""
    element = control.element
    value = {"value": element["value"]} if "value" in element else {}
    return _action(control, {"type": "button", "text": {"emoji": True} | dict(element["text"])} | value)


def picked(control: Control, option: Payload) -> Payload:
    """The action of a menu from which an option was chosen."""
    return _action(control, {"type": control.element["type"], "selected_option": option})


def changed(block_id: str, element: Payload, value: Payload) -> Payload:
    """The action of a field that tells each change."""
    return {"block_id": block_id, "action_id": element["action_id"], "action_ts": _now()} | value


def _action(control: Control, content: Payload) -> Payload:
    ids = {"action_id": control.element["action_id"], "block_id": control.block_id}
    told: Payload = handed_on(content)
    return ids | told | {"action_ts": _now()}


def _now() -> str:
    return f"{time.time():.6f}"


def _head(account: Account, workspace: Workspace, user: User, kind: str, *, trigger: bool) -> Payload:
    who = {"id": user.id, "username": user.name.casefold(), "name": user.name.casefold(), "team_id": workspace.id}
    team = {"id": workspace.id, "domain": workspace.domain}
    head = {"type": kind, "token": "verification-token", "team": team, "user": who, "api_app_id": APP}
    opens = {"trigger_id": account.views[workspace.id].trigger(user.id)} if trigger else {}
    return head | {"enterprise": None, "is_enterprise_install": False} | opens


def _view(workspace: Workspace, view: View) -> Payload:
    return {"view": view.described(workspace.id, workspace.bot_id)}
