"""Rows as CSV: a spreadsheet opens it at once, in the right letters, and runs nothing that somebody wrote."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for an old code page, and every accent is wrong; all others pass it by."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula, which may reach into other files or the network (CWE-1236)."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The table line by line, its mark before the first; None is an empty cell, a truth "true" or "false"."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(head)
    yield MARK + lines.take()
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield lines.take()


def cell(value: Any) -> Any:
    """A value as it stands in a cell: a text that a spreadsheet would run has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else str(value)
    return value


class _Lines:
    """What a CSV writer writes to, one line at a time."""

    def __init__(self) -> None:
        self._line = ""

    def write(self, text: str) -> None:
        """Takes what the writer gives."""
        self._line += text

    def take(self) -> str:
        """The line, which is gone then."""
        line, self._line = self._line, ""
        return line
