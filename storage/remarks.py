"""People's own words about a city, appended: what is hard, what works well, and the conclusions of experts."""

from datetime import datetime
from typing import get_args

import msgspec
from sqlalchemy import bindparam, delete, or_, select

from flows.kept.settling import ViewKind
from flows.turn import Remark
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import REMARK, RESPONDENT


class Said(msgspec.Struct, frozen=True):
    """A remark, and whose it is; `quotable` where its respondent lets the report show it without a name."""

    respondent: int
    item: str
    kind: str
    text: str
    quotable: bool


class Conclusion(msgspec.Struct, frozen=True):
    """What an expert concludes about a city; `item` is a dimension's code, or empty for the whole."""

    expert: str
    item: str
    text: str
    at: datetime


class Viewpoint(msgspec.Struct, frozen=True):
    """Why a respondent sees an item as they do; `name` only where it is to stand beside it, no `text` if untold."""

    respondent: int
    item: str
    kind: ViewKind
    text: str
    name: str = ""


class Comment(msgspec.Struct, frozen=True):
    """A comment on a capability as a whole, and whose it is; `current` where none of theirs came after it."""

    respondent: int
    department: str | None
    item: str
    text: str
    at: datetime
    current: bool


VIEWS: tuple[ViewKind, ...] = get_args(ViewKind)
_KEEP = Statement(inserting(REMARK))
_OF_WAVE = Statement(
    select(REMARK)
    .where(REMARK.c.wave_id == bindparam("wave"), or_(REMARK.c.kind == "challenge", REMARK.c.kind == "success"))
    .order_by(REMARK.c.id)
)
_said = REMARK.alias()
_CONSENTS = Statement(
    select(REMARK.c.respondent_id, REMARK.c.text)
    .where(
        REMARK.c.kind == "consent",
        REMARK.c.respondent_id.in_(select(_said.c.respondent_id).where(_said.c.wave_id == bindparam("wave"))),
    )
    .order_by(REMARK.c.id)
)
_CONCLUSIONS = Statement(
    select(RESPONDENT.c.name, REMARK.c.item, REMARK.c.text, REMARK.c.at)
    .select_from(REMARK.join(RESPONDENT, RESPONDENT.c.id == REMARK.c.respondent_id))
    .where(REMARK.c.wave_id == bindparam("wave"), REMARK.c.kind == "conclusion")
    .order_by(REMARK.c.id)
)
_COMMENTS = Statement(
    select(REMARK.c.respondent_id, RESPONDENT.c.department, REMARK.c.item, REMARK.c.text, REMARK.c.at)
    .select_from(REMARK.join(RESPONDENT, RESPONDENT.c.id == REMARK.c.respondent_id))
    .where(REMARK.c.wave_id == bindparam("wave"), REMARK.c.kind == "comment")
    .order_by(REMARK.c.id)
)
_VIEWS = Statement(
    select(REMARK.c.respondent_id, RESPONDENT.c.name, REMARK.c.item, REMARK.c.kind, REMARK.c.text)
    .select_from(REMARK.join(RESPONDENT, RESPONDENT.c.id == REMARK.c.respondent_id))
    .where(REMARK.c.wave_id == bindparam("wave"), or_(*(REMARK.c.kind == kind for kind in VIEWS)))
    .order_by(REMARK.c.id)
)
_REMOVE = Statement(
    delete(REMARK).where(
        REMARK.c.wave_id == bindparam("wave"),
        REMARK.c.respondent_id == bindparam("who"),
        REMARK.c.item == bindparam("of"),
        REMARK.c.kind == bindparam("what"),
    )
)


def keep(transaction: Transaction, wave: int, respondent: int, remark: Remark, now: datetime) -> None:
    """Appends a remark."""
    transaction.run(_KEEP, wave_id=wave, respondent_id=respondent, at=now, **msgspec.structs.asdict(remark))


def of_wave(transaction: Transaction, wave: int) -> list[Said]:
    """The challenges and successes of a wave that count, oldest first; the last of a person, item and kind does."""
    # Whoever agreed, or not, is not asked again in the next wave: the last word of all waves counts.
    agreed = {row.respondent_id: row.text == "yes" for row in transaction.all(_CONSENTS, wave=wave)}
    last = {(row.respondent_id, row.item, row.kind): row for row in transaction.all(_OF_WAVE, wave=wave)}
    return [
        Said(row.respondent_id, row.item, row.kind, row.text, agreed.get(row.respondent_id, False))
        for row in last.values()
    ]


def of_respondent(transaction: Transaction, wave: int, respondent: int) -> list[Said]:
    """What somebody said in a wave, oldest first; why they differ comes last."""
    mine = [said for said in of_wave(transaction, wave) if said.respondent == respondent]
    why = [one for one in views(transaction, wave) if one.respondent == respondent and one.text]
    return mine + [Said(respondent, one.item, one.kind, one.text, quotable=False) for one in why]


def remove(transaction: Transaction, wave: int, respondent: int, item: str, kind: str) -> None:
    """Removes what somebody said of an item, however often."""
    transaction.run(_REMOVE, wave=wave, who=respondent, of=item, what=kind)


def conclude(transaction: Transaction, wave: int, respondent: int, item: str, text: str, now: datetime) -> None:
    """Keeps what an expert concludes from a wave."""
    transaction.run(_KEEP, wave_id=wave, respondent_id=respondent, item=item, kind="conclusion", text=text, at=now)


def conclusions(transaction: Transaction, wave: int) -> list[Conclusion]:
    """What experts concluded from a wave, in the order they said it."""
    return [Conclusion(*row) for row in transaction.all(_CONCLUSIONS, wave=wave)]


def view(
    transaction: Transaction, wave: int, respondent: int, item: str, kind: ViewKind | None, text: str, now: datetime
) -> None:
    """Keeps why somebody sees an item as they do; None takes all they said of it away."""
    if kind is None:
        for one in VIEWS:
            remove(transaction, wave, respondent, item, one)
    else:
        transaction.run(_KEEP, wave_id=wave, respondent_id=respondent, item=item, kind=kind, text=text, at=now)


def views(transaction: Transaction, wave: int) -> list[Viewpoint]:
    """Why people differ; the last of a person and item counts, and it has their name only where they chose that."""
    last = {(row.respondent_id, row.item): row for row in transaction.all(_VIEWS, wave=wave)}
    return [
        Viewpoint(row.respondent_id, row.item, row.kind, row.text, row.name if row.kind == "view" else "")
        for row in last.values()
    ]


def comments(transaction: Transaction, wave: int) -> list[Comment]:
    """What respondents said of capabilities in forms, oldest first; the last of a person and capability counts."""
    rows = transaction.all(_COMMENTS, wave=wave)
    last = {(row.respondent_id, row.item): place for place, row in enumerate(rows)}
    return [
        Comment(row.respondent_id, row.department, row.item, row.text, row.at, at == last[row.respondent_id, row.item])
        for at, row in enumerate(rows)
    ]
