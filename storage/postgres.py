"""PostgreSQL: a transaction a turn on a pool of connections; the session's row is locked while its turn is played."""

import contextlib
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout
from sqlalchemy.dialects.postgresql.psycopg import dialect

from storage.database import StoreError, Transaction, UnavailableError, Work

T = TypeVar("T")

FIRST_SECONDS = 5.0
"""How long to wait for the first connection before saying that there is none."""
CONNECTIONS = 8
"""Turns played at once; more only wait for each other's disk."""
DEADLOCKS = 10
"""How often a turn may be a deadlock's victim: one of those in it always goes on, so all of them end."""

# What it warns of comes to whoever waits as an error, once, and with what to do.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

_DIALECT = dialect()  # type: ignore[no-untyped-call]


class PostgreSQL:
    """The store on a server, for several processes or machines."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._memory: dict[Any, Any] = {}
        address = url.replace("postgresql+psycopg://", "postgresql://")
        self._pool = ConnectionPool(address, min_size=1, max_size=CONNECTIONS, open=True, timeout=30)
        try:
            self._pool.wait(FIRST_SECONDS)
        except PoolTimeout as error:
            self._pool.close()
            raise StoreError(
                "The PostgreSQL server of MATURITYBOT_DATABASE_URL cannot be reached, or does not let us in. "
                "Look at host, port, database name, user and password."
            ) from error
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="postgres")

    def submit(self, work: Work[T]) -> "Future[T]":
        """See `Database.submit`."""
        return self._threads.submit(self._play, work)

    def read(self, work: Work[T]) -> T:
        """See `Database.read`."""
        return self._play(work, keep=False)

    def _play(self, work: Work[T], *, keep: bool = True) -> T:
        """Plays it until it is no deadlock's victim: turns that change each other's sessions lock them crosswise."""
        for _ in range(DEADLOCKS):
            with contextlib.suppress(psycopg.errors.DeadlockDetected):
                return self._once(work, keep=keep)
        raise UnavailableError(f"a deadlock, {DEADLOCKS} times in a row")

    def _once(self, work: Work[T], *, keep: bool) -> T:
        try:
            with self._pool.connection() as connection, connection.cursor() as cursor:
                result = work(Transaction(cursor, _DIALECT, self._memory))
                if not keep:
                    connection.rollback()
                return result
        except psycopg.errors.DeadlockDetected:
            raise
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise UnavailableError(str(error)) from error

    def close(self) -> None:
        """See `Database.close`."""
        self._threads.shutdown()
        self._pool.close()
