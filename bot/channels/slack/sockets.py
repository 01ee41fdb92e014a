"""Socket Mode: Slack's events over a connection that we open, watched, as it can go silent without closing."""

import asyncio
import logging
import time

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.channels.slack.outcomes import error_of
from bot.settings import SettingsError

SILENT = 40.0
"""Seconds without a word from Slack, which asks every few whether we are there, until the connection is replaced."""
GREETED = 10.0
"""Seconds in which Slack says hello on a new one: an address for a socket works once, and soon or never."""
LOOK = 1.0
"""Seconds between looks at it."""
PING = 5.0
"""Seconds between our own pings; the library gives a connection up that leaves four of them unanswered."""
WRONG = frozenset({"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "account_inactive"})
"""What Slack says of a token that will never open a socket."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while Slack does not answer."""

_log = logging.getLogger(__name__)
_library = logging.getLogger(f"{__name__}.sdk")
_library.setLevel(logging.CRITICAL)  # it tells each failed try with a traceback; we tell it in a line


class _Watched(aiohttp.ClientWebSocketResponse):
    """A connection that knows when Slack last said something of its own accord; an answer to our ping is not that."""

    heard_at: float | None = None

    @override
    async def receive(self, timeout: float | None = None) -> aiohttp.WSMessage:  # the library's own
        message = await super().receive(timeout)
        if message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.PING}:
            self.heard_at = time.monotonic()
        return message


async def listen(app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
    """Hears Slack until cancelled. Raises SettingsError for a token it does not know."""
    while True:
        address = await _address(client, app_token)
        handler = AsyncSocketModeHandler(app, app_token, logger=_library, web_client=client, ping_interval=PING)
        socket = handler.client
        await socket.aiohttp_client_session.close()
        socket.aiohttp_client_session = aiohttp.ClientSession(ws_response_class=_Watched)
        socket.wss_uri = address
        connecting = asyncio.ensure_future(socket.connect())  # type: ignore[no-untyped-call]
        try:
            await _until_silent(socket)
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
            await handler.close_async()  # type: ignore[no-untyped-call]
        _log.warning("Slack's socket is silent; opening another")


async def _until_silent(socket: SocketModeClient) -> None:
    """Returns once nothing has come for too long, on whichever connection there is now."""
    since, last = time.monotonic(), None
    while True:
        await asyncio.sleep(LOOK)
        now, session = time.monotonic(), socket.current_session
        if session is not last:
            since, last = now, session
        heard = session.heard_at if isinstance(session, _Watched) else None
        if now - (heard or since) > (SILENT if heard else GREETED):
            return


async def _address(client: AsyncWebClient, app_token: str) -> str:
    """Where a socket may be opened, once; while Slack does not answer it is asked again."""
    pause = 1.0
    while True:
        try:
            return str((await client.apps_connections_open(app_token=app_token))["url"])
        except SlackApiError as error:
            if error_of(error) in WRONG:
                raise SettingsError("MATURITYBOT_SLACK_APP_TOKEN: Slack does not know this token.") from error
            reason = error_of(error) or "no answer"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = type(error).__name__
        _log.warning("Slack's socket cannot be opened (%s); trying again in %.0f s", reason, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
