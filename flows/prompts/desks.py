"""The prompts of the disagreement desk: what differs, the question why, and the value that is agreed on."""

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override

from flows.events import Asked, Event, Reopened
from flows.events.asides import Removed
from flows.events.differing import Agreed, Inquired, Viewed
from flows.kept.settling import Matter
from flows.prompts import CODES_A_ROW, CardPrompt, Prompt, Rows
from model.instrument import LEVELS
from model.responses import NonResponse

PAGE = 10
"""Statements in one message: as many as a phone shows without losing the first."""
VALUES = (*(str(level) for level in LEVELS), NonResponse.NOT_APPLICABLE.value)
"""What may be agreed on."""


def _in_rows(events: Sequence[Event]) -> Rows:
    return tuple(tuple(events[at : at + CODES_A_ROW]) for at in range(0, len(events), CODES_A_ROW))


class DeskList(Prompt, frozen=True):
    """Where respondents differ, the open ones first: one page, after `before` others of `total`.

    `open` counts the open ones of all pages; `about` is the code it is narrowed to.
    """

    matters: tuple[Matter, ...]
    total: int
    open: int
    before: int = 0
    about: str = ""

    @property
    @override
    def rows(self) -> Rows:
        codes = _in_rows([Asked("desk", one.code) for one in self.matters])
        turns = []
        if self.before:
            turns.append(Asked("desk", f"{self.about}+{max(self.before - PAGE, 0)}"))
        if self.before + len(self.matters) < self.total:
            turns.append(Asked("desk", f"{self.about}+{self.before + PAGE}"))
        return (*codes, tuple(turns)) if turns else codes


class DeskCard(CardPrompt, frozen=True):
    """One statement at the desk; `acts` is whether whoever sees it may ask and agree, `now` whether it was just agreed.

    `news` is "view" where somebody has just said why, "heard" where everybody asked has.
    """

    matter: Matter
    acts: bool = True
    now: bool = False
    news: str = ""

    @property
    @override
    def card(self) -> str:
        return f"desk/{self.matter.code}"

    @property
    @override
    def rows(self) -> Rows:
        code, back = self.matter.code, (Asked("desk"),)
        if not self.acts:
            return (back,)
        ask = ((Inquired(code),),) if self.matter.disputed and self.matter.left else ()
        return (*ask, *_in_rows([Agreed(code, value) for value in VALUES if value != self.matter.agreed]), back)


class AskView(CardPrompt, frozen=True):
    """Why did you give this `value`, when others see it otherwise? `how` is the choice of name once it is made.

    `open` is whether the answer itself can still be changed.
    """

    is_question: ClassVar[bool] = True

    item: str
    value: str
    how: str = ""
    open: bool = True

    @property
    @override
    def card(self) -> str:
        return f"view/{self.item}"

    @property
    @override
    def rows(self) -> Rows:
        names = tuple(Viewed(self.item, how) for how in ("nameless", "view") if how != self.how)
        change = ((Reopened(self.item),),) if self.open else ()
        return (names, (Viewed(self.item, "silent"),), *change)


class ViewKept(CardPrompt, frozen=True):
    """What somebody said of an item is kept, with their name ("view") or without ("nameless")."""

    item: str
    value: str
    text: str
    how: str

    @property
    @override
    def card(self) -> str:
        return f"view/{self.item}"

    @property
    @override
    def rows(self) -> Rows:
        other = "view" if self.how == "nameless" else "nameless"
        return ((Viewed(self.item, other),), (Viewed(self.item, "again"), Removed(self.how, self.item)))


class AskSettled(Prompt, frozen=True):
    """Why is `value` agreed on for an item? `stands` is what was agreed on before, or ""."""

    is_question: ClassVar[bool] = True

    item: str
    value: str
    stands: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Agreed(self.item),),)


class Settled(CardPrompt, frozen=True):
    """A value is agreed on, said to those who had answered otherwise or alike, and to the coordinators.

    `again` where it was another before; `answered` whether whoever reads it had answered it.
    """

    item: str
    value: str
    reason: str
    again: bool = False
    answered: bool = True

    @property
    @override
    def card(self) -> str:
        return f"agreed/{self.item}"


AnyOfDesk = DeskList | DeskCard | AskView | ViewKept | AskSettled | Settled
"""Every kind of prompt of this room."""
