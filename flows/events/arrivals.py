"""Coming in: what newcomers, the programme's officers and those who invite do."""

from typing import Literal

from flows.events.happening import Event

Wish = Literal["ask", "send", "again", "drop"]


class Applied(Event, frozen=True):
    """Wants their city to take part: asks for it, sends the request, begins it again, or drops it."""

    wish: Wish = "ask"


class Decided(Event, frozen=True):
    """A programme officer accepts or declines a request."""

    request: str
    agreed: bool


class Crossed(Event, frozen=True):
    """Goes over to where an invitation leads, and leaves the place this chat has."""

    code: str


class Invited(Event, frozen=True):
    """A coordinator invites somebody: a name, and perhaps a department after it."""

    who: str


class Linked(Event, frozen=True):
    """Wants a code that joins another chat to this session; or, with a code, joins this chat to another's."""

    code: str = ""


class Migrated(Event, frozen=True):
    """A chat has another id from now on. Nobody did anything in the conversation; the platform says so."""

    to: str


AnyArrival = Applied | Decided | Crossed | Invited | Linked | Migrated
