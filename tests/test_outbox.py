"""The outbox: in order for each address, side by side across them, each prompt once."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest

from flows.prompts import Help, Notice, Prompt, Thanks
from flows.prompts.questions import Ask
from storage import cards, leftovers, outbox, sessions
from storage.database import Database, write
from storage.opening import open_database
from storage.outbox import GRACE, LEASE, Tapped
from tests.conftest import Clock
from tests.people import claim, meet, owe, settle

CARD = Ask("1.1.1", 1, 25)
NEWER = msgspec.structs.replace(CARD, current="3")


def claimed(database: Database, clock: Clock) -> list[Prompt]:
    """What is to be sent now."""
    return [delivery.prompt for delivery in claim(database, clock())]


def test_an_address_gets_one_prompt_at_a_time_and_in_order(database: Database, clock: Clock) -> None:
    """The next prompt is claimed only when the one before is settled."""
    owe(database, meet(database, clock()), clock(), Help(), Thanks("Valencia"))
    (first,) = claim(database, clock())
    assert (first.prompt, first.chat, first.tries) == (Help(), "1", 1)
    assert claim(database, clock()) == []
    settle(database, first, clock())
    assert claimed(database, clock) == [Thanks("Valencia")]


def test_addresses_are_served_side_by_side(database: Database, clock: Clock) -> None:
    """Nobody waits for anybody else, and another channel's prompts are not ours."""
    for chat in "123":
        owe(database, meet(database, clock(), chat), clock(), Help(), Thanks(chat))
    owe(database, meet(database, clock(), "1", "elsewhere"), clock(), Help())
    assert sorted(delivery.chat for delivery in claim(database, clock())) == ["1", "2", "3"]


def test_a_card_that_is_still_owed_takes_its_newer_state(database: Database, clock: Clock) -> None:
    """Quick taps are sent once, as they ended; another session's card is another card."""
    standing = meet(database, clock())
    owe(database, standing, clock(), CARD, NEWER)
    other = write(database, lambda tx: sessions.begin(tx, "en", clock()))
    write(database, lambda tx: outbox.owe(tx, standing.address, other, [CARD], clock()))
    sent = []
    while deliveries := claim(database, clock()):
        sent += [delivery.prompt for delivery in deliveries]
        settle(database, deliveries[0], clock())
    assert sent == [NEWER, CARD]


def test_a_state_that_came_while_its_card_was_being_sent_is_sent_too(database: Database, clock: Clock) -> None:
    """Settling the older state leaves the newer one owed, and it knows where the card stands."""
    standing = meet(database, clock())
    owe(database, standing, clock(), CARD)
    (older,) = claim(database, clock())
    owe(database, standing, clock(), NEWER)
    write(database, lambda tx: cards.show(tx, older, "message-1", "look"))
    settle(database, older, clock())
    (newer,) = claim(database, clock())
    assert (newer.prompt, newer.message, newer.look) == (NEWER, "message-1", "look")
    settle(database, newer, clock())
    assert claim(database, clock()) == []


def test_a_deferred_head_blocks_its_own_address_only(database: Database, clock: Clock) -> None:
    """What comes later waits behind a prompt that has to be sent again; others do not."""
    slow, quick = meet(database, clock(), "slow"), meet(database, clock(), "quick")
    owe(database, slow, clock(), Help(), Thanks("Valencia"))
    (head,) = claim(database, clock())
    write(database, lambda tx: outbox.defer(tx, head, clock() + timedelta(seconds=20)))
    owe(database, quick, clock(), Notice("closed"))
    assert claimed(database, clock) == [Notice("closed")]
    clock.pass_(seconds=20)
    (again,) = claim(database, clock())
    assert (again.prompt, again.tries) == (Help(), 2)


def test_a_deferred_card_with_a_newer_state_still_stands_first(database: Database, clock: Clock) -> None:
    """A tap while the chat is throttled lets nothing overtake."""
    standing = meet(database, clock())
    owe(database, standing, clock(), CARD)
    (head,) = claim(database, clock())
    owe(database, standing, clock(), NEWER, Notice("reason_kept"))
    write(database, lambda tx: outbox.defer(tx, head, clock() + timedelta(seconds=20)))
    assert claim(database, clock()) == []
    clock.pass_(seconds=20)
    assert claimed(database, clock) == [NEWER]


def test_a_prompt_for_later_stands_in_nobodys_way(database: Database, clock: Clock) -> None:
    """A reminder waits for its day while the conversation goes on."""
    standing = meet(database, clock())
    owe(database, standing, clock() + timedelta(days=3), Notice("welcome_back"))
    owe(database, standing, clock(), Help())
    (now,) = claim(database, clock())
    assert now.prompt == Help()
    settle(database, now, clock())
    assert claim(database, clock()) == []
    clock.pass_(days=3)
    assert claimed(database, clock) == [Notice("welcome_back")]


def test_a_lease_ends_so_that_another_process_takes_over(
    database: Database, reopen: Callable[[], Database], clock: Clock
) -> None:
    """What a process held when it was killed is sent by the next one after the lease."""
    owe(database, meet(database, clock()), clock(), Help())
    assert len(claim(database, clock())) == 1
    again = reopen()
    clock.pass_(seconds=LEASE.total_seconds() - 1)
    assert claim(again, clock()) == []
    clock.pass_(seconds=1)
    assert claimed(again, clock) == [Help()]


def test_what_a_dead_process_held_is_due_soon_after_release(database: Database, clock: Clock) -> None:
    """It waits a moment for an answer to show that it arrived, and what stood behind it does not overtake."""
    owe(database, meet(database, clock()), clock(), Help(), Thanks("Valencia"))
    assert claimed(database, clock) == [Help()]
    write(database, lambda tx: leftovers.release(tx, "test", clock()))
    assert claim(database, clock()) == []
    clock.pass_(seconds=GRACE.total_seconds())
    assert claimed(database, clock) == [Help()]


def test_a_tap_tells_where_its_card_stands(database: Database, clock: Clock) -> None:
    """The tapped message is replaced whatever we knew before, until the card was sent elsewhere."""
    standing = meet(database, clock())
    tapped = Tapped("1.1", "message-1")
    write(database, lambda tx: outbox.owe(tx, standing.address, standing.session, [CARD], clock(), tapped))
    (first,) = claim(database, clock())
    assert first.message == "message-1"
    owe(database, standing, clock(), NEWER)
    write(database, lambda tx: cards.show(tx, first, "message-2", "look"))
    settle(database, first, clock())
    (newer,) = claim(database, clock())
    assert newer.message == "message-2"


def test_a_late_settling_does_not_swallow_another_prompt(database: Database, clock: Clock) -> None:
    """Who comes back after the lease, when all was sent and something new is owed, settles nothing of that."""
    standing = meet(database, clock())
    owe(database, standing, clock(), Help())
    (late,) = claim(database, clock())
    clock.pass_(seconds=LEASE.total_seconds())
    (taken_over,) = claim(database, clock())
    settle(database, taken_over, clock())
    owe(database, standing, clock(), Thanks("Valencia"))
    settle(database, late, clock())
    assert claimed(database, clock) == [Thanks("Valencia")]


def test_nothing_is_owed_to_who_is_gone(database: Database, clock: Clock) -> None:
    """Dropping an address takes all of its prompts, and nobody else's."""
    gone, here = meet(database, clock(), "gone"), meet(database, clock(), "here")
    owe(database, gone, clock(), Help(), Thanks("Valencia"))
    owe(database, here, clock(), Notice("closed"))
    write(database, lambda tx: leftovers.drop(tx, gone.address))
    assert claimed(database, clock) == [Notice("closed")]


def test_the_next_due_is_when_a_claim_would_find_something(database: Database, clock: Clock) -> None:
    """None where nothing is owed; what stands behind a deferred head does not count."""
    assert database.read(lambda tx: outbox.next_due(tx, "test")) is None
    owe(database, meet(database, clock()), clock(), Help(), Thanks("Valencia"))
    assert database.read(lambda tx: outbox.next_due(tx, "test")) == clock()
    (head,) = claim(database, clock())
    write(database, lambda tx: outbox.defer(tx, head, clock() + timedelta(seconds=20)))
    assert database.read(lambda tx: outbox.next_due(tx, "test")) == clock() + timedelta(seconds=20)


@pytest.mark.parametrize("processes", [1, 2])
def test_each_delivery_is_claimed_once(store_url: str, clock: Clock, processes: int) -> None:
    """Four claimers at once, in one process or as two: 500 deliveries of 100 addresses, each once and in order."""
    stores = [open_database(store_url) for _ in range(processes)]
    people = [meet(stores[0], clock(), str(chat)) for chat in range(100)]
    for number in "01234":
        for person in people:
            owe(stores[0], person, clock(), Thanks(number))
    order: dict[int, list[str]] = defaultdict(list)
    counted: Counter[int] = Counter()
    lock = threading.Lock()

    def deliver(database: Database) -> None:
        while sum(counted.values()) < 500:
            for delivery in claim(database, clock()):
                assert isinstance(delivery.prompt, Thanks)
                with lock:
                    counted[delivery.id] += 1
                    order[delivery.address].append(delivery.prompt.city)
                settle(database, delivery, clock())

    with ThreadPoolExecutor(4) as pool:
        for claimer in [pool.submit(deliver, stores[number % processes]) for number in range(4)]:
            claimer.result(timeout=60)
    for store in stores:
        store.close()
    assert (len(counted), set(counted.values())) == (500, {1})
    assert all(said == list("01234") for said in order.values())
