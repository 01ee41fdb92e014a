"""The prompts of coming in: what a newcomer is told and asked, what the programme decides, invitations and links."""

from typing import ClassVar, Literal

from typing_extensions import override

from flows.around import Wanted
from flows.events import Asked, Continued, Started
from flows.events.arrivals import Applied, Crossed, Decided
from flows.prompts import Prompt, Rows
from flows.session import Request


class AskCross(Prompt, frozen=True):
    """An invitation leads elsewhere than where this chat has its place: go over? `here` and `there` are cities.

    They are empty for the programme; `leads` is whether the city would be left without this coordinator.
    """

    is_question: ClassVar[bool] = True

    here: str
    there: str
    code: str
    leads: bool = False

    @property
    @override
    def rows(self) -> Rows:
        return ((Crossed(self.code),), (Continued(),))


class Lobby(Prompt, frozen=True):
    """What this is, for whoever has no invitation, and how their city may take part."""

    @property
    @override
    def rows(self) -> Rows:
        return ((Applied(),), (Asked("model"),))


class AskRequest(Prompt, frozen=True):
    """A fact of a city that may take part, or of the person who asks for it; `city` is its name once it is known."""

    is_question: ClassVar[bool] = True

    fact: Literal["city", "country", "population", "name", "position", "email"]
    city: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Applied("drop"),),)


class AskSend(Prompt, frozen=True):
    """All that a request tells: may it be sent to the programme?"""

    is_question: ClassVar[bool] = True

    request: Request

    @property
    @override
    def rows(self) -> Rows:
        return ((Applied("send"),), (Applied("again"), Applied("drop")))


class Requested(Prompt, frozen=True):
    """A request for a programme officer to decide."""

    wanted: Wanted

    @property
    @override
    def rows(self) -> Rows:
        return ((Decided(self.wanted.id, agreed=True), Decided(self.wanted.id, agreed=False)),)


class Decision(Prompt, frozen=True):
    """What became of a request; `late` for an officer whom somebody preceded, `known` where the city was there."""

    request: Request
    agreed: bool
    by: str
    city: str = ""
    late: bool = False
    known: bool = False


class Admitted(Prompt, frozen=True):
    """The request is accepted: the requester is the city's coordinator once they begin."""

    city: str
    code: str
    until: str

    @property
    @override
    def rows(self) -> Rows:
        return ((Started(self.code),),)


class Office(Prompt, frozen=True):
    """What somebody can do who belongs to the programme and to no city."""

    role: str

    @property
    @override
    def rows(self) -> Rows:
        first = Asked("requests") if self.role == "programme" else Asked("meetings")
        return ((first,), (Asked("model"),))


class Forward(Prompt, frozen=True):
    """An invitation to hand on, filled with its link and picture at delivery; `until` is a day in ISO form."""

    code: str
    until: str
    name: str = ""
    role: str = "respondent"
    city: str = ""
    department: str = ""


class LinkCode(Prompt, frozen=True):
    """A code that joins another chat to this session for some minutes."""

    code: str
    minutes: int


class Contact(Prompt, frozen=True):
    """Whom to ask."""


AnyOfThese = (
    AskCross | Lobby | AskRequest | AskSend | Requested | Decision | Admitted | Office | Forward | LinkCode | Contact
)
"""Every kind of prompt of this room."""
