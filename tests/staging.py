"""Plays campaigns: several people of a city and the clock, in one readable file, in virtual time.

`Eva> ` begins what somebody says, `Eva@group> ` (or `@channel`) what they say where others are, `Eva@Slack> ` what they
say on their second platform. A line in parentheses is a stage direction, `#` says what the file is for. What the bot
says is printed below, under `--> Eva` with the day and hour where she lives. The store is opened anew at every line,
each update is delivered twice, and the diary is played moment by moment while time passes.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.channels.console import Console
from bot.conversation import Inbound, hear
from bot.delivery import Speaker
from bot.diary import Diary
from bot.messages import Message, Outcome, Sent
from bot.relay import Relay
from flows.events import AnyEvent, Left, Returned
from storage import addresses, diary, outbox, sessions
from storage.database import Database, write
from tests import backstage
from tests.conftest import Clock
from tests.staging_home import Home

NAME = "stage"
"""A channel of its own: on the console a terminal's operator sits."""
CODE = r"((?=\S*[a-z])(?=\S+[A-Z])[\w-]{22})|([A-Z2-9]{4}-[A-Z2-9]{4})"
SHOWN = re.compile(rf"start=([\w-]{{22}})|(?<![\w/-])(?:{CODE})(?![\w-])")
"""Codes that the bot says: they are printed as CODE; whoever says LAST says the last of them."""
SAID = re.compile(r"^(\w+(?:@\w+)?)> (.*)$")
T = TypeVar("T")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twenty": 20}


class Person:
    """Somebody with a chat of their own."""

    def __init__(self, files: Path, write_line: Callable[[str], None]) -> None:
        self.console = Console(write_line, files)
        self.code = ""


class Stage:
    """The people of a campaign, and what they see. It is the channel, as the relay knows it."""

    name = NAME

    def __init__(self, reopen: Callable[[], Database], clock: Clock, files: Path, *homes: Home) -> None:
        self._reopen, self._clock, self._files, self._homes = reopen, clock, files, homes
        self._printed: list[str] = []
        self.seen: list[tuple[datetime, str, list[str]]] = []
        self.sent: list[tuple[datetime, str, Message]] = []
        self._people: dict[str, Person] = {}
        self._codes: dict[str, str] = {}
        self._shown = ""
        self._updates = 0

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:  # noqa: ARG002  # the seam's own
        """Prints it under the person's name, with the time where the city is."""
        if message.is_empty:
            return Sent("")
        await self._see(chat, message, message)
        return Sent("")

    async def _see(self, name: str, message: Message, shown: Message) -> None:
        """Notes what was sent, and prints what stands in the chat."""
        local = self._clock().astimezone(ZoneInfo("Europe/Madrid"))
        self.sent.append((self._clock(), name, message))
        self._printed.clear()
        await self._person(name).console.send(name, shown, None)
        self.seen.append((self._clock(), name, [f"--> {name}, {local:%a %-d %b %H:%M}", *self._printed]))

    def play(self, line: str) -> list[str]:
        """What everybody sees after a line or a stage direction."""
        self.seen.clear()
        database = self._reopen()
        said = SAID.match(line)
        if said:
            text = said[2].replace("LAST", self._shown).replace("CODE", self._codes.get(said[1].partition("@")[0], ""))
            self._say(database, said[1], text)
        else:
            self._direct(database, line.strip("()"))
        self._deliver(database)
        wrong = database.read(sessions.disagreements)
        assert not wrong, f"after {line!r}, session and log differ"
        # Who hears first at one moment is the network's own business: told by name, so that it is told alike.
        told = sorted(self.seen, key=lambda one: one[:2])
        return [self._plain(text) for *_, lines in told for text in lines]

    def _plain(self, text: str) -> str:
        """A line as it is printed everywhere: no folder of this machine, and no code, which is a new one each time."""
        for found in SHOWN.finditer(text):
            self._shown = found[1] or found[2] or found[3]
            text = text.replace(self._shown, "CODE")
        return text.replace(str(self._files), "DATA_DIR/files")

    def _person(self, name: str) -> Person:
        return self._people.setdefault(name, Person(self._files, self._printed.append))

    def _home(self, name: str) -> Home | None:
        return next((home for home in self._homes if name in home), None)

    def _say(self, database: Database, name: str, text: str) -> None:
        """Somebody taps or types."""
        if home := self._home(name):
            home.say(name, text)
        else:
            session, event = self._person(name).console.read(text)
            self._tell(database, name, event, session)

    def _turn(self, database: Database, name: str, *, blocked: bool) -> None:
        """Somebody blocks the bot or is deactivated, or can be written to again."""
        if home := self._home(name):
            home.turn(name, blocked=blocked)
        else:
            self._tell(database, name, Left() if blocked else Returned())

    def _tell(self, database: Database, name: str, event: AnyEvent, session: str = "") -> None:
        """One update, delivered twice."""
        self._updates += 1
        inbound = Inbound(f"{NAME}:{self._updates}", NAME, name, event, session=session, name=name)
        for _ in range(2):
            asyncio.run(hear(database, inbound, self._clock))

    def _deliver(self, database: Database) -> None:
        while busy := [one for one in self._homes if one.waits or self._owed(database, one)]:
            for home in busy:  # what is said on one may be heard on another
                home.play(database, self._clock, self._see)
        asyncio.run(Relay(database, self, Speaker(database, self._clock).word, self._clock).drain())

    def _owed(self, database: Database, home: Home) -> bool:
        due = database.read(lambda tx: outbox.next_due(tx, home.name))
        return due is not None and due <= self._clock()

    def _pass(self, database: Database, span: timedelta) -> None:
        """Time passes, from one moment of the diary to the next."""
        until = self._clock() + span
        while (due := database.read(diary.next_due)) is not None and due <= until:
            self._clock.at = max(due, self._clock())
            asyncio.run(Diary(database, self._clock).drain())
            self._deliver(database)
        self._clock.at = until

    def _direct(self, database: Database, direction: str) -> None:
        for pattern, play in self._directions(database):
            if found := re.fullmatch(pattern, direction):
                play(*found.groups())
                return
        raise ValueError(f"unknown stage direction: ({direction})")

    def _directions(self, database: Database) -> list[tuple[str, Callable[..., None]]]:
        """Every stage direction, and what happens."""

        def backs(play: Callable[..., T], *given: object) -> T:
            return write(database, lambda tx: play(tx, self._clock(), *given))

        def invited(name: str, city: str, role: str, department: str | None) -> None:
            self._codes[name] = backs(backstage.invite, name, city, role, department)

        def engaged(name: str, role: str) -> None:
            self._codes[name] = backs(backstage.engage, name, role)

        def named(bot: str) -> None:
            write(database, lambda tx: addresses.name_bot(tx, "telegram", bot))

        def off(days: str) -> None:
            self._clock.pass_(days=NUMBERS[days])
            self._pass(database, timedelta(0))

        directions: list[tuple[str, Callable[..., None]]] = [
            (r"(\w+) (day|hour|minute|second)s? pass(?:es)?", lambda n, unit: self._pass(database, _span(n, unit))),
            (r"(\w+) is invited to (\w+) as (\w+)(?: for (\w+))?", invited),
            (r"(\w+) is invited as (\w+)", engaged),
            (r"the bot is (\w+) on Telegram", named),
            (
                r"a (short|full) wave of (\w+) opens and closes in (\w+) days",
                lambda form, city, days: backs(backstage.open_round, city, form, NUMBERS[days]),
            ),
            (r"(\S+) (?:blocks the bot|is deactivated)", lambda name: self._turn(database, name, blocked=True)),
            (r"(\S+) lets the bot write again", lambda name: self._turn(database, name, blocked=False)),
            (r"(\w+) answers everything with (\d)", lambda name, level: self._answer_all(database, name, level)),
            (r"(\w+) offers a (kick-off|wrap-up) on (\S+ \S+)", lambda *told: backs(backstage.offer, *told)),
            (r"the expert's time on (\S+ \S+) is withdrawn", lambda at: backs(backstage.take_back, at)),
            (r"the server is off for (\w+) days", off),
        ]
        for home in self._homes:
            place = "group" if home.title == "Telegram" else "channel"
            directions += [
                (rf"on {home.title} are (.+)", lambda names, home=home: home.give(_names(names))),
                (rf"a {place} of (.+)", lambda names, home=home: home.gather(_names(names))),
            ]
        return directions

    def _answer_all(self, database: Database, name: str, level: str) -> None:
        """Somebody answers until nothing is asked any more; only the last thing said is shown."""
        for _ in range(600):
            self.seen.clear()
            self._say(database, name, level)
            self._deliver(database)
            lines = [line for *_, told in self.seen for line in told]
            if not any(label in line for line in lines for label in ("[0 ", "[5 ", "[20", "[Yes, that")):
                return


def _names(told: str) -> list[str]:
    return re.findall(r"\w+", told)


def _span(number: str, unit: str) -> timedelta:
    return timedelta(**{f"{unit}s": NUMBERS[number]})


def script(text: str) -> Iterator[str]:
    """The lines of a campaign that are not the bot's."""
    for line in text.splitlines():
        if line.startswith(("(", "#")) or SAID.match(line):
            yield line


def performed(text: str, stage: Stage) -> str:
    """The campaign as it is played now."""
    lines: list[str] = []
    for line in script(text):
        lines.append(line)
        if not line.startswith("#"):
            lines += stage.play(line)
    return "\n".join(lines).rstrip() + "\n"
