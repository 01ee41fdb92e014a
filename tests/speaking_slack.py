"""What says messages on Slack, by itself: without a store, against the fake."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.posting import Post
from tests.fakes.slack import FakeSlack

T = TypeVar("T")


def playing(slack: FakeSlack, play: Callable[[Post, str], Awaitable[T]], seconds: float = 15) -> T:
    """What comes of something that is played with our poster and the token of the fake's workspace."""

    async def run() -> T:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds)) as session:
            client = AsyncWebClient(base_url=slack.url, session=session, retry_handlers=[])
            return await play(Post(client, session), slack.token)

    return asyncio.run(run())
