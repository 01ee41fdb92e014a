"""The other leg: what is owed is worded and sent, in order for each address, side by side across them."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.conversation import Clock
from bot.conversation.losing import lose
from bot.durable import kept, kept_at_last
from bot.messages import (
    Ambiguous,
    Channel,
    Gone,
    Message,
    Outcome,
    Postponed,
    Refused,
    Renamed,
    Sent,
    Throttled,
    Unreachable,
)
from flows.prompts import CardPrompt
from storage import cards, leftovers, moves, outbox
from storage.database import Database, Transaction, UnavailableError
from storage.outbox import Delivery

LONGEST_WAIT = 60
"""Seconds between tries while a platform does not answer: whoever waits is answered within a minute of its return."""
IDLE = 5.0
"""Seconds after which to look again although nobody woke us: another process may owe something."""
AWAY = 1.0
"""Seconds until a store that could keep nothing is tried again, if nobody wakes us before."""
AGAIN = timedelta(seconds=2)
"""How long what could not be worded waits for a store that could not be read."""
TRIES = 5
"""How often a prompt may fail to be worded before it is given up."""

Wording = Callable[[Delivery], Awaitable[Message]]

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Relay:
    """Delivers for one channel. `wake` it after a turn; it also wakes by itself when something falls due."""

    def __init__(self, database: Database, channel: Channel, word: Wording, clock: Clock) -> None:
        self._database, self._channel, self._word, self._clock = database, channel, word, clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something new is owed."""
        self._woken.set()

    async def release(self, grace: timedelta = outbox.GRACE) -> None:
        """Makes due after `grace` what a process held when it died; only where no other serves this channel."""
        await self._settled(lambda tx: leftovers.release(tx, self._channel.name, self._clock(), grace))

    async def run(self) -> None:
        """Delivers until cancelled."""
        going: dict[int, asyncio.Task[None]] = {}
        try:
            while True:
                self._woken.clear()
                wait = AWAY
                with contextlib.suppress(UnavailableError):
                    for delivery in await self._claim():
                        self._begin(delivery, going)
                    wait = await self._until_due()
                # Not wait_for: before Python 3.12 it may swallow a cancellation.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()
        finally:
            # What is on its way is seen home: a message that was sent but not settled would be sent again.
            await asyncio.gather(*going.values(), return_exceptions=True)

    def _begin(self, delivery: Delivery, going: dict[int, asyncio.Task[None]]) -> None:
        """Sends a delivery on its way, unless it is: a platform or a store that dawdles may outlast its lease."""
        held = going.get(delivery.id)
        way = self._deliver(delivery) if held is None else self._give_back(delivery, held)
        task = going[delivery.id] = asyncio.create_task(way)

        def over(_: asyncio.Task[None]) -> None:
            if going.get(delivery.id) is task:
                del going[delivery.id]
            self.wake()

        task.add_done_callback(over)

    async def _give_back(self, delivery: Delivery, held: asyncio.Task[None]) -> None:
        """What was claimed in vain is due at once when its predecessor is over: its card may have a newer state."""
        await asyncio.wait({held})
        await self._settled(lambda tx: outbox.give_back(tx, delivery, self._clock()))

    async def drain(self) -> None:
        """Delivers all that is due now, and returns."""
        while deliveries := await self._claim():
            await asyncio.gather(*map(self._deliver, deliveries))

    async def _claim(self) -> list[Delivery]:
        return await self._write(lambda tx: outbox.claim(tx, self._channel.name, self._clock()))

    async def _until_due(self) -> float:
        """Seconds until something falls due; never long, as others may owe too."""
        with contextlib.suppress(UnavailableError):
            due = await asyncio.to_thread(self._database.read, lambda tx: outbox.next_due(tx, self._channel.name))
            if due is not None:
                return min(max((due - self._clock()).total_seconds(), 0.02), IDLE)
        return IDLE

    async def _deliver(self, delivery: Delivery) -> None:
        """One prompt on its way; whatever comes of it is settled in the store."""
        if delivery.tries > outbox.IN_DOUBT:
            _log.warning("%s may have been told when a process ended; it is not said again", self._channel.name)
            await self._settled(lambda tx: outbox.settle(tx, delivery, self._clock()))
            return
        try:
            message = await self._word(delivery)
            if message.unasked:
                await self._write(lambda tx: outbox.doubt(tx, delivery))
            outcome = await self._send(delivery, message)
        except UnavailableError as error:  # nothing is wrong with the prompt
            _log.warning("The store cannot be read (%s); trying again in %d s", error, AGAIN.total_seconds())
            await self._settled(lambda tx: outbox.defer(tx, delivery, self._clock() + AGAIN))
            return
        except Exception:
            _log.exception("Prompt %s cannot be delivered", type(delivery.prompt).__name__)
            wait = timedelta(seconds=2**delivery.tries)
            again = delivery.tries < TRIES
            await self._settled(
                lambda tx: (
                    outbox.defer(tx, delivery, self._clock() + wait)
                    if again
                    else outbox.settle(tx, delivery, self._clock())
                )
            )
            return
        await self._settled(lambda tx: self._settle(tx, delivery, message, outcome, self._clock()))

    async def _send(self, delivery: Delivery, message: Message) -> Outcome:
        """Sends, unless the card already looks like this where it stands."""
        fresh = isinstance(delivery.prompt, CardPrompt) and delivery.prompt.fresh
        if delivery.message and not fresh and delivery.look == message.look:
            return Sent(delivery.message)
        return await self._channel.send(delivery.chat, message, None if fresh else delivery.message)

    def _settle(  # noqa: C901  # a closed list
        self, transaction: Transaction, delivery: Delivery, message: Message, outcome: Outcome, now: datetime
    ) -> None:
        match outcome:
            case Sent(sent):
                if delivery.card:
                    cards.show(transaction, delivery, sent, message.look)
                outbox.settle(transaction, delivery, now)
            case Throttled(seconds):
                outbox.defer(transaction, delivery, now + timedelta(seconds=seconds))
            case Postponed(seconds):
                outbox.postpone(transaction, delivery, now + timedelta(seconds=seconds))
            case Ambiguous(reason) if message.unasked:
                # Said twice it is a nuisance, and if it was lost the next one comes.
                _log.warning("%s did not answer (%s); it is not said again", self._channel.name, reason)
                outbox.settle(transaction, delivery, now)
            case Unreachable(reason) | Ambiguous(reason):
                wait = min(2 ** min(delivery.tries, 10), LONGEST_WAIT)
                _log.warning("%s does not answer (%s); trying again in %d s", self._channel.name, reason, wait)
                outbox.defer(transaction, delivery, now + timedelta(seconds=wait))
            case Gone() if delivery.elsewhere:
                outbox.bring_home(transaction, delivery, now)
            case Gone(reason):
                _log.info("Address %d cannot be reached any more (%s)", delivery.address, reason)
                lose(transaction, delivery.address, now, delivery)
            case Renamed(chat):
                moves.move(transaction, self._channel.name, delivery.chat, chat)
                outbox.defer(transaction, delivery, now + timedelta(seconds=delivery.tries - 1))
            case Refused(reason):
                _log.error("%s refused %s: %s", self._channel.name, type(delivery.prompt).__name__, reason)
                outbox.settle(transaction, delivery, now)

    async def _write(self, work: Callable[[Transaction], _T]) -> _T:
        return await kept(self._database, work)

    async def _settled(self, work: Callable[[Transaction], None]) -> None:
        """Writes what became of a delivery, however long the store is away: forgotten, it would be sent again."""
        await kept_at_last(self._database, work)
