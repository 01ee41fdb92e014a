"""The relay while a platform or the store takes its time."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future

from bot.messages import Message, Outcome, Throttled, Unreachable
from bot.relay import Relay
from flows.prompts import Help, Notice
from storage.database import Transaction, UnavailableError
from storage.outbox import GRACE, LEASE, Delivery
from tests.conftest import Clock
from tests.people import claim
from tests.test_relay import Post, body, post, word

__all__ = ["post"]


def test_what_takes_longer_than_its_lease_is_sent_once(post: Callable[..., Post], clock: Clock) -> None:
    """A platform may dawdle for so long that the delivery is due again: it is on its way all the same."""
    one = post()
    one.owe(one.ana, Help())
    answered = asyncio.Event()
    quick = one.channel.send

    async def slow(chat: str, message: Message, replaces: str | None) -> Outcome:
        outcome = await quick(chat, message, replaces)
        await answered.wait()
        return outcome

    one.channel.send = slow  # type: ignore[method-assign]

    async def day() -> None:
        relay = Relay(one.database, one.channel, word, clock)
        running = asyncio.create_task(relay.run())
        for _ in range(3):
            await asyncio.sleep(0.1)
            clock.pass_(seconds=LEASE.total_seconds() + 1)
            relay.wake()
        answered.set()
        async with asyncio.timeout(3):
            while await asyncio.to_thread(one.owes):  # noqa: ASYNC110  # the store tells nobody when it is empty
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(day())
    assert one.channel.said() == [("ana", body(Help()))]


def test_a_store_that_can_keep_nothing_is_not_asked_without_pause(post: Callable[..., Post], clock: Clock) -> None:
    """While what is due cannot be claimed, the relay looks again in a second."""
    one = post()
    one.owe(one.ana, Help())
    tried: list[object] = []

    class Full:
        """The store, which reads and keeps nothing."""

        read = staticmethod(one.database.read)

        def submit(self, work: object) -> "Future[object]":
            tried.append(work)
            refused: Future[object] = Future()
            refused.set_exception(UnavailableError("full"))
            return refused

    async def moment() -> None:
        running = asyncio.create_task(Relay(Full(), one.channel, word, clock).run())  # type: ignore[arg-type]
        await asyncio.sleep(0.3)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(moment())
    assert len(tried) == 1


def test_a_prompt_is_not_given_up_for_a_store_that_cannot_be_read(post: Callable[..., Post], clock: Clock) -> None:
    """However often what is to be said cannot be looked up, it is said when it can."""
    one = post()
    one.owe(one.ana, Help())
    troubles = 8

    async def looked_up(delivery: Delivery) -> Message:
        nonlocal troubles
        troubles -= 1
        if troubles >= 0:
            raise UnavailableError("away")
        return await word(delivery)

    relay = Relay(one.database, one.channel, looked_up, clock)
    while one.owes():
        asyncio.run(relay.drain())
        clock.pass_(seconds=3)
    assert one.channel.said() == [("ana", body(Help()))]


def test_what_is_left_over_waits_for_the_store(post: Callable[..., Post], clock: Clock) -> None:
    """A process that starts while the store is locked takes up what another one left, a little later."""
    one = post()
    one.owe(one.ana, Help())
    claim(one.database, clock())
    refusals = [UnavailableError("locked")]

    class Locked:
        """The store, which is locked for a moment."""

        def submit(self, work: Callable[[Transaction], object]) -> "Future[object]":
            if not refusals:
                return one.database.submit(work)
            refused: Future[object] = Future()
            refused.set_exception(refusals.pop())
            return refused

    asyncio.run(Relay(Locked(), one.channel, word, clock).release())  # type: ignore[arg-type]
    clock.pass_(seconds=GRACE.total_seconds())
    assert one.drain() == [("ana", body(Help()))]


def test_a_reminder_is_not_said_again_after_a_process_that_was_just_saying_it(
    post: Callable[..., Post], clock: Clock
) -> None:
    """Killed while Telegram or Slack was told: whether it arrived nobody knows, and twice it must not come."""
    one = post()

    async def unasked(delivery: Delivery) -> Message:
        return Message(body=body(delivery.prompt), unasked=True)

    async def killed(chat: str, message: Message, replaces: str | None) -> Outcome:
        one.channel.sent.append((chat, message.body, replaces))
        raise asyncio.CancelledError

    quick, one.channel.send = one.channel.send, killed  # type: ignore[method-assign]
    one.owe(one.ana, Help(), Notice("closed"))
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(Relay(one.database, one.channel, unasked, clock).drain())
    one.channel.send = quick  # type: ignore[method-assign]
    after = Relay(one.database, one.channel, unasked, clock)
    asyncio.run(after.release())
    clock.pass_(seconds=GRACE.total_seconds())
    asyncio.run(after.drain())
    assert one.channel.said() == [("ana", body(Help())), ("ana", body(Notice("closed")))]
    assert not one.owes()


def test_a_reminder_that_did_not_arrive_comes_later(post: Callable[..., Post], clock: Clock) -> None:
    """What the platform refused for now was not said, and is tried as all else is."""
    one = post(Unreachable("away"), Throttled(1), Unreachable("away"))

    async def unasked(delivery: Delivery) -> Message:
        return Message(body=body(delivery.prompt), unasked=True)

    one.owe(one.ana, Help())
    relay = Relay(one.database, one.channel, unasked, clock)
    for _ in range(4):
        asyncio.run(relay.drain())
        clock.pass_(seconds=10)
    assert len(one.channel.sent) == 4
    assert not one.owes()
