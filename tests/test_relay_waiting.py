"""The relay, where something waits: for who does not want to be disturbed, for a place, for a second answer."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from bot.conversation.losing import lose, regain
from bot.delivery import Speaker
from bot.messages import Ambiguous, Gone, Message, Outcome, Postponed
from bot.relay import Relay
from flows.prompts import Help, Notice, Thanks
from flows.prompts.teamwork import Reminder
from storage import addresses, outbox, sessions
from storage.database import Database, write
from storage.outbox import Delivery
from tests.conftest import Clock
from tests.test_relay import Post, body

NUDGE = Reminder(4, 12, "nudge")


class Waiting(Post):
    """A relay whose messages know whether they come unasked."""

    def drain(self) -> list[tuple[str, str]]:
        asyncio.run(Relay(self.database, self.channel, told, self.clock).drain())
        return self.channel.said()


async def told(delivery: Delivery) -> Message:
    return Message(body=body(delivery.prompt), unasked=delivery.prompt.unasked)


@pytest.fixture
def post(database: Database, clock: Clock) -> Callable[..., Waiting]:
    def made(*outcomes: Outcome) -> Waiting:
        return Waiting(database, clock, *outcomes)

    return made


def test_who_does_not_want_to_be_disturbed_is_told_everything_else(post: Callable[..., Waiting], clock: Clock) -> None:
    """The reminder waits as long as it has to, and stands in nobody's way."""
    one = post(Postponed(3600))
    one.owe(one.ana, NUDGE)
    one.drain()
    one.owe(one.ana, Help())
    assert one.drain()[1:] == [("ana", body(Help()))]
    clock.pass_(minutes=61)
    assert one.drain()[2:] == [("ana", body(NUDGE))]
    assert not one.owes()


def test_a_reminder_that_waited_too_long_says_nothing(database: Database, clock: Clock) -> None:
    """Whoever has finished meanwhile is not reminded."""
    one = Post(database, clock)
    one.owe(one.ana, NUDGE)
    done = msgspec.structs.replace(one.ana.session, finished=True)
    write(database, lambda tx: sessions.keep(tx, one.ana, done, clock()))
    asyncio.run(Relay(database, one.channel, Speaker(database, clock).word, clock).drain())
    assert [text for _, text in one.channel.said()] == [""]


def test_what_may_have_arrived_is_said_again_unless_nobody_asked_for_it(
    post: Callable[..., Waiting], clock: Clock
) -> None:
    """A question that was lost would end the conversation; a reminder that comes twice is a nuisance."""
    one = post(Ambiguous("timed out"), Ambiguous("timed out"))
    one.owe(one.ana, NUDGE, Help())
    assert one.drain() == [("ana", body(NUDGE)), ("ana", body(Help()))]
    clock.pass_(seconds=3)
    assert one.drain()[2:] == [("ana", body(Help()))]
    assert not one.owes()


def test_what_cannot_be_said_where_it_was_asked_for_comes_home(
    post: Callable[..., Waiting], database: Database, clock: Clock
) -> None:
    """A channel in which we are not: the report comes to the person, who is not given up for it."""
    one = post(Gone("not_in_channel"))
    write(database, lambda tx: outbox.owe(tx, one.ana.address, one.ana.session, [Help()], clock(), place="town"))
    assert one.drain() == [("town", body(Help())), ("ana", body(Help()))]
    found = database.read(lambda tx: sessions.look(tx, "test", "ana"))
    assert found is not None
    assert found.reachable


def test_what_is_owed_waits_for_who_is_gone_and_comes_when_they_are_heard_again(
    post: Callable[..., Waiting], database: Database, clock: Clock
) -> None:
    """Nothing is lost; only the message that did not get through is not tried again."""
    one = post(Gone("account_inactive"))
    one.owe(one.ana, Help(), Thanks("Valencia"))
    assert one.drain() == [("ana", body(Help()))]
    write(database, lambda tx: regain(tx, one.ana.address, clock()))
    assert one.drain()[1:] == [("ana", body(Thanks("Valencia")))]


def test_what_is_owed_to_a_lost_chat_is_said_in_the_persons_other_one(
    post: Callable[..., Waiting], database: Database, clock: Clock
) -> None:
    """In the same order; who blocks the only chat there is loses what was owed."""
    one = post()
    write(database, lambda tx: addresses.join(tx, one.ben.address, one.ana.row))
    one.owe(one.ana, Help(), Notice("closed"))
    write(database, lambda tx: lose(tx, one.ana.address, clock()))
    assert one.drain() == [("ben", body(Help())), ("ben", body(Notice("closed")))]
    one.owe(one.ben, Help())
    write(database, lambda tx: lose(tx, one.ben.address, clock()))
    assert not one.owes()
    assert len(one.drain()) == 2


def test_what_was_claimed_while_its_predecessor_ended_is_said_at_once(
    post: Callable[..., Waiting], clock: Clock
) -> None:
    """A card with a newer state does not wait for the end of a lease that nobody uses."""
    one = post()
    one.owe(one.ana, Help())

    async def play() -> list[tuple[str, str]]:
        relay, over = Relay(one.database, one.channel, told, clock), asyncio.Event()
        (delivery,) = await relay._claim()
        going = {delivery.id: asyncio.ensure_future(over.wait())}
        relay._begin(delivery, going)  # type: ignore[arg-type]  # its predecessor, about to end
        await relay.drain()
        assert one.channel.said() == []
        over.set()
        await asyncio.gather(*going.values())
        await relay.drain()
        return one.channel.said()

    assert asyncio.run(play()) == [("ana", body(Help()))]
    assert not one.owes()
