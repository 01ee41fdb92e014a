"""A city of which everybody is on Slack, and what they are owed: said by the channel, without its ears."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from typing_extensions import override

from bot.channels.slack import Slack
from bot.conversation import Inbound
from bot.delivery import Speaker
from bot.relay import Relay
from bot.settings import Settings
from flows.events import AnyEvent
from flows.prompts import Prompt
from storage import outbox, sessions
from storage.database import Database, write
from storage.sessions import Standing
from tests.acting import Team
from tests.conftest import Clock
from tests.fakes.slack import FakeSlack, SlackPerson
from tests.people import claim, settle
from tests.serving_slack import of_slack


class OnSlack(Team):
    """The team; whoever joins is somebody of the fake's workspace."""

    def __init__(self, slack: FakeSlack, database: Database, clock: Clock, **settings: Any) -> None:
        super().__init__(database, clock)
        self.slack = slack
        self.settings = Settings(data_dir=Path("unused"), **(of_slack(slack) | settings))

    @override
    def chat(self, name: str) -> str:
        return f"T0TEAM:U0{name.upper()}"

    @override
    def _inbound(self, name: str, said: AnyEvent | str) -> Inbound:
        return msgspec.structs.replace(super()._inbound(name, said), channel="slack")

    def person(self, name: str, department: str | None = "mobility") -> SlackPerson:
        """Somebody who has joined, and of whom nothing is owed."""
        self.join(name, "respondent", department)
        self.forgotten()
        return self.slack.person(f"U0{name.upper()}", name, "en-GB")

    def forgotten(self) -> int:
        """Lets go of all that is owed now; how much it was."""
        count = 0
        while claimed := claim(self.database, self.clock(), "slack"):
            count += len(claimed)
            for delivery in claimed:
                settle(self.database, delivery, self.clock())
        return count

    def owe(self, name: str, *prompts: Prompt, place: str = "") -> None:
        """Owes prompts to somebody, in their direct message or at another place."""
        found = self.standing(name)
        write(
            self.database,
            lambda tx: outbox.owe(tx, found.address, found.session, prompts, self.clock(), place=place),
        )

    def standing(self, name: str) -> Standing:
        """Somebody as the store has them."""
        found = self.database.read(lambda tx: sessions.look(tx, "slack", self.chat(name)))
        assert found is not None
        return found

    def owed(self) -> bool:
        """Whether anything is still owed to anybody."""
        return self.database.read(lambda tx: outbox.next_due(tx, "slack")) is not None

    def deliver(self) -> None:
        """Says all that is due now."""

        async def run() -> None:
            channel = Slack(self.database, self.settings, self.clock)
            try:
                await Relay(self.database, channel, Speaker(self.database, self.clock).word, self.clock).drain()
            finally:
                await channel.close()

        asyncio.run(run())
