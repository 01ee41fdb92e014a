"""One respondent in one wave, as a value: all that the next question depends on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from model.instrument import Form
from model.responses import Aspect, Response

Role = Literal["coordinator", "respondent", "expert", "programme"]

_TARGET = "+"
"""A question's key is its item's code, with this mark where the target is asked."""


class CityFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the city: name, ISO 3166-1 alpha-2 country, population in people; empty where unknown."""

    name: str = ""
    country: str = ""
    population: int = 0


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody's wish that their city may take part, as far as it is told."""

    city: CityFacts = CityFacts()
    name: str = ""
    position: str = ""
    email: str = ""


class Reminders(msgspec.Struct, frozen=True, omit_defaults=True):
    """When somebody was asked to take part, how often and when last they were reminded, and what they wished."""

    begun: datetime | None = None
    count: int = 0
    last: datetime | None = None
    not_before: date | None = None
    away_until: date | None = None
    stopped: bool = False


class Pace(msgspec.Struct, frozen=True, omit_defaults=True):
    """How fast somebody answers: the seconds that so many answers took, and when the last one came."""

    seconds: int = 0
    answers: int = 0
    last: datetime | None = None


class Hurry(msgspec.Struct, frozen=True, omit_defaults=True):
    """The questions for a few minutes, and when these are over."""

    keys: tuple[str, ...] = ()
    until: datetime | None = None


class Monotony(msgspec.Struct, frozen=True, omit_defaults=True):
    """The run of equal answers that goes on: value, last item, its latest times, and whether it was asked about."""

    value: str = ""
    last: str = ""
    times: tuple[datetime, ...] = ()
    asked: bool = False


class Remarks(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is being asked about what, what has been said something about, and whether the report may quote it."""

    about: str = ""
    asking: str = ""
    given: tuple[str, ...] = ()
    consent: str = ""
    silent: bool = False


class LastTime(msgspec.Struct, frozen=True, omit_defaults=True):
    """A respondent's own levels of the wave before, by key, and the day; `offered` are those to be kept together.

    `years` are those of their goals.
    """

    values: Mapping[str, str] = {}
    years: Mapping[str, int] = {}
    on: str = ""
    offered: tuple[str, ...] = ()


class Inquiry(msgspec.Struct, frozen=True, omit_defaults=True):
    """When somebody was asked why they differ, and what their answer was then (a level or a non-response's code)."""

    at: datetime
    value: str = ""


class Desk(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the disagreement desk has to do with somebody, by the codes of statements.

    `asked` about what and when; `waiting` what they are to be asked by day; `said` what counts: "view" (with their
    name), "nameless", or "silent" for whoever would rather not. `about` is what their next text may say why of, `how`
    the choice of name they tapped before it. `settling` is what the coordinator has chosen a `value` of and owes the
    reason for; `entered` is how many values had been agreed on it by then.
    """

    asked: Mapping[str, Inquiry] = {}
    waiting: tuple[str, ...] = ()
    said: Mapping[str, str] = {}
    about: str = ""
    how: str = ""
    settling: str = ""
    value: str = ""
    entered: int = 0


class Promise(msgspec.Struct, frozen=True):
    """An action of the wave before that somebody led: what became of it is asked. `due` is a day in ISO form."""

    item: str
    owner: str
    due: str = ""


class Awaited(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the next text is: "owner", "due" or "note" of the action `about`, or a "contact"; `text` waits for a yes."""

    what: str = ""
    about: str = ""
    text: str = ""


class Album(msgspec.Struct, frozen=True, omit_defaults=True):
    """Files sent together: the platform's name for them, the item they support, and the number of the first."""

    group: str = ""
    item: str = ""
    first: int = 0


class Written(msgspec.Struct, frozen=True):
    """What a message of somebody's has become.

    `kind` is "answer", "year" or "comment" (of the key `about`), "challenge", "success" or "view" (of the item
    `about`), or "file" (of the number `about`).
    """

    message: str
    kind: str
    about: str


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """A respondent's session. `year` is the one in which the wave opened, from which goals are counted.

    `responses` holds the one that counts for each question key; `skipped` the keys left for later; `cursor` the key
    that is asked out of turn; `reason_for` the key whose answer wants a reason; `scope` the indicators that are this
    respondent's to answer (None for all); `handing` what is just being handed on, and to whom; `request` what a
    newcomer has told so far; `placed` whether they told their time zone themselves; `notes` comments on what has no
    answer yet; `draft` a text that may be one; `filed` the items of the evidence sent so far ("" where it was
    removed); `album` the files that belong together; `written` what the latest messages have become; `promised` the
    actions of the wave before about which it is not said yet what became of them; `awaited` what the next text is;
    `complete` whether a coordinator was told that everything has its answer; `desk` what the disagreement desk
    wants of them.
    """

    id: str
    year: int
    language: str = "en"
    role: Role = "coordinator"
    form: Form = "short"
    open: bool = True
    city: CityFacts = CityFacts()
    joined: bool = False
    consented: bool = False
    finished: bool = False
    responses: Mapping[str, Response] = {}
    skipped: tuple[str, ...] = ()
    cursor: str = ""
    reason_for: str = ""
    scope: tuple[str, ...] | None = None
    handing: str = ""
    request: Request | None = None
    timezone: str = ""
    placed: bool = False
    reminders: Reminders = Reminders()
    pace: Pace = Pace()
    hurry: Hurry = Hurry()
    monotony: Monotony = Monotony()
    remarks: Remarks = Remarks()
    last_time: LastTime = LastTime()
    notes: Mapping[str, str] = {}
    draft: str = ""
    filed: tuple[str, ...] = ()
    album: Album = Album()
    written: tuple[Written, ...] = ()
    desk: Desk = Desk()
    promised: tuple[Promise, ...] = ()
    awaited: Awaited = Awaited()
    complete: bool = False


def key_of(item: str, aspect: Aspect) -> str:
    """The question key of an item's aspect."""
    return item + _TARGET if aspect is Aspect.TARGET else item


def item_of(key: str) -> str:
    """The code of the indicator or capability that a question key asks about."""
    return key.removesuffix(_TARGET)


def aspect_of(key: str) -> Aspect:
    """Whether a question key asks where the city stands or where it wants to be."""
    return Aspect.TARGET if key.endswith(_TARGET) else Aspect.AS_IS


def card_of(key: str) -> str:
    """The card that a question stands on: its capability's, or that of the capability's goal."""
    return key if key.endswith(_TARGET) else key.rpartition(".")[0] or key


def with_response(session: Session, response: Response) -> Session:
    """The session after a response: it counts, and its question is neither skipped nor asked out of turn any more."""
    key = key_of(response.item, response.aspect)
    cursor = "" if session.cursor == key else session.cursor
    return msgspec.structs.replace(
        session,
        responses={**session.responses, key: response},
        skipped=tuple(skipped for skipped in session.skipped if skipped != key),
        cursor=key if _wants_year(response) else cursor,
        reason_for="",
    )


def _wants_year(response: Response) -> bool:
    """Whether it is a goal without its year: that is asked next, wherever the goal stands on the way."""
    return response.aspect is Aspect.TARGET and response.level is not None and response.year is None
