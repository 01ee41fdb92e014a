"""A chat that has another id from now on: its address, what is owed there, and where its cards stand."""

from sqlalchemy import bindparam, delete, select, update

from storage import addresses, leftovers
from storage.database import Transaction
from storage.statements import Statement
from storage.tables import ADDRESS, CARD, OUTBOX

_AT = Statement(
    select(ADDRESS.c.id).where(ADDRESS.c.channel == bindparam("channel_name"), ADDRESS.c.chat == bindparam("at"))
)
_RENAME = Statement(update(ADDRESS).where(ADDRESS.c.id == bindparam("address")).values(chat=bindparam("new_chat")))
_FORGET = Statement(delete(CARD).where(CARD.c.address_id == bindparam("address")))
_ANEW = Statement(update(OUTBOX).where(OUTBOX.c.address_id == bindparam("address")).values(replaces=None))
_PLACES = Statement(
    update(OUTBOX)
    .where(
        OUTBOX.c.place == bindparam("old_place"),
        OUTBOX.c.address_id.in_(select(ADDRESS.c.id).where(ADDRESS.c.channel == bindparam("channel_name"))),
    )
    .values(place=bindparam("new_place"), replaces=None)
)


def move(transaction: Transaction, channel: str, chat: str, to: str) -> None:
    """Notes that a chat has moved, and loses nothing of it. Said twice, or from both sides, it changes nothing."""
    if chat == to:
        return
    transaction.run(_PLACES, channel_name=channel, old_place=chat, new_place=to)
    old = transaction.one(_AT, channel_name=channel, at=chat)
    if old is None:
        return
    early = transaction.one(_AT, channel_name=channel, at=to)
    if early is not None:
        _give_way(transaction, early.id, old.id, f"{to}, before {chat} moved there")
    transaction.run(_RENAME, address=old.id, new_chat=to)
    # Messages are numbered anew there: what was edited in place is said once more instead.
    transaction.run(_FORGET, address=old.id)
    transaction.run(_ANEW, address=old.id)


def _give_way(transaction: Transaction, early: int, old: int, name: str) -> None:
    """Whatever was heard under the new id before we knew keeps an address of its own, under a name nobody has."""
    leftovers.redirect(transaction, early, old)
    addresses.mark(transaction, early, reachable=False)
    transaction.run(_RENAME, address=early, new_chat=name)
