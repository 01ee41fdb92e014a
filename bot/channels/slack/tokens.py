"""Whose token speaks in a workspace: its installation's, kept fresh by whoever sends, or else the one that is set."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.order import Order
from bot.channels.slack.rotation import Rotation, TokenError, UsedUpError, reason
from bot.channels.slack.workspaces import NAME, uninstalled
from bot.conversation import Clock
from bot.durable import kept
from bot.settings import Settings
from storage import installations
from storage.database import Database, UnavailableError
from storage.installations import Installation

REMEMBERED = timedelta(minutes=1)
"""How long a token is taken from memory: long enough that a message costs no query, short enough to follow others."""
SOON = 0.8
"""Seconds that somebody who acted may wait for it: Slack gives us three in all."""
DEAD = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""What Slack answers to a token that it does not take any more."""


@dataclass(frozen=True)
class Token:
    """A bot's token in a workspace (or in its organisation), and the bot's user there; a log never shows the token."""

    workspace: str
    token: str = field(repr=False)
    bot: str


class Tokens:
    """The tokens of all workspaces: one truth for what comes in and what goes out."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._rotation = Rotation(database, settings, clock)
        self._known: dict[str, tuple[Token, datetime]] = {}
        self._own: Token | None = None
        self._own_is_dead_until: datetime | None = None
        self._home = ""
        self._lines = Order()

    async def of(self, workspace: str) -> Token | None:
        """The token for a workspace; None where nobody wants us there (any more). Raises TokenError.

        Whoever asks first is answered first: what people did is heard in that order.
        """
        async with self._lines.of(workspace):
            return await self._of(workspace)

    async def _of(self, workspace: str) -> Token | None:
        known = self._known.get(workspace)
        if known is not None and self._clock() < known[1]:
            return known[0]
        found = await self._find(workspace)
        if found is not None:
            found = await self._fresh(found)
        if found is None:
            own = await self._own_of(workspace)
            if own is not None:  # what follows at once need not wait, and stays in the order in which it came
                self._known[workspace] = own, self._clock() + REMEMBERED
            return own
        token, until = _token(found), self._clock() + REMEMBERED
        self._known[workspace] = token, min(until, found.expires_at) if found.expires_at else until
        return token

    async def own(self) -> Token | None:
        """The token that is set, with the workspace that Slack says it is of; None where none is set, or it is dead.

        Raises TokenError.
        """
        told = self._settings.slack_bot_token
        is_dead = self._own_is_dead_until is not None and self._clock() < self._own_is_dead_until
        if self._own is None and told is not None and not is_dead:
            self._own = await self._ask(told.get_secret_value())
            self._own_is_dead_until = self._clock() + REMEMBERED
            self._home = self._own.workspace if self._own else self._home
        return self._own

    def is_set_for(self, workspace: str) -> bool:
        """Whether the token that is set may be meant for a workspace, though Slack refuses it: whoever set it mends it.

        To be asked once `of` has found none.
        """
        return self._settings.slack_bot_token is not None and self._own is None and self._home in {"", workspace}

    async def instead(self, workspace: str, refused: Token) -> Token | None:
        """The token to try, once, in place of one that Slack has just refused; None where we are gone from there.

        Raises TokenError.
        """
        self.forget()
        found = await self._find(workspace)
        if found is not None and found.token != refused.token:
            return _token(found)  # another process exchanged it, or it was installed again
        if await self._ask(refused.token) is not None:
            return refused
        if found is not None and found.refresh_token is not None:
            with contextlib.suppress(UsedUpError):
                after = await self._rotation.exchanged(found)
                if after is not None:
                    return _token(after)
        own = await self._own_of(workspace)
        if own is None and (found is not None or not self.is_set_for(workspace)):
            await self.gone(refused.workspace)
        return own

    async def gone(self, workspace: str, told: datetime | None = None) -> None:
        """Notes that a workspace, or organisation, does not want us any more, since `told`.

        Old news come again: what was installed since then stays, if Slack takes its token. So does a token that is
        set, of which nobody knows since when it is. Raises TokenError.
        """
        self.forget()
        if await self._own_of(workspace) is not None:
            return
        await uninstalled(self._database, workspace, self._clock, told)
        found = await self._find(workspace)
        if told is not None and found is not None and await self._ask(found.token) is None:
            # No old news: our clock goes before Slack's.
            await uninstalled(self._database, found.workspace, self._clock)

    async def revoked(self, workspace: str, told: datetime | None = None) -> None:
        """Like `gone`, for news of a token that was taken back: it may be one that was exchanged long since.

        Raises TokenError.
        """
        found = await self._find(workspace)
        if found is None or await self._ask(found.token) is None:
            await self.gone(workspace, told)

    def forget(self) -> None:
        """Lets go of what is in memory: it may have changed."""
        self._known.clear()
        self._own = self._own_is_dead_until = None

    async def serving(self, workspace: str | None, organisation: str | None) -> Token | None:
        """The token with which something that came in is answered. Raises TokenError.

        Slack tells the organisation of what it delivers; from then on the workspace is known to be one of it.
        """
        token = await self.of(workspace) if workspace else None
        if token is not None or not organisation:
            return token
        token = await self.of(organisation)
        if token is not None and workspace:
            await kept(self._database, lambda tx: installations.belong(tx, NAME, workspace, organisation))
        return token

    async def soon(self, workspace: str) -> Token | None:
        """The token for a workspace where it is known in the time of somebody who waits for an answer; else None."""
        try:
            async with asyncio.timeout(SOON):
                return await self.of(workspace)
        except (TokenError, UnavailableError, TimeoutError):
            return None

    async def close(self) -> None:
        """Waits for tokens that are being exchanged: the new ones must not be lost."""
        await self._rotation.close()

    async def _own_of(self, workspace: str) -> Token | None:
        own = await self.own()
        return own if own is not None and own.workspace == workspace else None

    async def _find(self, workspace: str) -> Installation | None:
        return await asyncio.to_thread(self._database.read, lambda tx: installations.find(tx, NAME, workspace))

    async def _fresh(self, found: Installation) -> Installation | None:
        try:
            return await self._rotation.fresh(found)
        except UsedUpError:
            await self.gone(found.workspace)
            return None

    async def _ask(self, token: str) -> Token | None:
        """Whose token this is; None for a dead one. Raises TokenError."""
        try:
            said = await AsyncWebClient(token=token, base_url=self._settings.slack_api_url).auth_test()
        except SlackApiError as error:
            if reason(error) in DEAD:
                return None
            raise TokenError(f"Slack does not say whose token this is ({reason(error)})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TokenError(f"Slack cannot be reached ({type(error).__name__})") from None
        return Token(said["team_id"], token, said["user_id"])


def _token(found: Installation) -> Token:
    return Token(found.workspace, found.token, found.bot)


def authorizing(tokens: Tokens) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """What slack-bolt asks for the token of whoever sent something: `AsyncApp(authorize=authorizing(tokens))`.

    None for where nobody wants us (any more), which slack-bolt allows for, though its types do not.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        try:
            async with asyncio.timeout(SOON):
                token = await tokens.serving(team_id, enterprise_id)
        except (TokenError, UnavailableError, TimeoutError):
            # That it is Slack's is proved otherwise; what was tapped is kept, and answered when Slack answers.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
        if token is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token.token, bot_user_id=token.bot
        )

    return authorize
