"""Waiting, in the event loop, for what a worker thread keeps; a little cheaper than asyncio's own bridge."""

import asyncio
import contextlib
from concurrent.futures import Future
from typing import TypeVar

from storage.database import Database, Work

T = TypeVar("T")


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
