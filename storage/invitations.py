"""Invitations: single use, 128 bits, bound to a city and a role; only a digest of the code is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import bindparam, select, update

from flows.session import Role
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import INVITATION

LIFETIME = timedelta(days=21)
_BYTES = 16


class Invitation(msgspec.Struct, frozen=True):
    """Who is invited to what."""

    city: str
    role: Role
    name: str = ""
    department: str | None = None
    language: str | None = None


class Redeemed(msgspec.Struct, frozen=True):
    """An invitation that was opened; `again` where this address had opened it before."""

    invitation: Invitation
    again: bool


class Waiting(msgspec.Struct, frozen=True):
    """An invitation that is good and that nobody has opened yet."""

    name: str
    role: str
    department: str | None
    expires_at: datetime


_ISSUE = Statement(inserting(INVITATION))
_FIND = Statement(select(INVITATION).where(INVITATION.c.code_digest == bindparam("digest")))
_USE = Statement(
    update(INVITATION)
    .where(INVITATION.c.id == bindparam("invitation"), INVITATION.c.used_by.is_(None))
    .values(used_by=bindparam("address"))
)
_WAITING = Statement(
    select(INVITATION.c.name, INVITATION.c.role, INVITATION.c.department, INVITATION.c.expires_at)
    .where(
        INVITATION.c.city_id == bindparam("city"),
        INVITATION.c.used_by.is_(None),
        INVITATION.c.revoked_at.is_(None),
        INVITATION.c.expires_at > bindparam("now"),
    )
    .order_by(INVITATION.c.id)
)


def waiting(transaction: Transaction, city: str, now: datetime) -> list[Waiting]:
    """The invitations to a city that can still be opened."""
    return [Waiting(*row) for row in transaction.all(_WAITING, city=city, now=now)]


def issue(transaction: Transaction, invitation: Invitation, now: datetime) -> str:
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
        expires_at=now + LIFETIME,
        revoked_at=None,
        used_by=None,
    )
    return code


def redeem(transaction: Transaction, code: str, address: int, now: datetime) -> Redeemed | None:
    """The invitation behind a code, used up by this address; None for unknown, expired and used ones alike."""
    row = transaction.one(_FIND, digest=_digest(code))
    if row is None:
        return None
    invitation = Invitation(row.city_id, row.role, row.name, row.department, row.language)
    if row.used_by == address:
        return Redeemed(invitation, again=True)
    if row.expires_at < now or transaction.run(_USE, invitation=row.id, address=address) != 1:
        return None
    return Redeemed(invitation, again=False)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
