"""Whole answers: Telegram's bytes in, and the answer durable with its outbox rows."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import delete, func, select
from telegram import Bot

from bot.channels.telegram import _bot
from bot.channels.telegram.parsing import NAME, understand
from bot.conversation import Inbound, hear
from flows.events import AnyEvent, Consented, Started
from flows.session import CityFacts, Session
from model.instrument import Instrument
from storage import cities, inbox, invitations, sessions
from storage.database import Transaction, write
from storage.invitations import Invitation
from storage.sqlite import SQLite
from storage.statements import Statement
from storage.tables import OUTBOX, RESPONSE
from tests.bench import bytes_in
from tests.bench.walk import Walk

FIRST_CHAT = bytes_in.ANYONE + 1

_EMPTY = Statement(delete(OUTBOX))
_OWED = Statement(select(func.coalesce(func.sum(OUTBOX.c.state + 1), 0).label("prompts")))
_KEPT = Statement(select(func.count(RESPONSE.c.id).label("responses")))


class Person(msgspec.Struct):
    """Somebody on Telegram, what they will tap and how many prompts each tap leads to."""

    chat: int
    session: Session
    taps: Iterator[tuple[bytes, int]] = iter(())


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Answers:
    """People with a session each, in a store of their own."""

    def __init__(self, database: SQLite, bot: Bot) -> None:
        self._database, self._bot = database, bot
        self._reading = _bot(bytes_in.TOKEN, "https://nowhere.invalid")._request[0]  # reads as our channel does
        self._updates = itertools.count(700_000_001)
        self.people: list[Person] = []
        self.answered = 0
        self._prompts = 0

    async def invite(self, number: int) -> None:
        """So many people come in by the path that everybody takes: an invitation, and consent."""
        facts = CityFacts("Bench", "NL", 250_000)
        city = write(self._database, lambda tx: cities.add(tx, facts, now()))
        for chat in range(FIRST_CHAT, FIRST_CHAT + number):
            code = write(self._database, lambda tx: invitations.issue(tx, Invitation(city.id, "respondent"), now()))
            await self._say(chat, Started(code))
            await self._say(chat, Consented(agreed=True))
            self.people.append(Person(chat, self._session(chat)))
        self.empty_outbox()

    def give_out(self, walk: Walk, instrument: Instrument) -> None:
        """Tells everybody what to tap, in their own session."""
        plan = walk.answers()
        rests = bytes_in.rests(instrument, plan)
        for person in self.people:
            of_person = [bytes_in.of_person(rest, person.chat, person.session.id) for rest in rests]
            taps = [(rest, len(answer.turn.prompts)) for rest, answer in zip(of_person, plan, strict=True)]
            once = len(walk.first)
            person.taps = itertools.chain(taps[:once], itertools.cycle(taps[once:]))

    async def walk_once(self, walk: Walk) -> None:
        """Everybody answers the whole form, so that all sessions are as long as they get."""

        async def walk_on(person: Person) -> None:
            for _ in walk.first:
                await self._answer(person)

        await asyncio.gather(*map(walk_on, self.people))
        self.empty_outbox()

    async def measure(self, people: Sequence[Person], seconds: float) -> float:
        """Answers a second with these people waiting: each gives the next as soon as the last one is durable."""
        before, begun = self.answered, time.perf_counter()
        await asyncio.gather(*(self._answer_on(person, begun + seconds) for person in people))
        return (self.answered - before) / (time.perf_counter() - begun)

    def empty_outbox(self) -> None:
        """Lets go of what is owed, as the relay would; first every answer's prompts must be there, to the last one."""
        owed = self._number(_OWED)
        assert not self.answered or owed == self._prompts, f"{owed} prompts are owed instead of {self._prompts}"
        write(self._database, lambda tx: tx.run(_EMPTY))
        self._prompts = 0

    def check(self) -> None:
        """Raises AssertionError unless the store holds exactly what was answered."""
        kept = self._number(_KEPT)
        assert kept == self.answered, f"{self.answered} answers were counted, and {kept} are kept"
        assert not self._database.read(inbox.parked), "an update was parked"
        wrong = self._database.read(sessions.disagreements)
        assert not wrong, f"sessions and log do not agree: {wrong}"

    async def _answer_on(self, person: Person, until: float) -> None:
        while time.perf_counter() < until:
            await self._answer(person)

    async def _answer(self, person: Person) -> None:
        rest, prompts = next(person.taps)
        for update in bytes_in.parse(bytes_in.body(next(self._updates), rest), self._reading, self._bot):
            inbound = understand(update, self._bot.id, self._bot.username)
            assert inbound is not None
            await hear(self._database, inbound, now)
        self.answered += 1
        self._prompts += prompts

    async def _say(self, chat: int, event: AnyEvent) -> None:
        update = f"{NAME}:{self._bot.id}:{next(self._updates)}"
        await hear(self._database, Inbound(update, NAME, str(chat), event, name="Noor", language="en"), now)

    def _session(self, chat: int) -> Session:
        standing = self._database.read(lambda tx: sessions.find(tx, NAME, str(chat)))
        assert standing is not None
        assert standing.session.joined
        assert standing.session.consented
        return standing.session

    def _number(self, statement: Statement) -> int:
        def read(transaction: Transaction) -> int:
            row = transaction.one(statement)
            return int(row[0]) if row else 0

        return self._database.read(read)
