"""The inbox: an update is admitted once, however often and from wherever it comes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from storage import inbox
from storage.database import Database, write
from storage.opening import open_database
from tests.conftest import Clock


def admitted(database: Database, clock: Clock, key: str) -> bool:
    return write(database, lambda tx: inbox.admit(tx, key, clock()))


def test_an_update_is_admitted_once(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """Its repetition is known, also after a restart; another update is not."""
    assert admitted(database, clock, "bot/1")
    assert not admitted(database, clock, "bot/1")
    again = reopen()
    assert not admitted(again, clock, "bot/1")
    assert admitted(again, clock, "bot/2")


def test_an_update_that_comes_eight_times_at_once_is_admitted_once(store_url: str, clock: Clock) -> None:
    """Eight threads on two openings of one store: one of them hears it."""
    stores = [open_database(store_url), open_database(store_url)]
    with ThreadPoolExecutor(8) as pool:
        for update in range(20):
            heard = pool.map(lambda number, key=str(update): admitted(stores[number % 2], clock, key), range(8))
            assert sum(heard) == 1
    for store in stores:
        store.close()


def test_what_no_platform_repeats_is_forgotten(database: Database, clock: Clock) -> None:
    """Updates are remembered for thirty days."""
    admitted(database, clock, "old")
    clock.pass_(days=20)
    admitted(database, clock, "young")
    clock.pass_(seconds=(inbox.KEPT - timedelta(days=20)).total_seconds() + 1)
    write(database, lambda tx: inbox.forget(tx, clock()))
    assert admitted(database, clock, "old")
    assert not admitted(database, clock, "young")


def test_a_parked_update_is_heard_no_more(database: Database, clock: Clock) -> None:
    """It counts as heard, and waits with its traceback for a programmer."""
    write(database, lambda tx: inbox.park(tx, "bad", "Traceback", clock()))
    assert not admitted(database, clock, "bad")
    assert database.read(inbox.parked) == 1
