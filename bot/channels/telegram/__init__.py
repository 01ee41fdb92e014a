"""Telegram, by polling or by webhook: an update is confirmed only once its turn is durable."""

import asyncio
import logging
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from starlette.routing import BaseRoute
from telegram import WebhookInfo
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import limits, pace
from bot.channels.telegram.files import fetched, seconds
from bot.channels.telegram.hearing import Ears
from bot.channels.telegram.menu import set_menus
from bot.channels.telegram.outcomes import in_short
from bot.channels.telegram.parsing import ALLOWED, NAME
from bot.channels.telegram.reading import READ_SECONDS, Poller, Raw, Request, UpdatesRequest
from bot.channels.telegram.sending import say
from bot.channels.telegram.webhook import Webhook
from bot.durable import kept_at_last
from bot.messages import FetchOutcome, Message, Outcome, Sent, Throttled
from bot.serving import Heard
from bot.settings import SettingsError
from storage import addresses
from storage.database import Database

__all__ = ["NAME", "Telegram", "Webhook", "bot_name"]

# Without it python-telegram-bot warns that `retry_after` will be a timedelta; with it, it is one already.
os.environ.setdefault("PTB_TIMEDELTA", "true")

POLL_SECONDS = 25
"""How long one poll waits for updates; a network in between may cut off longer ones."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while Telegram does not answer."""
NAME_SECONDS = 3.0
"""How long the command line waits to learn the bot's name."""
LOOK = 300.0
"""Seconds between two looks whether Telegram still calls us."""
_TOKEN = "MATURITYBOT_TELEGRAM_TOKEN: Telegram does not know this token."  # noqa: S105  # a sentence, no token

_log = logging.getLogger(__name__)


def _bot(token: str, url: str) -> Poller:
    """A bot at the public address or at a server of one's own; the API's and the files' addresses follow it."""
    base = url.rstrip("/")
    return Poller(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=Request(connection_pool_size=32, read_timeout=15, write_timeout=30, media_write_timeout=60),
        get_updates_request=UpdatesRequest(connection_pool_size=1, read_timeout=READ_SECONDS),
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

    def __init__(self, token: str, url: str, webhook: Webhook | None = None) -> None:
        self._bot = _bot(token, url)
        self._webhook = webhook
        self._pace = pace.fresh()
        self._ears = Ears(self._bot)
        self._introduced = asyncio.Event()
        self._menus: asyncio.Future[None] | None = None
        self.alone = webhook is None
        """A bot has one poller; calls can be taken by several processes behind one address."""

    async def run(self, database: Database, heard: Heard) -> None:
        """Introduces itself, then hears until cancelled. Raises SettingsError for a token Telegram does not know."""
        await self._introduce(database)
        await (self._poll(heard) if self._webhook is None else self._be_called(self._webhook))

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """See `Channel.send`. A picture or a document is always a new message."""
        if message.is_empty:
            return Sent("")
        wait = self._pace.wait(chat)
        if wait > 0:
            return Throttled(wait)
        outcome = await say(self._bot, int(chat), message, replaces)
        if isinstance(outcome, Throttled):
            self._pace.rest(chat, outcome.seconds)
        return outcome

    async def fetch(self, reference: str) -> FetchOutcome:
        """See `Source.fetch`."""
        return await fetched(self._bot, reference)

    def routes(self, database: Database, heard: Heard) -> Sequence[BaseRoute]:  # noqa: ARG002  # the seam's own
        """See `Platform.routes`."""

        async def hears(update: Raw) -> None:
            await self._introduced.wait()  # what Telegram knew of us before: who we are is not asked yet
            await self._ears.hear(update, heard)

        return () if self._webhook is None else (self._webhook.route(hears),)

    async def close(self) -> None:
        """Finishes what is being answered, and hangs up."""
        if self._menus is not None:
            self._menus.cancel()
            await asyncio.gather(self._menus, return_exceptions=True)
        await self._ears.close()
        await self._bot.shutdown()

    async def _introduce(self, database: Database) -> None:
        """Learns the bot's name, tells Telegram how it is to be reached, and sets the menus."""
        pause = 1.0
        while True:
            try:
                await self._bot.initialize()
                self._introduced.set()
                await self._choose_way()
                break
            except InvalidToken as error:
                raise SettingsError(_TOKEN) from error
            except TelegramError as error:
                _log.warning("Telegram does not answer (%s); trying again in %.0f s", in_short(error), pause)
                await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._menus = asyncio.ensure_future(set_menus(self._bot))  # nobody has to wait for these
        username = self._bot.username
        await kept_at_last(database, lambda tx: addresses.name_bot(tx, NAME, username))
        _log.info("Serving @%s on Telegram by %s", username, "polling" if self._webhook is None else "webhook")

    async def _choose_way(self) -> None:
        if self._webhook is None:
            await self._bot.delete_webhook()
            return
        await self._bot.set_webhook(
            self._webhook.address,
            secret_token=self._webhook.secret,
            allowed_updates=ALLOWED,
            max_connections=limits.CONNECTIONS,
        )

    async def _poll(self, heard: Heard) -> None:
        """Asks for updates until cancelled."""
        offset, pause = None, 1.0
        while True:
            try:
                updates = await self._bot.updates(offset, POLL_SECONDS, ALLOWED)
                pause = 1.0
            except RetryAfter as error:
                await asyncio.sleep(seconds(error))
                continue
            except InvalidToken as error:  # it was taken back meanwhile
                raise SettingsError(_TOKEN) from error
            except TelegramError as error:
                reason = "another process polls for this bot" if isinstance(error, Conflict) else in_short(error)
                _log.warning("Telegram cannot be polled (%s); trying again in %.0f s", reason, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            await self._ears.hear_all(updates, heard)
            if updates:
                offset = updates[-1]["update_id"] + 1

    async def _be_called(self, webhook: Webhook) -> None:
        """Looks now and then whether Telegram still calls us, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                found = await self._bot.get_webhook_info()
                if found.url != webhook.address:
                    _log.warning("Telegram was told to call another address; it is told ours again")
                    await self._choose_way()
                elif (trouble := _trouble(found)) is not None:
                    _log.warning("Telegram could not reach us lately: %s", trouble)
            except InvalidToken as error:
                raise SettingsError(_TOKEN) from error
            except TelegramError as error:
                _log.warning("Telegram does not answer (%s); looking again in %.0f s", in_short(error), LOOK)


def _trouble(found: WebhookInfo) -> str | None:
    """What went wrong since the last look, in Telegram's words."""
    at = found.last_error_date
    return found.last_error_message if at and at > datetime.now(UTC) - timedelta(seconds=LOOK) else None
