"""The programs that go on: the console conversation and the server."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import uuid
from datetime import timedelta
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from bot.channels.console import NAME, Console
from bot.commands.common import now
from bot.conversation import Inbound, hear
from bot.delivery import Speaker
from bot.diary import Diary
from bot.fetching import Fetcher
from bot.progress import Progress
from bot.relay import Relay
from bot.reports import printing
from bot.settings import Settings, load
from flows.events import AnyEvent, Continued, Started
from model import library
from storage import revisions, sessions, waves
from storage.database import Database
from storage.files import Files
from storage.opening import open_database

if TYPE_CHECKING:
    from bot.serving import Platform

_CHAT = "local"
_log = logging.getLogger(__name__)


def chat() -> None:
    """Hold the conversation here, in the terminal. It goes on where it stopped, whatever happened in between."""
    settings = load()
    database = _opened(settings)
    try:
        # Nothing happens while a line is typed, so it is waited for without a thread, and Ctrl-C ends it at once.
        with asyncio.Runner() as runner:
            terminal = Terminal(database, settings)
            runner.run(terminal.begin())
            while (line := _typed()) is not None:
                runner.run(terminal.hear(line))
    except KeyboardInterrupt:
        _write("")
    finally:
        database.close()
        printing.close()


def serve() -> None:
    """Hold the conversation on the platforms whose tokens are set."""
    settings = load(serving=True)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # They log addresses, which hold the token, and what they send and receive, tokens included.
    for noisy in ("httpx", "httpcore", "telegram", "slack_sdk", "slack_bolt", "aiohttp", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    database = _opened(settings)
    try:
        asyncio.run(_serve(database, settings))
    finally:
        database.close()
        printing.close()


def _opened(settings: Settings) -> Database:
    """The store, with every open wave's instrument as it was when the wave opened."""
    database = open_database(settings.store)
    revisions.ready(database)
    for wave in database.read(waves.still_open):
        waves.check_unchanged(wave, library.instrument(wave.instrument, wave.version))
    return database


class Terminal:
    """The conversation of whoever sits here."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._console = Console(
            _write, settings.data_dir / "files", colour=sys.stdout.isatty(), width=get_terminal_size().columns
        )
        speaker = Progress(database, self._console, Speaker(database, now, settings.contact).word)
        self._relay = Relay(database, self._console, speaker.word, now)
        self._fetcher = Fetcher(database, self._console, Files(settings.evidence), now)

    async def begin(self) -> None:
        """Welcomes, or asks the very next question."""
        known = self._database.read(lambda tx: sessions.find(tx, NAME, _CHAT))
        await self._heard(Continued() if known and known.session.consented else Started())
        await Diary(self._database, now).drain()
        await self._fetcher.drain()
        await self._fetcher.sweep()
        await self._relay.release(timedelta(0))  # what a terminal showed before is gone with it
        await self._relay.drain()

    async def hear(self, line: str) -> None:
        """Answers a typed line."""
        await Diary(self._database, now).drain()
        session, event = self._console.read(line)
        await self._heard(event, session)
        await self._fetcher.drain()
        await self._relay.drain()

    async def _heard(self, event: AnyEvent, session: str = "") -> None:
        language = os.environ.get("LANG", "")[:2].lower()
        inbound = Inbound(f"console:{uuid.uuid4()}", NAME, _CHAT, event, session=session, language=language)
        await hear(self._database, inbound, now)


def _typed() -> str | None:
    """The next line that says something; None at the end of the input."""
    try:
        while not (line := input("you> ")).strip():
            pass
    except EOFError:
        _write("")
        return None
    return None if line.strip().casefold() in {"/quit", "/exit"} else line


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _serve(database: Database, settings: Settings) -> None:
    """Serves until the process is asked to stop."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    from bot.serving import hold  # a web server is slow to load, and only needed here

    await hold(database, settings, platforms(database, settings), now, stop)


def platforms(database: Database, settings: Settings) -> "list[Platform]":
    """The platforms whose tokens are set."""
    found: list[Platform] = []
    if settings.telegram_token is not None:
        from bot.channels.telegram import Telegram, Webhook  # slow to load, and only needed here

        webhook = None
        if settings.telegram_webhook_url:
            secret = settings.telegram_webhook_secret
            told = {"secret": secret.get_secret_value()} if secret is not None else {}
            webhook = Webhook(settings.telegram_webhook_url, **told)
        token = settings.telegram_token.get_secret_value()
        found.append(Telegram(token, settings.telegram_api_url, webhook))
    if settings.has_slack:
        from bot.channels.slack import Slack

        found.append(Slack(database, settings, now))
    return found
