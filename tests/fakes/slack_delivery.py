"""What an app has yet to hear: delivered in order of each person, again if an event is not acknowledged."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(eq=False)
class Delivery:
    """One thing to be heard. Only events are delivered again; whoever tapped is told that it did not work."""

    kind: str  # events_api, interactive or slash_commands
    payload: dict[str, Any]
    lane: str
    answered: Callable[[Any], None] | None = None
    lost: Callable[[str], None] | None = None
    over: bool = False
    answer: Any = None
    attempts: int = 0

    @property
    def is_event(self) -> bool:
        """Whether it is one of the Events API."""
        return self.kind == "events_api"


@dataclass(frozen=True)
class Answer:
    """What came of one attempt: the acknowledgement's content, or in Slack's words why there is none."""

    content: Any = None
    failed: str = ""
    final: bool = False  # the app does not want it again


class Transport(Protocol):
    """A way to the app."""

    def deliver(self, delivery: Delivery, reason: str) -> Answer:
        """Returns once it is acknowledged, or failed; `reason` is why the attempt before failed."""


@dataclass
class Lane:
    """What one person did, in order."""

    waiting: deque[Delivery] = field(default_factory=deque)
    working: bool = False


class Deliveries:
    """The queue to the app. `twice` delivers everything twice; `forgiving` delivers interactions again, as Slack never does."""

    def __init__(self, changed: threading.Condition) -> None:
        self.changed = changed
        self.transport: Transport | None = None
        self.twice = False
        self.forgiving = False
        # Slack tries again at once, after one minute and after five; tests have less time.
        self.retries = (0.0, 0.2, 1.0)
        self.pending: list[Delivery] = []
        self.given_up: list[Delivery] = []
        self.closed = False
        self._lanes: dict[str, Lane] = {}
        self._threads: set[threading.Thread] = set()

    def push(self, delivery: Delivery) -> Delivery:
        """Something happened; it will be delivered after what the same person did before."""
        with self.changed:
            self.pending.append(delivery)
            lane = self._lanes.setdefault(delivery.lane, Lane())
            lane.waiting.append(delivery)
            if not lane.working:
                lane.working = True
                self._start(self._work, lane)
            return delivery

    def close(self) -> None:
        """Nothing is delivered any more; returns once nothing is under way."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _start(self, work: Callable[..., None], *args: Any) -> None:
        def run() -> None:
            try:
                work(*args)
            finally:
                with self.changed:
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=run, name="slack-delivery", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _work(self, lane: Lane) -> None:
        while (delivery := self._next(lane)) is not None:
            answer = self._attempt(delivery, "")
            if answer.failed and not answer.final and (delivery.is_event or self.forgiving):
                # What failed is told again beside what comes after it.
                self._start_locked(self._again, delivery, answer.failed)
            else:
                self._settle(delivery, answer)

    def _start_locked(self, work: Callable[..., None], *args: Any) -> None:
        with self.changed:
            self._start(work, *args)

    def _next(self, lane: Lane) -> Delivery | None:
        with self.changed:
            if lane.waiting and not self.closed:
                return lane.waiting.popleft()
            lane.working = False
            return None

    def _again(self, delivery: Delivery, reason: str) -> None:
        answer = Answer(failed=reason)
        for pause in self.retries:
            with self.changed:
                if self.changed.wait_for(lambda: self.closed, pause):
                    return
            answer = self._attempt(delivery, answer.failed or reason)
            if answer.final or not answer.failed:
                break
        self._settle(delivery, answer)

    def _attempt(self, delivery: Delivery, reason: str) -> Answer:
        if self.transport is None or self.closed:
            return Answer(failed="connection_failed")
        delivery.attempts += 1
        return self.transport.deliver(delivery, reason)

    def _settle(self, delivery: Delivery, answer: Answer) -> None:
        with self.changed:
            if answer.failed:
                self.given_up.append(delivery)
                if delivery.lost and not self.closed:
                    delivery.lost(f"{TROUBLE} ({answer.failed})")
            elif delivery.answered:
                delivery.answer = answer.content
                delivery.answered(answer.content)
            delivery.over = True
            self.changed.notify_all()
        if self.twice and not answer.failed:
            self._attempt(delivery, "")
        with self.changed:
            self.pending.remove(delivery)
            self.changed.notify_all()
