"""SQLite: one writing thread takes whatever waits, plays each in a savepoint of its own, and commits once."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy.dialects import sqlite

from storage.database import StoreError, Transaction, UnavailableError, Work

T = TypeVar("T")

BATCH = 256
"""Turns in one commit at the most: the first of them should not wait long for the last."""
BUSY_SECONDS = 10
"""How long to wait for another process that writes, such as the command line beside the server."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000")
# What no turn can help; the extended codes hold these in their lowest byte.
_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
_DIALECT = sqlite.dialect(paramstyle="qmark")


class SQLite:
    """The store in one file. Serial by construction, durable at every commit (synchronous=FULL)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._path = Path(url.removeprefix("sqlite:///"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writing = self._connect()
            self._reading = self._connect()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"The store {self._path} cannot be opened ({error}). Set MATURITYBOT_DATA_DIR to a folder that can be "
                "written, or MATURITYBOT_DATABASE_URL to another store."
            ) from error
        self._read_lock = threading.Lock()
        self._memory: dict[Any, Any] = {}
        self._queue: SimpleQueue[tuple[Work[Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> "Future[T]":
        """See `Database.submit`."""
        future: Future[T] = Future()
        self._queue.put((work, future))
        return future

    def read(self, work: Work[T]) -> T:
        """See `Database.read`."""
        try:
            with self._read_lock:
                self._reading.execute("BEGIN")
                try:
                    return work(Transaction(self._reading.cursor(), _DIALECT, self._memory))
                finally:
                    self._reading.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise (UnavailableError(str(error)) if _is_unavailable(error) else error) from None

    def close(self) -> None:
        """See `Database.close`."""
        self._queue.put(None)
        self._thread.join()
        with self._read_lock:  # closed under a thread that reads, it would take the process with it
            self._reading.close()
        self._writing.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _write(self) -> None:
        ending = False
        while not ending:
            waiting = [self._queue.get()]
            try:
                while len(waiting) < BATCH:
                    waiting.append(self._queue.get_nowait())
            except Empty:
                pass
            ending = None in waiting
            # From here on a future cannot be cancelled; one that was is not played: nobody waits for it any more.
            batch = [job for job in waiting if job is not None and job[1].set_running_or_notify_cancel()]
            if batch:
                self._commit(batch)

    def _commit(self, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
        """Plays a batch in one transaction; the futures learn of it only when all is on disk."""
        cursor = self._writing.cursor()
        settled: list[Callable[[], None]] = []
        try:
            cursor.execute("BEGIN IMMEDIATE")
            transaction = Transaction(cursor, _DIALECT, self._memory)
            for work, future in batch:
                settled.append(self._play(cursor, transaction, work, future))
            cursor.execute("COMMIT")
        except BaseException as error:  # whoever waits must learn it, whatever it was
            if self._writing.in_transaction:
                cursor.execute("ROLLBACK")
            if _is_unavailable(error):
                error = UnavailableError(str(error))
            for _, future in batch:
                future.set_exception(error)
            return
        for settle in settled:
            settle()

    @staticmethod
    def _play(
        cursor: sqlite3.Cursor, transaction: Transaction, work: Work[Any], future: "Future[Any]"
    ) -> Callable[[], None]:
        """Plays one piece of work in its savepoint; what comes back tells its future, once committed."""
        cursor.execute("SAVEPOINT turn")
        try:
            result = work(transaction)
        except Exception as error:  # a bug in one turn must not undo its neighbours
            if _is_unavailable(error):
                raise  # nothing of this batch can be kept
            cursor.execute("ROLLBACK TO turn")
            cursor.execute("RELEASE turn")
            failure = error
            return lambda: future.set_exception(failure)
        cursor.execute("RELEASE turn")
        return lambda: future.set_result(result)


def _is_unavailable(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNAVAILABLE
