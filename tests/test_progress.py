"""What takes its time is told of once, in one message that is edited until all is made."""

import asyncio
from collections.abc import Callable

import pytest

from bot.messages import Message, Outcome, Sent, Throttled
from bot.progress import Progress, kind_of
from bot.relay import TRIES
from flows.prompts import Chart, Help, Notice, Prompt, Report
from flows.session import CityFacts
from model import library
from storage import cities, groups, making, waves
from storage.database import Database, Transaction, write
from storage.outbox import Delivery
from tests.conftest import Clock
from tests.people import claim, meet, owe, settle

DRAWN = Message(body="drawn")
QUICK, SLOW = 0.0, 0.3
PATIENCE = 0.05


class Chat:
    """A channel that keeps what stands in its only chat, by the id of each message."""

    name = "test"

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.history: list[str] = []
        self.outcome: Outcome | Exception | None = None

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """See `Channel.send`."""
        del chat
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.outcome is not None:
            return self.outcome
        where = replaces or str(len(self.shown) + 1)
        self.shown[where] = message.body
        self.history.append(message.body)
        return Sent(where)


class Person:
    """Somebody to whom things are owed, and the process that makes them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock, self.chat = database, clock, Chat()
        self.standing = meet(database, clock())

    def owe(self, *prompts: Prompt) -> None:
        owe(self.database, self.standing, self.clock(), *prompts)

    def claim(self) -> Delivery:
        (found,) = claim(self.database, self.clock())
        return found

    def word(self, delivery: Delivery, takes: float = SLOW, fails: Exception | None = None) -> Message:
        """A process words a delivery."""
        return asyncio.run(self.wording(delivery, takes, fails))

    async def wording(self, delivery: Delivery, takes: float = SLOW, fails: Exception | None = None) -> Message:
        async def word(_: Delivery) -> Message:
            await asyncio.sleep(takes)
            if fails is not None:
                raise fails
            return DRAWN

        return await Progress(self.database, self.chat, word, PATIENCE).word(delivery)

    async def killed(self, delivery: Delivery) -> None:
        """A process is killed while it words a delivery, after its message stands."""
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SLOW + 0.2):
                await self.wording(delivery, 10)


@pytest.fixture
def person(database: Database, clock: Clock) -> Person:
    return Person(database, clock)


def test_what_is_made_at_once_is_not_told_of(person: Person) -> None:
    """Nobody minds two seconds."""
    person.owe(Chart("radar"))
    assert person.word(person.claim(), QUICK) == DRAWN
    assert person.chat.history == []


def test_what_takes_its_time_is_told_of_and_ended_in_place(person: Person) -> None:
    """One message, which says what is made and then that it is ready; what was made comes after it."""
    person.owe(Report())
    assert person.word(person.claim()) == DRAWN
    assert person.chat.history == ["Making your city's report …", "Ready:"]
    assert len(person.chat.shown) == 1
    assert person.database.read(lambda tx: making.find(tx, person.standing.address)) is None


def test_several_charts_are_counted_down_in_one_message(person: Person) -> None:
    """However fast the later ones are."""
    person.owe(Chart("radar"), Chart("gaps"), Chart("heat"), Help())
    for takes in (SLOW, QUICK, SLOW):
        delivery = person.claim()
        assert person.word(delivery, takes) == DRAWN
        settle(person.database, delivery, person.clock())
    assert person.chat.history == ["Drawing 3 charts …", "Drawing 2 charts …", "Drawing 1 chart …", "Ready:"]
    assert len(person.chat.shown) == 1


def test_a_killed_process_leaves_a_message_that_the_next_one_edits(person: Person) -> None:
    """It is not said a second time, whether the second try is slow or quick."""
    person.owe(Chart("radar"))
    asyncio.run(person.killed(person.claim()))
    assert person.chat.history == ["Drawing 1 chart …"]
    person.clock.pass_(minutes=1)
    asyncio.run(person.killed(person.claim()))
    assert person.chat.history == ["Drawing 1 chart …"]
    person.clock.pass_(minutes=1)
    assert person.word(person.claim(), QUICK) == DRAWN
    assert list(person.chat.shown.values()) == ["Ready:"]


def test_what_may_have_been_said_is_not_said_again(person: Person) -> None:
    """A process that is killed while it says so leaves a mark; nobody else says it, and the mark goes with the rest."""
    person.owe(Chart("radar"))
    write(person.database, lambda tx: making.begin(tx, person.standing.address))
    assert person.word(person.claim()) == DRAWN
    assert person.chat.history == []
    assert person.database.read(lambda tx: making.find(tx, person.standing.address)) is None


@pytest.mark.parametrize("outcome", [Throttled(30), RuntimeError("the platform is away")])
def test_that_it_cannot_be_told_keeps_nothing_from_being_made(person: Person, outcome: Outcome | Exception) -> None:
    """The word of it matters less than the thing."""
    person.owe(Chart("radar"))
    person.chat.outcome = outcome
    assert person.word(person.claim()) == DRAWN
    assert person.chat.history == []


def test_what_cannot_be_made_is_said_at_the_last_try(person: Person) -> None:
    """Until then it may still come; nobody is left with a message that never ends."""
    person.owe(Report())
    for number in range(1, TRIES + 1):
        delivery = person.claim()
        assert delivery.tries == number
        with pytest.raises(KeyError):
            person.word(delivery, fails=KeyError("broken"))
        person.clock.pass_(minutes=1)
    assert person.chat.history[0] == "Making your city's report …"
    assert person.chat.history[1].startswith("That could not be made.")
    assert len(person.chat.history) == 2


def test_a_group_is_not_told(person: Person, database: Database, clock: Clock) -> None:
    """It takes twenty messages a minute, and has better use for them."""

    def given(tx: Transaction) -> None:
        city = cities.add(tx, CityFacts("Valencia", "ES", 800_000), clock())
        wave = waves.open_wave(tx, city.id, library.instrument(*library.DEFAULT), "short", clock())
        groups.give(tx, person.standing.address, person.standing.row, city.id, wave.id, None, clock())

    write(database, given)
    person.owe(Chart("radar"))
    assert person.word(person.claim()) == DRAWN
    assert person.chat.history == []


def test_only_what_is_made_is_told_of() -> None:
    """A question that waits for a busy store is no work of ours."""
    made: list[Callable[[], Prompt]] = [lambda: Chart("heat"), Report]
    assert all(kind_of(one()) for one in made)
    assert kind_of(Help()) is None
    assert kind_of(Notice("closed")) is None
