"""Telegram by long polling: an update is confirmed only once its turn is durable."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterable, Sequence
from itertools import groupby

from starlette.routing import BaseRoute
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.telegram.files import fetched, seconds
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.parsing import ALLOWED, place, understand
from bot.channels.telegram.reading import UpdatesRequest
from bot.channels.telegram.text import TOAST, as_caption, as_text, cut
from bot.durable import kept
from bot.messages import FetchOutcome, Gone, Message, Outcome, Refused, Sent, Throttled, Unreachable
from bot.serving import Heard
from bot.settings import SettingsError
from bot.wording.catalogues import translations
from bot.wording.labels import commands
from model import library
from storage import addresses
from storage.database import Database

# Without it python-telegram-bot warns that `retry_after` will be a timedelta; with it, it is one already.
os.environ.setdefault("PTB_TIMEDELTA", "true")

NAME = "telegram"
POLL_SECONDS = 25
"""How long one poll waits for updates; a network in between may cut off longer ones."""
LONGEST_PAUSE = 30.0
"""Seconds between polls while Telegram does not answer."""
NAME_SECONDS = 3.0
"""How long the command line waits to learn the bot's name."""

_log = logging.getLogger(__name__)


def _bot(token: str, url: str) -> Bot:
    """A bot at the public address or at a server of one's own; the API's and the files' addresses follow it."""
    base = url.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, read_timeout=15, write_timeout=30, media_write_timeout=60),
        get_updates_request=UpdatesRequest(connection_pool_size=1, read_timeout=10),
    )


async def bot_name(token: str, url: str) -> str | None:
    """What Telegram calls the bot; None where Telegram cannot be asked."""
    bot = _bot(token, url)
    try:
        async with asyncio.timeout(NAME_SECONDS):
            return (await bot.get_me()).username
    except (TelegramError, TimeoutError):
        return None
    finally:
        await bot.shutdown()


class Telegram:
    """The channel: hears what people send, and says messages in their chats."""

    name = NAME
    alone = True
    """A bot has one poller."""

    def __init__(self, token: str, url: str) -> None:
        self._bot = _bot(token, url)
        self._pace = Pace()
        self._answering: set[asyncio.Task[None]] = set()

    async def run(self, database: Database, heard: Heard) -> None:
        """Introduces itself, then polls until cancelled. Raises SettingsError for a token Telegram does not know."""
        await self._introduce(database)
        offset, pause = None, 1.0
        while True:
            try:
                updates = await self._bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED)
                pause = 1.0
            except RetryAfter as error:
                await asyncio.sleep(seconds(error))
                continue
            except TelegramError as error:
                reason = "another process polls for this bot" if isinstance(error, Conflict) else error.message
                _log.warning("Telegram cannot be polled (%s); trying again in %.0f s", reason, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            await self._hear(updates, heard)
            if updates:
                offset = updates[-1].update_id + 1

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """See `Channel.send`. A picture or a document is always a new message."""
        if message.is_empty:
            return Sent("")
        wait = self._pace.wait(chat)
        if wait > 0:
            return Throttled(wait)
        try:
            return await self._send(int(chat), message, replaces)
        except RetryAfter as error:
            return Throttled(seconds(error))
        except (Forbidden, ChatMigrated) as error:
            return Gone(error.message)
        except BadRequest as error:  # a NetworkError to the library, but our fault: test for it first
            return Gone(error.message) if "chat not found" in error.message.lower() else Refused(error.message)
        except NetworkError as error:
            return Unreachable(type(error).__name__)
        except TelegramError as error:
            return Refused(error.message)

    async def fetch(self, reference: str) -> FetchOutcome:
        """See `Source.fetch`."""
        return await fetched(self._bot, reference)

    def routes(self, database: Database, heard: Heard) -> Sequence[BaseRoute]:  # noqa: ARG002  # the seam's own
        """See `Platform.routes`."""
        return ()

    async def close(self) -> None:
        """Finishes what is being answered, and hangs up."""
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._bot.shutdown()

    async def _introduce(self, database: Database) -> None:
        """Learns the bot's name, makes polling possible, and sets the command menu in every language."""
        pause = 1.0
        while True:
            try:
                await self._bot.initialize()
                await self._bot.delete_webhook()
                await self._set_menu()
                break
            except InvalidToken as error:
                raise SettingsError("MATURITYBOT_TELEGRAM_TOKEN: Telegram does not know this token.") from error
            except TelegramError as error:
                _log.warning("Telegram does not answer (%s); trying again in %.0f s", error.message, pause)
                await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        username = self._bot.username
        await kept(database, lambda tx: addresses.name_bot(tx, NAME, username))
        _log.info("Serving @%s on Telegram", username)

    async def _set_menu(self) -> None:
        for language in library.instrument(*library.DEFAULT).languages:
            menu = [BotCommand(name, text) for name, text in commands(translations(language).gettext).items()]
            await self._bot.set_my_commands(menu, language_code=None if language == "en" else language)

    async def _hear(self, updates: Iterable[Update], heard: Heard) -> None:
        """Hears a batch: chats side by side, each chat's updates one after the other. Durable when it returns."""
        by_chat = groupby(sorted(updates, key=_chat), key=_chat)
        await asyncio.gather(*(self._hear_in_order(list(of_chat), heard) for _, of_chat in by_chat))

    async def _hear_in_order(self, updates: list[Update], heard: Heard) -> None:
        for update in updates:
            told = ""
            inbound = understand(update, self._bot.id, self._bot.username)
            if inbound is not None:
                told = await heard(inbound) or ""
            if update.callback_query is not None:
                # Only now: the button stops spinning because the answer is kept.
                task = asyncio.create_task(self._stop_spinning(update.callback_query.id, told))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _stop_spinning(self, query: str, told: str) -> None:
        with contextlib.suppress(TelegramError):  # too late, or unreachable: the button stops by itself
            await self._bot.answer_callback_query(query, cut(told, TOAST) or None)

    async def _send(self, chat: int, message: Message, replaces: str | None) -> Outcome:
        keyboard = _keyboard(message)
        if message.picture is not None:
            photo = await self._bot.send_photo(
                chat,
                message.picture.png,
                filename=f"{message.picture.name}.png",
                caption=as_caption(message),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
            return Sent(str(photo.message_id))
        if message.document is not None:
            paper = await self._bot.send_document(
                chat,
                message.document.content,
                filename=message.document.name,
                caption=as_caption(message),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
            return Sent(str(paper.message_id))
        if replaces and await self._edit(chat, message, int(replaces), keyboard):
            return Sent(replaces)
        sent = await self._bot.send_message(
            chat,
            as_text(message),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return Sent(str(sent.message_id))

    async def _edit(self, chat: int, message: Message, replaces: int, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message could be replaced, or already looks like this."""
        try:
            await self._bot.edit_message_text(
                as_text(message),
                chat,
                replaces,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return True
            if "message to edit not found" in error.message.lower() or "can't be edited" in error.message.lower():
                return False
            raise
        return True


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(b.label, callback_data=b.event) for b in row] for row in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _chat(update: Update) -> int:
    return place(update)[1]
