"""Waiting, in the event loop, for what a worker thread keeps; a little cheaper than asyncio's own bridge."""

import asyncio
import contextlib
import logging
from concurrent.futures import Future
from typing import TypeVar

from storage.database import Database, UnavailableError, Work

T = TypeVar("T")

LONGEST_PAUSE = 30.0
"""Seconds between tries while the store cannot be written."""

_log = logging.getLogger(__name__)


async def kept(database: Database, work: Work[T]) -> T:
    """What `work` gives, once it is durable; an exception undoes its changes and comes out here."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Future[T] = loop.create_future()

    def settle(done: "Future[T]") -> None:
        if waiting.cancelled():
            return
        error = done.exception()
        if error is None:
            waiting.set_result(done.result())
        else:
            waiting.set_exception(error)

    def wake(done: "Future[T]") -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            loop.call_soon_threadsafe(settle, done)

    database.submit(work).add_done_callback(wake)
    return await waiting


async def kept_at_last(database: Database, work: Work[T]) -> T:
    """The same, however long the store is away."""
    pause = 0.5
    while True:
        try:
            return await kept(database, work)
        except UnavailableError as error:
            _log.warning("The store cannot be written (%s); trying again in %.0f s", error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
