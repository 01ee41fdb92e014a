"""The one message in a chat that tells what is being made, as long as it is edited."""

import msgspec
from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import CARD

_NAME = "making"
"""Its card; it is nobody's session's, so that a reply to it is a reply to nothing."""


class Note(msgspec.Struct, frozen=True):
    """Where the message stands, and how it looks; `message` is empty while it is being sent, by us if it is `new`."""

    message: str = ""
    look: str = ""
    new: bool = False


_FIND = Statement(
    select(CARD.c.message, CARD.c.look).where(CARD.c.address_id == bindparam("address"), CARD.c.card == _NAME)
)
_BEGIN = Statement(inserting(CARD, leave_out="").on_conflict_do_nothing(index_elements=["address_id", "card"]))
_KEEP = Statement(
    update(CARD)
    .where(CARD.c.address_id == bindparam("address"), CARD.c.card == _NAME)
    .values(message=bindparam("new_message"), look=bindparam("new_look"))
)
_FORGET = Statement(delete(CARD).where(CARD.c.address_id == bindparam("address"), CARD.c.card == _NAME))


def find(transaction: Transaction, address: int) -> Note | None:
    """The message; None where nothing is being made."""
    row = transaction.one(_FIND, address=address)
    return Note(row.message, row.look) if row else None


def begin(transaction: Transaction, address: int) -> Note | None:
    """It is about to be said: from now on nobody else says it. None where somebody has just begun to."""
    begun = transaction.run(_BEGIN, address_id=address, card=_NAME, message="", look="")
    return Note(new=True) if begun == 1 else None


def keep(transaction: Transaction, address: int, message: str, look: str) -> None:
    """It stands there, and looks like this."""
    transaction.run(_KEEP, address=address, new_message=message, new_look=look)


def forget(transaction: Transaction, address: int) -> None:
    """All is made: it is a message like any other."""
    transaction.run(_FORGET, address=address)
