"""Our ears on Slack by themselves: payloads in, as a socket brings them, and what they become; nothing is kept."""

import asyncio
import json
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

    async def hear(inbound: Inbound) -> str:
        told.append(inbound)
        return ""

    async def run() -> list[Any]:
        settings = Settings(data_dir=Path("unused"), **of_slack(slack))
        channel = Slack(database, settings, clock)
        for team in (TEAM, ORGANISATION):
            channel._post.meet(f"{team}:{USER}", DIRECT)
        app = channel._bolt(database, hear)
        try:
            return [await _acknowledged(app, payload) for payload in payloads]
        finally:
            await channel.close()

    return told, asyncio.run(run())


async def _acknowledged(app: Any, payload: Any) -> Any:
    answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
    if answer.status != 200:
        return answer.status
    return json.loads(answer.body) if answer.body.startswith("{") else answer.body
