"""The prompts of what happens beside answering, and the events that their buttons carry."""

from typing import ClassVar, Literal

from typing_extensions import override

from flows.events import Asked, Continued, Explained, Reopened, Skipped
from flows.events.asides import (
    Allowed,
    Assured,
    Carried,
    Confirmed,
    Hushed,
    Noted,
    Refiled,
    Removed,
    Rested,
    Weighed,
)
from flows.kept.settling import QUOTED
from flows.prompts import CODES_A_ROW, CardPrompt, Prompt, Rows
from model.responses import Certainty


class Hurry(Prompt, frozen=True):
    """So many questions fit into so many minutes; they follow."""

    questions: int
    minutes: int


class Breather(Prompt, frozen=True):
    """A stretch is over: what was answered in it, how far the person is now, and what is left."""

    is_question: ClassVar[bool] = True

    done: int
    answered: int
    asked: int
    minutes: int

    @property
    @override
    def rows(self) -> Rows:
        return ((Continued(),), (Rested(),))


class AskSame(Prompt, frozen=True):
    """So many equal answers so quickly: are they meant?"""

    is_question: ClassVar[bool] = True

    value: str
    count: int

    @property
    @override
    def rows(self) -> Rows:
        return ((Confirmed(agreed=True),), (Confirmed(agreed=False),))


class LastOnes(Prompt, frozen=True):
    """The last answers once more, to be changed or left as they are."""

    is_question: ClassVar[bool] = True

    value: str
    keys: tuple[str, ...]

    @property
    @override
    def rows(self) -> Rows:
        buttons = [Reopened(key) for key in self.keys]
        rows = tuple(tuple(buttons[at : at + CODES_A_ROW]) for at in range(0, len(buttons), CODES_A_ROW))
        return (*rows, (Continued(),))


class AskRemark(Prompt, frozen=True):
    """What is hard (`challenge`) or works well (`success`) about a capability or dimension?"""

    is_question: ClassVar[bool] = True

    about: str
    kind: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Skipped(),), (Hushed(),))


class AskAllowed(Prompt, frozen=True):
    """May the report quote what was said, without the name?"""

    is_question: ClassVar[bool] = True

    @property
    @override
    def rows(self) -> Rows:
        return ((Allowed(agreed=True),), (Allowed(agreed=False),))


class AskComment(Prompt, frozen=True):
    """Is a long text a comment on what is asked (`key`), on the `last` answer, or was it meant as the answer?"""

    is_question: ClassVar[bool] = True

    last: str
    key: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Noted(key=self.key),), (Noted(key=self.last),), (Explained(self.key),))


class AskSure(Prompt, frozen=True):
    """How sure is an answer?"""

    key: str

    @property
    @override
    def rows(self) -> Rows:
        return (tuple(Assured(one.value, self.key) for one in Certainty),)


class Filed(CardPrompt, frozen=True):
    """Evidence number `first` to `last` is kept for an item; `other` is what it may have been meant for.

    `unsure` is whether to ask how sure the answer is.
    """

    item: str
    first: int
    last: int
    other: str = ""
    unsure: bool = False

    @property
    @override
    def card(self) -> str:
        return f"{self.first}f"

    @property
    @override
    def rows(self) -> Rows:
        files = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        sure = (tuple(Assured(one.value, self.item) for one in Certainty),) if self.unsure else ()
        moved = (Refiled(files, self.other),) if self.other else ()
        return (*sure, (*moved, Removed("file", files)))


class FormKept(Prompt, frozen=True):
    """A capability's form was taken: so many `new` answers, those `changed` as (key, was, now), so many left out.

    `comment` is what became of the comment: "kept", "gone" or "" for nothing.
    """

    capability: str
    new: int = 0
    changed: tuple[tuple[str, str, str], ...] = ()
    left: int = 0
    comment: str = ""


class MyData(Prompt, frozen=True):
    """What somebody said and sent: (code, text) of comments, (item, kind, text) of remarks, and the evidence.

    Evidence is (number, item, kind, name, whether it is kept here); `quoted` whether remarks may be; `more` how many
    older things are not shown.
    """

    answers: int
    comments: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[int, str, str, str, bool], ...]
    quoted: str = ""
    more: int = 0

    @property
    @override
    def rows(self) -> Rows:
        gone = [
            *(Removed("comment", code) for code, _ in self.comments),
            *(Removed(kind, item) for item, kind, _ in self.remarks),
            *(Removed("file", str(number)) for number, *_ in self.files),
        ]
        quotable = QUOTED & {kind for _, kind, _ in self.remarks}
        return (*((one,) for one in gone), *(((Allowed(agreed=self.quoted != "yes"),),) if quotable else ()))


class AskWeight(Prompt, frozen=True):
    """How much does a capability or indicator matter (`importance`) or cost (`effort`)?"""

    code: str
    what: Literal["importance", "effort"]

    @property
    @override
    def rows(self) -> Rows:
        return (tuple(Weighed(f"{self.code} {self.what} {number}") for number in (1, 2, 3)),)


class AskKeep(Prompt, frozen=True):
    """Are these answers of last time, which hardly age, still true?"""

    is_question: ClassVar[bool] = True

    answers: tuple[tuple[str, str], ...]
    on: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Carried(agreed=True),), (Carried(agreed=False),))


class GoalList(Prompt, frozen=True):
    """The city's goals: (code, level, year, importance, effort) each, 0 where unknown; today's level at delivery.

    Every capability has a line, an indicator where it has a goal or a weight of its own.
    """

    goals: tuple[tuple[str, int, int, int, int], ...]

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("scores"),),)


AnyInterlude = (
    Hurry
    | Breather
    | AskSame
    | LastOnes
    | AskRemark
    | AskAllowed
    | AskComment
    | AskSure
    | Filed
    | FormKept
    | MyData
    | AskWeight
    | AskKeep
    | GoalList
)
"""Every kind of prompt of this room."""
