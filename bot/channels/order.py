"""One after the other where it must be: what one person does is heard in the order it came, people side by side."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Order:
    """A line for each person; whoever stands in it is let through in turn."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[asyncio.Lock, int]] = {}

    @contextlib.asynccontextmanager
    async def of(self, person: str) -> AsyncIterator[None]:
        """Waits for all of this person's that came before."""
        lock, waiting = self._lines.get(person, (asyncio.Lock(), 0))
        self._lines[person] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._lines[person]
            if waiting == 1:
                del self._lines[person]
            else:
                self._lines[person] = lock, waiting - 1
