"""One person's acts in the order they came, people side by side."""

import asyncio

from bot.channels.order import Order


def test_a_person_is_heard_in_order_and_nobody_waits_for_another() -> None:
    """The second act of a person waits for the first; another person's does not; nothing is left behind."""
    told: list[str] = []
    order = Order()

    async def act(person: str, what: str, gate: asyncio.Event) -> None:
        async with order.of(person):
            await gate.wait()
            told.append(what)

    async def play() -> None:
        slow, quick = asyncio.Event(), asyncio.Event()
        quick.set()
        acts = [asyncio.ensure_future(act(*one)) for one in (("a", "a1", slow), ("a", "a2", quick), ("b", "b1", quick))]
        await asyncio.sleep(0.01)
        assert told == ["b1"]
        slow.set()
        await asyncio.gather(*acts)

    asyncio.run(play())
    assert told == ["b1", "a1", "a2"]
    assert dict(order._lines) == {}
