"""A city's people, open wave and diary, read from one store to be put into another: for playing, never for keeping."""

from typing import Any

import msgspec
from sqlalchemy import Table, bindparam, or_, select

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, CITY, DIARY, HANDING, INVITATION, RESPONDENT, RESPONSE, SESSION, SLOT, WAVE


class Copy(msgspec.Struct, frozen=True):
    """Rows of one city by table, each as its columns; only `put` looks into them."""

    rows: tuple[tuple[str, dict[str, Any]], ...]


_experts = (
    select(RESPONDENT.c.id)
    .where(
        RESPONDENT.c.role == "expert",
        RESPONDENT.c.name.in_(select(SLOT.c.expert).where(SLOT.c.city_id == bindparam("city"))),
    )
    .scalar_subquery()
)
"""Who holds the city's meetings: they are reminded too."""
_of_expert = SESSION.c.wave_id.is_(None) & SESSION.c.respondent_id.in_(_experts)
_of_wave = select(SESSION.c.id).where(SESSION.c.wave_id == bindparam("wave")).scalar_subquery()
_played = select(SESSION.c.id).where(or_(SESSION.c.wave_id == bindparam("wave"), _of_expert)).scalar_subquery()
_of_city = select(SLOT.c.id).where(SLOT.c.city_id == bindparam("city")).scalar_subquery()
_OF_SESSIONS = ("reminder", "nudge", "opened")

# In the order in which they refer to each other.
_TABLES: dict[str, tuple[Table, Statement]] = {
    "city": (CITY, Statement(select(CITY).where(CITY.c.id == bindparam("city")))),
    "wave": (WAVE, Statement(select(WAVE).where(WAVE.c.id == bindparam("wave")))),
    "respondent": (
        RESPONDENT,
        Statement(
            select(RESPONDENT).where(or_(RESPONDENT.c.city_id == bindparam("city"), RESPONDENT.c.id.in_(_experts)))
        ),
    ),
    "session": (SESSION, Statement(select(SESSION).where(SESSION.c.id.in_(_played)))),
    "address": (ADDRESS, Statement(select(ADDRESS).where(ADDRESS.c.session_id.in_(_played)))),
    "response": (RESPONSE, Statement(select(RESPONSE).where(RESPONSE.c.session_id.in_(_of_wave)))),
    "handing": (HANDING, Statement(select(HANDING).where(HANDING.c.wave_id == bindparam("wave")))),
    "slot": (SLOT, Statement(select(SLOT).where(SLOT.c.city_id == bindparam("city")))),
    "invitation": (
        INVITATION,
        Statement(select(INVITATION).where(INVITATION.c.city_id == bindparam("city"), INVITATION.c.used_by.is_(None))),
    ),
    "diary": (
        DIARY,
        Statement(
            select(DIARY).where(
                or_(
                    or_(*(DIARY.c.kind == kind for kind in _OF_SESSIONS)) & DIARY.c.about.in_(_of_wave),
                    (DIARY.c.kind == "digest") & (DIARY.c.about == bindparam("wave")),
                    (DIARY.c.kind == "close") & (DIARY.c.about == bindparam("wave")),
                    (DIARY.c.kind == "meeting") & DIARY.c.about.in_(_of_city),
                )
            )
        ),
    ),
}
_PUT = {name: Statement(inserting(table, leave_out="")) for name, (table, _) in _TABLES.items()}


def read(transaction: Transaction, city: str, wave: int) -> Copy:
    """A city and one of its waves as they stand, with everybody in it."""
    found = [
        (name, row._asdict())
        for name, (_, reading) in _TABLES.items()
        for row in transaction.all(reading, city=city, wave=wave)
    ]
    return Copy(tuple(found))


def put(transaction: Transaction, copied: Copy, channel: str) -> None:
    """Puts a copy into an empty store. Every chat becomes one on `channel`, so that no platform is written to."""
    for name, row in copied.rows:
        moved = {**row, "channel": channel, "chat": str(row["id"])} if name == "address" else row
        transaction.run(_PUT[name], **moved)
