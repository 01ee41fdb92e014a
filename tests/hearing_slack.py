"""Our ears on Slack by themselves: payloads in, as a socket brings them, and what they become; nothing is kept."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest

from bot.channels.slack import Slack
from bot.conversation import Inbound
from bot.settings import Settings
from storage.database import Database
from tests.conftest import Clock
from tests.fakes.slack import FakeSlack
from tests.serving_slack import of_slack

TEAM = "T061EG9R6"
"""Where the payloads come from that Slack's documentation shows."""
ORGANISATION = "E0ORG"
USER = "U061F7AUR"
DIRECT = "D024BE91L"


def heard(slack: FakeSlack, database: Database, clock: Clock, *payloads: Any) -> tuple[list[Inbound], list[Any]]:
    """What payloads become, one after the other, and with what each is acknowledged."""
    told: list[Inbound] = []

    async def run() -> list[Any]:
        async with ears(slack, database, clock, told) as app:
            return [await acknowledged(app, payload) for payload in payloads]

    return told, asyncio.run(run())


@contextlib.asynccontextmanager
async def ears(
    slack: FakeSlack, database: Database, clock: Clock, told: list[Inbound], *troubles: Exception
) -> AsyncIterator[Any]:
    """The library's app with our ears; what is heard is added to `told`, but for what meets one of the troubles."""
    waiting = list(troubles)

    async def hear(inbound: Inbound) -> str:
        if waiting:
            raise waiting.pop(0)
        told.append(inbound)
        return ""

    channel = Slack(database, Settings(data_dir=Path("unused"), **of_slack(slack)), clock)
    for team in (TEAM, ORGANISATION):
        channel._post.meet(f"{team}:{USER}", DIRECT)
    try:
        yield channel._bolt(database, hear)
    finally:
        await channel.close()


async def acknowledged(app: Any, payload: Any) -> Any:
    """How a payload is acknowledged: with what, or by which status it is not."""
    answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
    if answer.status != 200:
        return answer.status
    return json.loads(answer.body) if answer.body.startswith("{") else answer.body
