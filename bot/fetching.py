"""Files on their way here: once a turn is durable, what it names is fetched from its platform and kept by content."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import Clock
from bot.conversation.others import say
from bot.durable import kept
from bot.incoming import Incoming
from bot.messages import Fetched, FetchOutcome, Source, Throttled, Unreachable
from flows.prompts import Notice
from storage import evidence, sheets, teams
from storage.database import Database, Transaction, UnavailableError
from storage.evidence import Errand
from storage.files import Files, TooLargeError

IDLE = 30.0
"""Seconds after which to look again although nobody woke us."""
TRIES = 30
"""How often a platform that does not answer is asked for a file: about a day."""
LONGEST_WAIT = timedelta(hours=1)
RESTS = timedelta(hours=1)
"""A copy that nothing refers to is younger than this only while it is being kept."""

_log = logging.getLogger(__name__)


class Fetcher:
    """Fetches for one channel, one file at a time; whatever it was at when it died is fetched again."""

    def __init__(self, database: Database, source: Source, files: Files, clock: Clock) -> None:
        self._database, self._source, self._files, self._clock = database, source, files, clock
        self._incoming = Incoming(database, source, clock)
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something may be there to be fetched."""
        self._woken.set()

    async def run(self, after: Callable[[], None]) -> None:
        """Fetches until cancelled, and calls `after` where somebody is to be told."""
        while True:
            self._woken.clear()
            with contextlib.suppress(UnavailableError):
                if await self.drain():
                    after()
                await self.sweep()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(await self._until_due()):
                    await self._woken.wait()

    async def drain(self) -> bool:
        """Fetches all that is due now; whether there was anything."""
        found = await self._incoming.drain()  # first: what is no workbook becomes evidence
        while (errand := await kept(self._database, self._claim)) is not None:
            found = True
            outcome = await self._fetched(errand)
            await kept(self._database, self._settling(errand, outcome))
        return found

    async def sweep(self) -> None:
        """Removes the copies of what was removed."""
        wanted = await asyncio.to_thread(self._database.read, evidence.digests)
        await asyncio.to_thread(self._files.sweep, wanted, (self._clock() - RESTS).timestamp())

    def _claim(self, transaction: Transaction) -> Errand | None:
        return evidence.claim(transaction, self._source.name, self._clock())

    async def _fetched(self, errand: Errand) -> "tuple[str, int] | FetchOutcome":
        """Digest and size of the copy, or what became of it instead."""
        try:
            outcome = await self._source.fetch(errand.reference)
            if isinstance(outcome, Fetched):
                digest = await asyncio.to_thread(self._files.keep, outcome.content)
                return digest, len(outcome.content)
        except TooLargeError:
            return None
        except Exception:
            _log.exception("Evidence %d cannot be fetched", errand.id)
            return Unreachable("broken")
        return outcome

    def _settling(self, errand: Errand, outcome: "tuple[str, int] | FetchOutcome") -> Callable[[Transaction], None]:
        def settle(transaction: Transaction) -> None:
            now = self._clock()
            if isinstance(outcome, tuple):
                evidence.settle(transaction, errand.id, *outcome)
            elif isinstance(outcome, Throttled):
                evidence.defer(transaction, errand.id, now + timedelta(seconds=outcome.seconds))
            elif isinstance(outcome, Unreachable) and errand.tries < TRIES:
                wait = min(timedelta(seconds=2 ** min(errand.tries, 12)), LONGEST_WAIT)
                evidence.defer(transaction, errand.id, now + wait)
            elif evidence.leave(transaction, errand.id):
                # It counts all the same; whoever sent it should know not to delete it.
                standing = teams.standing(transaction, errand.row)
                if standing is not None:
                    say(transaction, standing, [Notice("file_left", errand.item)], now)

        return settle

    def _next_due(self, transaction: Transaction) -> datetime | None:
        rooms = (evidence, sheets)
        return min(filter(None, (room.next_due(transaction, self._source.name) for room in rooms)), default=None)

    async def _until_due(self) -> float:
        with contextlib.suppress(UnavailableError):
            read = self._database.read
            due = await asyncio.to_thread(read, self._next_due)
            if due is not None:
                return min(max((due - self._clock()).total_seconds(), 0.05), IDLE)
        return IDLE
