"""The people of a wave, with their sessions and where they are reached; and who is invited and has not come."""

from datetime import datetime

import msgspec
from sqlalchemy import String, bindparam, or_, select

from flows.session import Role, Session
from storage.database import Transaction
from storage.sessions import Standing, read_state
from storage.statements import Statement
from storage.tables import ADDRESS, INVITATION, REQUEST, RESPONDENT, SESSION, WAVE


class Mate(msgspec.Struct, frozen=True):
    """A respondent of a wave; `row` and `session` are theirs in it."""

    respondent: int
    name: str
    department: str
    role: str
    row: int
    session: Session


class Reached(msgspec.Struct, frozen=True):
    """Somebody who can be written to, in whatever wave they are."""

    name: str
    address: int
    session: Session
    respondent: int


class Invitee(msgspec.Struct, frozen=True):
    """Somebody who is invited to a city and has not come yet."""

    name: str
    department: str
    role: str


_MATES = Statement(
    select(
        RESPONDENT.c.id,
        RESPONDENT.c.name,
        RESPONDENT.c.department,
        RESPONDENT.c.role,
        SESSION.c.id.label("row"),
        SESSION.c.state,
    )
    .select_from(SESSION.join(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id))
    .where(SESSION.c.wave_id == bindparam("wave"))
    .order_by(SESSION.c.id)
)
_INVITED = Statement(
    select(INVITATION.c.name, INVITATION.c.department, INVITATION.c.role)
    .where(
        INVITATION.c.city_id == bindparam("city"),
        INVITATION.c.used_by.is_(None),
        INVITATION.c.revoked_at.is_(None),
        INVITATION.c.expires_at > bindparam("now"),
    )
    .order_by(INVITATION.c.id)
)
_ROW = Statement(
    select(SESSION.c.id).where(
        SESSION.c.wave_id == bindparam("wave"), SESSION.c.respondent_id == bindparam("respondent")
    )
)
_NAME = Statement(select(RESPONDENT.c.name).where(RESPONDENT.c.id == bindparam("respondent")))
_WHO = Statement(
    select(RESPONDENT.c.name, RESPONDENT.c.department)
    .select_from(SESSION.join(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id))
    .where(SESSION.c.id == bindparam("row"))
)
_REACHED = Statement(
    select(RESPONDENT.c.id, RESPONDENT.c.name, ADDRESS.c.id.label("address"), SESSION.c.state)
    .select_from(SESSION.join(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id))
    .join(ADDRESS, ADDRESS.c.session_id == SESSION.c.id)
    .where(RESPONDENT.c.role == bindparam("as_role"), ADDRESS.c.reachable)
    .where(or_(bindparam("of_city", type_=String) == "", RESPONDENT.c.city_id == bindparam("of_city")))
    .order_by(ADDRESS.c.id)
)
_here = select(ADDRESS.c.session_id).where(ADDRESS.c.id == bindparam("address")).scalar_subquery()
_MAIL = Statement(
    select(REQUEST.c.email)
    .select_from(REQUEST.join(ADDRESS, ADDRESS.c.id == REQUEST.c.address_id))
    .where(ADDRESS.c.session_id == _here, REQUEST.c.accepted)
    .order_by(REQUEST.c.id.desc())
    .limit(1)
)
_HOME = Statement(
    select(ADDRESS.c.id)
    .where(ADDRESS.c.session_id == bindparam("row"), ADDRESS.c.reachable)
    .order_by(ADDRESS.c.id.desc())
    .limit(1)
)
_STANDING = Statement(
    select(
        SESSION.c.id.label("row"),
        SESSION.c.state,
        SESSION.c.respondent_id.label("respondent"),
        WAVE.c.id.label("wave"),
        WAVE.c.city_id.label("city"),
        WAVE.c.instrument,
        WAVE.c.version,
        WAVE.c.closed_at,
        WAVE.c.closes_at,
    )
    .select_from(SESSION.join(WAVE, WAVE.c.id == SESSION.c.wave_id))
    .where(SESSION.c.id == bindparam("session"))
    .with_for_update(of=SESSION, key_share=True)
)


def mates(transaction: Transaction, wave: int) -> list[Mate]:
    """The people of a wave, in the order they came."""
    return [
        Mate(row.id, row.name, row.department or "", row.role, row.row, read_state(row.state))
        for row in transaction.all(_MATES, wave=wave)
    ]


def row(transaction: Transaction, wave: int, respondent: int) -> int | None:
    """The session of somebody in a wave; None where they have not come into it."""
    found = transaction.one(_ROW, wave=wave, respondent=respondent)
    return int(found.id) if found else None


def invited(transaction: Transaction, city: str, now: datetime) -> list[Invitee]:
    """Whose invitations to a city are open."""
    return [Invitee(row.name, row.department or "", row.role) for row in transaction.all(_INVITED, city=city, now=now)]


def name(transaction: Transaction, respondent: int) -> str:
    """What a respondent is called."""
    found = transaction.one(_NAME, respondent=respondent)
    return str(found.name) if found else ""


def who(transaction: Transaction, row: int) -> tuple[str, str]:
    """Whose session this is: name, and department or ""."""
    found = transaction.one(_WHO, row=row)
    return (found.name, found.department or "") if found else ("", "")


def reached(transaction: Transaction, role: Role, city: str = "") -> list[Reached]:
    """Whoever has this role, in a city or anywhere, and where each is written to: at the address joined last."""
    rows = transaction.all(_REACHED, as_role=role, of_city=city)
    last = {row.id: Reached(row.name, row.address, read_state(row.state), row.id) for row in rows}
    return list(last.values())


def mail(transaction: Transaction, address: int) -> str:
    """The mail address that somebody gave with the request for their city; "" for none."""
    found = transaction.one(_MAIL, address=address)
    return str(found.email) if found else ""


def home(transaction: Transaction, row: int) -> int | None:
    """The address at which the person of a session is written to of our own accord: the one joined last."""
    found = transaction.one(_HOME, row=row)
    return int(found.id) if found else None


def standing(transaction: Transaction, row: int) -> Standing | None:
    """A session of a wave, locked until the transaction ends, with its person's home (0: nowhere); None for none."""
    found = transaction.one(_STANDING, session=row)
    if found is None:
        return None
    session = msgspec.structs.replace(read_state(found.state), open=found.closed_at is None)
    return Standing(
        home(transaction, row) or 0,
        found.row,
        session,
        found.respondent,
        found.city,
        found.instrument,
        found.version,
        found.wave,
        found.closes_at,
    )
