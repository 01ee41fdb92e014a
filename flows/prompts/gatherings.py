"""The prompts of groups: how far the city is, and a workshop's agenda, votes and agreements."""

from datetime import datetime
from typing import ClassVar

from typing_extensions import override

from flows.events import Asked
from flows.events.gathering import Revealed, Revoted, Settled, Voted, Went
from flows.prompts import CardPrompt, Prompt, Rows
from model.responses import NonResponse

LEVELS = tuple(range(6))
UNSURE = NonResponse.DONT_KNOW.value
"""The only vote beside a level."""


class CityProgress(Prompt, frozen=True):
    """How far a city is: (dimension, answered, asked) each, and how many of its people are done; never who."""

    dimensions: tuple[tuple[str, int, int], ...]
    done: int
    people: int


class Milestone(Prompt, frozen=True):
    """A dimension has all its answers; "" where all dimensions have. `asked` counts its statements."""

    dimension: str
    asked: int
    done: int
    dimensions: int


class GroupHelp(Prompt, frozen=True):
    """What may be said in a group; `city` is empty where it has none yet."""

    city: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("progress"), Asked("scores"), Asked("benchmark")),) if self.city else ()


class Order(Prompt, frozen=True):
    """A workshop begins: its statements one after the other, so many minutes each, and when it is over at this pace."""

    items: tuple[str, ...]
    minutes: int
    ends: datetime


class Ballot(CardPrompt, frozen=True):
    """A statement that a group votes on: how many have, never what. `place` is counted from 1 in the agenda.

    Voting ends at `until` and the workshop, at this pace, at `ends`; once it is not `open` the card has no buttons.
    """

    at: str
    item: str
    place: int
    total: int
    round: int
    until: datetime
    ends: datetime
    votes: int = 0
    open: bool = True

    @property
    @override
    def card(self) -> str:
        return f"ballot/{self.at}"

    @property
    @override
    def rows(self) -> Rows:
        if not self.open:
            return ()
        levels = tuple((Voted(self.at, str(level)),) for level in LEVELS)
        return (*levels, (Voted(self.at, UNSURE),), (Revealed(self.at), Went(self.at)))


class Tally(CardPrompt, frozen=True):
    """How the votes fell: how many for each level 0-5, how many do not know, the lower median, and who is far off it.

    `far` are (name, level); `agreed` is what the group kept, `open` whether it is still to decide.
    """

    at: str
    item: str
    round: int
    counts: tuple[int, ...]
    unsure: int = 0
    median: int | None = None
    far: tuple[tuple[str, int], ...] = ()
    agreed: int | None = None
    open: bool = True

    @property
    @override
    def card(self) -> str:
        return f"tally/{self.at}"

    @property
    @override
    def rows(self) -> Rows:
        if not self.open:
            return ()
        others = tuple(Settled(self.at, level) for level in LEVELS if level != self.median)
        first = ((Settled(self.at, self.median),),) if self.median is not None else ()
        return (*first, others, (Revoted(self.at), Went(self.at)))


class TimeUp(Prompt, frozen=True):
    """The minutes for a statement are over; so many have voted."""

    unasked: ClassVar[bool] = True

    item: str
    votes: int


class Minutes(Prompt, frozen=True):
    """A workshop is over: (statement, level) of each that was agreed, and how many were on the agenda."""

    agreed: tuple[tuple[str, int], ...]
    total: int


AnyOfGroups = CityProgress | Milestone | GroupHelp | Order | Ballot | Tally | TimeUp | Minutes
