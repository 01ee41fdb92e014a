"""All that Slack keeps about one app, behind one lock: workspaces, tokens, views, files, and what it has yet to hear."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack_delivery import Deliveries, Delivery
from tests.fakes.slack_tokens import Tokens
from tests.fakes.slack_views import Views
from tests.fakes.slack_workspace import Channel, RefusedError, Shown, User, Workspace, stamp

APP = "A0APP"
TEAM = "T0TEAM"
SIGNING_SECRET = "signing-secret-of-the-tests"
EVENTS = {
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.im",
    "tokens_revoked",
}
MESSAGES = {"im": "im", "channel": "channels", "group": "groups"}
"""Messages by the kind of their channel, as an app asks for them."""
COMMANDS = {
    f"/{name}"
    for name in (
        "benchmark",
        "goals",
        "help",
        "meetings",
        "model",
        "report",
        "scores",
        "survey",
        "team",
        "workbook",
    )
}
RESPONSE_USES = 5
RESPONSE_SECONDS = 1800


@dataclass
class Reply:
    """Where a response_url leads: to a person in a channel, and to the message that was tapped if there was one."""

    workspace: Workspace
    channel: Channel
    user: str
    ts: str = ""
    uses: int = RESPONSE_USES
    born: float = field(default_factory=time.monotonic)


@dataclass
class File:
    """A file as files.info has it, and its content once it is uploaded."""

    about: dict[str, Any]
    team: str
    content: bytes | None = field(default=None, repr=False)
    shared: bool = False


class Account:
    """One app at Slack."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.deliveries = Deliveries(self.changed)
        self.tokens = Tokens()
        self.workspaces: dict[str, Workspace] = {}
        self.views: dict[str, Views] = {}
        self.files: dict[str, File] = {}
        self.replies: dict[str, Reply] = {}
        self.subscribed = set(EVENTS)
        self.commands = set(COMMANDS)
        self.echoes = True
        self.root = ""
        self.faults: list[str] = []
        self.tickets: set[str] = set()
        self._numbers = itertools.count(1)

    def found(self, team: str, name: str = "City of Test") -> Workspace:
        """The workspace of that id, which has our bot in it; a new one if there is none yet."""
        if team not in self.workspaces:
            bot = f"U0BOT{len(self.workspaces) or ''}"
            workspace = Workspace(team, name, bot, bot.replace("U", "B", 1))
            workspace.users[bot] = User(bot, "maturitybot", team, is_bot=True)
            self.workspaces[team] = workspace
            self.views[team] = Views()
        return self.workspaces[team]

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def post(self, workspace: Workspace, channel: Channel, shown: Shown) -> dict[str, Any]:
        """Puts a message into a channel, and tells the app of it."""
        channel.shown[shown.id] = shown
        message = workspace.message(channel, shown)
        self.changed.notify_all()
        if not shown.only_for:
            self.echo(workspace, channel, message)
        return message

    def echo(self, workspace: Workspace, channel: Channel, message: dict[str, Any]) -> None:
        """Tells the app what itself has said in a direct message, as Slack does."""
        if self.echoes and channel.user:
            place = {"channel": channel.id, "channel_type": "im", "event_ts": stamp()}
            self.tell(workspace, message | place, lane=f"{workspace.id}:{channel.id}:echo")

    def tell(self, workspace: Workspace, event: dict[str, Any], lane: str) -> Delivery | None:
        """Delivers an event of the Events API, if the app is there and asked for it."""
        kind = event["type"]
        if kind == "message":
            kind = f"message.{MESSAGES[event['channel_type']]}"
        if kind not in self.subscribed or not workspace.installed:
            return None
        number = self.number()
        authorization = {"enterprise_id": None, "team_id": workspace.id, "user_id": workspace.bot_user}
        flags = {"is_bot": True, "is_enterprise_install": False}
        payload = {
            "token": "verification-token",
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{number:08d}",
            "event_time": int(time.time()),
            "authorizations": [authorization | flags],
            "is_ext_shared_channel": False,
            "event_context": f"4-{workspace.id}-{number}",
        }
        return self.deliveries.push(Delivery("events_api", payload, lane))

    def ask(
        self,
        workspace: Workspace,
        user: User,
        kind: str,
        payload: dict[str, Any],
        answered: Callable[[Any], None] | None = None,
    ) -> Delivery:
        """Delivers what a person did with the app's own things; the person sees whether it was acknowledged."""
        if not workspace.installed:
            raise LookupError("the app is not in this workspace any more")
        user.unanswered += 1

        def over(answer: Any) -> None:
            user.unanswered -= 1
            if answered:
                answered(answer)

        def lost(reason: str) -> None:
            user.unanswered -= 1
            user.troubles.append(reason)

        return self.deliveries.push(Delivery(kind, payload, f"{workspace.id}:{user.id}", over, lost))

    def reply(self, workspace: Workspace, channel: Channel, user: str, ts: str = "") -> str:
        """A response_url for what a person just did."""
        name = f"{workspace.id}/{self.number()}/of-the-tests"
        self.replies[name] = Reply(workspace, channel, user, ts)
        return f"{self.root}/actions/{name}"

    def file(self, file_id: object, team: str) -> File:
        """The file of that id; Slack's refusal if there is none."""
        file = self.files.get(str(file_id))
        if file is None or file.team != team:
            raise RefusedError("file_not_found")
        return file
