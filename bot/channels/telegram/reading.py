"""How updates are read from Telegram's bytes: a tap brings its whole card along, of which two numbers are needed.

Measured: four fifths of what reading an answer costs, and a third of the whole answer.
"""

import ssl
from collections.abc import Sequence
from functools import cache
from typing import Any

import httpx
import msgspec
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest
from typing_extensions import override

from bot.channels.telegram import limits

CARD = "card"
"""Where a tap has what is needed of its card: in the library's `api_kwargs`, as all that it does not know."""
READ_SECONDS = 10.0
"""How much longer than it was asked to a poll may take."""

Raw = dict[str, Any]
"""An update as plain values."""


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe to be Telegram: read once, not for each of a bot's two connections."""
    return httpx.create_ssl_context()


class Request(HTTPXRequest):
    """python-telegram-bot's request, with a reader that keeps what it cannot read to itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, httpx_kwargs={"verify": _trust()})

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as plain values. Raises TelegramError."""
        try:
            answer: dict[str, Any] = msgspec.json.decode(payload, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError):
            # Without a word of it: the library's own reader would log the whole.
            raise TelegramError("Invalid server response") from None
        if answer.get("ok") and "result" not in answer:
            raise TelegramError("Invalid server response")
        return answer


class UpdatesRequest(Request):
    """The one for getUpdates, which makes taps lighter."""

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as plain values; a tap with its card's number and chat (`CARD`) instead of the whole card."""
        answer = Request.parse_json_payload(payload)
        result = answer.get("result")
        for update in result if isinstance(result, list) else ():
            lighten(update)
        return answer


class Poller(Bot):
    """A bot that hands out updates as plain values: one that cannot be understood leaves the others readable."""

    async def updates(self, offset: int | None, wait: int, kinds: Sequence[str]) -> list[Raw]:
        """The updates from `offset` on, after `wait` seconds at the most."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(kinds), "limit": limits.UPDATES}
        found: list[Raw] = await self._post("getUpdates", asked, read_timeout=wait + READ_SECONDS)
        return found


def read(payload: bytes) -> Raw | None:
    """The update that a webhook was told; None where it is none."""
    try:
        update: Raw = msgspec.json.decode(payload, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not isinstance(update.get("update_id"), int):
        return None
    lighten(update)
    return update


def lighten(update: Raw) -> None:
    """Takes the card out of a tap, but for its number and chat."""
    tap = update.get("callback_query")
    if tap and "message" in tap:
        card = tap.pop("message")
        tap[CARD] = {"message": card["message_id"], "chat": card["chat"]["id"], "type": card["chat"]["type"]}
