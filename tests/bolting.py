"""A small bot on slack-bolt, served over Socket Mode or HTTP: the other side in the tests of Slack's fake."""

import asyncio
import threading
from typing import Any

import httpx
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.serving import Serving
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_delivery import Answer, Delivery

TITLE = {"type": "plain_text", "text": "Capability 2.2"}
HERE = {"type": "plain_text", "text": "Here"}
OPTIONS = [{"text": {"type": "plain_text", "text": text}, "value": text[0]} for text in ("1 Nowhere", "2 Here")]


def button(label: str, value: str = "v") -> dict[str, Any]:
    """A button whose action id is its value."""
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": value, "value": value}


def card(text: str, *labels: str) -> list[dict[str, Any]]:
    """A section with a row of buttons."""
    row = {"type": "actions", "elements": [button(label, f"v{i}") for i, label in enumerate(labels)]}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [section, row] if labels else [section]


def modal(**more: Any) -> dict[str, Any]:
    """A modal with a select that must be answered, a comment and files."""
    select = {"type": "static_select", "action_id": "level", "options": OPTIONS}
    comment = {"type": "plain_text_input", "action_id": "comment", "max_length": 20, "multiline": True}
    files = {"type": "file_input", "action_id": "files", "filetypes": ["pdf"], "max_files": 2}
    fields: list[tuple[str, dict[str, Any], bool]] = [
        ("Where is it?", select, False),
        ("Comment", comment, True),
        ("Evidence", files, True),
    ]
    blocks: list[dict[str, Any]] = [
        {
            "type": "input",
            "block_id": element["action_id"],
            "label": {"type": "plain_text", "text": label},
            "element": element,
            "optional": optional,
        }
        for label, element, optional in fields
    ]
    return {"type": "modal", "callback_id": "form", "title": TITLE, "submit": HERE, "blocks": blocks} | more


class Bot:
    """A bolt app that answers everything and keeps what it heard."""

    def __init__(self, slack: FakeSlack) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.answer: dict[str, Any] = {}
        self.view = modal()
        client = AsyncWebClient(slack.token, slack.url)
        self.app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
        self.app.event("message")(self._message)
        for kind in ("app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked", "member_joined_channel"):
            self.app.event(kind)(self._event)
        self.app.action("v0")(self._action)
        self.app.command("/survey")(self._command)
        self.app.shortcut("continue_survey")(self._opened)
        self.app.view("form")(self._submitted)
        self.app.view_closed("form")(self._closed)

    async def _message(self, body: dict[str, Any], client: AsyncWebClient) -> None:
        self.heard.append(("message", body))
        if "subtype" not in body["event"]:
            blocks = card(f"You said {body['event']['text']}", "Go", "Stop")
            await client.chat_postMessage(channel=body["event"]["channel"], text="You said", blocks=blocks)

    async def _event(self, body: dict[str, Any], client: AsyncWebClient) -> None:
        self.heard.append((body["event"]["type"], body))
        if body["event"]["type"] == "app_home_opened":
            view = {"type": "home", "blocks": card("*Home* of yours", "Go on")}
            await client.views_publish(user_id=body["event"]["user"], view=view)

    async def _action(self, ack: Any, body: dict[str, Any], client: AsyncWebClient, respond: Any) -> None:
        await ack()
        self.heard.append(("block_actions", body))
        if "message" in body:
            ts, channel = body["container"]["message_ts"], body["container"]["channel_id"]
            await client.chat_update(channel=channel, ts=ts, text="Gone on", blocks=card("Gone on", "Back"))
            await respond("Only you", replace_original=False)

    async def _command(self, ack: Any, body: dict[str, Any]) -> None:
        self.heard.append(("command", body))
        kind = "in_channel" if body["text"] == "share" else "ephemeral"
        await ack(text=f"Scores: {body['text']}", response_type=kind)

    async def _opened(self, ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        self.heard.append(("shortcut", body))
        await client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _submitted(self, ack: Any, body: dict[str, Any]) -> None:
        self.heard.append(("view_submission", body))
        await ack(**self.answer)

    async def _closed(self, ack: Any, body: dict[str, Any]) -> None:
        await ack()
        self.heard.append(("view_closed", body))

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """Everything of a kind that was heard."""
        return [body for heard, body in self.heard if heard == kind]


class Sockets:
    """Runs a bot's Socket Mode in a thread."""

    def __init__(self, slack: FakeSlack, bot: Bot, ping: float = 10) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(slack, bot, ping)), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hangs up."""
        assert self._loop
        assert self._over
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _run(self, slack: FakeSlack, bot: Bot, ping: float) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        handler = AsyncSocketModeHandler(
            bot.app, slack.app_token, web_client=AsyncWebClient(base_url=slack.url), ping_interval=ping
        )
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await self._over.wait()
        await handler.close_async()  # type: ignore[no-untyped-call]


def listening(bot: Bot) -> Serving:
    """The bot's address for signed requests."""
    handler = AsyncSlackRequestHandler(bot.app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Serving(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]))


class Hearing:
    """An app that hears and says nothing; `heard` has every payload."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def deliver(self, delivery: Delivery, reason: str) -> Answer:  # noqa: ARG002  # as a transport is
        """Acknowledges at once."""
        self.heard.append(delivery.payload)
        return Answer()


def heard(slack: FakeSlack) -> dict[str, Any]:
    """What the app was told last."""
    slack.settled()
    hearing = slack.account.deliveries.transport
    assert isinstance(hearing, Hearing)
    return hearing.heard[-1]


def call(slack: FakeSlack, method: str, token: str | None = None, **params: Any) -> Any:
    """The answer to a request."""
    head = {"Authorization": f"Bearer {token or slack.token}"}
    return httpx.post(f"{slack.url}{method}", json=params, headers=head, timeout=5).json()
