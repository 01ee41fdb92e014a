"""A workbook that somebody sent back, as values: what each row says, and the cells that are not understood."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from flows.events.asides import Attached

FaultKind = Literal[
    "level_unclear",
    "level_unsure",
    "level_range",
    "level_between",
    "level_contradicts",
    "reason_missing",
    "goal_without_level",
    "goal_without_year",
    "year_without_goal",
    "year_range",
    "year_unclear",
    "sure_unclear",
    "evidence_no_link",
    "comment_long",
    "error",
    "date",
    "truth",
    "code_unknown",
    "code_twice",
    "keys_missing",
]
"""Why a cell is not taken."""


class Fault(msgspec.Struct, frozen=True):
    """A cell that is not understood: its sheet and place ("B12", "" for the whole sheet), and what it says."""

    kind: FaultKind
    sheet: str
    cell: str
    said: str = ""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a workbook says of an item; "" and 0 for nothing. `was...` is what it held when it was made.

    Levels are as buttons carry them: "0" to "5" or a non-response's code. `links` are (address, words beside it).
    """

    item: str
    level: str = ""
    was: str = ""
    certainty: str = ""
    comment: str = ""
    links: tuple[tuple[str, str], ...] = ()
    goal: str = ""
    year: int = 0
    was_goal: str = ""
    was_year: int = 0
    was_certainty: str = ""
    was_comment: str = ""


class Sheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """A workbook that was read. `missing` are items whose rows are gone; `others` where it was made for somebody else.

    `state` is "waiting", "taken" or "left", since `at`. `seen` is what the chat held, by key, when the preview asked
    which of two answers counts; `held` the links that are evidence already, as (item, address).
    """

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    missing: tuple[str, ...] = ()
    others: bool = False
    state: str = "waiting"
    at: datetime | None = None
    seen: Mapping[str, str] = {}
    held: frozenset[tuple[str, str]] = frozenset()


class Receiving(msgspec.Struct, frozen=True):
    """A file may be a workbook: it is to be fetched and looked into."""

    file: Attached


class SheetMark(msgspec.Struct, frozen=True):
    """A workbook (its id) is waiting for a decision, taken or left; `seen` is what its preview showed of the chat."""

    sheet: str
    state: Literal["waiting", "taken", "left"]
    seen: Mapping[str, str] = {}
