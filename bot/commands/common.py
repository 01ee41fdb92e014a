"""What the commands share: the store, the city that is meant, and saying things to people or to programs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperGroup
from typing_extensions import override

from bot.settings import load
from storage import cities, revisions
from storage.cities import City
from storage.database import Database
from storage.opening import open_database

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, with stable keys and unrounded numbers.")]
CityName = Annotated[str, typer.Argument(metavar="CITY", help="The city's id or name.")]


class ListFirst(TyperGroup):
    """Commands of which `list` is meant where none is named."""

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["list", *args])


class UserError(Exception):
    """Something the user can mend; the message says how."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@contextmanager
def store() -> Iterator[Database]:
    """The store of the settings, ready to be used."""
    database = open_database(load().store)
    try:
        revisions.ready(database)
        yield database
    finally:
        database.close()


def the_city(database: Database, name: str) -> City:
    """The one city with this id or name. Raises UserError where there is none, or more than one."""
    found = database.read(lambda tx: cities.find(tx, name))
    if not found:
        raise UserError(f"There is no city “{name}”. `maturitybot city list` shows all of them.")
    if len(found) > 1:
        raise UserError(f"“{name}” is the name of {' and '.join(c.id for c in found)}. Please give the id.")
    return found[0]


@contextmanager
def working(text: str, *, silent: bool = False) -> Iterator[None]:
    """Something that turns while it takes its time, where somebody watches; files and programs see nothing of it."""
    if silent or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # slow to load, and only needed here

    with Console(stderr=True).status(f"{text} ..."):
        yield


def put(value: Any) -> None:
    """Prints a value as JSON."""
    json.dump(msgspec.to_builtins(value), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def in_line(value: Any) -> str:
    """A value as one line of JSON."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False) + "\n"


def say(text: str = "") -> None:
    """Prints a line for people."""
    sys.stdout.write(text + "\n")
