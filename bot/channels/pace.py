"""How fast a platform may be written to: a bucket for each chat, and one for all of them together."""

import time
from collections.abc import Callable

_FORGET = 1_000
"""Chats remembered at the most before the idle ones are let go."""

Allowed = Callable[[str], tuple[float, float]]
"""How many messages a second a chat takes, and how many of them at once."""


class Pace:
    """How long to wait before the next message; a bucket for each chat and one for all (so many a second)."""

    def __init__(self, allowed: Allowed, in_all: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowed, self._in_all, self._clock = allowed, in_all, clock
        self._chats: dict[str, tuple[float, float]] = {}
        self._all = (in_all, clock())

    def wait(self, chat: str) -> float:
        """Seconds to wait before writing to a chat; 0 takes the place, to be used at once."""
        now = self._clock()
        a_second, at_once = self._allowed(chat)
        everyone = _filled(self._all, self._in_all, self._in_all, now)
        here = _filled(self._chats.get(chat, (at_once, now)), a_second, at_once, now)
        short = max((1 - here) / a_second, (1 - everyone) / self._in_all)
        if short > 0:
            return short
        self._all = (everyone - 1, now)
        self._chats[chat] = (here - 1, now)
        if len(self._chats) > _FORGET:
            self._chats = {name: bucket for name, bucket in self._chats.items() if not self._is_full(name, bucket, now)}
        return 0.0

    def rest(self, chat: str, seconds: float) -> None:
        """The platform wants this chat left alone for so long; then one message may be sent."""
        a_second, _ = self._allowed(chat)
        self._chats[chat] = (1 - seconds * a_second, self._clock())

    def _is_full(self, chat: str, bucket: tuple[float, float], now: float) -> bool:
        a_second, at_once = self._allowed(chat)
        return _filled(bucket, a_second, at_once, now) >= at_once


def _filled(bucket: tuple[float, float], a_second: float, most: float, now: float) -> float:
    left, since = bucket
    return min(most, left + (now - since) * a_second)
