"""App Home: published when somebody opens it, after what they press there, and when something in it has changed."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.channels.slack.blocks import Block, as_section
from bot.channels.slack.limits import VIEW_BLOCKS
from bot.channels.slack.parsing import NAME
from bot.channels.slack.people import NEVER_WORKS, People
from bot.channels.slack.rotation import TokenError
from bot.channels.slack.tokens import Tokens
from bot.conversation import Clock
from bot.durable import kept
from bot.messages import Message
from storage import homes
from storage.database import Database, UnavailableError

LOOK = 5.0
"""Seconds between looks for homes in which something has changed."""

_log = logging.getLogger(__name__)


class Homes:
    """The homes of everybody who has opened theirs."""

    def __init__(
        self, database: Database, clock: Clock, client: AsyncWebClient, tokens: Tokens, people: People
    ) -> None:
        self._database, self._clock = database, clock
        self._client, self._tokens, self._people = client, tokens, people

    async def run(self) -> None:
        """Publishes what has changed, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(UnavailableError):
                for one in await asyncio.to_thread(self._database.read, lambda tx: homes.due(tx, NAME, self._clock())):
                    await self.publish(one.chat, one.look)

    async def publish(self, chat: str, shown: str | None = None) -> None:
        """Shows somebody their home as it is now, unless it still looks as it is `shown` there."""
        now = self._clock()
        workspace, _, user = chat.partition(":")
        try:
            token = await self._tokens.of(workspace)
            if token is None:
                return
            profile = await self._people.profile(token.token, chat)
            sections = await home.home(self._database, self._clock, NAME, chat, profile.language or "en")
            look = home.look(sections)
            if look != shown:
                await self._client.views_publish(token=token.token, user_id=user, view=as_home(sections))
        except (*NEVER_WORKS, TokenError) as error:  # the next look tries again
            _log.warning("A home could not be published (%s)", type(error).__name__)
            return
        await kept(self._database, lambda tx: homes.show(tx, NAME, chat, look, now))


def as_home(sections: Iterable[Message]) -> Block:
    """The view; of more blocks than Slack takes the first, which are the most important."""
    blocks = [block for number, one in enumerate(sections) for block in as_section(one, number)]
    return {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}
