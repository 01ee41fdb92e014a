"""What a bot has yet to hear: updates in order, handed out again and again until a higher offset confirms them."""

import itertools
import threading
from dataclasses import dataclass
from typing import Any

from tests.fakes.bot_api import SPECIFICATION

FIRST_UPDATE = 700_000_001
LONGEST_POLL = 0.2  # seconds; Telegram waits as long as it is asked to, tests should not
BY_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class RefusedError(Exception):
    """Telegram's answer to a request it does not carry out."""

    def __init__(
        self, status: int, description: str, retry_after: int | None = None, migrated: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrated = migrated


@dataclass
class Update:
    """One update, and in how many answers it went out."""

    id: int
    kind: str
    payload: dict[str, Any]
    deliveries: int = 0


class Updates:
    """The queue behind getUpdates. `twice` keeps a confirmed update until it went out in two answers."""

    def __init__(self, changed: threading.Condition) -> None:
        self.changed = changed
        self.held: list[Update] = []
        self.allowed = set(SPECIFICATION.updates) - BY_REQUEST_ONLY
        self.twice = False
        self.closed = False
        self._ids = itertools.count(FIRST_UPDATE)
        self._polls = 0

    def allow(self, kinds: list[str] | None) -> None:
        """From now on only these kinds are kept; none given leaves it as it is, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = set(kinds or set(SPECIFICATION.updates) - BY_REQUEST_ONLY)

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Something happened; whoever waits for it wakes."""
        with self.changed:
            if kind in self.allowed:
                self.held.append(Update(next(self._ids), kind, payload))
                self.changed.notify_all()

    def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """What is due from `offset` on, after at most `timeout` seconds. A later poll ends one that waits (409)."""
        with self.changed:
            self._polls += 1
            mine = self._polls
            offset = self._confirm(offset)
            self.changed.notify_all()
            self.changed.wait_for(lambda: self._ends(mine, offset), min(timeout, LONGEST_POLL))
            if self._polls != mine:
                raise RefusedError(409, CONFLICT)
            return [self._hand_out(update) for update in self._due(offset)[:limit]]

    def _ends(self, mine: int, offset: int) -> bool:
        return self.closed or self._polls != mine or bool(self._due(offset))

    def _confirm(self, offset: int) -> int:
        """Forgets what the offset confirms. A negative one counts from the end, as at Telegram."""
        if offset < 0:
            offset = next((update.id for update in self.held[offset:]), 0)
        self.held = self._due(offset)
        return offset

    def _due(self, offset: int) -> list[Update]:
        answers = 2 if self.twice else 0
        return [update for update in self.held if update.id >= offset or update.deliveries < answers]

    def _hand_out(self, update: Update) -> dict[str, Any]:
        update.deliveries += 1
        return {"update_id": update.id, update.kind: update.payload}
