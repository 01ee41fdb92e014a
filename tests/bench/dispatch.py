"""python-telegram-bot by itself: the same bytes parsed and dispatched to a callback that does nothing."""

import itertools
import time
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, CallbackQueryHandler

from tests.bench.bytes_in import TOKEN, Offline, body, parse

App = Application[Any, Any, Any, Any, Any, Any]


async def application() -> App:
    """An application with one handler, ready without a network."""
    builder = ApplicationBuilder().token(TOKEN).request(Offline()).get_updates_request(Offline())
    built: App = builder.updater(None).job_queue(None).build()
    built.add_handler(CallbackQueryHandler(_nothing))
    await built.initialize()
    return built


async def _nothing(_: Update, __: CallbackContext[Any, Any, Any, Any]) -> None: ...


class Dispatch:
    """An application that is fed the updates of one person."""

    def __init__(self, fed: App, rests: Sequence[bytes]) -> None:
        self._application = fed
        self._reading = Offline()  # reads as the library does
        self._rests = itertools.cycle(rests)
        self._updates = itertools.count(700_000_001)

    async def measure(self, seconds: float) -> float:
        """Updates a second."""
        done, begun = 0, time.perf_counter()
        while time.perf_counter() < begun + seconds:
            received = body(next(self._updates), next(self._rests))
            for update in parse(received, self._reading, self._application.bot):
                await self._application.process_update(update)
                done += 1
        return done / (time.perf_counter() - begun)
