"""The prompts of what follows from a result: actions, and partners to learn from; most are filled at delivery."""

from typing import ClassVar, Literal

import msgspec
from typing_extensions import override

from flows.around import Member
from flows.events import Asked
from flows.events.following import Acted, Became, Introduced, Partnered
from flows.prompts import CODES_A_ROW, CardPrompt, Prompt, Rows
from model.actions import State

A_MESSAGE = 5
"""Actions in one message: each takes up to 700 characters, and a platform's message ends at 4,096."""
PEOPLE = 8
"""Colleagues on buttons; anybody else is typed."""


class Actions(Prompt, frozen=True):
    """Part of the action list, `first` being 1 or what the messages before it hold; `about` narrows it to a code.

    `codes` are those of the statements it names, known at delivery.
    """

    first: int = 1
    about: str = ""
    codes: tuple[str, ...] = ()

    @property
    @override
    def rows(self) -> Rows:
        buttons = [Asked("actions", code) for code in self.codes]
        return tuple(tuple(buttons[at : at + CODES_A_ROW]) for at in range(0, len(buttons), CODES_A_ROW))


class OneAction(CardPrompt, frozen=True, kw_only=True):
    """A statement to work on, with all that is known of it; only who leads the city `may` change it.

    In `brief` it is told who leads it, by when and how it stands, as after a change.
    """

    code: str
    state: State = "open"
    may: bool = False
    brief: bool = False

    @property
    @override
    def card(self) -> str:
        return f"{self.code}>"

    @property
    @override
    def rows(self) -> Rows:
        if not self.may:
            return ((Asked("actions"),),)
        states: tuple[State, ...] = ("begun", "done", "dropped", "open")
        others = tuple(Acted(self.code, state) for state in states if state != self.state)
        about = tuple(Acted(self.code, what) for what in ("who", "when", "note"))
        return (about, others, (Asked("actions"),))


class AskOwner(Prompt, frozen=True):
    """Who leads it? One of these people, or somebody else by name."""

    is_question: ClassVar[bool] = True

    code: str
    people: tuple[Member, ...]

    @property
    @override
    def rows(self) -> Rows:
        buttons = [Acted(self.code, f"@{one.id}") for one in self.people[:PEOPLE]]
        return (*(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)), (Acted(self.code, "drop"),))


class AskDue(Prompt, frozen=True):
    """By when? One of these days (ISO), or another one in words."""

    is_question: ClassVar[bool] = True

    code: str
    days: tuple[str, ...]

    @property
    @override
    def rows(self) -> Rows:
        return (*((Acted(self.code, day),) for day in self.days), (Acted(self.code, "drop"),))


class AskActionNote(Prompt, frozen=True):
    """What is there to note about an action?"""

    is_question: ClassVar[bool] = True

    code: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Acted(self.code, "drop"),),)


class AskBecame(CardPrompt, frozen=True, kw_only=True):
    """What became of an action of the wave before? `left` is how many more of them there are."""

    code: str
    owner: str
    due: str = ""
    left: int = 0

    @property
    @override
    def card(self) -> str:
        return "became"

    @property
    @override
    def rows(self) -> Rows:
        def told(*states: str) -> tuple[Became, ...]:
            return tuple(Became(self.code, state) for state in states)

        return (told("done", "begun"), told("open", "dropped"), told(""))


class BecameTold(CardPrompt, frozen=True, kw_only=True):
    """It is told of every action of the wave before what became of it."""

    @property
    @override
    def card(self) -> str:
        return "became"


class PartnerTerms(Prompt, frozen=True):
    """What other cities would see of this one in the partner search, filled at delivery; with consent to it."""

    @property
    @override
    def rows(self) -> Rows:
        return ((Partnered("join"),),)


class AskContact(Prompt, frozen=True):
    """How do other cities reach this one?"""

    is_question: ClassVar[bool] = True

    @property
    @override
    def rows(self) -> Rows:
        return ((Partnered("drop"),),)


class ConfirmContact(Prompt, frozen=True):
    """Is this what other cities are to see? `new` where the city takes no part yet."""

    is_question: ClassVar[bool] = True

    text: str
    new: bool = True

    @property
    @override
    def rows(self) -> Rows:
        return ((Partnered("confirm"),), (Partnered("contact"),), (Partnered("drop"),))


class Found(msgspec.Struct, frozen=True):
    """A city to learn from, by its reference; once the two are introduced, the day (ISO) and its contact.

    `words` are what works there: what it is about, and the text.
    """

    partner: str
    name: str
    synthetic: bool = False
    words: tuple[tuple[str, str], ...] = ()
    met: str = ""
    contact: str = ""


class Partners(Prompt, frozen=True):
    """Cities to learn from for each weak capability, filled at delivery as `found`; `contact` is the own one."""

    contact: str
    found: tuple[tuple[str, tuple[Found, ...]], ...] = ()

    @property
    @override
    def rows(self) -> Rows:
        meetings = tuple(
            (Introduced(one.partner, code),) for code, several in self.found for one in several if not one.met
        )
        return (*meetings, (Partnered("contact"), Partnered("leave")))


class Introduction(Prompt, frozen=True):
    """Two cities meet: the other one's name and contact, and the capability; `asked` to the one that asked for it.

    `told` is whether the other city's coordinator can be written to.
    """

    city: str
    contact: str
    item: str
    role: Literal["asked", "found"] = "asked"
    told: bool = True
    synthetic: bool = False


AnyFollowing = (
    Actions
    | OneAction
    | AskOwner
    | AskDue
    | AskActionNote
    | AskBecame
    | BecameTold
    | PartnerTerms
    | AskContact
    | ConfirmContact
    | Partners
    | Introduction
)
"""Every kind of prompt of this room."""
