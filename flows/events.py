"""What a person did, whichever channel it came through: a closed list."""

from typing import Literal

import msgspec

Report = Literal["progress", "scores", "benchmark", "model", "help", "language"]
REPORTS: tuple[Report, ...] = ("progress", "scores", "benchmark", "model", "help", "language")


class Event(msgspec.Struct, frozen=True, tag=True):
    """Anything a person did."""


class Started(Event, frozen=True):
    """Came in, perhaps with an invitation's code."""

    code: str = ""


class Typed(Event, frozen=True):
    """Wrote something that is no command."""

    text: str


class Consented(Event, frozen=True):
    """Agreed, or not, that answers are kept."""

    agreed: bool


class Answered(Event, frozen=True):
    """Gave a level ("0" to "5") or a non-response's code for the question `key`."""

    key: str
    value: str


class Dated(Event, frozen=True):
    """Gave the year of the goal `key`."""

    key: str
    year: int


class Reopened(Event, frozen=True):
    """Wants to answer `key` again."""

    key: str


class Explained(Event, frozen=True):
    """Wants to know what the levels of `key` look like."""

    key: str


class Skipped(Event, frozen=True):
    """Leaves `key` for later; empty for whatever is being asked."""

    key: str = ""


class WentBack(Event, frozen=True):
    """Wants the question before this one."""


class Continued(Event, frozen=True):
    """Wants to go on where they stopped."""


class Resumed(Event, frozen=True):
    """Wants to be asked again what was skipped."""


class Finished(Event, frozen=True):
    """Is done, and leaves out what was skipped."""


class Asked(Event, frozen=True):
    """Wants to see a report; `about` narrows it."""

    report: Report
    about: str = ""


class Spoke(Event, frozen=True):
    """Chose a language."""

    language: str


class Shared(Event, frozen=True):
    """Lets the city's result into the benchmark, or takes it out."""

    agreed: bool


class Attached(Event, frozen=True):
    """Sent a file; `reference` is how the platform finds it again."""

    kind: str
    reference: str
    caption: str = ""


class Sent(Event, frozen=True):
    """Sent something that is neither text nor evidence: a sticker, a contact."""

    kind: str


class Left(Event, frozen=True):
    """Blocked the bot."""


class Returned(Event, frozen=True):
    """Let the bot write again."""


AnyEvent = (
    Started
    | Typed
    | Consented
    | Answered
    | Dated
    | Reopened
    | Explained
    | Skipped
    | WentBack
    | Continued
    | Resumed
    | Finished
    | Asked
    | Spoke
    | Shared
    | Attached
    | Sent
    | Left
    | Returned
)
