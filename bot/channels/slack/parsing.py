"""What a payload from Slack means: who did what, and where. Nothing here asks Slack anything."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bot.channels.slack.places import Place
from bot.channels.slack.sharing import attached, forwarded
from bot.channels.slack.text import command, plain, unescaped
from flows import commands, wire
from flows.events import AnyEvent, Continued, Started
from flows.events.asides import Edited
from flows.events.gathering import Convened, Here

Payload = dict[str, Any]

NAME = "slack"
NO_SESSION = "?"
"""For a button that is none of ours: no session has this id, so the conversation answers that nothing was changed."""
_SHARE = "share"
_PERSON = re.compile(r"<@[UW][^<>]*>")


class Act(msgspec.Struct, frozen=True):
    """Something a person did: `key` tells it from all others, `user` and `direct` (message) who and where.

    `place` is where a report is said instead, `session` and `message` tell of a button, `own` of what they wrote and
    `replies` of its thread; `channel` is where it was said for all to see.
    """

    key: str
    workspace: str
    user: str
    event: AnyEvent
    direct: str = ""
    place: str = ""
    session: str = ""
    message: str = ""
    replies: str = ""
    own: str = ""
    channel: str = ""

    @property
    def group(self) -> str:
        """The chat of the channel that hears it; "" for what is between the person and us."""
        return f"{self.workspace}:{self.channel}" if self.channel else ""

    @property
    def person(self) -> str:
        """The chat of who did it."""
        return f"{self.workspace}:{self.user}"


def workspace(body: Payload) -> str:
    """The workspace, or the organization where the app is installed for all of it."""
    of_all = body.get("is_enterprise_install")
    for one in body.get("authorizations") or ():
        of_all = one.get("is_enterprise_install") or of_all
    enterprise = body.get("enterprise_id") or (body.get("enterprise") or {}).get("id")
    team = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    return str(enterprise if of_all in {True, "true"} and enterprise else team or enterprise or "")


def message(body: Payload) -> Iterator[Act]:
    """What was written in the direct message: a text, files, or both; nothing for what a program wrote."""
    event = body["event"]
    if event.get("subtype") == "message_changed" and event.get("channel_type") == "im":
        yield from _edited(body)
        return
    if event.get("channel_type") != "im" or event.get("bot_id") or not event.get("user"):
        return
    if event.get("subtype") not in {None, "file_share", "thread_broadcast", "me_message"}:
        return
    thread = event.get("thread_ts") or ""
    act = Act(
        key=f"{NAME}:{workspace(body)}:{event['channel']}:{event['ts']}",
        workspace=workspace(body),
        user=event["user"],
        event=Continued(),
        direct=event["channel"],
        replies=f"{event['channel']}/{thread}" if thread else "",
        own=event["ts"],
    )
    files = event.get("files") or []
    for number, file in enumerate(files):
        caption = plain(event.get("text") or "") if number == 0 else ""
        told = attached(act.workspace, file, caption, event["ts"] if len(files) > 1 else "")
        yield msgspec.structs.replace(act, key=f"{act.key}:{number}", event=told)
    if not files:
        yield msgspec.structs.replace(act, event=forwarded(event) or said(plain(event.get("text") or "")))


def _edited(body: Payload) -> Iterator[Act]:
    """A text of theirs that a person changed; links that Slack unfolds change messages too, and say nothing."""
    event = body["event"]
    now, before = event["message"], event.get("previous_message") or {}
    edit = now.get("edited") or {}
    if now.get("bot_id") or not edit or not now.get("user") or now.get("text") == before.get("text"):
        return
    yield Act(
        key=f"{NAME}:{workspace(body)}:{event['channel']}:{now['ts']}:{event['ts']}",  # each change has its own
        workspace=workspace(body),
        user=now["user"],
        event=Edited(plain(now.get("text") or "")),
        direct=event["channel"],
        own=now["ts"],
    )


def mention(body: Payload) -> Iterator[Act]:
    """What was said to the bot in a channel, by a person; it is answered in a thread there."""
    event = body["event"]
    if event.get("bot_id") or not event.get("user"):
        return
    text = " ".join(plain(_PERSON.sub(" ", event.get("text") or "")).split())
    where = Place(workspace(body), channel=event["channel"], thread=event.get("thread_ts") or event["ts"])
    asked = commands.read(command(text) or "/help")
    yield Act(
        key=f"{NAME}:{where.workspace}:{event['channel']}:{event['ts']}",
        workspace=where.workspace,
        user=event["user"],
        event=asked,
        place="" if isinstance(asked, Convened) else where.text,  # what all take part in stands in the channel
        channel=event["channel"],
    )


def slash(body: Payload, direct: str) -> Act:
    """A slash command; where it was typed only its author sees the answer, unless they said "share"."""
    name, text = body["command"].removeprefix("/"), unescaped(body.get("text") or "").strip()
    words = text.split()
    shared = bool(words) and words[-1].casefold() == _SHARE
    text = " ".join(words[:-1]) if shared else text
    team, channel, user = workspace(body), body["channel_id"], body["user_id"]
    place = Place(team, "" if shared else user, channel, answer=body.get("response_url", ""))
    event = _survey(text) if name == "survey" else commands.read(f"/{name} {text}".strip())
    for_all = isinstance(event, Here | Convened) and not channel.startswith("D")
    return Act(
        key=f"{NAME}:{team}:{body['trigger_id']}",
        workspace=team,
        user=user,
        event=event,
        place="" if channel == direct or for_all else place.text,
        channel=channel if for_all else "",
    )


def channel_of(body: Payload) -> str:
    """The channel of a command or a tap; "" where it was in a view."""
    told = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    return str(told or body.get("channel_id") or "")


def user_of(body: Payload) -> str:
    """Who gave a command or tapped."""
    return str(body.get("user_id") or body["user"]["id"])


def anybody(body: Payload) -> str:
    """Who a payload is from, whatever else is wrong with it; "" where that is not told either."""
    event, user = body.get("event"), body.get("user")
    told = user.get("id") if isinstance(user, dict) else body.get("user_id")
    told = told or (event.get("user") if isinstance(event, dict) else None)
    return told if isinstance(told, str) else ""


def tap(body: Payload, action: Payload, home: str = "") -> Act:
    """A button pressed; one that is none of ours is answered as an old one.

    `home` is the person's direct message with us where it is known: what was answered in another one, which they have
    with somebody else, is a place like any other.
    """
    team, user, channel = workspace(body), user_of(body), channel_of(body)
    container, view = body.get("container") or {}, body.get("view") or {}
    ts = container.get("message_ts") or (body.get("message") or {}).get("ts") or view.get("id") or ""
    read = wire.decode(str(action.get("value") or "")) or (NO_SESSION, Continued())
    direct = channel if channel.startswith("D") and channel == (home or channel) else ""
    alone = not channel or channel.startswith("D") or bool(container.get("is_ephemeral"))
    place = (
        Place(team, user, channel, answer=body.get("response_url", "")) if alone and channel and not direct else None
    )
    return Act(
        # A tap has no id of its own; retries bring the same moment.
        key=f"{NAME}:{team}:{channel}:{user}:{ts}:{action.get('action_id', '')}:{action.get('action_ts', '')}",
        workspace=team,
        user=user,
        event=read[1],
        place=place.text if place else "",
        session=read[0],
        message=f"{direct}/{ts}" if direct and not container.get("is_ephemeral") else "",
        channel="" if alone else channel,
    )


def opened(body: Payload) -> Act:
    """Somebody looks at the conversation for the first time: they are welcomed before they have to ask."""
    event = body["event"]
    return Act(
        key=f"{NAME}:{body.get('event_id', '')}",
        workspace=workspace(body),
        user=event["user"],
        event=Started(),
        direct=event.get("channel") or "",
    )


def submitted(body: Payload, events: Iterable[AnyEvent], session: str) -> Iterator[Act]:
    """A form that was sent: what it stands for, counted once however often it is sent."""
    team, user, view = workspace(body), body["user"]["id"], body["view"]["id"]
    for number, event in enumerate(events):
        yield Act(f"{NAME}:{team}:{user}:{view}:{number}", team, user, event, session=session)


def shortcut(body: Payload) -> Act:
    """The shortcut that goes on with the survey."""
    team = workspace(body)
    return Act(f"{NAME}:{team}:{body['trigger_id']}", team, body["user"]["id"], Continued())


def said(text: str) -> AnyEvent:
    """What a typed line means: a command with or without its slash, or text."""
    return commands.read(command(text) or text)


def _survey(text: str) -> AnyEvent:
    """What follows `/survey`: any of our commands, an invitation's code, or nothing, to go on."""
    word = text.partition(" ")[0].removeprefix("/").casefold()
    if not text:
        return Continued()
    if word in commands.COMMANDS:
        return commands.read(f"/{text.removeprefix('/')}")
    return commands.read(command(text) or text)
