"""What a store offers on either engine, and the transaction in which everything happens."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from sqlalchemy import Dialect

from storage.statements import Cursor, Statement

T = TypeVar("T")


class StoreError(Exception):
    """The store cannot be used as it is; the message says what an operator can do."""


class UnavailableError(Exception):
    """The store could not keep anything just now: disk full, file locked, server gone. The same may work later."""


class Transaction:
    """Statements that are kept together or not at all."""

    def __init__(self, cursor: Cursor, dialect: Dialect, memory: dict[Any, Any] | None = None) -> None:
        """`memory` outlives the transaction: what this process has read of rows that are never changed."""
        self._cursor = cursor
        self._dialect = dialect
        self.memory: dict[Any, Any] = {} if memory is None else memory

    def all(self, statement: Statement, **params: Any) -> list[Any]:
        """The statement's rows."""
        return statement.on(self._dialect).run(self._cursor, params)

    def many(self, statement: Statement, **params: Any) -> list[tuple[Any, ...]]:
        """The same without the columns' names, for a pass over very many rows."""
        return statement.on(self._dialect).run(self._cursor, params, named=False)

    def one(self, statement: Statement, **params: Any) -> Any | None:
        """The statement's first row; None where there is none."""
        rows = self.all(statement, **params)
        return rows[0] if rows else None

    def run(self, statement: Statement, **params: Any) -> int:
        """How many rows the statement touched."""
        statement.on(self._dialect).run(self._cursor, params)
        return self._cursor.rowcount


Work = Callable[[Transaction], T]


class Database(Protocol):
    """A store. Work is played in a transaction of its own and is durable once its future has a result."""

    url: str

    def submit(self, work: Work[T]) -> "Future[T]":
        """Play this soon, in a worker thread; an exception undoes its changes and comes out of the future."""

    def read(self, work: Work[T]) -> T:
        """Play this now, in this thread; it may not change anything."""

    def close(self) -> None:
        """Finish what was submitted and let go."""


def write(database: Database, work: Work[T]) -> T:
    """Play this and wait until it is durable."""
    return database.submit(work).result()
