"""What a step must know beside the session: the time, the close of the wave, and the others who answer in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from flows.kept.settling import Matter
from flows.kept.sheets import Sheet
from flows.kept.wishes import Doing as Doing
from flows.session import Request

Disposition = Literal[
    "invited", "started", "partial", "completed", "refused", "silenced", "unresponsive", "unreachable", "away"
]
"""How far somebody is, as a coordinator sees it: `refused` to take part, or only wants no reminders (`silenced`);
does not answer (`unresponsive`), or cannot be written to (`unreachable`)."""


class Member(msgspec.Struct, frozen=True):
    """Somebody of the city's team. `id` is the respondent's, as buttons carry it; empty while only invited."""

    id: str
    name: str
    department: str = ""
    role: str = "respondent"
    disposition: Disposition = "started"
    answered: int = 0
    asked: int = 0
    minutes: int = 0


class Offer(msgspec.Struct, frozen=True):
    """Statements that `giver` handed on, waiting for an answer while `open`."""

    id: str
    items: tuple[str, ...]
    giver: str
    note: str = ""
    open: bool = True


class Mine(msgspec.Struct, frozen=True):
    """What somebody said and sent: remarks as (item, kind, text), evidence as (number, item, kind, name, kept here)."""

    remarks: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[int, str, str, str, bool], ...] = ()


MeetingKind = Literal["kick_off", "wrap_up"]
"""The presentation of the model before a survey, and the talk with an expert about its result after it."""


class Meeting(msgspec.Struct, frozen=True):
    """A time at which an expert holds a meeting; `city` is empty while nobody has booked it.

    `starts` and `changed` are instants; a higher `sequence` under the same `uid` replaces what calendars hold.
    """

    id: str
    kind: MeetingKind
    city: str
    starts: datetime
    minutes: int
    link: str
    expert: str
    uid: str
    sequence: int
    changed: datetime


class Wanted(msgspec.Struct, frozen=True):
    """A request that waits for the programme, since a day in ISO form; `known` where the city takes part already."""

    id: str
    request: Request
    since: str = ""
    known: bool = False


class Around(msgspec.Struct, frozen=True):
    """Values of the moment. `me` is the respondent who acts.

    Only filled where an event is about others: `team`; `passed`, who handed which statement on before (statement,
    respondent); `answered`, the statements that anybody in the city has answered; `offer`, what an answer is about;
    `weights`, importance and effort by capability or indicator; `mine`, what the one who acts said and sent.
    Only where it is about meetings: `slots`, the city's own and the free ones to come, for an expert those they have
    offered; `conclusions`, what experts said of the city (a dimension's code or "", text); `cities`, (id, name) each,
    for those who may conclude about any.
    Only where it is about what follows from a result: `acts`, how it stands with each action; `contact`, the one that
    the city gives to others in the partner search, None where it takes no part in it.
    Only for whoever is in no city: `programme`, whether new cities are for a programme officer to decide; `wanted`,
    the open requests: their own, or for a programme officer all.
    Only where it is about a workbook that came back: `sheet`, as it was read.
    Only where it is about the disagreement desk: `matters`, all statements that have answers.
    Only where it is about the benchmark: `shared`, since when the city shares its result.
    """

    now: datetime | None = None
    closes: datetime | None = None
    me: str = ""
    team: tuple[Member, ...] = ()
    passed: frozenset[tuple[str, str]] = frozenset()
    answered: frozenset[str] = frozenset()
    offer: Offer | None = None
    weights: Mapping[str, tuple[int, int]] = {}
    mine: Mine = Mine()
    slots: tuple[Meeting, ...] = ()
    conclusions: tuple[tuple[str, str], ...] = ()
    cities: tuple[tuple[str, str], ...] = ()
    acts: Mapping[str, Doing] = {}
    contact: str | None = None
    programme: bool = False
    wanted: tuple[Wanted, ...] = ()
    sheet: Sheet | None = None
    matters: tuple[Matter, ...] = ()
    shared: datetime | None = None

    def coordinator(self) -> Member | None:
        """The first coordinator of the team who is not the one who acts."""
        return next((one for one in self.team if one.role == "coordinator" and one.id not in {"", self.me}), None)

    def member(self, respondent: str) -> Member | None:
        """The member with this id; None for nobody, as for the empty one of whoever is only invited."""
        return next((member for member in self.team if member.id == respondent and respondent), None)


NOWHERE = Around()
