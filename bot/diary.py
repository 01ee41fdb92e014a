"""The clock of the campaign: wakes when something in the diary falls due, also when another process planned it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from bot.conversation import Clock
from bot.conversation.looking import look
from bot.durable import kept
from storage import diary
from storage.database import Database, Transaction, UnavailableError
from storage.diary import Entry

LONGEST = 30.0
"""Seconds after which to look again although nothing is known to fall due."""

_log = logging.getLogger(__name__)


class Diary:
    """Looks at what falls due."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def run(self, after: Callable[[], None]) -> None:
        """Looks until cancelled, and calls `after` each time there was something."""
        while True:
            with contextlib.suppress(UnavailableError):
                if await self.drain():
                    after()
            await asyncio.sleep(await self._until_due())

    async def drain(self) -> bool:
        """Looks at all that is due now; whether there was anything."""
        found = False
        while entries := await asyncio.to_thread(self._database.read, lambda tx: diary.due(tx, self._clock())):
            found = True
            for entry in entries:
                try:
                    await kept(self._database, _looking(entry, self._clock()))
                except UnavailableError:
                    raise
                except Exception:
                    _log.exception("The diary's %s of %d cannot be looked at", entry.kind, entry.about)
                    await kept(self._database, _striking(entry))
        return found

    async def _until_due(self) -> float:
        with contextlib.suppress(UnavailableError):
            due = await asyncio.to_thread(self._database.read, diary.next_due)
            if due is not None:
                return min(max((due - self._clock()).total_seconds(), 0.1), LONGEST)
        return LONGEST


def _looking(entry: Entry, now: datetime) -> Callable[[Transaction], None]:
    return lambda transaction: look(transaction, entry, now)


def _striking(entry: Entry) -> Callable[[Transaction], None]:
    """What cannot be looked at is not looked at for ever."""
    return lambda transaction: diary.plan(transaction, entry.kind, entry.about, None)
