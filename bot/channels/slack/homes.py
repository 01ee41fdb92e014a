"""App Home: published when somebody opens it, after what they press there, and when something in it has changed."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.channels.slack.blocks import Block, as_section
from bot.channels.slack.limits import VIEW_BLOCKS
from bot.channels.slack.outcomes import LATER, outcome_of
from bot.channels.slack.parsing import NAME
from bot.channels.slack.people import People
from bot.channels.slack.rotation import TokenError
from bot.channels.slack.tokens import Tokens
from bot.conversation import Clock
from bot.durable import kept
from bot.messages import Gone, Message, Outcome, Postponed, Refused, Sent, Unreachable
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
                    if not await self.publish(one.chat, one.look):
                        break  # Slack is away, or wants to be left alone: the next look goes on here

    async def publish(self, chat: str, shown: str | None = None) -> bool:
        """Shows somebody their home as it is now, unless it still looks as it is `shown` there.

        False where Slack takes nothing from us now. What it will never take waits until something changes again, and
        is in nobody's way.
        """
        now = self._clock()
        look, outcome = await self._published(chat, shown)
        if not isinstance(outcome, Sent):
            _log.warning("A home could not be published (%s)", outcome)
        if isinstance(outcome, Gone | Refused):
            look = shown
        elif not isinstance(outcome, Sent):
            return isinstance(outcome, Postponed) or (isinstance(outcome, Unreachable) and outcome.reason in LATER)
        if look is not None:
            await kept(self._database, lambda tx: homes.show(tx, NAME, chat, look, now))
        return True

    async def _published(self, chat: str, shown: str | None) -> tuple[str | None, Outcome]:
        """How a home looks now, and what became of showing it; postponed where its workspace's token has to wait."""
        workspace, _, user = chat.partition(":")
        try:
            token = await self._tokens.of(workspace)
        except TokenError:
            return None, Postponed(0)
        if token is None:
            return None, Gone("the app is not installed there")
        profile = await self._people.profile(token.token, chat)
        sections = await home.home(self._database, self._clock, NAME, chat, profile.language or "en")
        look = home.look(sections)
        if look == shown:
            return look, Sent("")

        async def show() -> Outcome:
            await self._client.views_publish(token=token.token, user_id=user, view=as_home(sections))
            return Sent("")

        return look, await outcome_of(show, harmless=True)


def as_home(sections: Iterable[Message]) -> Block:
    """The view; of more blocks than Slack takes the first, which are the most important."""
    blocks = [block for number, one in enumerate(sections) for block in as_section(one, number)]
    return {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}
