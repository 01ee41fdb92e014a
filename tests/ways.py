"""The four ways in which a person of a fake reaches our channels: polled, called, over a socket, by signed requests."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bot.channels.pace import Pace
from bot.channels.slack import Slack
from bot.channels.slack.text import SLASH
from bot.channels.telegram import Telegram, Webhook, pace
from bot.conversation import Clock
from bot.serving import Heard, Platform, _listen
from bot.settings import Settings
from flows.commands import COMMANDS
from storage.database import Database
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.serving import free_port
from tests.serving_slack import of_slack
from tests.serving_telegram import PUBLIC, SECRET, of_telegram


class Way(Protocol):
    """A platform's fake with one person, and a way to our channel."""

    chat: str
    port: int

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def platform(self, database: Database, clock: Clock) -> Platform:
        """Our channel, which waits for nothing but the platform."""

    def say(self, text: str) -> object:
        """Writes, or gives a command."""

    def tap(self, label: str) -> object:
        """Presses the newest button with that label."""

    def share(self, name: str, content: bytes, caption: str) -> None:
        """Sends a file."""

    @property
    def pending(self) -> int:
        """What the bot has yet to hear."""

    @property
    def faults(self) -> Sequence[str]:
        """Every departure from the platform's specification."""


class OnTelegram:
    """Polled, or called at a port."""

    chat = "1001"

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._fake = FakeTelegram()
        self._fake.deliver_twice = True
        self._person = self._fake.person(int(self.chat), "Ana", "en")
        self.say, self.tap = self._person.say, self._person.tap

    def __enter__(self) -> Self:
        self._fake.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._fake.__exit__(kind, error, at)

    def platform(self, database: Database, clock: Clock) -> Platform:
        """See `Way.platform`."""
        del database, clock
        of_telegram(self._fake, self.port)
        telegram = Telegram(self._fake.token, self._fake.url, Webhook(PUBLIC, SECRET) if self.port else None)
        telegram._pace = pace.fresh(count(0, 1_000).__next__)
        return telegram

    def share(self, name: str, content: bytes, caption: str) -> None:
        """See `Way.share`."""
        self._person.send_document(name, content, caption)

    @property
    def pending(self) -> int:
        """See `Way.pending`."""
        return self._fake.updates_pending

    @property
    def faults(self) -> Sequence[str]:
        """See `Way.faults`."""
        return self._fake.faults


class OnSlack:
    """Over a socket, or called at a port."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._fake = FakeSlack()
        self._fake.deliver_twice = True
        # A profile without a time zone: it is asked for, as it is where no platform tells it.
        self._person = self._fake.person("U0ANA", "Ana", "en-GB", "")
        self.chat, self.tap = self._person.chat, self._person.tap

    def __enter__(self) -> Self:
        self._fake.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._fake.__exit__(kind, error, at)

    def platform(self, database: Database, clock: Clock) -> Platform:
        """See `Way.platform`."""
        slack = Slack(database, Settings(data_dir=Path(), **of_slack(self._fake, self.port)), clock)
        slack._pace = Pace(lambda _: (1.0, 1.0), 1.0, count(0, 1_000).__next__)
        return slack

    def say(self, text: str) -> None:
        """See `Way.say`: Slack knows ten commands, and ours are words after `/survey`."""
        command, _, rest = text.removeprefix("/").partition(" ")
        if not text.startswith("/"):
            self._person.say(text)
        elif command in SLASH:
            self._person.command(f"/{command}", rest)
        else:
            self._person.command("/survey", text.removeprefix("/") if command in COMMANDS else text)

    def share(self, name: str, content: bytes, caption: str) -> None:
        """See `Way.share`."""
        self._person.share_file(name, content, caption)

    @property
    def pending(self) -> int:
        """See `Way.pending`."""
        return self._fake.updates_pending

    @property
    def faults(self) -> Sequence[str]:
        """See `Way.faults`."""
        return [*self._fake.faults, *self._person.troubles]


WAYS: dict[str, Callable[[], Way]] = {
    "polling": OnTelegram,
    "webhook": lambda: OnTelegram(free_port()),
    "socket": OnSlack,
    "signed": lambda: OnSlack(free_port()),
}


@contextlib.asynccontextmanager
async def served(platform: Platform, database: Database, port: int, heard: Heard):  # type: ignore[no-untyped-def]
    """A process that serves the platform, and is killed at the end."""
    tasks = []
    if port:
        listening = asyncio.Event()
        settings = Settings(data_dir=Path(), http_port=port)
        tasks.append(asyncio.ensure_future(_listen(platform.routes(database, heard), settings, listening)))
        await listening.wait()
    tasks.append(asyncio.ensure_future(platform.run(database, heard)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await platform.close()
