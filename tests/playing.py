"""Plays transcripts: conversations in text files, held with a store that is opened anew at every line.

`you> ` begins what the respondent says, a line in parentheses is a stage direction, a line that begins with `#` says
what the transcript is for; everything else is what the bot says. Each update is delivered twice.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec

from bot.channels.console import NAME, Console
from bot.commands.demo import make
from bot.conversation import Inbound, hear
from bot.delivery import Speaker
from bot.fetching import Fetcher
from bot.messages import Message, Outcome, Unreachable
from bot.relay import Relay
from flows.session import CityFacts, Role
from model import library
from storage import cities, invitations, sessions, waves
from storage.database import Database, Transaction, write
from storage.files import Files
from storage.invitations import Invitation
from tests.conftest import Clock
from tests.sheets import about, filled, workbook

SAID = "you> "
_NUMBERS = {"one": 1, "two": 2, "three": 3, "thirty": 30}


class Player:
    """Holds one conversation; `play` takes a line of a script and gives what the bot says to it."""

    channel, chat = NAME, "local"

    def __init__(self, reopen: Callable[[], Database], clock: Clock, files: Path) -> None:
        self._reopen, self._clock, self._files = reopen, clock, files
        self._heard: list[str] = []
        self._home = files.parent / "home"
        self._home.mkdir(exist_ok=True)
        self._console = Console(self._heard.append, files, home=self._home)
        self._refusing_until = clock()
        self._code = ""
        self._updates = 0

    def play(self, line: str) -> list[str]:
        """What the bot says to a respondent's line, or to a stage direction."""
        self._heard.clear()
        database = self._opened(line)
        if line.startswith("("):
            self._direct(database, line.strip("()"))
        else:
            self._tell(database, line.removeprefix(SAID).replace("CODE", self._code))
        self._answer(database)
        wrong = database.read(sessions.disagreements)
        assert not wrong, f"after {line!r}, session and log differ"
        return [text.replace(str(self._files), "DATA_DIR/files") for text in self._heard]

    def _opened(self, line: str) -> Database:  # noqa: ARG002  # for those who open it less often
        """The store, opened anew."""
        return self._reopen()

    def _tell(self, database: Database, text: str) -> None:
        """One update, delivered twice."""
        self._updates += 1
        session, event = self._console.read(text)
        inbound = Inbound(f"{NAME}:{self._updates}", NAME, self.chat, event, session=session)
        for _ in range(2):
            asyncio.run(hear(database, inbound, self._clock))

    def _answer(self, database: Database) -> None:
        """Everything that is owed is fetched and said."""
        copies = Files(self._files.parent / "evidence")
        asyncio.run(Fetcher(database, self._console, copies, self._clock).drain())
        asyncio.run(Relay(database, _Moody(self), Speaker(database, self._clock).word, self._clock).drain())

    def _direct(self, database: Database, direction: str) -> None:  # noqa: C901  # a closed list
        """Stage directions: what happens beside the conversation."""
        if direction == "the bot is killed and started again":
            return  # as at every line
        if direction == "there are synthetic cities":
            write(database, lambda tx: make(tx, self._clock()))
        elif direction == "a new wave opens":
            write(database, self._open)
        elif direction == "the wave is closed":
            write(database, self._close)
        elif found := re.fullmatch(r"(\w+) (day|hour|minute|second)s? pass(?:es)?", direction):
            self._clock.pass_(**{f"{found[2]}s": _NUMBERS[found[1]]})
        elif found := re.fullmatch(r"the channel refuses for (\w+) seconds", direction):
            self._refusing_until = self._clock() + timedelta(seconds=_NUMBERS[found[1]])
        elif found := re.fullmatch(r"a file (\S+) of (\d+) KB", direction):
            (self._home / found[1]).write_bytes(b"x" * int(found[2]) * 1024)
        elif found := re.fullmatch(r"a workbook (\S+) that says (.+)", direction):
            cells = found[2]
            (self._home / found[1]).write_bytes(write(database, lambda tx: self._filled(tx, cells)))
        elif found := re.fullmatch(r"an invitation to (\w+) as (\w+)", direction):
            self._code = write(database, lambda tx: self._invite(tx, found[1], found[2]))
        else:
            raise ValueError(f"unknown stage direction: ({direction})")

    def _invite(self, transaction: Transaction, city: str, role: str) -> str:
        found = cities.find(transaction, city) or [
            cities.add(transaction, CityFacts(city, "ES", 800_000), self._clock())
        ]
        invitation = Invitation(found[0].id, msgspec.convert(role, Role))
        return invitations.issue(transaction, invitation, self._clock())

    def _filled(self, transaction: Transaction, cells: str) -> bytes:
        """The workbook of whoever is here, with cells such as "1.1.1 level 2 was 1; 1.1 goal 4 year 2029"."""
        standing = sessions.find(transaction, self.channel, self.chat)
        assert standing is not None
        whose = about(standing.city, standing.wave or 0, standing.respondent or 0, standing.session.form)
        return workbook(whose, filled(cells))

    def _open(self, transaction: Transaction) -> None:
        standing = sessions.find(transaction, self.channel, self.chat)
        assert standing is not None
        instrument = library.instrument(*library.DEFAULT)
        waves.open_wave(transaction, standing.city, instrument, "short", self._clock())

    def _close(self, transaction: Transaction) -> None:
        standing = sessions.find(transaction, self.channel, self.chat)
        assert standing is not None
        wave = waves.current(transaction, standing.city)
        assert wave is not None
        waves.close_wave(transaction, wave.id, self._clock())

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """The console, or nobody while the channel refuses."""
        return Unreachable("refusing") if self.refuses else await self._console.send(chat, message, replaces)

    @property
    def refuses(self) -> bool:
        """Whether nothing can be sent at the moment."""
        return self._clock() < self._refusing_until


class _Moody:
    """The console as the relay sees it, with its moods."""

    name = NAME

    def __init__(self, player: Player) -> None:
        self.send = player.send


def script(text: str) -> Iterator[str]:
    """The lines of a transcript that are not the bot's."""
    for line in text.splitlines():
        if line.startswith((SAID, "(", "#")):
            yield line


def performed(text: str, player: Player) -> str:
    """The transcript as it is played now."""
    lines: list[str] = []
    for line in script(text):
        lines.append(line)
        if not line.startswith("#"):
            lines += player.play(line)
    return "\n".join(lines).rstrip() + "\n"
