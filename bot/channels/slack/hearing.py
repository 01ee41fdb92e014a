"""Slack's side of a turn: every payload becomes what people did, and is acknowledged once that is durable."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.order import Order
from bot.channels.slack import parsing
from bot.channels.slack.blocks import TAP
from bot.channels.slack.parsing import NAME, Act, Payload
from bot.channels.slack.people import People, Profile
from bot.channels.slack.posting import Post
from bot.channels.slack.rotation import TokenError
from bot.channels.slack.tokens import Tokens, authorizing
from bot.conversation import Inbound
from bot.serving import Heard
from flows.events import Sent
from storage import sessions
from storage.database import Database

ANY = re.compile(".*", re.DOTALL)
CONTINUE = "continue_survey"
"""The shortcut's name in the manifest."""

_log = logging.getLogger(__name__)


class Ears:
    """Turns payloads into turns. One person's are played in the order they came, also where they come side by side."""

    def __init__(self, database: Database, heard: Heard, people: People, post: Post, tokens: Tokens) -> None:
        self._database, self._heard = database, heard
        self._people, self._post, self._tokens = people, post, tokens
        self._order = Order()

    async def message(self, body: Payload) -> None:
        """A text or files in the direct message."""
        await self.play(parsing.message(body))

    async def mention(self, body: Payload) -> None:
        """The bot is addressed in a channel."""
        await self.play([parsing.mention(body)])

    async def opened(self, body: Payload) -> None:
        """Somebody looks at the app; who has never been here is welcomed."""
        if body["event"].get("tab") != "messages":
            return
        act = parsing.opened(body)
        chat = f"{act.workspace}:{act.user}"
        known = await asyncio.to_thread(self._database.read, lambda tx: sessions.find(tx, NAME, chat))
        if known is None:
            await self.play([act])

    async def command(self, body: Payload) -> None:
        """A slash command."""
        chat = f"{parsing.workspace(body)}:{body['user_id']}"
        await self.play([parsing.slash(body, self._post.direct(chat))])

    async def tap(self, body: Payload) -> None:
        """Buttons pressed in a message."""
        await self.play([parsing.tap(body, action) for action in body.get("actions", ())])

    async def shortcut(self, body: Payload) -> None:
        """The shortcut to go on."""
        await self.play([parsing.shortcut(body)])

    async def play(self, acts: Iterable[Act]) -> None:
        """Plays what somebody did; it is durable when this returns."""
        for act in acts:
            chat = f"{act.workspace}:{act.user}"
            if act.direct:
                self._post.meet(chat, act.direct)
            async with self._order.of(chat):
                profile = await self._profile(act.workspace, chat)
                await self._heard(
                    Inbound(
                        act.key,
                        NAME,
                        chat,
                        act.event,
                        session=act.session,
                        message=act.message,
                        replies=act.replies,
                        name=profile.name,
                        language=profile.language,
                        timezone=profile.timezone,
                        place=act.place,
                    )
                )

    async def _profile(self, workspace: str, chat: str) -> Profile:
        try:
            token = await self._tokens.of(workspace)
        except TokenError:
            token = None
        return await self._people.profile(token.token, chat) if token else Profile()


def bolt(ears: Ears, tokens: Tokens, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """The library's app, which checks signatures and tells payloads apart; it acknowledges after our part."""
    app = AsyncApp(
        process_before_response=True,
        signing_secret=signing_secret,
        client=client,
        authorize=authorizing(tokens),  # type: ignore[arg-type]  # None is what the library calls unknown
        logger=logging.getLogger(f"{__name__}.bolt"),
    )

    def hears(part: Callable[[Payload], Awaitable[None]]) -> Any:
        async def listener(body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
            try:
                await part(body)
            except (KeyError, TypeError, ValueError, AttributeError):
                await _unread(ears, body, context)
            await ack()

        return listener

    app.event("message")(hears(ears.message))
    app.event("app_mention")(hears(ears.mention))
    app.event("app_home_opened")(hears(ears.opened))
    app.event(ANY)(hears(_nothing))
    app.action(re.compile(f"{TAP}-.*"))(hears(ears.tap))
    app.action(ANY)(hears(ears.tap))
    app.command(ANY)(hears(ears.command))
    app.shortcut(ANY)(hears(ears.shortcut))
    app.view(ANY)(hears(ears.tap))
    return app


async def _nothing(_: Payload) -> None:
    """What concerns nobody."""


async def _unread(ears: Ears, body: Payload, context: AsyncBoltContext) -> None:
    """What cannot be read is told to us without what it says, and answered kindly where it has somebody's name."""
    _log.exception("A payload of type %s cannot be read; it has %s", body.get("type"), ", ".join(sorted(body)))
    team, user = parsing.workspace(body), context.user_id
    if team and user:
        key = f"{NAME}:{team}:{body.get('event_id') or body.get('trigger_id') or ''}"
        await ears.play([Act(key, team, user, Sent("unknown"))])
