"""The prompts that tell a result from the whole down to a statement; all are filled in at delivery."""

from typing import Literal

from typing_extensions import override

from flows.events import Asked, Ended
from flows.prompts import CODES_A_ROW, Prompt, Rows

OWN = "own"
"""What asks for the scores under the city's own weights."""


class InShort(Prompt, frozen=True):
    """A city's result in five lines; `closes` is the day (ISO form) on which the wave ends by itself, or empty.

    It is `complete` where everything is answered before the close; then its coordinator may close at once. In
    `public` nothing is told that may be a single person's answer, and nothing that somebody could be blamed for.
    """

    public: bool = False
    complete: bool = False
    closes: str = ""

    @property
    @override
    def rows(self) -> Rows:
        if self.public:
            return ((Asked("scores"), Asked("benchmark")),)
        close = ((Ended(sure=True),),) if self.complete else ()
        return (*close, (Asked("scores"), Asked("benchmark")))


class _Part(Prompt, frozen=True):
    """A part of the result: `code` is its own, `below` are those of its parts."""

    code: str
    below: tuple[str, ...] = ()


class DimensionScores(_Part, frozen=True):
    """A dimension: its capabilities, and how many of its statements stand at each level."""

    @property
    @override
    def rows(self) -> Rows:
        return (*_down(self.below), (Asked("scores"),))


class CapabilityScores(_Part, frozen=True):
    """A capability: its statements, and how far those who answered agree."""

    above: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return (*_down(self.below), (Asked("scores", self.above), Asked("scores")))


class StatementScore(_Part, frozen=True):
    """A statement: its level, who agrees how far, its goal and what the next level asks for."""

    above: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("scores", self.above), Asked("scores")),)


class OwnScores(Prompt, frozen=True):
    """The scores under the city's own weights beside those under equal ones."""

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("scores"), Asked("goals")),)


class MyFile(Prompt, frozen=True):
    """All that is kept of somebody, as a file."""

    kind: Literal["csv"] = "csv"


def _down(below: tuple[str, ...]) -> Rows:
    buttons = tuple(Asked("scores", code) for code in below)
    return tuple(buttons[at : at + CODES_A_ROW] for at in range(0, len(buttons), CODES_A_ROW))


AnyFigure = InShort | DimensionScores | CapabilityScores | StatementScore | OwnScores | MyFile
"""Every kind of prompt of this room."""
OfResult = InShort | DimensionScores | CapabilityScores | StatementScore | OwnScores
"""Those that are filled with a city's result."""
