"""What one step yields: the session after it, what is to be kept, and what is to be said."""

from datetime import datetime

import msgspec

from flows.around import MeetingKind, Offer
from flows.prompts import Notice, NoticeKind, Prompt
from flows.session import CityFacts, Request, Session
from model.responses import Response


class Evidence(msgspec.Struct, frozen=True):
    """A file that supports the answer to an item; `reference` is how its platform finds it again."""

    item: str
    kind: str
    reference: str
    caption: str = ""


class Founding(msgspec.Struct, frozen=True):
    """A city that nobody registered before is to be kept, with this respondent as its coordinator."""

    city: CityFacts


class Sharing(msgspec.Struct, frozen=True):
    """The city joins or leaves the benchmark."""

    agreed: bool


class Handing(msgspec.Struct, frozen=True):
    """Statements are offered to a colleague (a respondent's id), with a note."""

    items: tuple[str, ...]
    to: str
    note: str = ""


class Taking(msgspec.Struct, frozen=True):
    """An offer is accepted or refused."""

    offer: Offer
    agreed: bool


class Giving(msgspec.Struct, frozen=True):
    """The coordinator makes statements somebody else's."""

    to: str
    items: tuple[str, ...]


class Nudging(msgspec.Struct, frozen=True):
    """Somebody is to be reminded now."""

    to: str


class Moving(msgspec.Struct, frozen=True):
    """The wave is to close at another time."""

    closes: datetime


class Ending(msgspec.Struct, frozen=True):
    """The wave is to be closed now."""


class Placing(msgspec.Struct, frozen=True):
    """Somebody's time zone (IANA) is known now; a coordinator's is the city's."""

    timezone: str


class Gathering(msgspec.Struct, frozen=True):
    """The coordinators are to get a digest soon: somebody does not answer, or wants no more reminders."""


class Booking(msgspec.Struct, frozen=True):
    """The city's meeting is to be at this time; one of the same kind that is still to come moves here."""

    slot: str


class Unbooking(msgspec.Struct, frozen=True):
    """The city's meeting is cancelled, and its time is free again."""

    slot: str


class Publishing(msgspec.Struct, frozen=True):
    """An expert offers a time for a meeting."""

    kind: MeetingKind
    starts: datetime
    link: str


class Withdrawing(msgspec.Struct, frozen=True):
    """An expert takes a published time back; a city that has booked it hears of it."""

    slot: str


class Concluding(msgspec.Struct, frozen=True):
    """An expert's conclusion about a city (its id); `item` is a dimension's code, or empty for the whole."""

    city: str
    text: str
    item: str = ""


OfMeetings = Booking | Unbooking | Publishing | Withdrawing | Concluding


class Requesting(msgspec.Struct, frozen=True):
    """The programme is to decide whether a city may take part."""

    request: Request


class Deciding(msgspec.Struct, frozen=True):
    """A request is accepted or declined."""

    request: str
    agreed: bool


class Inviting(msgspec.Struct, frozen=True):
    """Somebody is to be invited to the coordinator's city, for a department or for none."""

    name: str
    department: str = ""


class Linking(msgspec.Struct, frozen=True):
    """A code is to be made that joins another chat to this session."""


Arriving = Requesting | Deciding | Inviting | Linking
"""What comes of people coming in."""

Kept = (
    Arriving
    | Response
    | Evidence
    | Founding
    | Sharing
    | Handing
    | Taking
    | Giving
    | Nudging
    | Moving
    | Ending
    | Placing
    | Gathering
    | OfMeetings
)


class Turn(msgspec.Struct, frozen=True):
    """One step's result, kept whole or not at all."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    keeps: tuple[Kept, ...] = ()


def notice(session: Session, kind: NoticeKind, *then: Prompt, about: str = "") -> Turn:
    """A turn that changes nothing: something to know, and whatever follows it."""
    return Turn(session, (Notice(kind, about), *then))
