"""Opens a spreadsheet in a program of its own, which may take its time and memory, and no more."""

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import msgspec

PATIENCE = 20.0
"""Seconds that a file may take: ours takes a tenth of one."""
_PROGRAM = Path(__file__).with_name("unpacking.py")


class Odd(msgspec.Struct, frozen=True):
    """A cell that holds neither text nor number: a date, a truth, or what a formula says when it has gone wrong."""

    kind: Literal["date", "truth", "error"]
    text: str


Cell = str | float | Odd
"""What stands in a cell; "" for nothing."""


class Page(msgspec.Struct, frozen=True):
    """A sheet by its name: its rows from the first on, hidden ones too."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


class Opened(msgspec.Struct, frozen=True):
    """A spreadsheet. `kind` is xlsx, ods, xls or csv; `why` is set where it cannot be read, and there are no pages.

    It is "password", "bomb", "numbers", "xlsb" or "broken".
    """

    pages: tuple[Page, ...] = ()
    kind: str = ""
    macros: bool = False
    why: str = ""


def opened(content: bytes) -> Opened:
    """What a file holds; never raises. Waits for another program: call it in a thread."""
    try:
        run = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-I", str(_PROGRAM)], input=content, capture_output=True, timeout=PATIENCE, check=False
        )
        if run.returncode:  # out of memory, or of time
            return Opened(why="bomb" if run.returncode < 0 else "broken")
        return held(msgspec.json.decode(run.stdout))
    except subprocess.TimeoutExpired:
        return Opened(why="bomb")
    except (OSError, msgspec.MsgspecError):
        return Opened(why="broken")


def held(told: dict[str, Any]) -> Opened:
    """What that program printed, as a value."""
    if "why" in told:
        return Opened(why=told["why"])
    pages = [Page(name, tuple(tuple(map(_cell, row)) for row in rows)) for name, rows in told["sheets"]]
    return Opened(tuple(pages), told["kind"], told["macros"])


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return Odd("truth", str(value).upper())
        case {"date": said}:
            return Odd("date", str(said))
        case {"error": said}:
            return Odd("error", str(said))
        case str() | float():
            return value
        case int():
            return float(value)
    return ""
