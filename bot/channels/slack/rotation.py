"""Tokens that rotate: a refresh token is exchanged for the next pair, once, however many want it at the same time."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.workspaces import NAME
from bot.conversation import Clock
from bot.durable import kept
from bot.settings import Settings
from storage import installations
from storage.database import Database, UnavailableError
from storage.installations import Installation

REFRESH_AHEAD = timedelta(hours=2)
"""A token that lives 12 hours is exchanged this long before its end, as Slack's own libraries do: many tries."""
LOOKS = (0.0, 0.1, 0.4, 1.0, 2.0)
"""Seconds before each look for the tokens that another process got with the same refresh token, and keeps just now."""
LONGEST_PAUSE = 5.0
"""Seconds between tries to keep new tokens while the store cannot be written."""
USED_UP = frozenset({"account_inactive", "invalid_grant", "invalid_refresh_token", "token_revoked"})
"""What Slack answers to a refresh token that it does not take any more."""

_log = logging.getLogger(__name__)


class TokenError(ConnectionError):
    """Which token is right cannot be learnt just now: Slack does not answer, or not sensibly. It may work later."""


class UsedUpError(TokenError):
    """The refresh token was exchanged before, or taken back, and nobody kept what it gave."""


class Rotation:
    """Exchanges refresh tokens.

    slack_sdk's AsyncTokenRotator makes the same call, but knows neither our clock nor who else may be at it.
    """

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._under_way: dict[str, asyncio.Task[Installation | None]] = {}

    async def fresh(self, found: Installation) -> Installation | None:
        """The installation with a token that lives for a while yet; None where it is gone meanwhile.

        Raises TokenError once its token has ended and cannot be exchanged.
        """
        if found.refresh_token is None or found.expires_at is None:
            return found
        if found.expires_at - self._clock() > REFRESH_AHEAD:
            return found
        try:
            return await self.exchanged(found)
        except TokenError as error:
            _log.warning("The token for %s is not refreshed: %s", found.workspace, error)
            if found.expires_at > self._clock():
                return found
            raise

    async def exchanged(self, found: Installation) -> Installation | None:
        """The installation with its next pair; None where it is gone meanwhile. Raises TokenError."""
        task = self._under_way.get(found.workspace)
        if task is None:
            task = self._under_way[found.workspace] = asyncio.create_task(self._exchange(found))
            task.add_done_callback(lambda done: self._over(found.workspace, done))
        return await asyncio.shield(task)  # who stops waiting does not stop it: the new pair would be lost

    async def close(self) -> None:
        """Waits for what is being exchanged."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _over(self, workspace: str, done: "asyncio.Task[Installation | None]") -> None:
        del self._under_way[workspace]
        if not done.cancelled():
            done.exception()  # whoever waits gets it; where nobody does any more it is not worth a traceback

    async def _exchange(self, found: Installation) -> Installation | None:
        now = await self._find(found.workspace)
        if now is None or now.refresh_token is None or now.refresh_token != found.refresh_token:
            return now  # exchanged, installed again or gone, meanwhile
        used = now.refresh_token
        try:
            after = await self._ask(now)
        except SlackApiError as error:
            if reason(error) in USED_UP:
                return await self._elsewhere(now)
            raise TokenError(f"Slack says {reason(error)}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TokenError(f"Slack cannot be reached ({type(error).__name__})") from None
        return after if await self._keep(after, used) else await self._find(found.workspace)

    async def _ask(self, now: Installation) -> Installation:
        """What Slack gives for a refresh token."""
        secret = self._settings.slack_client_secret or SecretStr("")
        got = await AsyncWebClient(base_url=self._settings.slack_api_url).oauth_v2_access(
            client_id=self._settings.slack_client_id,
            client_secret=secret.get_secret_value(),
            grant_type="refresh_token",
            refresh_token=now.refresh_token,
        )
        return replace(
            now,
            token=got["access_token"],
            refresh_token=got.get("refresh_token"),
            expires_at=lifetime_end(got.get("expires_in"), self._clock()),
        )

    async def _keep(self, after: Installation, used: str) -> bool:
        """Keeps a new pair, however long it takes: nobody gives us another one. False where others kept theirs."""
        pause = 0.1
        while True:
            try:
                return await kept(self._database, lambda tx: installations.replace(tx, NAME, after, used))
            except UnavailableError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _elsewhere(self, before: Installation) -> Installation | None:
        """What another process got for the same refresh token. Raises UsedUpError."""
        for seconds in LOOKS:
            await asyncio.sleep(seconds)
            found = await self._find(before.workspace)
            if found is None or found.refresh_token != before.refresh_token:
                return found
        raise UsedUpError("Slack does not take its refresh token any more")

    async def _find(self, workspace: str) -> Installation | None:
        return await asyncio.to_thread(self._database.read, lambda tx: installations.find(tx, NAME, workspace))


def reason(error: SlackApiError) -> str:
    """What Slack says is wrong, in its own short word; the number of the answer where it says nothing."""
    told = getattr(error.response, "data", None)
    word = told.get("error") if isinstance(told, dict) else None
    return str(word or getattr(error.response, "status_code", None) or getattr(error.response, "status", "no answer"))


def lifetime_end(seconds: object, now: datetime) -> datetime | None:
    """When a token ends that was given now for so many seconds; None for one that does not."""
    return now + timedelta(seconds=int(str(seconds))) if seconds else None
