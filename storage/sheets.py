"""Workbooks that people sent back: still to be fetched, read and waiting for a decision, taken or left."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, func, select, update

from flows.events import Attached
from flows.kept.sheets import Sheet
from storage import evidence
from storage.database import Transaction
from storage.evidence import LEASE
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, SHEET


class Errand(msgspec.Struct, frozen=True):
    """A file that may be a workbook, whose session it was sent to and from where, and how often it was tried before."""

    id: int
    address: int
    row: int
    file: Attached
    tries: int


_FILE = msgspec.json.Decoder(Attached)
_SHEET = msgspec.json.Decoder(Sheet)
_KEEP = Statement(inserting(SHEET, returning=(SHEET.c.id,)))
_of_channel = select(ADDRESS.c.id).where(ADDRESS.c.channel == bindparam("channel")).scalar_subquery()
_due = (
    select(SHEET.c.id)
    .where(SHEET.c.due <= bindparam("now"), SHEET.c.address_id.in_(_of_channel))
    .order_by(SHEET.c.due)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = Statement(
    update(SHEET)
    .where(SHEET.c.id == _due)
    .values(due=bindparam("lease"), tries=SHEET.c.tries + 1)
    .returning(SHEET.c.id, SHEET.c.address_id, SHEET.c.session_id, SHEET.c.content, SHEET.c.tries)
)
_DEFER = Statement(
    update(SHEET).where(SHEET.c.id == bindparam("which"), SHEET.c.state == "coming").values(due=bindparam("again"))
)
_READ = Statement(
    update(SHEET)
    .where(SHEET.c.id == bindparam("which"), SHEET.c.state == "coming")
    .values(digest=bindparam("of"), content=bindparam("what"), state=bindparam("then"), at=bindparam("now"), due=None)
)
_LEAVE_OTHERS = Statement(
    update(SHEET)
    .where(SHEET.c.session_id == bindparam("row"), SHEET.c.state == "waiting", SHEET.c.id != bindparam("but"))
    .values(state="left", content="{}", at=bindparam("now"))
)
_MARK = Statement(
    update(SHEET)
    .where(SHEET.c.id == bindparam("which"), SHEET.c.state == "waiting")
    .values(state=bindparam("then"), content=bindparam("what"), at=bindparam("now"))
)
_FIND = Statement(
    select(SHEET.c.content, SHEET.c.state, SHEET.c.at).where(
        SHEET.c.id == bindparam("which"), SHEET.c.session_id == bindparam("row"), SHEET.c.state != "coming"
    )
)
_CONTENT = Statement(select(SHEET.c.content).where(SHEET.c.id == bindparam("which")))
_TAKEN = Statement(
    select(SHEET.c.at)
    .where(SHEET.c.session_id == bindparam("row"), SHEET.c.digest == bindparam("of"), SHEET.c.state == "taken")
    .order_by(SHEET.c.id.desc())
    .limit(1)
)
_NEXT = Statement(select(func.min(SHEET.c.due).label("due")).where(SHEET.c.address_id.in_(_of_channel)))


def receive(transaction: Transaction, row: int, address: int, file: Attached, now: datetime) -> int:
    """Keeps that a file may be a workbook; it is to be fetched at once. Its id."""
    return _keep(transaction, row, address or None, file.reference, "", _told(file), "coming", now, now)


def bring(transaction: Transaction, row: int, digest: str, sheet: Sheet, now: datetime) -> int:
    """Keeps a workbook that an operator brought, read and waiting. Its id."""
    return _keep(transaction, row, None, "", digest, _told(sheet), "waiting", now, None)


def claim(transaction: Transaction, channel: str, now: datetime) -> Errand | None:
    """The next file to be fetched from a channel, for this caller's `LEASE`; None where nothing is due."""
    row = transaction.one(_CLAIM, channel=channel, now=now, lease=now + LEASE)
    return Errand(row.id, row.address_id, row.session_id, _FILE.decode(row.content), row.tries) if row else None


def defer(transaction: Transaction, errand: int, at: datetime) -> None:
    """It is tried again later."""
    transaction.run(_DEFER, which=errand, again=at)


def settle(transaction: Transaction, errand: Errand, digest: str, sheet: Sheet | None, now: datetime) -> bool:
    """It was read and waits, in place of any other of the same session; it is left where it is None.

    False where that was settled before.
    """
    then = "waiting" if sheet is not None else "left"
    what = _told(sheet if sheet is not None else Sheet())
    done = transaction.run(_READ, which=errand.id, of=digest, what=what, then=then, now=now) == 1
    if done and sheet is not None:
        transaction.run(_LEAVE_OTHERS, row=errand.row, but=errand.id, now=now)
    return done


def mark(transaction: Transaction, sheet: int, state: str, seen: Mapping[str, str], now: datetime) -> None:
    """What becomes of a workbook that waits, and what its preview showed; one that does not wait stays what it is.

    Once it is decided, people's words are not kept here a second time.
    """
    found = transaction.one(_CONTENT, which=sheet)
    if found is not None:
        kept = msgspec.structs.replace(_SHEET.decode(found.content), seen=seen) if state == "waiting" else Sheet()
        transaction.run(_MARK, which=sheet, then=state, what=_told(kept), now=now)


def find(transaction: Transaction, row: int, sheet: str) -> Sheet | None:
    """A workbook of a session that was read, with the links that are evidence now; None where there is no such."""
    found = transaction.one(_FIND, which=int(sheet), row=row) if sheet.isdecimal() and len(sheet) < 10 else None
    if found is None:
        return None
    links = frozenset((one.item, one.reference) for one in evidence.of_session(transaction, row) if one.kind == "link")
    return msgspec.structs.replace(_SHEET.decode(found.content), state=found.state, at=found.at, held=links)


def taken(transaction: Transaction, row: int, digest: str) -> datetime | None:
    """When this very file was taken into a session; None where it was not."""
    found = transaction.one(_TAKEN, row=row, of=digest)
    return found.at if found else None


def next_due(transaction: Transaction, channel: str) -> datetime | None:
    """When a file is to be fetched next; None where none is."""
    row = transaction.one(_NEXT, channel=channel)
    return row.due if row else None


def _keep(
    transaction: Transaction,
    row: int,
    address: int | None,
    reference: str,
    digest: str,
    content: str,
    state: str,
    now: datetime,
    due: datetime | None,
) -> int:
    made = transaction.one(
        _KEEP,
        session_id=row,
        address_id=address,
        reference=reference,
        digest=digest,
        content=content,
        state=state,
        at=now,
        due=due,
        tries=0,
    )
    assert made is not None
    return int(made.id)


def _told(value: Attached | Sheet) -> str:
    return msgspec.json.encode(value).decode()
