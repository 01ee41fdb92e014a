"""What an app may answer without a method: by a response_url, or in the acknowledgement of a slash command."""

import json
import time
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack_account import RESPONSE_SECONDS, Account, Reply
from tests.fakes.slack_web_api import message_faults
from tests.fakes.slack_workspace import Shown, stamp

FIELDS = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "mrkdwn"}
TYPES = (None, "ephemeral", "in_channel")


def replied(account: Account, name: str, body: bytes) -> tuple[int, str]:
    """A status and a text, as a response_url answers."""
    with account.changed:
        reply = account.replies.get(name)
        if reply is None or time.monotonic() - reply.born > RESPONSE_SECONDS:
            return 404, "expired_url"
        if reply.uses == 0:
            return 404, "used_url"
        message = json.loads(body)
        if faults := _faults(message, "response_url"):
            account.faults.extend(faults)
            return 400, "invalid_payload"
        reply.uses -= 1
        say(account, reply, message)
        account.changed.notify_all()
        return 200, "ok"


def acknowledged(account: Account, reply: Reply, content: Any) -> None:
    """Says what stands in the acknowledgement of a command, if anything does."""
    message = {"text": content} if isinstance(content, str) and content else content
    if not isinstance(message, dict) or not message:
        return
    faults = _faults(message, "acknowledgement")
    account.faults.extend(faults)
    if not faults:
        say(account, reply, message)


def say(account: Account, reply: Reply, message: Mapping[str, Any]) -> None:
    """Posts a new message, to one person if not said otherwise, or changes or takes away what was tapped."""
    original = reply.channel.shown.get(reply.ts)
    if original and message.get("delete_original"):
        del reply.channel.shown[original.id]
    elif original and message.get("replace_original"):
        original.say(message.get("text", ""), message.get("blocks", []))
        original.edits += 1
    else:
        shown = Shown(stamp(), reply.workspace.bot_user, thread=message.get("thread_ts", ""))
        shown.only_for = "" if message.get("response_type") == "in_channel" else reply.user
        shown.say(message["text"], message.get("blocks"))
        account.post(reply.workspace, reply.channel, shown)


def _faults(message: Any, where: str) -> list[str]:
    if not isinstance(message, dict):
        return [f"{where}: no object"]
    found = [f"{where}.{name}: unknown field" for name in message if name not in FIELDS]
    if message.get("response_type") not in TYPES:
        found.append(f"{where}.response_type: {message['response_type']!r} is none of {TYPES[1:]}")
    return found or ([] if message.get("delete_original") else message_faults(message, where))
