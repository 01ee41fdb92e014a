"""A workspace as Slack keeps it: its people, its channels, and what stands in each of them."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack_blocks import Block, Control, controls, drawn, handed_on, labels, pictures
from tests.fakes.slack_mrkdwn import plain

PHOTOS = ("image/png", "image/jpeg", "image/gif")

_stamps = itertools.count(100)


class RefusedError(Exception):
    """Slack's answer to a request it does not carry out."""

    def __init__(self, error: str, status: int = 200, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.retry_after = retry_after
        self.more = more


def stamp() -> str:
    """The time as Slack writes it: in a channel no two messages have the same."""
    return f"{int(time.time())}.{next(_stamps):06d}"


@dataclass
class Shown:
    """A message as a person sees it now; `sent` is the text as it was sent, which blocks hide."""

    id: str
    author: str
    text: str = ""
    buttons: list[list[str]] = field(default_factory=list)
    photo: bool = False
    document: str = ""  # its file name
    content: bytes = field(default=b"", repr=False)
    alt: str = ""
    edits: int = 0
    edited: str = ""  # when its author last changed it
    only_for: str = ""  # the user who alone sees it
    thread: str = ""  # the message it answers
    sent: str = field(default="", repr=False)
    blocks: list[Block] = field(default_factory=list, repr=False)
    files: list[dict[str, Any]] = field(default_factory=list, repr=False)
    earlier: dict[str, Control] = field(default_factory=dict, repr=False)  # every button that was ever on it

    def say(self, text: str | None, blocks: list[Block] | None, *, mrkdwn: bool = True) -> None:
        """Takes a text and blocks; what is None stays."""
        self.sent = self.sent if text is None else text
        self.blocks = self.blocks if blocks is None else [_named(i, block) for i, block in enumerate(blocks)]
        spoken = plain(self.sent) if mrkdwn else self.sent
        self.text = drawn(self.blocks) if self.blocks else spoken
        self.buttons = labels(self.blocks)
        self.earlier |= {each.label: each for each in self.controls if each.is_button}
        shown = pictures(self.blocks)
        self.photo = bool(shown) or any(file["mimetype"] in PHOTOS for file in self.files)
        self.alt = "\n".join(each["alt_text"] for each in shown) or self.alt

    def show(self, files: list[dict[str, Any]], content: bytes) -> None:
        """Takes files in the place of what was there."""
        self.files, self.content = files, content
        self.photo = any(file["mimetype"] in PHOTOS for file in files)
        self.document = ", ".join(file["name"] for file in files if file["mimetype"] not in PHOTOS)
        self.alt = "\n".join(file["alt_txt"] for file in files if file.get("alt_txt"))

    @property
    def controls(self) -> list[Control]:
        """All on it that can be pressed or picked."""
        return [each for row in controls(self.blocks) for each in row]

    def drawn(self) -> str:
        """The message as lines of text."""
        media = "(photo) " if self.photo else f"({self.document}) " if self.document else ""
        whose = "(only you) " if self.only_for else ""
        rows = ["   " + " ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n".join([f"{self.id}: {whose}{media}{self.text}", *rows])


@dataclass
class Channel:
    """A place for messages: public, private, or the direct message of one person and the bot."""

    id: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    user: str = ""  # whose direct message it is
    private: bool = False
    archived: bool = False
    shown: dict[str, Shown] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The word of the Events API for it."""
        return "im" if self.user else "group" if self.private else "channel"

    @property
    def described(self) -> dict[str, Any]:
        """As conversations.info has it."""
        if self.user:
            return {"id": self.id, "is_im": True, "user": self.user, "is_archived": self.archived}
        flags = {"is_channel": not self.private, "is_group": self.private, "is_private": self.private, "is_im": False}
        return {"id": self.id, "name": self.name, **flags, "is_archived": self.archived}


@dataclass
class User:
    """A member of a workspace."""

    id: str
    name: str
    team: str
    locale: str = "en-US"
    tz: str = "Europe/Madrid"
    tz_offset: int = 3600
    deleted: bool = False
    is_bot: bool = False
    dnd: tuple[int, int] | None = None  # the next quiet hours, as Unix times
    snoozed: int = 0  # until this Unix time
    unanswered: int = 0  # taps, commands and submissions the app has yet to acknowledge
    troubles: list[str] = field(default_factory=list)  # what the client said did not work

    def described(self, *, locale: bool) -> dict[str, Any]:
        """As users.info has it."""
        profile = {"real_name": self.name, "display_name": self.name, "team": self.team}
        zone = {"tz": self.tz, "tz_label": self.tz, "tz_offset": self.tz_offset}
        flags = {"deleted": self.deleted, "is_bot": self.is_bot, "is_restricted": False, "is_app_user": False}
        head = {"id": self.id, "team_id": self.team, "name": self.name.casefold(), "real_name": self.name}
        gone = {} if self.deleted else zone
        return head | flags | gone | {"profile": profile} | ({"locale": self.locale} if locale else {})


@dataclass
class Workspace:
    """A team that uses Slack, with our bot in it."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    installed: bool = True

    @property
    def domain(self) -> str:
        """The beginning of its address."""
        return self.name.casefold().replace(" ", "-")

    def user(self, user_id: object) -> User:
        """The user of that id; Slack's refusal if there is none."""
        user = self.users.get(user_id) if isinstance(user_id, str) else None
        if user is None:
            raise RefusedError("user_not_found")
        return user

    def channel(self, channel_id: object) -> Channel:
        """The channel of that id; Slack's refusal if there is none that the bot knows of."""
        channel = self.channels.get(channel_id) if isinstance(channel_id, str) else None
        if channel is None or (channel.private and self.bot_user not in channel.members):
            raise RefusedError("channel_not_found")
        return channel

    def writable(self, channel_id: object) -> Channel:
        """The same, if the bot may write there; a person's id stands for the direct message with them."""
        if channel_id in self.users:
            return self.direct(str(channel_id))
        channel = self.channel(channel_id)
        if channel.archived:
            raise RefusedError("is_archived")
        if not channel.user and self.bot_user not in channel.members:
            raise RefusedError("not_in_channel")
        if channel.user and self.users[channel.user].deleted:
            raise RefusedError("channel_not_found")
        return channel

    def direct(self, user_id: str) -> Channel:
        """The direct message of a person and the bot; Slack's refusal where there can be none."""
        user = self.user(user_id)
        if user.deleted:
            raise RefusedError("user_disabled")
        if user.id == self.bot_user:
            raise RefusedError("cannot_dm_bot")
        return self.channels.setdefault(f"D0{user.id}", Channel(f"D0{user.id}", user=user.id))

    def message(self, channel: Channel, shown: Shown) -> dict[str, Any]:
        """A message, as the Web API and the payloads describe one."""
        by_bot = {"bot_id": self.bot_id, "app_id": "A0APP"} if shown.author == self.bot_user else {}
        more: Mapping[str, Any] = {
            "blocks": handed_on(shown.blocks),
            "files": shown.files,
            "thread_ts": shown.thread,
            "edited": {"user": shown.author, "ts": shown.edited or shown.id} if shown.edits else {},
        }
        head = {"type": "message", "user": shown.author, "ts": shown.id, "text": shown.sent, "team": self.id}
        return head | by_bot | {name: value for name, value in more.items() if value}


def _named(i: int, block: Block) -> Block:
    """A block with the ids that Slack gives where an app gives none."""
    named = {"block_id": f"b{i}"} | dict(block)
    for name in ("elements", "accessory"):
        inside = named.get(name)
        if isinstance(inside, list):
            named[name] = [_identified(f"a{i}.{k}", each) for k, each in enumerate(inside)]
        elif inside:
            named[name] = _identified(f"a{i}", inside)
    return named


def _identified(action_id: str, element: Block) -> Block:
    usable = element["type"] not in ("image", "mrkdwn", "plain_text") and not element["type"].startswith("rich_text")
    return {"action_id": action_id} | dict(element) if usable else element
