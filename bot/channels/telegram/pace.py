"""Telegram's pace: about a message a second in a chat, thirty in all; twenty quick edits lock a chat for minutes."""

import time
from collections.abc import Callable

from bot.channels.pace import Pace

CHAT_A_SECOND = 1.0
CHAT_AT_ONCE = 4.0
"""Messages that may follow at once: what a turn says. More would follow each of many quick taps, one by one."""
GROUP_A_SECOND = 0.25
GROUP_AT_ONCE = 5.0
"""In a group twenty a minute are allowed: so many at once, and fifteen more in the minute after."""
ALL_A_SECOND = 28.0


def fresh(clock: Callable[[], float] = time.monotonic) -> Pace:
    """Telegram's pace, from now on."""
    return Pace(_allowed, ALL_A_SECOND, clock)


def _allowed(chat: str) -> tuple[float, float]:
    """Messages a second, and at once: a group's id is negative."""
    return (GROUP_A_SECOND, GROUP_AT_ONCE) if chat.startswith("-") else (CHAT_A_SECOND, CHAT_AT_ONCE)
