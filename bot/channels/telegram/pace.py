"""Telegram's pace: about a message a second in a chat, thirty in all; twenty quick edits lock a chat for minutes."""

import time
from collections.abc import Callable

CHAT_A_SECOND = 1.0
CHAT_AT_ONCE = 10.0
"""Messages that may follow at once, well below what locks a chat; a person answers more slowly than one a second."""
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
        everyone = _filled(self._all, ALL_A_SECOND, ALL_A_SECOND, now)
        here = _filled(self._chats.get(chat, (CHAT_AT_ONCE, now)), CHAT_A_SECOND, CHAT_AT_ONCE, now)
        short = max((1 - here) / CHAT_A_SECOND, (1 - everyone) / ALL_A_SECOND)
        if short > 0:
            return short
        self._all = (everyone - 1, now)
        self._chats[chat] = (here - 1, now)
        if len(self._chats) > _FORGET:
            recent = now - CHAT_AT_ONCE / CHAT_A_SECOND
            self._chats = {name: bucket for name, bucket in self._chats.items() if bucket[1] > recent}
        return 0.0


def _filled(bucket: tuple[float, float], a_second: float, most: float, now: float) -> float:
    left, since = bucket
    return min(most, left + (now - since) * a_second)
