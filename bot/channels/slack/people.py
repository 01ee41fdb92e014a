"""What Slack tells of people: name, language, time zone, and whether they want to be left alone now."""

import asyncio
import contextlib
import time
from collections import OrderedDict
from datetime import datetime

import aiohttp
import msgspec
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

PATIENCE = 1.2
"""Seconds that a profile may take: whoever acted waits for it, and Slack gives us three in all."""
SILENT = 10.0
"""Seconds for which nobody is looked up after Slack has not told in time."""
REMEMBERED = 5_000
"""Profiles kept in memory; whoever is forgotten is looked up again."""
NEVER_WORKS = (SlackClientError, aiohttp.ClientError, TimeoutError, asyncio.TimeoutError, OSError)


class Profile(msgspec.Struct, frozen=True):
    """A person: name, two-letter language, IANA time zone; "" where it is not known."""

    name: str = ""
    language: str = ""
    timezone: str = ""


class People:
    """Looks people up, each once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._silent_until = 0.0
        self._known: OrderedDict[str, Profile] = OrderedDict()

    async def profile(self, token: str, chat: str) -> Profile:
        """Who somebody is; nothing where Slack does not tell in time, as it only serves to greet them well."""
        found = self._known.get(chat)
        if found is not None:
            return found
        if time.monotonic() < self._silent_until:
            return Profile()
        try:
            async with asyncio.timeout(PATIENCE):
                told = await self._client.users_info(user=chat.partition(":")[2], include_locale=True, token=token)
        except SlackClientError:
            return Profile()
        except NEVER_WORKS:
            # Whoever acts next must not wait for it again: what one person did is heard one after the other.
            self._silent_until = time.monotonic() + SILENT
            return Profile()
        user = told.get("user") or {}
        shown = user.get("profile") or {}
        name = shown.get("display_name") or shown.get("real_name") or user.get("real_name") or user.get("name") or ""
        profile = Profile(name, (user.get("locale") or "")[:2].lower(), user.get("tz") or "")
        self._known[chat] = profile
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return profile

    async def undisturbed(self, token: str, chat: str, now: datetime) -> float:
        """Seconds for which somebody does not want to be disturbed; 0 where they may be, or Slack does not tell."""
        told: dict[str, float] = {}
        with contextlib.suppress(*NEVER_WORKS):
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.dnd_info(user=chat.partition(":")[2], token=token)
            told = answer.data if isinstance(answer.data, dict) else {}
        at = now.timestamp()
        until = float(told.get("snooze_endtime") or 0) if told.get("snooze_enabled") else 0.0
        if told.get("dnd_enabled") and (told.get("next_dnd_start_ts") or 0) <= at:
            until = max(until, float(told.get("next_dnd_end_ts") or 0))
        return max(until - at, 0.0)
