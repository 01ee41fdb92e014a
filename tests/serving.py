"""Our whole server in a thread of the test: started, killed and started again, whatever platforms it serves."""

import asyncio
import contextlib
import socket
import threading
from typing import Any

from bot.commands.common import now
from bot.commands.running import platforms
from bot.serving import hold
from bot.settings import Settings
from storage.database import Database
from storage.opening import open_database


class Server:
    """What `maturitybot serve` runs with these settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._running: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """A new process, as far as the store and the platforms can tell."""
        begun = threading.Event()
        self._thread = threading.Thread(target=self._thread_run, args=(begun,), daemon=True)
        self._thread.start()
        begun.wait()

    def kill(self) -> None:
        """Ends it wherever it is, with nothing finished that was begun."""
        assert self._loop
        assert self._running
        assert self._thread
        loop = self._loop
        loop.call_soon_threadsafe(_cut_off, loop)
        self._thread.join()

    def stop(self) -> None:
        """Asks it to stop, as SIGTERM does."""
        assert self._loop
        assert self._stop
        assert self._thread
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _thread_run(self, begun: threading.Event) -> None:
        with contextlib.suppress(asyncio.CancelledError):  # killed
            asyncio.run(self._run(begun))

    async def _run(self, begun: threading.Event) -> None:
        database: Database = open_database(self._settings.store)
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._running = asyncio.ensure_future(
            hold(database, self._settings, platforms(database, self._settings), now, self._stop)
        )
        begun.set()
        try:
            await asyncio.gather(self._running, return_exceptions=True)
        finally:
            database.close()


def _cut_off(loop: Any) -> None:
    """What the system does to a killed process: its work ends, and whoever is connected with it is hung up on."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    for connection in list(loop._transports.values()):
        connection.abort()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
