"""The prompts of teamwork: handing on, the coordinator's board, reminders; and the events that their buttons carry."""

from typing import ClassVar

from typing_extensions import override

from flows.around import Disposition, Member
from flows.events import (
    Asked,
    Away,
    Continued,
    Ended,
    Event,
    Given,
    HandedOn,
    Looked,
    Moved,
    NotMine,
    Nudged,
    Silenced,
    Skipped,
    Snoozed,
    Took,
)
from flows.prompts import Prompt, Rows

SHOWN = 8
"""Buttons one below the other before a card is longer than a phone's screen; more of them stand in pairs."""
MOST = 60
"""People on the buttons of one card: what is left of a platform's hundred is for the other buttons."""
LINES = 28
"""People on one message: with more, a platform would cut it off."""
NO_DAY = "-"
"""Stands in a button for the closing day of a wave that has none."""
UNMOVED: frozenset[Disposition] = frozenset({"completed", "refused", "silenced", "away"})
"""Whom a coordinator does not have reminded: they are done, or have said that they do not want it."""


def _stacked(events: tuple[Event, ...]) -> Rows:
    """One button a row, or two where there are many."""
    wide = 1 if len(events) <= SHOWN else 2
    return tuple(events[at : at + wide] for at in range(0, len(events), wide))


def unfinished_first(members: tuple[Member, ...]) -> tuple[tuple[Member, ...], int]:
    """Whom one message names, and how many more there are: of many, those who are done come last."""
    if len(members) <= LINES:
        return members, 0
    return tuple(sorted(members, key=lambda one: one.disposition == "completed"))[:LINES], len(members) - LINES


class AskWhom(Prompt, frozen=True):
    """Whose is it? `people` are the colleagues to choose from; `whole` the capability, where more of it is open."""

    is_question: ClassVar[bool] = True

    key: str
    people: tuple[Member, ...]
    whole: str = ""

    @property
    @override
    def rows(self) -> Rows:
        colleagues = _stacked(tuple(HandedOn(self.key, one.id) for one in self.people[:MOST]))
        whole = ((NotMine(self.whole),),) if self.whole else ()
        return (*colleagues, (HandedOn(self.key, ""),), *whole, (Continued(),))


class AskNote(Prompt, frozen=True):
    """A word to the colleague who gets it?"""

    is_question: ClassVar[bool] = True

    key: str
    name: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Skipped(),),)


class Offered(Prompt, frozen=True):
    """A colleague hands statements on, with a note; accept or refuse."""

    handing: str
    items: tuple[str, ...]
    giver: str
    note: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Took(self.handing, agreed=True),), (Took(self.handing, agreed=False),))


class Passed(Prompt, frozen=True):
    """What became of statements that were handed on: offered, accepted, refused; said to giver and coordinator.

    `giver` is empty where the one who hears it gave them.
    """

    state: str
    items: tuple[str, ...]
    giver: str
    taker: str
    note: str = ""

    @property
    @override
    def rows(self) -> Rows:
        asked_again = self.state == "given" or (self.state == "refused" and not self.giver)
        return ((Continued(),),) if asked_again else ()


class Team(Prompt, frozen=True):
    """The coordinator's board: who is how far; what holds a dimension back: (dimension, open statements) each."""

    members: tuple[Member, ...]
    held: tuple[tuple[str, tuple[str, ...]], ...] = ()
    closes: str = ""
    open: bool = True

    @property
    @override
    def rows(self) -> Rows:
        if not self.open:
            return ()
        people = _stacked(tuple(Looked(one.id) for one in self.members if one.id)[:MOST])
        return (*people, (Moved(f"+7 {self.closes or NO_DAY}"), Ended(sure=False)))


class Person(Prompt, frozen=True):
    """Somebody of the team: what is theirs, and what the coordinator may do about it."""

    member: Member
    departments: tuple[str, ...]
    open_items: tuple[str, ...] = ()

    @property
    @override
    def rows(self) -> Rows:
        nudge = () if self.member.disposition in UNMOVED else ((Nudged(self.member.id),),)
        give = _stacked(tuple(Given(self.member.id, f"@{code}") for code in self.departments))
        return (*nudge, *give, (Asked("team"),))


class AskEnd(Prompt, frozen=True):
    """Close although this is missing? (dimension, answered, asked) each."""

    is_question: ClassVar[bool] = True

    dimensions: tuple[tuple[str, int, int], ...]

    @property
    @override
    def rows(self) -> Rows:
        return ((Ended(sure=True),), (Asked("team"),))


class Reminder(Prompt, frozen=True):
    """What is left, and ways to go on or to put it off; `closes` is a day in ISO form or empty.

    `timezone` is told where it is only guessed.
    """

    unasked: ClassVar[bool] = True

    minutes: int
    left: int
    reason: str
    closes: str = ""
    nudge: str = ""
    timezone: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Continued(),), (Snoozed("tomorrow"), Snoozed("monday")), (Away(""), NotMine("")), (Silenced(),))


class AskAway(Prompt, frozen=True):
    """Until which of these days (ISO form) is somebody away? Any other may be typed."""

    days: tuple[str, ...]

    @property
    @override
    def rows(self) -> Rows:
        return tuple((Away(day),) for day in self.days)


class Digest(Prompt, frozen=True):
    """Who has not answered after three reminders, or asked for none; one message for all of them."""

    unasked: ClassVar[bool] = True

    members: tuple[Member, ...]

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("team"),),)
