"""Telegram calls us: where, with which secret, and what it is told. 200 means kept; 503 means come again."""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.reading import Raw, read

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/webhook"
"""Where Telegram calls if the public address has no path of its own."""
LONGEST = 20.0
"""Seconds until Telegram is asked to come again: long before it would hang up, and no connection is held for ever
while the store is away."""

_log = logging.getLogger(__name__)

Hears = Callable[[Raw], Awaitable[None]]
"""Hears an update; it is durable when this returns."""


class Webhook(msgspec.Struct, frozen=True):
    """The public address that Telegram calls, and the secret that it shows."""

    url: str
    secret: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def path(self) -> str:
        """The address's path, which a proxy in between must leave as it is."""
        found = urlsplit(self.url).path
        return found if found.strip("/") else PATH

    @property
    def address(self) -> str:
        """The whole address, with a path."""
        return urlsplit(self.url)._replace(path=self.path).geturl()

    def route(self, hears: Hears) -> Route:
        """Where it is called."""

        async def called(request: Request) -> Response:
            return await self._called(request, hears)

        return Route(self.path, called, methods=["POST"])

    async def _called(self, request: Request, hears: Hears) -> Response:
        shown = request.headers.get(HEADER, "")
        if not hmac.compare_digest(shown.encode(), self.secret.encode()):
            return PlainTextResponse("Not for you.\n", 403)
        try:
            update = read(await request.body())
        except ClientDisconnect:
            return PlainTextResponse("", 400)  # nobody is there to read it; Telegram comes again
        if update is None:
            # It will not be readable the next time either, and Telegram would repeat it for a day.
            _log.error("Telegram sent something that is no update")
            return PlainTextResponse("")
        try:
            async with asyncio.timeout(LONGEST):
                await hears(update)
        except TimeoutError:
            return PlainTextResponse("Not now.\n", 503)
        return PlainTextResponse("")
