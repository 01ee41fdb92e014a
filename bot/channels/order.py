"""One after the other where it must be: what one person does is heard in the order it came, people side by side."""

import asyncio
from collections.abc import Hashable
from weakref import WeakValueDictionary


class Order:
    """A line for each person; a lock lets through whoever came first, and lives while somebody holds it or waits."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    def of(self, person: Hashable) -> asyncio.Lock:
        """To be held while something of this person's is heard."""
        line = self._lines.get(person)
        if line is None:
            line = self._lines[person] = asyncio.Lock()
        return line
