"""Prompts owed to people: kept with the turn that owes them, delivered in order, once for each card's newest state."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, bindparam, case, delete, func, or_, select, update

from flows import packing
from flows.prompts import Prompt
from flows.session import Session
from storage.database import Transaction
from storage.sessions import read_state, row_of
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, CARD, OUTBOX, SESSION, WAVE

LEASE = timedelta(seconds=30)
"""How long a delivery is one process's own; longer than any platform's answer takes."""


GRACE = timedelta(seconds=3)
"""How long what a dead process may have sent waits: the answer may show that it arrived, and it is not said twice."""
IN_DOUBT = 1_000
"""Added to the tries of what must not be said twice, while it is being said: whoever finds it so must let it go."""


class Tapped(msgspec.Struct, frozen=True):
    """The message whose button was pressed: it is where this card stands, whatever we knew before."""

    card: str | None = None
    message: str | None = None


NOTHING_TAPPED = Tapped()


class Delivery(msgspec.Struct, frozen=True):
    """A prompt that is due, with where it goes. `message` and `look` tell of its card's last state, if it has one.

    `chat` is the address's own, or another place where it was asked for (`elsewhere`); `session` is the one that owes
    it; `state` is given back when the delivery is settled.
    """

    id: int
    address: int
    chat: str
    elsewhere: bool
    card: str | None
    prompt: Prompt
    tries: int
    state: int
    session: Session
    city: str | None
    message: str | None
    look: str | None


_owing = inserting(OUTBOX)
OWE = Statement(
    _owing.on_conflict_do_update(
        index_elements=["address_id", "card"],
        set_={
            "prompt": _owing.excluded.prompt,
            "state": OUTBOX.c.state + 1,
            "replaces": func.coalesce(_owing.excluded.replaces, OUTBOX.c.replaces),
            "place": _owing.excluded.place,
            # What nobody is sending is due with its newer state.
            "due": case((OUTBOX.c.tries == 0, _owing.excluded.due), else_=OUTBOX.c.due),
        },
    )
)
# The head of each address's line: what is due, or being sent or waiting to be sent again (tries > 0), in order.
# A prompt for later that was never tried stands in nobody's way.
_heads = (
    select(func.min(OUTBOX.c.id))
    .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
    .where(
        ADDRESS.c.channel == bindparam("channel"),
        ADDRESS.c.reachable,
        or_(OUTBOX.c.due <= bindparam("now"), OUTBOX.c.tries > 0),
    )
    .group_by(OUTBOX.c.address_id)
    .scalar_subquery()
)
# Several processes may claim at once: what another is just taking is passed by (SQLite has one writer and needs none).
_free_heads = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.id.in_(_heads), OUTBOX.c.due <= bindparam("now"))
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(_free_heads))
    .values(due=bindparam("lease"), tries=OUTBOX.c.tries + 1)
    .returning(OUTBOX.c.id)
)
_READ = Statement(
    select(
        OUTBOX.c.id,
        OUTBOX.c.address_id,
        func.coalesce(OUTBOX.c.place, ADDRESS.c.chat).label("chat"),
        OUTBOX.c.place,
        OUTBOX.c.card,
        OUTBOX.c.prompt,
        OUTBOX.c.tries,
        OUTBOX.c.state,
        SESSION.c.state.label("session"),
        WAVE.c.city_id,
        OUTBOX.c.replaces,
        CARD.c.message,
        CARD.c.look,
    )
    .select_from(
        OUTBOX.join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
        .join(SESSION, SESSION.c.id == OUTBOX.c.session_id)
        .outerjoin(WAVE, WAVE.c.id == SESSION.c.wave_id)
        .outerjoin(CARD, and_(CARD.c.address_id == OUTBOX.c.address_id, CARD.c.card == OUTBOX.c.card))
    )
    .where(OUTBOX.c.id == bindparam("delivery"))
)
_SETTLE = Statement(delete(OUTBOX).where(OUTBOX.c.id == bindparam("delivery"), OUTBOX.c.state == bindparam("seen")))
_DEFER = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("delivery"))
    .values(due=bindparam("at"), tries=case((OUTBOX.c.state == bindparam("seen"), bindparam("tried")), else_=1))
)
_DOUBT = Statement(update(OUTBOX).where(OUTBOX.c.id == bindparam("delivery")).values(tries=bindparam("tried")))
_POSTPONE = Statement(update(OUTBOX).where(OUTBOX.c.id == bindparam("delivery")).values(due=bindparam("at"), tries=0))
_GIVE_BACK = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("delivery"), OUTBOX.c.tries == bindparam("tried"))
    .values(due=bindparam("at"))
)
_BRING_HOME = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("delivery"))
    .values(due=bindparam("at"), place=None, tries=bindparam("tried"))
)
_ahead = OUTBOX.alias()
_held = (
    select(_ahead.c.id)
    .where(_ahead.c.address_id == OUTBOX.c.address_id, _ahead.c.id < OUTBOX.c.id, _ahead.c.tries > 0)
    .exists()
)
_OWED = Statement(select(OUTBOX.c.prompt).where(OUTBOX.c.address_id == bindparam("address")).order_by(OUTBOX.c.id))
_NEXT = Statement(
    select(func.min(OUTBOX.c.due).label("due"))
    .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
    .where(ADDRESS.c.channel == bindparam("channel"), ADDRESS.c.reachable, ~_held)
)


def owe(
    transaction: Transaction,
    address: int,
    session: Session,
    prompts: Iterable[Prompt],
    due: datetime,
    tapped: Tapped = NOTHING_TAPPED,
    place: str = "",
) -> None:
    """Owes prompts to an address, to be said in its own chat or in another `place` of the same channel.

    A card that is still owed takes the newer state instead of a second place in the line.
    """
    for prompt in prompts:
        transaction.run(
            OWE,
            address_id=address,
            session_id=row_of(session),
            card=f"{session.id}/{prompt.card}" if prompt.card else None,
            replaces=tapped.message if prompt.card and prompt.card == tapped.card else None,
            place=place or None,
            prompt=packing.pack(prompt),
            due=due,
            tries=0,
            state=0,
        )


def claim(transaction: Transaction, channel: str, now: datetime) -> list[Delivery]:
    """The next due delivery of each address of a channel that can be written to; each is this caller's for `LEASE`."""
    claimed = transaction.all(_CLAIM, channel=channel, now=now, lease=now + LEASE)
    rows = [transaction.one(_READ, delivery=row.id) for row in claimed]
    return [
        Delivery(
            row.id,
            row.address_id,
            row.chat,
            row.place is not None,
            row.card,
            packing.unpack(row.prompt),
            row.tries,
            row.state,
            read_state(row.session),
            row.city_id,
            row.replaces or row.message,
            row.look if row.replaces in {None, row.message} else None,
        )
        for row in rows
        if row is not None
    ]


def settle(transaction: Transaction, delivery: Delivery, now: datetime) -> None:
    """Delivered: nothing is owed any more, unless the card has a newer state by now."""
    if transaction.run(_SETTLE, delivery=delivery.id, seen=delivery.state) == 0:
        defer(transaction, delivery, now)


def defer(transaction: Transaction, delivery: Delivery, at: datetime) -> None:
    """Not delivered: due again at a later time. A newer state of the card starts its count of tries anew."""
    transaction.run(_DEFER, delivery=delivery.id, at=at, seen=delivery.state, tried=delivery.tries)


def doubt(transaction: Transaction, delivery: Delivery) -> None:
    """It is being said, and is not to be said again by whoever finds it still owed (see `IN_DOUBT`)."""
    transaction.run(_DOUBT, delivery=delivery.id, tried=IN_DOUBT + delivery.tries)


def postpone(transaction: Transaction, delivery: Delivery, at: datetime) -> None:
    """Not to be delivered now: due again at a later time, and until then in nobody's way."""
    transaction.run(_POSTPONE, delivery=delivery.id, at=at)


def give_back(transaction: Transaction, delivery: Delivery, at: datetime) -> None:
    """It was claimed and not touched: due again, unless somebody else has settled, deferred or claimed it since."""
    transaction.run(_GIVE_BACK, delivery=delivery.id, tried=delivery.tries, at=at)


def bring_home(transaction: Transaction, delivery: Delivery, now: datetime) -> None:
    """It cannot be said where it was asked for: due now in the address's own chat."""
    transaction.run(_BRING_HOME, delivery=delivery.id, at=now, tried=delivery.tries)


def next_due(transaction: Transaction, channel: str) -> datetime | None:
    """When a channel's next delivery is due; None where nothing is owed."""
    row = transaction.one(_NEXT, channel=channel)
    return row.due if row else None


def owed(transaction: Transaction, address: int) -> list[Prompt]:
    """All that an address is still to be told, in order."""
    return [packing.unpack(row.prompt) for row in transaction.all(_OWED, address=address)]
