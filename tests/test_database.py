"""The store: what it says is kept is on disk, and what fails in one turn harms no other."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from storage import inbox, revisions, sqlite
from storage.database import Database, StoreError, Transaction, UnavailableError, write
from storage.opening import open_database
from tests.conftest import Clock

LOCKING = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""
SUBMITTING = """
import itertools, os, sys
from datetime import UTC, datetime
from storage import inbox
from storage.opening import open_database
store, now = open_database(sys.argv[1]), datetime(2026, 11, 23, tzinfo=UTC)
waiting = []
for number in itertools.count():
    future = store.submit(lambda tx, n=number: inbox.admit(tx, str(n), now))
    future.add_done_callback(lambda done, n=number: done.result() and os.write(1, f"{n}\\n".encode()))
    waiting.append(future)
    if len(waiting) == 20:
        waiting.pop(0).result()
"""


def known(database: Database, clock: Clock, key: str) -> bool:
    """Whether a key is in the store; afterwards it is."""
    return not write(database, lambda tx: inbox.admit(tx, key, clock()))


def admitting(key: str, clock: Clock) -> Callable[[Transaction], bool]:
    return lambda tx: inbox.admit(tx, key, clock())


def hold(database: Database) -> threading.Event:
    """Keeps the SQLite writer busy until the event is set, so that what is submitted meanwhile is one batch."""
    started, release = threading.Event(), threading.Event()

    def work(_: Transaction) -> None:
        started.set()
        release.wait(10)

    database.submit(work)
    assert started.wait(10)
    return release


def pragma(database: Database, name: str) -> object:
    connection = database._writing  # type: ignore[attr-defined]
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_work_is_kept_or_undone_as_a_whole(database: Database, clock: Clock) -> None:
    """An exception comes out of the future and takes back what its turn had done."""

    def work(transaction: Transaction) -> None:
        inbox.admit(transaction, "half", clock())
        raise KeyError("bug")

    with pytest.raises(KeyError, match="bug"):
        write(database, work)
    assert not known(database, clock, "half")
    assert known(database, clock, "half")


def test_a_bug_in_one_turn_does_not_undo_its_neighbours(sqlite_url: str, clock: Clock) -> None:
    """Of a batch of turns in one commit only the one that fails is taken back, its statement errors included."""
    database = open_database(sqlite_url)
    release = hold(database)

    def failing(transaction: Transaction) -> None:
        inbox.admit(transaction, "bad", clock())
        transaction.run(inbox._PARK, key=None, traceback="", at=clock())  # a column that may not be empty

    good = [database.submit(admitting(key, clock)) for key in ("one", "two")]
    bad = database.submit(failing)
    after = database.submit(admitting("three", clock))
    release.set()
    assert [future.result(10) for future in (*good, after)] == [True, True, True]
    with pytest.raises(Exception, match="NOT NULL"):
        bad.result(10)
    assert [known(database, clock, key) for key in ("one", "two", "three", "bad")] == [True, True, True, False]
    database.close()


def test_a_turn_that_nobody_waits_for_any_more_harms_no_other(database: Database, clock: Clock) -> None:
    """A future that is cancelled while it waits leaves the store at work."""
    releases = [hold(database)]
    if not database.url.startswith("sqlite"):
        releases += [hold(database) for _ in range(7)]  # as many as it has connections
    cancelled = database.submit(admitting("cancelled", clock))
    after = database.submit(admitting("after", clock))
    assert cancelled.cancel()
    for release in releases:
        release.set()
    assert after.result(5)
    with pytest.raises(CancelledError):
        cancelled.result(5)


def test_a_future_has_its_result_only_when_others_see_the_row(store_url: str, clock: Clock) -> None:
    """In the callback of every future a second opening of the store finds what was kept."""
    database, other = open_database(store_url), open_database(store_url)
    seen: list[bool] = []

    def look(_: "Future[bool]") -> None:
        seen.append(other.read(inbox.parked) > 0)

    futures = []
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):
            futures.append(pool.submit(database.submit, lambda tx, n=number: inbox.park(tx, str(n), "", clock())))  # noqa: PERF401
    for future in futures:
        future.result().add_done_callback(look)  # type: ignore[arg-type]
    database.close()
    other.close()
    assert seen == [True] * 20


def test_what_was_acknowledged_survives_a_kill(store_url: str, clock: Clock) -> None:
    """A process is killed while it writes; every turn whose future had a result is there."""
    with subprocess.Popen([sys.executable, "-c", SUBMITTING, store_url], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(200)]
        child.kill()
        told += [line.strip() for line in child.stdout if line.endswith("\n")]
    database = open_database(store_url)
    assert len(told) >= 200
    assert all(known(database, clock, key) for key in told)
    database.close()


def test_sqlite_writes_ahead_and_waits_for_the_disk(sqlite_url: str) -> None:
    """WAL, synchronous=FULL (2) and foreign keys are really on."""
    database = open_database(sqlite_url)
    assert [pragma(database, name) for name in ("journal_mode", "synchronous", "foreign_keys")] == ["wal", 2, 1]
    database.close()


def test_a_locked_store_is_unavailable_and_then_works(
    sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process holds the file nothing is kept; afterwards the same turn goes through."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    database = open_database(sqlite_url)
    command = [sys.executable, "-c", LOCKING, sqlite_url.removeprefix("sqlite:///")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as locker:
        assert locker.stdout is not None
        assert locker.stdout.readline() == b"locked\n"
        with pytest.raises(UnavailableError):
            write(database, admitting("key", clock))
        locker.kill()
    assert write(database, admitting("key", clock))
    database.close()


def test_closing_finishes_what_was_submitted(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """A hundred turns that were submitted before the end are in the store after it."""
    for number in range(100):
        database.submit(admitting(str(number), clock))
    again = reopen()
    assert all(known(again, clock, str(number)) for number in range(100))


def test_reading_changes_nothing(database: Database, clock: Clock) -> None:
    """What is written in a reading transaction is not kept."""
    database.read(admitting("key", clock))
    assert not known(database, clock, "key")


def test_an_address_of_no_store_is_refused() -> None:
    """The message says what an address looks like, and does not repeat what may hold a password."""
    with pytest.raises(StoreError, match="use sqlite:///FILE or postgresql") as refused:
        open_database("mysql://me:secret@host/name")
    assert "secret" not in str(refused.value)


def test_a_store_closes_only_after_whoever_still_reads_it(tmp_path: Path) -> None:
    """Stopping the server in the middle of a reading lets it end; SQLite would take the process with it."""
    revisions.upgrade(url := f"sqlite:///{tmp_path / 'reading.sqlite3'}")
    database = open_database(url)
    reading, release = threading.Event(), threading.Event()

    def work(tx: Transaction) -> int:
        reading.set()
        release.wait(10)
        return inbox.parked(tx)

    with ThreadPoolExecutor(2) as pool:
        read = pool.submit(database.read, work)
        assert reading.wait(10)
        closed = pool.submit(database.close)
        assert not closed.done()
        release.set()
        assert read.result() == 0
        closed.result()
