"""Somebody's home, in words: who they are here, what is open, what they said, how their city and its team stand.

A channel that has such a place publishes it when it is opened, after a tap in it, and whenever `storage.homes.due`
names it and its digest is another one; `storage.homes.show` notes each time what was read.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence

from bot.conversation import Clock
from bot.home.reading import read
from bot.home.sections import sections
from bot.messages import Message
from storage.database import Database

MOST_BLOCKS = 90
"""Parts of a home, of the hundred that Slack allows; the rest is left to the channel."""


async def home(database: Database, clock: Clock, channel: str, chat: str, language: str = "en") -> tuple[Message, ...]:
    """The sections of a home as it stands; `language` is that of whoever was never heard of. It writes nothing."""
    return await asyncio.to_thread(_home, database, clock, channel, chat, language)


def _home(database: Database, clock: Clock, channel: str, chat: str, language: str) -> tuple[Message, ...]:
    now = clock()
    found = database.read(lambda tx: read(tx, channel, chat, now))
    return _fitting(sections(found, now, language))


def blocks(section: Message) -> int:
    """What a section takes: title, text, note, each row of buttons, and the forms it offers."""
    return sum(map(bool, (section.title, section.body, section.note, section.offers))) + len(section.buttons)


def look(shown: Sequence[Message]) -> str:
    """A digest of all that is seen of a home."""
    return hashlib.blake2b("".join(one.look for one in shown).encode(), digest_size=12).hexdigest()


def _fitting(shown: Iterable[Message]) -> tuple[Message, ...]:
    """As many sections as fit; the most important come first."""
    fitting, taken = [], 0
    for one in shown:
        taken += blocks(one)
        if taken <= MOST_BLOCKS:
            fitting.append(one)
    return tuple(fitting)
