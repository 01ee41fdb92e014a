"""What people say about a city in their own words, appended and never changed: the conclusions of experts."""

from datetime import datetime

import msgspec
from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import REMARK, RESPONDENT


class Conclusion(msgspec.Struct, frozen=True):
    """What an expert concludes about a city; `item` is a dimension's code, or empty for the whole."""

    expert: str
    item: str
    text: str
    at: datetime


_ADD = Statement(inserting(REMARK))
_CONCLUSIONS = Statement(
    select(RESPONDENT.c.name, REMARK.c.item, REMARK.c.text, REMARK.c.at)
    .select_from(REMARK.join(RESPONDENT, RESPONDENT.c.id == REMARK.c.respondent_id))
    .where(REMARK.c.wave_id == bindparam("wave"), REMARK.c.kind == "conclusion")
    .order_by(REMARK.c.id)
)


def conclude(transaction: Transaction, wave: int, respondent: int, item: str, text: str, now: datetime) -> None:
    """Keeps what an expert concludes from a wave."""
    transaction.run(_ADD, wave_id=wave, respondent_id=respondent, item=item, kind="conclusion", text=text, at=now)


def conclusions(transaction: Transaction, wave: int) -> list[Conclusion]:
    """What experts concluded from a wave, in the order they said it."""
    return [Conclusion(*row) for row in transaction.all(_CONCLUSIONS, wave=wave)]
