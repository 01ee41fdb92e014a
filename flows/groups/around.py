"""What a step in a group must know, and what it yields."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from flows.around import Member
from flows.prompts import Notice, NoticeKind, Prompt
from model.instrument import Form
from model.responses import Response

MINUTES = 4
"""For a statement: to read it, to vote, and for two people to say why they differ."""
LONGEST = 60
"""Minutes for one statement at the most."""


class Workshop(msgspec.Struct, frozen=True, omit_defaults=True):
    """A group goes through statements, one after the other: `place` in `items`, and which round of votes.

    `number` counts the workshops of the group; `begun` is when the votes on this statement began; `agreed` the levels
    that were kept.
    """

    number: int
    items: tuple[str, ...]
    begun: datetime
    minutes: int = MINUTES
    place: int = 0
    round: int = 1
    stage: Literal["voting", "revealed", "over"] = "voting"
    agreed: Mapping[str, int] = {}

    @property
    def at(self) -> str:
        """The ballot that is open, as its buttons carry it."""
        return f"{self.number}.{self.place}.{self.round}"

    @property
    def item(self) -> str:
        """The statement that is voted on."""
        return self.items[self.place]

    @property
    def until(self) -> datetime:
        """When the minutes for this statement are over."""
        return self.begun + timedelta(minutes=self.minutes)

    @property
    def ends(self) -> datetime:
        """When the last statement's minutes are over, at this pace."""
        return self.begun + timedelta(minutes=self.minutes) * (len(self.items) - self.place)


class Vote(msgspec.Struct, frozen=True):
    """What somebody (an address) gives a statement: a level 0-5, or None for don't know."""

    voter: int
    name: str
    level: int | None


class Company(msgspec.Struct, frozen=True):
    """Who acts in a group, and what is known of it. `leads` is the city that the one who acts coordinates.

    `city` is the group's own; `open` whether its round is, with `form`; `held` how many workshops it has had, and
    `workshop` the one that goes on, with the `votes` of its present round; `agreed` the statements that have an
    agreed value in this round of asking.
    Only where it is about the city's way: `team`, and `answered`, the statements that have an answer.
    """

    now: datetime
    me: int = 0
    name: str = ""
    leads: str = ""
    leads_name: str = ""
    city: str = ""
    city_name: str = ""
    form: Form = "short"
    open: bool = True
    held: int = 0
    workshop: Workshop | None = None
    votes: tuple[Vote, ...] = ()
    agreed: frozenset[str] = frozenset()
    team: tuple[Member, ...] = ()
    answered: frozenset[str] = frozenset()


class Hosting(msgspec.Struct, frozen=True):
    """The group is the city's of the one who acts from now on, or nobody's."""

    on: bool


class Gathered(msgspec.Struct, frozen=True):
    """One step's result in a group, kept whole or not at all.

    `whisper` is only told to the one who acted, where the platform can; `soon` where what is said may wait a moment
    for more of its kind.
    """

    prompts: tuple[Prompt, ...] = ()
    keeps: tuple[Hosting | Workshop | Vote | Response, ...] = ()
    whisper: Notice | None = None
    soon: bool = False


def notice(kind: NoticeKind, about: str = "") -> Gathered:
    """Something for all to know; nothing changes."""
    return Gathered((Notice(kind, about),))


def whisper(kind: NoticeKind, about: str = "") -> Gathered:
    """Something for the one who acted; nothing changes."""
    return Gathered(whisper=Notice(kind, about))
