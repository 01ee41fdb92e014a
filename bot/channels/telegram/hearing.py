"""What is done with an update, however it came: heard in its chat's order, and a tap answered once that is durable."""

import asyncio
import logging
from collections.abc import Iterable

from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.channels.order import Order
from bot.channels.telegram import limits
from bot.channels.telegram.files import seconds
from bot.channels.telegram.parsing import place, understand
from bot.channels.telegram.reading import Raw
from bot.channels.telegram.text import cut
from bot.conversation import Inbound
from bot.serving import Heard

TRIES = 3
"""How often a button is told to stop spinning; later it stops by itself."""
PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds between two tries, and how long Telegram's own wish for one is heard."""

_log = logging.getLogger(__name__)


class Ears:
    """Hears for one bot: chats side by side, each chat's updates one after the other."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._order = Order()
        self._answering: set[asyncio.Task[None]] = set()

    async def hear_all(self, updates: Iterable[Raw], heard: Heard) -> None:
        """Hears a batch; durable when it returns."""
        await asyncio.gather(*(self.hear(update, heard) for update in updates))

    async def hear(self, raw: Raw, heard: Heard) -> None:
        """Hears an update after those of its chat that came before; durable when it returns."""
        told = None
        chat, tap, inbound = self._understood(raw)
        async with self._order.of(chat):
            if inbound is not None:
                told = await heard(inbound)
        if tap:
            # Only now: the button stops spinning because the answer is kept.
            self.answer(tap, told or "")

    def answer(self, tap: str, text: str = "") -> None:
        """Lets a button stop spinning, perhaps with a word to whoever tapped it; nothing is waited for."""
        task = asyncio.create_task(self._stop_spinning(tap, cut(text, limits.TOAST)))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def close(self) -> None:
        """Finishes what is being answered."""
        await asyncio.gather(*self._answering, return_exceptions=True)

    def _understood(self, raw: Raw) -> tuple[int, str, Inbound | None]:
        """The chat of an update, the tap to be answered, and its event; nothing of what cannot be understood."""
        try:
            update = Update.de_json(raw, self._bot)
            inbound = understand(update, self._bot.id, self._bot.username)
        except Exception as error:  # whatever Telegram may come up with: one odd update is not to stop all others
            kinds = ", ".join(sorted(kind for kind in raw if kind != "update_id"))
            _log.error("An update cannot be understood (%s): %s", kinds, type(error).__name__)
            return 0, "", None
        tap = update.callback_query
        return place(update)[1], tap.id if tap is not None else "", inbound

    async def _stop_spinning(self, tap: str, text: str) -> None:
        for _ in range(TRIES):
            try:
                await self._bot.answer_callback_query(tap, text or None)
            except RetryAfter as error:
                await asyncio.sleep(min(seconds(error), LONGEST_PAUSE))
            except BadRequest:  # too late: it has stopped by itself
                return
            except NetworkError:
                await asyncio.sleep(PAUSE)
            except TelegramError:
                return
            else:
                return
