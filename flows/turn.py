"""What one step yields: the session after it, what is to be kept, and what is to be said."""

from datetime import datetime

import msgspec

from flows.around import MeetingKind, Offer
from flows.kept.settling import AtDesk
from flows.kept.sheets import Receiving, SheetMark
from flows.kept.wishes import Following
from flows.prompts import Notice, NoticeKind, Prompt
from flows.session import CityFacts, Request, Session
from model.responses import Response


class Evidence(msgspec.Struct, frozen=True):
    """What supports the answer to an item; the `number` counts within the session, the rest is as in `Attached`.

    `copy` is whether its content is to be fetched and kept here too.
    """

    item: str
    kind: str
    reference: str
    caption: str = ""
    number: int = 1
    name: str = ""
    size: int = 0
    media: str = ""
    dated: datetime | None = None
    copy: bool = False


class Refiling(msgspec.Struct, frozen=True):
    """Pieces of evidence (by number) belong to another item."""

    numbers: tuple[int, ...]
    item: str


class Captioning(msgspec.Struct, frozen=True):
    """A piece of evidence has other words beside it now; where it is a link, perhaps another one."""

    number: int
    caption: str
    link: str = ""


class Erasing(msgspec.Struct, frozen=True):
    """Something somebody said is to be gone: files by number, or the `kind` of words about an item.

    "comment" is every comment on it, "note" only the one that a form gave for a whole capability.
    """

    kind: str
    item: str = ""
    numbers: tuple[int, ...] = ()


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


class Remark(msgspec.Struct, frozen=True):
    """What is hard (`challenge`) or works well (`success`) about an item; or "yes"/"no" to quoting it (`consent`).

    A `comment` is on a capability as a whole, and is never quoted.
    """

    item: str
    kind: str
    text: str


class Weighing(msgspec.Struct, frozen=True):
    """How much a capability or indicator matters and costs (1-3 each)."""

    item: str
    importance: int | None = None
    effort: int | None = None


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

Beside = Evidence | Refiling | Captioning | Erasing | Remark | Weighing | Receiving | SheetMark
"""What is kept beside answers."""

Kept = (
    Arriving
    | Beside
    | Response
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
    | AtDesk
    | Following
)


class Turn(msgspec.Struct, frozen=True):
    """One step's result, kept whole or not at all."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    keeps: tuple[Kept, ...] = ()


def notice(session: Session, kind: NoticeKind, *then: Prompt, about: str = "") -> Turn:
    """A turn that changes nothing: something to know, and whatever follows it."""
    return Turn(session, (Notice(kind, about), *then))
