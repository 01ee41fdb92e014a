"""What takes longer than a moment is told of: one message that says what is being made, edited until it is done."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, get_args

from bot.durable import kept
from bot.messages import Channel, Message, Sent
from bot.relay import TRIES, Wording
from bot.wording import section
from flows.prompts import Benchmark, Chart, Model, Prompt, Report, Scores
from flows.prompts.appointments import Deck
from flows.prompts.figures import OfResult
from flows.prompts.workbooks import Workbook
from model import library
from storage import groups, making, outbox
from storage.database import Database, Transaction, UnavailableError
from storage.making import Note
from storage.outbox import Delivery

PATIENCE = 2.0
"""Seconds that nobody minds."""
MADE: tuple[tuple[Any, str], ...] = (
    (Chart, "charts"),
    (Report, "report"),
    (Workbook, "workbook"),
    (Deck, "slides"),
    (Model, "model"),
    ((Scores, Benchmark, *get_args(OfResult)), "numbers"),
)
"""What is told of while it is made, and how it is called; whatever else is slow waits for the store, and is not."""

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Progress:
    """Words deliveries as `word` does, and tells of those that take their time.

    The message is noted in the store before it is sent and once it stands: a process that is killed leaves one that
    the next edits, and it is never said twice. It is never said in a group, whose messages are counted.
    """

    def __init__(self, database: Database, channel: Channel, word: Wording, patience: float = PATIENCE) -> None:
        self._database, self._channel, self._word, self._patience = database, channel, word, patience

    async def word(self, delivery: Delivery) -> Message:
        """See `Wording`."""
        what = kind_of(delivery.prompt)
        if what is None or delivery.elsewhere:
            return await self._word(delivery)
        making_it = asyncio.ensure_future(self._word(delivery))
        try:
            done, _ = await asyncio.wait({making_it}, timeout=self._patience)
            if not done:
                await self._quietly(self._begin(delivery, what))
            message = await making_it
        except Exception:
            if delivery.tries >= TRIES:
                await self._quietly(self._end(delivery, "failed"))
            raise
        finally:
            making_it.cancel()  # nothing, unless we are stopped ourselves
        await self._quietly(self._end(delivery, what))
        return message

    async def _begin(self, delivery: Delivery, what: str) -> None:
        """Says what is being made, unless that was said already."""
        found = await self._kept(lambda tx: self._claim(tx, delivery))
        if found is None or (found.message == "" and not found.new):
            return
        await self._say(delivery, found, what, await self._left(delivery, what))

    async def _end(self, delivery: Delivery, what: str) -> None:
        """The message says how much is left, or that all is done; then it is a message like any other."""
        found = await asyncio.to_thread(self._database.read, lambda tx: making.find(tx, delivery.address))
        if found is None:
            return
        left = 0 if what == "failed" else await self._left(delivery, what) - 1
        if found.message:
            await self._say(delivery, found, what if left > 0 or what == "failed" else "done", left)
        if left <= 0:
            await self._kept(lambda tx: making.forget(tx, delivery.address))

    async def _say(self, delivery: Delivery, note: Note, what: str, left: int) -> None:
        session = delivery.session
        instrument = library.instrument(*library.DEFAULT, session.language)
        message = section("Making", session, instrument, {"what": what, "count": left})
        if message.look == note.look:
            return
        outcome = await self._channel.send(delivery.chat, message, note.message or None)
        if isinstance(outcome, Sent):
            await self._kept(lambda tx: making.keep(tx, delivery.address, outcome.message, message.look))

    def _claim(self, transaction: Transaction, delivery: Delivery) -> Note | None:
        """The message as it stands, or a new one that is to be said now; None in a group."""
        if groups.city(transaction, delivery.address) is not None:
            return None
        return making.find(transaction, delivery.address) or making.begin(transaction, delivery.address)

    async def _left(self, delivery: Delivery, what: str) -> int:
        """How many of the kind are owed, this one included."""
        owed = await asyncio.to_thread(self._database.read, lambda tx: outbox.owed(tx, delivery.address))
        return sum(kind_of(prompt) == what for prompt in owed) if what == "charts" else 1

    async def _kept(self, work: Callable[[Transaction], _T]) -> _T:
        return await kept(self._database, work)

    async def _quietly(self, telling: Awaitable[None]) -> None:
        """Whatever comes of it, what is made matters more than the word of it."""
        with contextlib.suppress(UnavailableError):
            try:
                await telling
            except UnavailableError:
                raise
            except Exception:
                _log.exception("%s cannot be told what is being made", self._channel.name)


def kind_of(prompt: Prompt) -> str | None:
    """What a prompt is called while it is made; None for one that is never told of."""
    return next((what for kinds, what in MADE if isinstance(prompt, kinds)), None)
