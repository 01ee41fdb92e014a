"""Where cards stand in people's chats, and how they look there."""

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.outbox import Delivery
from storage.statements import Statement, inserting
from storage.tables import CARD, OUTBOX

_showing = inserting(CARD, leave_out="")
_SHOW = Statement(
    _showing.on_conflict_do_update(
        index_elements=["address_id", "card"],
        set_={"message": _showing.excluded.message, "look": _showing.excluded.look},
    )
)
_CARD_AT = Statement(
    select(CARD.c.card).where(CARD.c.address_id == bindparam("address"), CARD.c.message == bindparam("message"))
)
_STANDS = Statement(
    select(CARD.c.message).where(CARD.c.address_id == bindparam("address"), CARD.c.card == bindparam("name"))
)
_SPEND = Statement(update(OUTBOX).where(OUTBOX.c.id == bindparam("delivery")).values(replaces=None))


def show(transaction: Transaction, delivery: Delivery, message: str, look: str) -> None:
    """Notes where a card now stands in its chat, and how it looks."""
    transaction.run(_SPEND, delivery=delivery.id)
    transaction.run(_SHOW, address_id=delivery.address, card=delivery.card, message=message, look=look)


def stands(transaction: Transaction, address: int, card: str) -> bool:
    """Whether a card stands in a chat where it can be edited: what was printed stays as it is."""
    row = transaction.one(_STANDS, address=address, name=card)
    return row is not None and bool(row.message)


def card_at(transaction: Transaction, address: int, message: str) -> str:
    """The card that a message of ours shows, as session and card; "" for any other message."""
    row = transaction.one(_CARD_AT, address=address, message=message)
    return str(row.card) if row else ""
