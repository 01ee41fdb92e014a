"""What runs while platforms are served: for each its ears, its relay and its fetcher; one diary, one port."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from typing_extensions import override

from bot.conversation import Clock, Inbound, hear
from bot.delivery import Speaker
from bot.diary import Diary
from bot.durable import kept
from bot.fetching import Fetcher
from bot.messages import Channel, Source
from bot.progress import Progress
from bot.relay import Relay
from bot.settings import Settings, SettingsError
from storage import inbox
from storage.database import Database, UnavailableError
from storage.files import Files
from storage.revisions import SQLITE

Heard = Callable[[Inbound], Awaitable[str | None]]
"""Plays the turn of an update; durable when this returns what only the one who acted is told, in words, if anything."""
BACK_IN = 60.0
"""Seconds until a platform that failed for a reason nobody foresaw is served again."""
LONGEST_GOODBYE = 10
"""Seconds that requests which are being answered may still take when the program is asked to stop."""

_log = logging.getLogger(__name__)


class Platform(Channel, Source, Protocol):
    """A platform, as whoever serves it sees it; `alone` where no second process can serve it as well."""

    alone: bool

    async def run(self, database: Database, heard: Heard) -> None:
        """Hears people until cancelled. Raises SettingsError for a token that the platform does not know."""

    def routes(self, database: Database, heard: Heard) -> Sequence[BaseRoute]:
        """Where the platform reaches us over HTTP; nothing where it is asked for updates instead."""

    async def close(self) -> None:
        """Finishes what is being answered, and hangs up."""


async def hold(
    database: Database, settings: Settings, platforms: Sequence[Platform], clock: Clock, stop: asyncio.Event
) -> None:
    """Serves the platforms until `stop` is set, or until none of them can be. One that fails leaves the others alone.

    Raises SettingsError where a platform refuses us and no other is left.
    """
    with contextlib.suppress(UnavailableError):  # next time, then
        await kept(database, lambda tx: inbox.forget(tx, clock()))
    served = [_Served(database, settings, platform, clock) for platform in platforms]

    def wake() -> None:
        for one in served:
            one.relay.wake()

    async def heard(inbound: Inbound) -> str:
        told = await hear(database, inbound, clock)
        wake()  # what a turn says may be for somebody on another platform
        for one in served:
            one.fetcher.wake()
        return told

    routes = [route for platform in platforms for route in platform.routes(database, heard)]
    listening = asyncio.Event()  # nobody is told to call us before we are there
    work = [
        _until_all_fail([one.run(heard, wake, listening if routes else None) for one in served]),
        Diary(database, clock).run(wake),
        stop.wait(),
        *([_listen(routes, settings, listening)] if routes else []),
    ]
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(platform.close() for platform in platforms), return_exceptions=True)
    for task in done:
        task.result()


class _Served:
    """A platform with what belongs to it."""

    def __init__(self, database: Database, settings: Settings, platform: Platform, clock: Clock) -> None:
        self._database, self._platform = database, platform
        speaker = Progress(database, platform, Speaker(database, clock, settings.contact).word)
        self.relay = Relay(database, platform, speaker.word, clock)
        self.fetcher = Fetcher(database, platform, Files(settings.evidence), clock)

    async def run(self, heard: Heard, wake: Callable[[], None], listening: asyncio.Event | None) -> None:
        """Serves it once we listen, and begins again after a failure that nobody foresaw. Raises SettingsError."""
        if listening is not None:
            await listening.wait()
        if self._platform.alone or self._database.url.startswith(SQLITE):
            # Nobody else serves it, so whatever was being sent when a process died is ours to send again.
            await self.relay.release()
        while True:
            tasks = [
                asyncio.ensure_future(one)
                for one in (
                    self._platform.run(self._database, heard),
                    self.relay.run(),
                    self.fetcher.run(wake),
                )
            ]
            try:
                # Not gather: cancelled itself it would cancel them, and they would be cancelled twice while they end.
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
                for task in done:
                    task.result()
            except SettingsError:
                raise
            except Exception:
                _log.exception("%s failed; it is served again in %.0f s", self._platform.name, BACK_IN)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(BACK_IN)


async def _until_all_fail(platforms: Iterable[Awaitable[None]]) -> None:
    """Returns never, or raises the last SettingsError once every platform has refused us."""
    tasks = [asyncio.ensure_future(one) for one in platforms]
    try:
        for number, task in enumerate(asyncio.as_completed(tasks), start=1):
            try:
                await task
            except SettingsError as error:
                if number == len(tasks):
                    raise
                _log.error("%s The other platform goes on.", error)  # said in full, no traceback
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Server(uvicorn.Server):
    """Uvicorn, which leaves the process's signals to us, and says when it listens."""

    def __init__(self, config: uvicorn.Config, listening: asyncio.Event) -> None:
        super().__init__(config)
        self._listening = listening

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Opens the port."""
        await super().startup(sockets)
        self._listening.set()

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


async def _listen(routes: Sequence[BaseRoute], settings: Settings, listening: asyncio.Event) -> None:
    """Answers the platforms over HTTP until cancelled; `/health` says that we are there.

    What is being answered then is answered, but for what takes longer than `LONGEST_GOODBYE`.
    """
    app = Starlette(routes=[*routes, Route("/health", _health)])
    config = uvicorn.Config(
        app,
        settings.http_host,
        settings.http_port,
        lifespan="off",
        log_config=None,
        access_log=False,  # it would log addresses, and one of them may hold a secret
        timeout_graceful_shutdown=LONGEST_GOODBYE,
    )
    server = _Server(config, listening)
    serving = asyncio.ensure_future(_serve(server, settings))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


async def _serve(server: _Server, settings: Settings) -> None:
    try:
        await server.serve()
    except SystemExit as error:  # uvicorn's way to say that the port is taken; it has logged why
        raise SettingsError(
            f"MATURITYBOT_HTTP_HOST, MATURITYBOT_HTTP_PORT: nobody can listen at {settings.http_host}:"
            f"{settings.http_port}; another program may be there already."
        ) from error
    finally:
        for one in getattr(server, "servers", ()):  # however it ended, the port is free again
            one.close()


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")
