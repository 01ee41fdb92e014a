"""Telegram's pace: about a message a second in a chat, thirty in all; twenty quick edits lock a chat for minutes."""

import time
from collections.abc import Callable

CHAT_A_SECOND = 1.0
CHAT_AT_ONCE = 4.0
"""Messages that may follow at once: what a turn says. More would follow each of many quick taps, one by one."""
GROUP_A_SECOND = 0.25
GROUP_AT_ONCE = 5.0
"""In a group twenty a minute are allowed: so many at once, and fifteen more in the minute after."""
ALL_A_SECOND = 28.0
_FORGET = 1_000
"""Chats remembered at the most before the idle ones are let go."""


class Pace:
    """How long to wait before the next message; a bucket for each chat and one for all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._chats: dict[str, tuple[float, float]] = {}
        self._all = (ALL_A_SECOND, clock())

    def wait(self, chat: str) -> float:
        """Seconds to wait before writing to a chat; 0 takes the place, to be used at once."""
        now = self._clock()
        a_second, at_once = _allowed(chat)
        everyone = _filled(self._all, ALL_A_SECOND, ALL_A_SECOND, now)
        here = _filled(self._chats.get(chat, (at_once, now)), a_second, at_once, now)
        short = max((1 - here) / a_second, (1 - everyone) / ALL_A_SECOND)
        if short > 0:
            return short
        self._all = (everyone - 1, now)
        self._chats[chat] = (here - 1, now)
        if len(self._chats) > _FORGET:
            self._chats = {name: bucket for name, bucket in self._chats.items() if not _is_full(name, bucket, now)}
        return 0.0

    def rest(self, chat: str, seconds: float) -> None:
        """Telegram wants this chat left alone for so long; then one message may be sent."""
        a_second, _ = _allowed(chat)
        self._chats[chat] = (1 - seconds * a_second, self._clock())


def _allowed(chat: str) -> tuple[float, float]:
    """Messages a second, and at once: a group's id is negative."""
    return (GROUP_A_SECOND, GROUP_AT_ONCE) if chat.startswith("-") else (CHAT_A_SECOND, CHAT_AT_ONCE)


def _is_full(chat: str, bucket: tuple[float, float], now: float) -> bool:
    a_second, at_once = _allowed(chat)
    return _filled(bucket, a_second, at_once, now) >= at_once


def _filled(bucket: tuple[float, float], a_second: float, most: float, now: float) -> float:
    left, since = bucket
    return min(most, left + (now - since) * a_second)
