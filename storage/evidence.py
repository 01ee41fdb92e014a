"""What supports the answers: where it lies at its platform, the digest of our copy, and what is still to be fetched."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, bindparam, case, delete, func, select, update

from flows.turn import Evidence
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, EVIDENCE, SESSION

LEASE = timedelta(minutes=10)
"""How long a fetch may take before another process tries; a process that died has let go by then."""


class Kept(msgspec.Struct, frozen=True):
    """A piece of evidence. `digest` names our copy (see `storage.files`); without it, it is left at the platform.

    `due` is set while it is still to be fetched.
    """

    number: int
    item: str
    kind: str
    reference: str
    caption: str
    name: str
    media: str
    size: int | None
    digest: str | None
    at: datetime
    dated: datetime | None
    due: datetime | None


class Errand(msgspec.Struct, frozen=True):
    """Something to be fetched, for whom, and how often that was tried before."""

    id: int
    address: int
    row: int
    reference: str
    item: str
    tries: int


_KEPT = tuple(EVIDENCE.c[name] for name in Kept.__struct_fields__)
_KEEP = Statement(inserting(EVIDENCE))
_MOVE = Statement(
    update(EVIDENCE)
    .where(EVIDENCE.c.session_id == bindparam("row"), EVIDENCE.c.number == bindparam("which"))
    .values(item=bindparam("new_item"))
)
_CAPTION = Statement(
    update(EVIDENCE)
    .where(EVIDENCE.c.session_id == bindparam("row"), EVIDENCE.c.number == bindparam("which"))
    .values(
        caption=bindparam("words"),
        reference=case(
            (and_(EVIDENCE.c.kind == "link", bindparam("link") != ""), bindparam("link")), else_=EVIDENCE.c.reference
        ),
    )
)
_REMOVE = Statement(
    delete(EVIDENCE).where(EVIDENCE.c.session_id == bindparam("row"), EVIDENCE.c.number == bindparam("which"))
)
_OF_SESSION = Statement(select(*_KEPT).where(EVIDENCE.c.session_id == bindparam("row")).order_by(EVIDENCE.c.id))
_OF_WAVE = Statement(
    select(SESSION.c.respondent_id, *_KEPT)
    .join(SESSION, SESSION.c.id == EVIDENCE.c.session_id)
    .where(SESSION.c.wave_id == bindparam("wave"))
    .order_by(EVIDENCE.c.id)
)
_of_channel = select(ADDRESS.c.id).where(ADDRESS.c.channel == bindparam("channel")).scalar_subquery()
_due = (
    select(EVIDENCE.c.id)
    .where(EVIDENCE.c.due <= bindparam("now"), EVIDENCE.c.address_id.in_(_of_channel))
    .order_by(EVIDENCE.c.due)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = Statement(
    update(EVIDENCE)
    .where(EVIDENCE.c.id == _due)
    .values(due=bindparam("lease"), tries=EVIDENCE.c.tries + 1)
    .returning(
        EVIDENCE.c.id,
        EVIDENCE.c.address_id,
        EVIDENCE.c.session_id,
        EVIDENCE.c.reference,
        EVIDENCE.c.item,
        EVIDENCE.c.tries,
    )
)
_SETTLE = Statement(
    update(EVIDENCE)
    .where(EVIDENCE.c.id == bindparam("which"))
    .values(digest=bindparam("new_digest"), size=bindparam("new_size"), due=None)
)
_DEFER = Statement(update(EVIDENCE).where(EVIDENCE.c.id == bindparam("which")).values(due=bindparam("again")))
_NEXT = Statement(select(func.min(EVIDENCE.c.due).label("due")).where(EVIDENCE.c.address_id.in_(_of_channel)))
_DIGESTS = Statement(select(EVIDENCE.c.digest).distinct().where(EVIDENCE.c.digest.is_not(None)))


def keep(transaction: Transaction, row: int, address: int, evidence: Evidence, now: datetime) -> None:
    """Keeps where a piece of evidence lies; what is to be copied is due at once."""
    told = msgspec.structs.asdict(evidence)
    copied, size = told.pop("copy"), told.pop("size") or None
    due = now if copied else None
    transaction.run(
        _KEEP, session_id=row, address_id=address or None, digest=None, size=size, at=now, due=due, tries=0, **told
    )


def move(transaction: Transaction, row: int, number: int, item: str) -> None:
    """A session's piece of evidence belongs to another item."""
    transaction.run(_MOVE, row=row, which=number, new_item=item)


def caption(transaction: Transaction, row: int, number: int, words: str, link: str) -> None:
    """A session's piece of evidence has other words beside it; a link may be another one."""
    transaction.run(_CAPTION, row=row, which=number, words=words, link=link)


def remove(transaction: Transaction, row: int, number: int) -> None:
    """It is gone; our copy follows once nothing else refers to it (see `bot.fetching`)."""
    transaction.run(_REMOVE, row=row, which=number)


def of_session(transaction: Transaction, row: int) -> list[Kept]:
    """What somebody sent, oldest first."""
    return [Kept(*found) for found in transaction.all(_OF_SESSION, row=row)]


def of_wave(transaction: Transaction, wave: int) -> Mapping[tuple[int, str], list[Kept]]:
    """The evidence of a wave by respondent and item, oldest first."""
    found: dict[tuple[int, str], list[Kept]] = {}
    for who, *columns in transaction.all(_OF_WAVE, wave=wave):
        one = Kept(*columns)
        found.setdefault((who, one.item), []).append(one)
    return found


def claim(transaction: Transaction, channel: str, now: datetime) -> Errand | None:
    """The next thing to be fetched from a channel, for this caller's `LEASE`; None where nothing is due."""
    row = transaction.one(_CLAIM, channel=channel, now=now, lease=now + LEASE)
    return Errand(*row) if row is not None else None


def settle(transaction: Transaction, errand: int, digest: str, size: int) -> bool:
    """The content is kept here; False where it was removed meanwhile."""
    return transaction.run(_SETTLE, which=errand, new_digest=digest, new_size=size) == 1


def leave(transaction: Transaction, errand: int) -> bool:
    """It stays at its platform; False where it was removed meanwhile."""
    return transaction.run(_DEFER, which=errand, again=None) == 1


def defer(transaction: Transaction, errand: int, at: datetime) -> None:
    """It is tried again later."""
    transaction.run(_DEFER, which=errand, again=at)


def next_due(transaction: Transaction, channel: str) -> datetime | None:
    """When something is to be fetched next; None where nothing is."""
    row = transaction.one(_NEXT, channel=channel)
    return row.due if row else None


def digests(transaction: Transaction) -> set[str]:
    """The names of all copies that something refers to."""
    return {row.digest for row in transaction.all(_DIGESTS)}
