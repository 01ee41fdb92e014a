"""Bad weather: platforms that at random hang up, wait, refuse, break, or answer with a page of HTML."""

import random
import threading
import time
from collections import Counter
from typing import Any

from starlette.responses import HTMLResponse, Response
from typing_extensions import override

from tests.fakes.serving import NoAnswer
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import _failed as slack_failed
from tests.fakes.slack_workspace import RefusedError as SlackRefusal
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram import _failed as telegram_failed
from tests.fakes.telegram import _too_many as too_many
from tests.fakes.telegram_updates import RefusedError as TelegramRefusal

KINDS = ("late", "before", "after", "page", "broken", "limited")
"""Answered late; hung up on before or after the work is done; a gateway's page, or 500, or 429 instead of it."""
PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


class Weather:
    """What becomes of each request; the same for the same seed and the same requests."""

    def __init__(self, seed: int, share: float = 0.25, longest: float = 5.0) -> None:
        self.fair = False
        self.met: Counter[str] = Counter()
        self.share = share
        self._longest = longest
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._over = threading.Event()

    def next(self) -> str:
        """What becomes of the next request; "" where nothing is wrong."""
        with self._lock:
            if self.fair or self._chance.random() > self.share:
                return ""
            kind = self._chance.choice(KINDS)
            self.met[kind] += 1
            return kind

    def dawdle(self) -> None:
        """Waits, but no longer than the bad weather lasts."""
        with self._lock:
            seconds = self._chance.random() * self._longest
        self._over.wait(seconds)

    def clear_up(self) -> None:
        """From now on nothing is wrong."""
        self.fair = True
        self._over.set()


def _page() -> Response:
    return HTMLResponse(PAGE, 502)


class StormyTelegram(FakeTelegram):
    """Telegram on a bad day. `pushed` are all updates there were, in order."""

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather
        self.pushed: list[tuple[float, str, dict[str, Any]]] = []
        push = self.account.updates.push

        def noted(kind: str, payload: dict[str, Any]) -> None:
            self.pushed.append((time.monotonic(), kind, payload))
            push(kind, payload)

        self.account.updates.push = noted  # type: ignore[method-assign]

    @override
    def _answer(self, token: str, method: str, kind: str, body: bytes) -> Response:
        trouble = self.weather.next()
        if trouble == "late":
            self.weather.dawdle()
        if trouble in {"", "late", "after"}:
            answer = super()._answer(token, method, kind, body)
            return NoAnswer() if trouble == "after" else answer
        if trouble == "before":
            return NoAnswer()
        if trouble == "page":
            return _page()
        return telegram_failed(TelegramRefusal(500, "Internal Server Error") if trouble == "broken" else too_many(1))


class StormySlack(FakeSlack):
    """Slack on a bad day. `pushed` is all that there was to be heard, in order."""

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather
        self.pushed: list[tuple[float, Any]] = []
        push = self.account.deliveries.push

        def noted(delivery: Any) -> Any:
            self.pushed.append((time.monotonic(), delivery))
            return push(delivery)

        self.account.deliveries.push = noted  # type: ignore[method-assign]

    @override
    def _answer(self, method: str, kind: str, body: bytes, query: str, authorization: str | None) -> Response:
        trouble = self._trouble()
        if trouble is not None:
            return trouble
        hangs_up = self.weather.next() == "after"
        answer = super()._answer(method, kind, body, query, authorization)
        return NoAnswer() if hangs_up else answer

    @override
    def _uploaded(self, file: str, body: bytes) -> Response:
        return self._trouble() or super()._uploaded(file, body)

    def _trouble(self) -> Response | None:
        trouble = self.weather.next()
        if trouble == "late":
            self.weather.dawdle()
        if trouble in {"", "late", "after"}:
            return None
        if trouble == "before":
            return NoAnswer()
        if trouble == "page":
            return _page()
        return slack_failed(
            SlackRefusal("fatal_error", 500) if trouble == "broken" else SlackRefusal("ratelimited", 429, 1)
        )
