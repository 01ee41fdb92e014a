"""What each method of the Web API does to a workspace; a request is checked before it comes here."""

import time
from collections.abc import Callable
from typing import Any

from tests.fakes.slack_account import APP, Account
from tests.fakes.slack_blocks import pictures
from tests.fakes.slack_files import complete, file_info, pictured, upload_url
from tests.fakes.slack_tokens import Token
from tests.fakes.slack_workspace import Channel, RefusedError, Shown, Workspace, stamp

Params = dict[str, Any]
Method = Callable[[Account, Workspace, Params], Params]

CONNECTIONS = 10


def perform(account: Account, token: Token | None, method: str, params: Params) -> Params:
    """Does the work, and returns what Slack answers beside `ok`. Raises `RefusedError`."""
    with account.changed:
        if token is None:
            return account.tokens.access(params, account.workspaces, "U0INSTALLER")
        if not token.team:
            return _about_app(account, method)
        workspace = account.workspaces[token.team]
        if params.get("team_id", workspace.id) != workspace.id:
            raise RefusedError("team_not_found")
        answer = METHODS[method](account, workspace, params)
        account.changed.notify_all()
        return answer


def _about_app(account: Account, method: str) -> Params:
    if method == "auth.test":
        return {"url": "https://slack.com/", "app_id": APP, "app_name": "maturitybot"}
    ticket = f"ticket-{account.number()}"
    account.tickets.add(ticket)
    return {"url": f"{account.root.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP}"}


def _auth_test(account: Account, workspace: Workspace, params: Params) -> Params:
    bot = {"user": "maturitybot", "user_id": workspace.bot_user, "bot_id": workspace.bot_id}
    team = {"url": f"https://{workspace.domain}.slack.com/", "team": workspace.name, "team_id": workspace.id}
    return team | bot | {"is_enterprise_install": False}


def _post_message(account: Account, workspace: Workspace, params: Params) -> Params:
    channel = workspace.writable(params["channel"])
    shown = _spoken(account, workspace, channel, params)
    return {"channel": channel.id, "ts": shown.id, "message": account.post(workspace, channel, shown)}


def _post_ephemeral(account: Account, workspace: Workspace, params: Params) -> Params:
    channel = workspace.writable(params["channel"])
    user = workspace.user(params["user"])
    if user.id not in channel.members and user.id != channel.user:
        raise RefusedError("user_not_in_channel")
    shown = _spoken(account, workspace, channel, params)
    shown.only_for = user.id
    account.post(workspace, channel, shown)
    return {"message_ts": shown.id}


def _spoken(account: Account, workspace: Workspace, channel: Channel, params: Params) -> Shown:
    shown = Shown(stamp(), workspace.bot_user, thread=params.get("thread_ts", ""))
    if shown.thread and shown.thread not in channel.shown:
        raise RefusedError("thread_not_found")
    _say(account, workspace, shown, params)
    return shown


def _say(account: Account, workspace: Workspace, shown: Shown, params: Params) -> None:
    """Says a text and blocks, in which a picture may be a file that the app has uploaded."""
    for picture in pictures(params.get("blocks", [])):
        file = pictured(account, workspace, picture)
        shown.content = shown.content if file is None else file.content or b""
    shown.say(params["text"], params.get("blocks"), mrkdwn=params.get("mrkdwn", True))


def _update(account: Account, workspace: Workspace, params: Params) -> Params:
    channel = workspace.channel(params["channel"])
    if channel.archived:
        raise RefusedError("is_archived")
    shown = _own(workspace, channel, params["ts"], "cant_update_message")
    before = workspace.message(channel, shown)
    _say(account, workspace, shown, params)
    shown.edits += 1
    message = workspace.message(channel, shown)
    changed = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": stamp(), "channel": channel.id}
    account.echo(workspace, channel, changed | {"message": message, "previous_message": before})
    return {"channel": channel.id, "ts": shown.id, "text": shown.sent, "message": message}


def _delete(account: Account, workspace: Workspace, params: Params) -> Params:
    channel = workspace.channel(params["channel"])
    shown = _own(workspace, channel, params["ts"], "cant_delete_message")
    del channel.shown[shown.id]
    return {"channel": channel.id, "ts": shown.id}


def _own(workspace: Workspace, channel: Channel, ts: str, refusal: str) -> Shown:
    """A message of the bot that is there for everybody: what only one person sees cannot be changed by its ts."""
    shown = channel.shown.get(ts)
    if shown is None or shown.only_for:
        raise RefusedError("message_not_found")
    if shown.author != workspace.bot_user:
        raise RefusedError(refusal)
    return shown


def _views_open(account: Account, workspace: Workspace, params: Params) -> Params:
    return _modal(account, workspace, params, upon=False)


def _views_push(account: Account, workspace: Workspace, params: Params) -> Params:
    return _modal(account, workspace, params, upon=True)


def _modal(account: Account, workspace: Workspace, params: Params, *, upon: bool) -> Params:
    views = account.views[workspace.id]
    user = views.exchange(params.get("trigger_id", params.get("interactivity_pointer")))
    view = views.show(user, params["view"], upon=upon)
    return {"view": view.described(workspace.id, workspace.bot_id)}


def _views_update(account: Account, workspace: Workspace, params: Params) -> Params:
    view = account.views[workspace.id].update(params)
    return {"view": view.described(workspace.id, workspace.bot_id)}


def _views_publish(account: Account, workspace: Workspace, params: Params) -> Params:
    user = workspace.user(params["user_id"])
    for picture in pictures(params["view"]["blocks"]):
        pictured(account, workspace, picture)
    view = account.views[workspace.id].publish(user.id, params["view"], params.get("hash"))
    return {"view": view.described(workspace.id, workspace.bot_id)}


def _users_info(account: Account, workspace: Workspace, params: Params) -> Params:
    user = workspace.user(params["user"])
    return {"user": user.described(locale=bool(params.get("include_locale")))}


def _dnd_info(account: Account, workspace: Workspace, params: Params) -> Params:
    user = workspace.user(params.get("user", workspace.bot_user))
    begins, ends = user.dnd or (1, 1)
    hours = {"dnd_enabled": user.dnd is not None, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}
    if user.snoozed <= time.time():
        return hours | {"snooze_enabled": False}
    left = {"snooze_endtime": user.snoozed, "snooze_remaining": user.snoozed - int(time.time())}
    return hours | {"snooze_enabled": True} | left


def _conversations_open(account: Account, workspace: Workspace, params: Params) -> Params:
    if "channel" in params:
        return {"channel": {"id": workspace.channel(params["channel"]).id}}
    users = params["users"].split(",")
    if len(users) > 1:
        raise RefusedError("method_not_supported_for_channel_type")
    was_there = f"D0{users[0]}" in workspace.channels
    channel = workspace.direct(users[0])
    described = channel.described if params.get("return_im") else {"id": channel.id}
    return {"channel": described, "no_op": was_there, "already_open": was_there}


def _conversations_info(account: Account, workspace: Workspace, params: Params) -> Params:
    channel = workspace.channel(params["channel"])
    count = {"num_members": len(channel.members)} if params.get("include_num_members") else {}
    member = {} if channel.user else {"is_member": workspace.bot_user in channel.members}
    return {"channel": channel.described | member | count}


def _bots_info(account: Account, workspace: Workspace, params: Params) -> Params:
    if params.get("bot", workspace.bot_id) != workspace.bot_id:
        raise RefusedError("bot_not_found")
    about = {"id": workspace.bot_id, "deleted": False, "name": "maturitybot", "app_id": APP}
    return {"bot": about | {"user_id": workspace.bot_user}}


def _team_info(account: Account, workspace: Workspace, params: Params) -> Params:
    if params.get("team", workspace.id) != workspace.id:
        raise RefusedError("team_not_found")
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain}}


METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    "bots.info": _bots_info,
    "chat.delete": _delete,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.update": _update,
    "conversations.info": _conversations_info,
    "conversations.open": _conversations_open,
    "dnd.info": _dnd_info,
    "files.completeUploadExternal": complete,
    "files.getUploadURLExternal": upload_url,
    "files.info": file_info,
    "team.info": _team_info,
    "users.info": _users_info,
    "views.open": _views_open,
    "views.publish": _views_publish,
    "views.push": _views_push,
    "views.update": _views_update,
}
