"""A Core statement compiled once for an engine and run on the driver's own cursor.

Measured: five to seven times the answers a second of compiling, or looking up the compiled form, at each call.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import Column, Delete, Dialect, Insert, Select, Table, Update, bindparam
from sqlalchemy.dialects.postgresql import insert

Core = Select[Any] | Insert | Update | Delete
Converter = Callable[[Any], Any] | None


# The PostgreSQL dialect's insert compiles to the same ON CONFLICT on SQLite; the other way round it does not.
def inserting(table: Table, *, returning: tuple[Column[Any], ...] = (), leave_out: str = "id") -> Any:
    """An insert of all columns but `leave_out`, each as a parameter of its own name."""
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.c if column.name != leave_out}
    statement = insert(table).values(values)
    return statement.returning(*returning) if returning else statement


class Cursor(Protocol):
    """What both drivers offer."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement touched."""

    def execute(self, sql: Any, params: Any, /) -> Any:
        """Run one statement."""

    def fetchall(self) -> list[Any]:
        """All rows of the last statement."""


class Statement:
    """A statement with named parameters, on whichever engine it is asked for."""

    def __init__(self, core: Any) -> None:
        self._core: Core = core
        self._compiled: dict[str, _Compiled] = {}

    def on(self, dialect: Dialect) -> "_Compiled":
        """The statement compiled for this engine."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _Compiled(self._core, dialect)
        return found


class _Compiled:
    def __init__(self, core: Core, dialect: Dialect) -> None:
        compiled = core.compile(dialect=dialect)
        self.sql = compiled.string
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        self._fixed = {name: compiled.params[name] for name, bind in binds.items() if not bind.required}
        self._slots = [
            (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or binds
        ]
        self._positional = compiled.positional
        columns = list(core.exported_columns)
        self._readers: list[Converter] = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        ]
        self._converts = any(self._readers)
        self._row: Any = namedtuple("_row", [str(column.key) for column in columns]) if columns else None  # noqa: PYI024

    def run(self, cursor: Cursor, params: Mapping[str, Any], *, named: bool = True) -> list[Any]:
        """The rows as named tuples, or plain ones, converted; an empty list where the statement yields none."""
        given = {**self._fixed, **params} if self._fixed else params
        if self._positional:
            cursor.execute(self.sql, [convert(given[n]) if convert else given[n] for n, convert in self._slots])
        else:
            cursor.execute(self.sql, {n: convert(given[n]) if convert else given[n] for n, convert in self._slots})
        if self._row is None:
            return []
        readers = self._readers
        if not self._converts:
            return list(map(self._row._make, cursor.fetchall())) if named else cursor.fetchall()
        return [
            self._row(*(read(v) if read and v is not None else v for read, v in zip(readers, row, strict=True)))
            for row in cursor.fetchall()
        ]
