"""What a test wishes upon the next requests of a method: refusals, hung-up connections, delays."""

import threading
from dataclasses import dataclass

from tests.fakes.slack_workspace import RefusedError


class HangUpError(Exception):
    """The connection closes without an answer."""


@dataclass
class Trouble:
    """One of them, for the next `times` requests."""

    method: str
    times: int
    channel: str | None
    after: bool
    raises: Exception


class Troubles:
    """All that is still to come."""

    def __init__(self, changed: threading.Condition) -> None:
        self.delays: dict[str, float] = {}
        self._changed = changed
        self._wished: list[Trouble] = []

    def refuse(
        self,
        method: str,
        error: str = "ratelimited",
        status: int = 200,
        retry_after: int = 2,
        times: int = 1,
        channel: str | None = None,
    ) -> None:
        """Refuses the next requests of that method (in that channel), undone, with an error or a status."""
        limited = error == "ratelimited" and status in (200, 429)
        refused = RefusedError(error, 429, retry_after) if limited else RefusedError(error, status)
        with self._changed:
            self._wished.append(Trouble(method, times, channel, after=False, raises=refused))

    def drop(self, method: str, times: int = 1, channel: str | None = None, *, after: bool = True) -> None:
        """Hangs up on the next requests of that method: after the work is done, or before."""
        with self._changed:
            self._wished.append(Trouble(method, times, channel, after, HangUpError()))

    def delay(self, method: str, seconds: float) -> None:
        """Lets every request of that method wait so long from now on; 0 ends it."""
        self.delays[method] = seconds

    def meet(self, method: str, channel: object, *, after: bool) -> None:
        """Lets the first trouble that was wished upon this request happen, once."""
        with self._changed:
            for trouble in self._wished:
                meant = (trouble.method, trouble.after) == (method, after) and trouble.channel in (None, channel)
                if meant and trouble.times > 0:
                    trouble.times -= 1
                    raise trouble.raises
