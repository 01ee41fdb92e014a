"""Plays the same transcripts on a platform: our channel whole, against its fake, one process a transcript."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from typing_extensions import override

from bot.channels.console import FILE
from bot.conversation import hear
from bot.delivery import Speaker
from bot.fetching import Fetcher
from bot.messages import Message, Outcome, Sent, Unreachable
from bot.relay import Relay
from bot.serving import Platform
from flows.prompts import CardPrompt
from storage.database import Database
from storage.files import Files
from storage.outbox import Delivery
from tests.conftest import Clock
from tests.playing import Player
from tests.ways import Way, served

AGAIN = "(the bot is killed and started again)"
PATIENCE = 20
"""Seconds until what was said has been heard."""


class Elsewhere(Player):
    """Says, taps and sends on a platform what a transcript types; prints what is sent there as the console does.

    This is all in which a platform differs: a line that names a button is a tap, and one that begins with @ a file.
    """

    def __init__(self, reopen: Callable[[], Database], clock: Clock, files: Path, way: Way) -> None:
        super().__init__(reopen, clock, files)
        self._way, self.chat = way, way.chat
        self._runner = asyncio.Runner()
        self._process = contextlib.AsyncExitStack()
        self._database: Database | None = None
        self._platform: Platform | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._runner.run(self._process.aclose())
        self._runner.close()

    @override
    def _opened(self, line: str) -> Database:
        if self._database is None or line == AGAIN:
            self._runner.run(self._process.aclose())
            self._database = self._reopen()
            self._runner.run(self._begin(self._database))
        return self._database

    async def _begin(self, database: Database) -> None:
        self._platform = self._way.platform(database, self._clock)
        self.channel = self._platform.name
        heard = served(self._platform, database, self._way.port, lambda one: hear(database, one, self._clock))
        await self._process.enter_async_context(heard)

    @override
    def _tell(self, database: Database, text: str) -> None:
        label = self._console.label(text)
        self._console.read(text)  # its buttons work until then
        if label is not None:
            self._way.tap(label)
        elif text.startswith(FILE):
            name, _, caption = text.removeprefix(FILE).partition(" ")
            self._way.share(name, (self._home / name).read_bytes(), caption)
        else:
            self._way.say(text)
        self._runner.run(self._heard_all())

    @override
    def _answer(self, database: Database) -> None:
        self._runner.run(self._answered(database))

    async def _answered(self, database: Database) -> None:
        assert self._platform is not None
        copies = Files(self._files.parent / "evidence")
        await Fetcher(database, self._platform, copies, self._clock).drain()
        printing = _Printing(self, self._platform, Speaker(database, self._clock))
        await Relay(database, printing, printing.word, self._clock).drain()
        await self._heard_all()  # Slack tells us too what we said

    async def _heard_all(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._way.pending:  # noqa: ASYNC110  # the fakes have no event
                await asyncio.sleep(0.001)

    async def print(self, message: Message) -> None:
        """As the console prints it."""
        await self._console.send(self.chat, message, None)


class _Printing:
    """The channel; what it has sent is printed, and so is a card that looks already as it should.

    The console has no cards that are edited: it prints them anew.
    """

    def __init__(self, player: Elsewhere, platform: Platform, speaker: Speaker) -> None:
        self.name = platform.name
        self._player, self._platform, self._speaker = player, platform, speaker

    async def word(self, delivery: Delivery) -> Message:
        """See `Speaker.word`."""
        message = await self._speaker.word(delivery)
        fresh = isinstance(delivery.prompt, CardPrompt) and delivery.prompt.fresh
        if delivery.message and not fresh and delivery.look == message.look:
            await self._player.print(message)
        return message

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """See `Channel.send`."""
        if self._player.refuses:
            return Unreachable("refusing")
        outcome = await self._platform.send(chat, message, replaces)
        if isinstance(outcome, Sent):
            await self._player.print(message)
        return outcome
