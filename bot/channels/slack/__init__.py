"""Slack, over a socket of ours or by signed requests: acknowledged only once the turn is durable."""

import asyncio
import logging
from collections.abc import Sequence

import aiohttp
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.pace import Pace
from bot.channels.slack import installing, places
from bot.channels.slack.files import fetched
from bot.channels.slack.hearing import Ears
from bot.channels.slack.homes import Homes
from bot.channels.slack.listening import bolt
from bot.channels.slack.parsing import NAME
from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.channels.slack.rotation import TokenError
from bot.channels.slack.sockets import listen
from bot.channels.slack.tokens import DEAD, Tokens
from bot.conversation import Clock
from bot.messages import FetchOutcome, Gone, Message, Outcome, Postponed, Sent, Throttled, Unreachable
from bot.serving import Heard
from bot.settings import Settings, SettingsError
from storage.database import Database

EVENTS = "/slack/events"
"""One path for events, commands and all that is pressed or filled in."""
PATIENCE = 15
"""Seconds that Slack may take for an answer: less than a delivery is ours."""
REACHED = 5
"""Seconds in which Slack can be reached at all: what was not even said may be said again."""
A_SECOND, AT_ONCE, ALL_A_SECOND = 1.0, 5.0, 50.0
"""Messages a second in a conversation, how many may follow at once, and in all: each workspace has its own limit."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while Slack does not answer."""
LARGEST_BODY = 2_000_000
"""Bytes of a request that are read before its signature is known to be Slack's."""

_log = logging.getLogger(__name__)


class Slack:
    """The channel: hears what people do, and says messages where they are."""

    name = NAME
    alone = False
    """Several processes may serve an app: Slack gives each payload to one of them."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE, sock_connect=REACHED))
        # The library's own retries would say a message twice that arrived the first time.
        self._client = AsyncWebClient(
            base_url=settings.slack_api_url.rstrip("/") + "/", session=self._session, retry_handlers=[]
        )
        self._tokens = Tokens(database, settings, clock)
        self._post = Post(self._client, self._session)
        self._people = People(self._client)
        self._homes = Homes(database, clock, self._client, self._tokens, self._people)
        self._pace = Pace(lambda _: (A_SECOND, AT_ONCE), ALL_A_SECOND)
        self._app: AsyncApp | None = None

    async def run(self, database: Database, heard: Heard) -> None:
        """See `Platform.run`: over a socket where there is an app token; else Slack comes to us."""
        await self._known()
        app_token = self._settings.slack_app_token
        if app_token is None:
            _log.info("Serving Slack at %s", EVENTS)
            return await self._homes.run()
        _log.info("Serving Slack over a socket")
        keeping = asyncio.ensure_future(self._homes.run())
        try:
            await listen(self._bolt(database, heard), app_token.get_secret_value(), self._client)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    def routes(self, database: Database, heard: Heard) -> Sequence[BaseRoute]:
        """See `Platform.routes`: where Slack calls us, and where workspaces install the bot."""
        pages = installing.routes(database, self._settings, self._tokens, self._clock)
        if self._settings.slack_signing_secret is None:
            return pages
        handler = AsyncSlackRequestHandler(self._bolt(database, heard))

        async def events(request: Request) -> Response:
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > LARGEST_BODY:
                    return PlainTextResponse("too large\n", 413)
            try:
                return await handler.handle(_read(request, body))
            except UnicodeDecodeError:
                return PlainTextResponse("not UTF-8\n", 400)

        return [Route(EVENTS, events, methods=["POST"]), *pages]

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """See `Channel.send`."""
        if message.is_empty:
            return Sent("")
        place = places.read(chat)
        wait = self._pace.wait(chat_of(place))
        if wait > 0:
            return Throttled(wait)
        try:
            outcome = await self._send(place, message, replaces)
        except TokenError as error:
            return Unreachable(str(error))
        if isinstance(outcome, Throttled):  # about this chat, whatever else is owed there
            self._pace.rest(chat_of(place), outcome.seconds)
        return outcome

    async def fetch(self, reference: str) -> FetchOutcome:
        """See `Source.fetch`; a reference is workspace/file."""
        workspace, _, file = reference.partition("/")
        try:
            token = await self._tokens.of(workspace)
        except TokenError as error:
            return Unreachable(str(error))
        return await fetched(self._client, self._session, token.token, file) if token else None

    async def close(self) -> None:
        """See `Platform.close`."""
        await self._tokens.close()
        await self._session.close()

    async def _known(self) -> None:
        """Returns once Slack knows the token that is set. Raises SettingsError for one that it does not."""
        pause = 1.0
        while self._settings.slack_bot_token is not None:
            try:
                own = await self._tokens.own()
            except TokenError as error:
                _log.warning("%s; trying again in %.0f s", error, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if own is None:
                raise SettingsError("MATURITYBOT_SLACK_BOT_TOKEN: Slack does not know this token.")
            break

    async def _send(self, place: Place, message: Message, replaces: str | None) -> Outcome:
        token = await self._tokens.of(place.workspace)
        if token is None and self._tokens.is_set_for(place.workspace):
            return Unreachable("Slack refuses the token that is set")
        if token is None:
            return Gone("the app is not installed there")
        if message.unasked and not place.channel:
            seconds = await self._people.undisturbed(token.token, place.person, self._clock())
            if seconds > 0:
                return Postponed(seconds)
        outcome = await self._post.send(token.token, place, message, replaces)
        if not (isinstance(outcome, Unreachable) and outcome.reason in DEAD):
            return outcome
        other = await self._tokens.instead(place.workspace, token)
        return await self._post.send(other.token, place, message, replaces) if other else outcome

    def _bolt(self, database: Database, heard: Heard) -> AsyncApp:
        if self._app is None:
            ears = Ears(database, heard, self._clock, self._client, self._post, self._tokens, self._people, self._homes)
            secret = self._settings.slack_signing_secret
            self._app = bolt(ears, self._tokens, self._client, secret.get_secret_value() if secret else "")
        return self._app


def chat_of(place: Place) -> str:
    """The conversation whose pace a message keeps; two workspaces may have a user of the same id."""
    return f"{place.workspace}:{place.channel or place.user}"


def _read(request: Request, body: bytes) -> Request:
    """A request whose body is already here."""

    async def told() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, told)
