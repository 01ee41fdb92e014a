"""Codes that join another chat to a session: short-lived, single use; only a digest is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import LINK

LIFETIME = timedelta(minutes=10)
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Those that are not taken for each other when they are copied by hand."""
_LENGTH = 8
"""39 bits: five tries an hour and ten minutes make it hopeless to guess."""

_ISSUE = Statement(inserting(LINK, leave_out=""))
_FIND = Statement(
    select(LINK.c.session_id).where(
        LINK.c.code_digest == bindparam("digest"), LINK.c.used_by.is_(None), LINK.c.expires_at > bindparam("now")
    )
)
_USE = Statement(
    update(LINK)
    .where(LINK.c.code_digest == bindparam("digest"), LINK.c.used_by.is_(None))
    .values(used_by=bindparam("address"))
)


def issue(transaction: Transaction, session: int, now: datetime) -> str:
    """A new code for the session in this row, such as `K7QM-2XWP`."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    transaction.run(_ISSUE, code_digest=_digest(code), session_id=session, expires_at=now + LIFETIME, used_by=None)
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def find(transaction: Transaction, code: str, now: datetime) -> int | None:
    """The row of the session that a code leads to; None for unknown, expired and used ones alike."""
    row = transaction.one(_FIND, digest=_digest(code), now=now)
    return int(row.session_id) if row else None


def use(transaction: Transaction, code: str, address: int) -> bool:
    """Uses a code up; False where another chat did so before."""
    return transaction.run(_USE, digest=_digest(code), address=address) == 1


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
