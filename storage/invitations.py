"""Invitations: single use, 128 bits, bound to a city and a role; only a digest of the code is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import bindparam, or_, select, update

from flows.session import Role
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import INVITATION

LIFETIME = timedelta(days=21)
_BYTES = 16

State = Literal["open", "used", "expired", "revoked"]


class Invitation(msgspec.Struct, frozen=True):
    """Who is invited to what; no city for those of the programme."""

    city: str | None
    role: Role
    name: str = ""
    department: str | None = None
    language: str | None = None


class Redeemed(msgspec.Struct, frozen=True):
    """An invitation that was opened; `again` where this address had opened it before."""

    invitation: Invitation
    again: bool


class Issued(msgspec.Struct, frozen=True):
    """An invitation as it stands; nobody can read its code back."""

    id: int
    city: str | None
    name: str
    role: Role
    department: str | None
    language: str | None
    expires_at: datetime
    state: State


_ISSUE = Statement(inserting(INVITATION))
_FIND = Statement(select(INVITATION).where(INVITATION.c.code_digest == bindparam("digest")))
_USE = Statement(
    update(INVITATION)
    .where(
        INVITATION.c.id == bindparam("invitation"), INVITATION.c.used_by.is_(None), INVITATION.c.revoked_at.is_(None)
    )
    .values(used_by=bindparam("address"))
)
_REVOKE = Statement(
    update(INVITATION)
    .where(
        INVITATION.c.id == bindparam("invitation"), INVITATION.c.used_by.is_(None), INVITATION.c.revoked_at.is_(None)
    )
    .values(revoked_at=bindparam("at"))
)
_OF = Statement(
    select(INVITATION)
    .where(or_(INVITATION.c.city_id == bindparam("city"), INVITATION.c.city_id.is_(None)))
    .order_by(INVITATION.c.id)
)


def issue(transaction: Transaction, invitation: Invitation, now: datetime, lifetime: timedelta = LIFETIME) -> str:
    """A new code (22 characters that a deep link may hold); it is shown once and cannot be read back."""
    code = secrets.token_urlsafe(_BYTES)
    transaction.run(
        _ISSUE,
        code_digest=_digest(code),
        city_id=invitation.city,
        name=invitation.name,
        role=invitation.role,
        department=invitation.department,
        language=invitation.language,
        expires_at=now + lifetime,
        revoked_at=None,
        used_by=None,
    )
    return code


def peek(transaction: Transaction, code: str, now: datetime) -> Invitation | None:
    """The invitation behind a code that somebody may still open; nothing is used up."""
    row = transaction.one(_FIND, digest=_digest(code))
    if row is None or _state(row, now) != "open":
        return None
    return Invitation(row.city_id, row.role, row.name, row.department, row.language)


def redeem(transaction: Transaction, code: str, address: int, now: datetime) -> Redeemed | None:
    """The invitation behind a code, used up by this address; None for unknown, expired, revoked and used ones alike."""
    row = transaction.one(_FIND, digest=_digest(code))
    if row is None:
        return None
    invitation = Invitation(row.city_id, row.role, row.name, row.department, row.language)
    if row.used_by == address:
        return Redeemed(invitation, again=True)
    if row.expires_at < now or transaction.run(_USE, invitation=row.id, address=address) != 1:
        return None
    return Redeemed(invitation, again=False)


def of(transaction: Transaction, city: str | None, now: datetime) -> list[Issued]:
    """The invitations to a city, or those of the programme (None), oldest first."""
    rows = [row for row in transaction.all(_OF, city=city or "") if row.city_id == city]
    return [
        Issued(row.id, row.city_id, row.name, row.role, row.department, row.language, row.expires_at, _state(row, now))
        for row in rows
    ]


def revoke(transaction: Transaction, invitation: int, now: datetime) -> bool:
    """From now on nobody gets in by it; False where somebody has, or it was revoked before."""
    return transaction.run(_REVOKE, invitation=invitation, at=now) == 1


def _state(row: Any, now: datetime) -> State:
    if row.used_by is not None:
        return "used"
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at < now else "open"


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
