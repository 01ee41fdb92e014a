"""Telegram calling: updates are posted to the bot's webhook over several connections, and again until it says 2xx.

As at Telegram, the updates of one chat and kind come one after the other, and all others side by side.
"""

import threading
import time
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.fakes.telegram_account import Account
from tests.fakes.telegram_updates import Update

CONNECTIONS = 4
AGAIN = 0.1  # seconds until an update that was not taken comes again; Telegram waits longer
PATIENCE = 30


class Caller:
    """Calls between `start` and `stop`, while there is a webhook; `proxy` is where its public address leads."""

    def __init__(self, account: Account) -> None:
        self.proxy = ""
        self.answers: list[int] = []  # the status of every call, 0 for a call that failed
        self._account = account
        self._busy: set[tuple[str, int]] = set()
        self._not_before: dict[int, float] = {}
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(CONNECTIONS)]

    def start(self) -> None:
        """Begins to call."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Returns once nothing is under way; the account's updates are closed before."""
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        with httpx.Client(timeout=PATIENCE) as client:
            while (taken := self._take()) is not None:
                update, line = taken
                status = self._call(client, update)
                with self._account.changed:
                    self.answers.append(status)
                    self._busy.discard(line)
                    self._note(update, status)
                    self._account.changed.notify_all()

    def _take(self) -> tuple[Update, tuple[str, int]] | None:
        """The next update whose line is free; None at the end."""
        with self._account.changed:
            while not self._account.updates.closed:
                found = self._next() if self.proxy and self._account.webhook else None
                if found is not None:
                    self._busy.add(found[1])
                    return found
                self._account.changed.wait(AGAIN / 4)
        return None

    def _next(self) -> tuple[Update, tuple[str, int]] | None:
        heads = {_line(update): update for update in reversed(self._account.updates.held)}
        for line, update in heads.items():
            if line not in self._busy and self._not_before.get(update.id, 0) <= time.monotonic():
                return update, line
        return None

    def _call(self, client: httpx.Client, update: Update) -> int:
        url = f"{self.proxy}{urlsplit(self._account.webhook).path}"
        secret = self._account.secret
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            return client.post(url, json=_body(update), headers=headers).status_code
        except httpx.HTTPError:
            return 0

    def _note(self, update: Update, status: int) -> None:
        held = self._account.updates.held
        if not 200 <= status < 300:
            self._not_before[update.id] = time.monotonic() + AGAIN
            return
        update.deliveries += 1
        if update in held and update.deliveries >= (2 if self._account.updates.twice else 1):
            held.remove(update)


def _body(update: Update) -> dict[str, Any]:
    return {"update_id": update.id, update.kind: update.payload}


def _line(update: Update) -> tuple[str, int]:
    message = update.payload.get("message", update.payload) if update.kind == "callback_query" else update.payload
    return update.kind, message["chat"]["id"]
