"""The relay: every outcome of sending is settled in the store as it should be."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import select

from bot.messages import Gone, Message, Outcome, Refused, Sent, Throttled, Unreachable
from bot.relay import TRIES, Relay
from flows.prompts import Help, Notice, Prompt, Thanks
from flows.prompts.questions import Ask
from storage import outbox
from storage.database import Database
from storage.outbox import GRACE, Delivery
from storage.sessions import Standing
from storage.statements import Statement
from storage.tables import ADDRESS
from tests.conftest import Clock
from tests.people import claim, meet, owe

CARD = Ask("1.1.1", 1, 25)
NEWER = msgspec.structs.replace(CARD, current="3")


def body(prompt: Prompt) -> str:
    """The prompt's words in these tests: all but whether it is fresh, which nobody sees."""
    fresh = msgspec.structs.replace(prompt, fresh=False) if isinstance(prompt, Ask) else prompt
    return msgspec.json.encode(fresh).decode()


async def word(delivery: Delivery) -> Message:
    if isinstance(delivery.prompt, Notice) and delivery.prompt.kind == "broken":
        raise KeyError("no words for this")
    return Message(body=body(delivery.prompt))


class Scripted:
    """A channel that answers as it is told, and else that it sent; it remembers what it was asked to send."""

    name = "test"

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[tuple[str, str, str | None]] = []

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        self.sent.append((chat, message.body, replaces))
        await asyncio.sleep(0)
        return self.outcomes.pop(0) if self.outcomes else Sent(f"m{len(self.sent)}")

    def said(self) -> list[tuple[str, str]]:
        """What was tried, and in which chat."""
        return [(chat, text) for chat, text, _ in self.sent]


class Post:
    """A relay between a store and a scripted channel."""

    def __init__(self, database: Database, clock: Clock, *outcomes: Outcome) -> None:
        self.database, self.clock, self.channel = database, clock, Scripted(*outcomes)
        self.ana, self.ben = meet(database, clock(), "ana"), meet(database, clock(), "ben")

    def owe(self, to: Standing, *prompts: Prompt) -> None:
        owe(self.database, to, self.clock(), *prompts)

    def drain(self) -> list[tuple[str, str]]:
        """Delivers what is due; everything that was tried so far."""
        asyncio.run(Relay(self.database, self.channel, word, self.clock).drain())
        return self.channel.said()

    def owes(self) -> bool:
        return self.database.read(lambda tx: outbox.next_due(tx, "test")) is not None


@pytest.fixture
def post(database: Database, clock: Clock) -> Callable[..., Post]:
    return lambda *outcomes: Post(database, clock, *outcomes)


def test_what_is_sent_is_not_owed_any_more(post: Callable[..., Post]) -> None:
    """Each chat gets its prompts once and in order."""
    one = post()
    one.owe(one.ana, Help(), Thanks("Valencia"))
    one.owe(one.ben, Notice("closed"))
    said = one.drain()
    assert [text for chat, text in said if chat == "ana"] == [body(Help()), body(Thanks("Valencia"))]
    assert [text for chat, text in said if chat == "ben"] == [body(Notice("closed"))]
    assert len(one.drain()) == 3
    assert not one.owes()


def test_a_card_is_replaced_where_it_stands(post: Callable[..., Post]) -> None:
    """Its newer state goes in place of its message; a fresh one is sent anew and stands there from then on."""
    one = post()
    for state in (CARD, NEWER, msgspec.structs.replace(NEWER, fresh=True), CARD):
        one.owe(one.ana, state)
        one.drain()
    assert [replaces for _, _, replaces in one.channel.sent] == [None, "m1", None, "m3"]


def test_a_card_that_looks_the_same_is_not_sent_again(post: Callable[..., Post]) -> None:
    """Nothing goes out for a state that cannot be told from the one before."""
    one = post()
    for _ in range(2):
        one.owe(one.ana, CARD)
        one.drain()
    assert len(one.channel.sent) == 1
    assert not one.owes()


def test_a_throttled_chat_waits_and_others_do_not(post: Callable[..., Post], clock: Clock) -> None:
    """What was throttled is sent again after the seconds that were asked for, and nothing overtakes it."""
    one = post(Throttled(7))
    one.owe(one.ana, Help(), Thanks("Valencia"))
    assert one.drain() == [("ana", body(Help()))]
    one.owe(one.ben, Notice("closed"))
    clock.pass_(seconds=6)
    assert one.drain()[1:] == [("ben", body(Notice("closed")))]
    clock.pass_(seconds=1)
    assert one.drain()[2:] == [("ana", body(Help())), ("ana", body(Thanks("Valencia")))]


def test_an_unreachable_platform_is_tried_ever_more_seldom(
    post: Callable[..., Post], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """After 2, 4, 8 ... 60 seconds, for as long as it takes; then the prompt arrives."""
    caplog.set_level(logging.CRITICAL, "bot.relay")
    one = post(*[Unreachable("timed out")] * 8)
    one.owe(one.ana, Help())
    one.drain()
    for number, wait in enumerate([2, 4, 8, 16, 32, 60, 60, 60], 1):
        clock.pass_(seconds=wait - 1)
        assert len(one.drain()) == number
        clock.pass_(seconds=1)
        assert len(one.drain()) == number + 1
    assert not one.owes()


def test_nothing_is_sent_to_who_is_gone(post: Callable[..., Post], database: Database) -> None:
    """The address is marked, and what is owed to it waits until it is heard again; others get theirs."""
    one = post(Gone("blocked"))
    one.owe(one.ana, Help(), Thanks("Valencia"))
    assert one.drain() == [("ana", body(Help()))]
    one.owe(one.ben, Help())
    assert one.drain()[1:] == [("ben", body(Help()))]
    assert not one.owes()
    reachable = Statement(select(ADDRESS.c.reachable).order_by(ADDRESS.c.id))
    assert [row.reachable for row in database.read(lambda tx: tx.all(reachable))] == [False, True]


def test_what_is_refused_is_given_up_and_the_line_goes_on(
    post: Callable[..., Post], caplog: pytest.LogCaptureFixture
) -> None:
    """A message that the platform will never take is logged for us by its kind, without its content."""
    one = post(Refused("can't parse entities"))
    one.owe(one.ana, Thanks("Valencia"), Help())
    assert one.drain() == [("ana", body(Thanks("Valencia"))), ("ana", body(Help()))]
    assert not one.owes()
    assert "Thanks" in caplog.text
    assert "Valencia" not in caplog.text


def test_what_has_no_words_is_given_up_and_does_not_block_the_line(
    post: Callable[..., Post], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Wording that raises is tried five times; others are served meanwhile, and what stood behind it afterwards."""
    caplog.set_level(logging.CRITICAL, "bot.relay")
    one = post()
    one.owe(one.ana, Notice("broken"), Help())
    one.owe(one.ben, Help())
    for tries in range(1, TRIES):
        assert one.drain() == [("ben", body(Help()))]
        clock.pass_(seconds=2**tries)
    assert one.drain()[1:] == [("ana", body(Help()))]
    assert not one.owes()


def test_what_a_killed_process_held_is_sent_soon_after_release(post: Callable[..., Post], clock: Clock) -> None:
    """A single server need not wait for the lease of the one before."""
    one = post()
    one.owe(one.ana, Help())
    claim(one.database, clock())
    assert one.drain() == []
    asyncio.run(Relay(one.database, one.channel, word, clock).release())
    clock.pass_(seconds=GRACE.total_seconds())
    assert one.drain() == [("ana", body(Help()))]


def test_a_running_relay_is_woken_and_can_be_ended(post: Callable[..., Post], clock: Clock) -> None:
    """What is owed later is sent without delay, and the store works on when the relay is cancelled."""
    one = post()

    async def day() -> None:
        relay = Relay(one.database, one.channel, word, clock)
        running = asyncio.create_task(relay.run())
        for prompts in ([Help(), Thanks("Valencia")], [Notice("closed")]):
            await asyncio.to_thread(one.owe, one.ana, *prompts)
            relay.wake()
            async with asyncio.timeout(3):
                while await asyncio.to_thread(one.owes):  # noqa: ASYNC110  # the store tells nobody when it is empty
                    await asyncio.sleep(0.01)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    asyncio.run(day())
    assert [text for _, text in one.channel.said()] == [body(Help()), body(Thanks("Valencia")), body(Notice("closed"))]
    one.owe(one.ana, Help())
    assert len(one.drain()) == 4
