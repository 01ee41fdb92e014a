"""A campaign played ahead in virtual time, in a store of its own: who is written to, when, and why."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from bot.conversation.answering import answer_all
from bot.diary import Diary
from bot.messages import Message, Outcome, Sent
from bot.relay import Relay
from flows.prompts import AskSharing, Chart, Notice, Prompt
from flows.prompts.appointments import Deck, MeetingSoon
from flows.prompts.figures import InShort
from flows.prompts.teamwork import Digest, Reminder
from storage import copies, diary, revisions, slots, teams
from storage.copies import Copy
from storage.database import Database, Transaction, write
from storage.opening import open_database
from storage.outbox import Delivery
from storage.sessions import row_of
from storage.waves import Wave

LONGEST = timedelta(days=60)
"""How far a wave without a close is played: all its reminders have come by then."""
_CHANNEL = "rehearsal"


class Said(msgspec.Struct, frozen=True):
    """A message to somebody. `kind` is reminder, digest, close, result, kick_off, wrap_up, slides or a prompt's name.

    `reason` is a reminder's, or how long before a meeting it comes; `about` whom a digest names, or the meeting
    that slides are for.
    """

    at: datetime
    person: str
    department: str
    kind: str
    reason: str = ""
    minutes: int = 0
    left: int = 0
    about: tuple[str, ...] = ()


class _Stage:
    """The clock, and a channel on which nothing is sent: what would be is noted."""

    name = _CHANNEL

    def __init__(self, now: datetime, database: Database) -> None:
        self.at, self._database = now, database
        self.said: list[Said] | None = []

    def clock(self) -> datetime:
        return self.at

    async def word(self, delivery: Delivery) -> Message:
        """Notes what is said of our own accord; how it would be worded matters to nobody."""
        beside = isinstance(delivery.prompt, Chart | AskSharing)  # what comes with the result
        if self.said is not None and not beside:
            who = self._database.read(lambda tx: teams.who(tx, row_of(delivery.session)))
            self.said.append(_said(self.at, *who, delivery.prompt))
        return Message()

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:  # noqa: ARG002  # the seam's own
        return Sent("")


def rehearse(
    copied: Copy, wave: Wave, now: datetime, done: Mapping[int, datetime], tell: Callable[[datetime], None]
) -> tuple[Said, ...]:
    """Every message from now to a wave's close and its city's last meeting, if respondents finish as `done` says.

    `tell` hears of each moment that is played.
    """
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    try:
        url = f"sqlite:///{folder / 'store.sqlite3'}"
        revisions.upgrade(url)
        database = open_database(url)
        try:
            return asyncio.run(_played(database, copied, wave, now, done, tell))
        finally:
            database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _played(
    database: Database,
    copied: Copy,
    wave: Wave,
    now: datetime,
    done: Mapping[int, datetime],
    tell: Callable[[datetime], None],
) -> tuple[Said, ...]:
    write(database, lambda tx: copies.put(tx, copied, _CHANNEL))
    mates = database.read(lambda tx: teams.mates(tx, wave.id))
    stage = _Stage(now, database)
    relay = Relay(database, stage, stage.word, stage.clock)
    meetings = database.read(lambda tx: [one.starts_at for one in slots.coming(tx, now)])
    # After a close the diary empties by itself, however long somebody is away who has yet to hear of it.
    until = None if wave.closes_at else max([now + LONGEST, *meetings])
    finishing = sorted((max(at, now), mate.row) for mate in mates if (at := done.get(mate.respondent)))
    noted: list[Said] = []
    while (moment := _next(database, finishing)) is not None and (until is None or moment <= until):
        stage.at = max(moment, stage.at)
        tell(stage.at)
        stage.said = []
        await Diary(database, stage.clock).drain()
        await relay.drain()
        noted += sorted(stage.said, key=lambda one: one.person)
        stage.said = None  # what is answered to an answer is no message of our own accord
        while finishing and finishing[0][0] <= stage.at:
            _, row = finishing.pop(0)
            write(database, _finishing(row, stage.at))
        await relay.drain()
    return tuple(noted)


def _next(database: Database, finishing: list[tuple[datetime, int]]) -> datetime | None:
    """The next moment at which something happens."""
    due = database.read(diary.next_due)
    return min([at for at, _ in finishing[:1]] + ([due] if due else []), default=None)


def _finishing(row: int, now: datetime) -> Callable[[Transaction], None]:
    return lambda transaction: answer_all(transaction, row, now)


def _said(at: datetime, person: str, department: str, prompt: Prompt) -> Said:
    match prompt:
        case Reminder(minutes=minutes, left=left, reason=reason):
            return Said(at, person, department, "reminder", reason, minutes, left)
        case Digest(members):
            return Said(at, person, department, "digest", about=tuple(one.name for one in members))
        case MeetingSoon(meeting, when):
            return Said(at, person, department, meeting.kind, when)
        case Deck(kind):
            return Said(at, person, department, "slides", about=(kind,))
        case Notice(kind="wave_closed"):
            return Said(at, person, department, "close")
        case InShort(complete=complete):
            return Said(at, person, department, "complete" if complete else "result")
    return Said(at, person, department, type(prompt).__name__.lower())
