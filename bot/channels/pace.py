"""How fast a platform may be written to: a bucket for each chat, and one for all of them together."""

import time
from collections.abc import Callable

_FORGET = 1_000
"""Chats remembered at the most before the idle ones are let go."""


class Pace:
    """How long to wait before the next message: so many a second, of which some may follow at once."""

    def __init__(
        self, a_second: float, at_once: float, all_a_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._a_second, self._at_once, self._all_a_second, self._clock = a_second, at_once, all_a_second, clock
        self._chats: dict[str, tuple[float, float]] = {}
        self._all = (all_a_second, clock())

    def wait(self, chat: str) -> float:
        """Seconds to wait before writing to a chat; 0 takes the place, to be used at once."""
        now = self._clock()
        everyone = _filled(self._all, self._all_a_second, self._all_a_second, now)
        here = _filled(self._chats.get(chat, (self._at_once, now)), self._a_second, self._at_once, now)
        short = max((1 - here) / self._a_second, (1 - everyone) / self._all_a_second)
        if short > 0:
            return short
        self._all = (everyone - 1, now)
        self._chats[chat] = (here - 1, now)
        if len(self._chats) > _FORGET:
            recent = now - self._at_once / self._a_second
            self._chats = {name: bucket for name, bucket in self._chats.items() if bucket[1] > recent}
        return 0.0


def _filled(bucket: tuple[float, float], a_second: float, most: float, now: float) -> float:
    left, since = bucket
    return min(most, left + (now - since) * a_second)
