"""A chat that cannot be written to any more: another of the person's takes over, or their coordinators hear of it."""

from datetime import datetime

from bot.conversation.groups import leave
from bot.conversation.others import GATHERED
from bot.conversation.planning import plan
from storage import addresses, diary, leftovers, outbox, teams
from storage.database import Transaction
from storage.outbox import Delivery


def lose(transaction: Transaction, address: int, now: datetime, undelivered: Delivery | None = None) -> None:
    """Notes that an address is gone; what was owed to it is said at the person's other one, or to nobody.

    Where only a message did not get through (`undelivered`), the others wait until the person is heard again.
    """
    if leave(transaction, address, now):
        return
    addresses.mark(transaction, address, reachable=False)
    row = addresses.row(transaction, address)
    home = teams.home(transaction, row)
    if home is None and undelivered is not None:
        outbox.settle(transaction, undelivered, now)
    elif home is None:
        leftovers.drop(transaction, address)
    else:
        leftovers.redirect(transaction, address, home, now)
    standing = teams.standing(transaction, row)
    if standing is None:
        return
    plan(transaction, standing, now)
    if home is None and standing.session.open and not standing.session.finished and standing.wave is not None:
        diary.plan_once(transaction, "digest", standing.wave, now + GATHERED)


def regain(transaction: Transaction, address: int, now: datetime) -> None:
    """Notes that an address can be written to again."""
    addresses.mark(transaction, address, reachable=True)
    standing = teams.standing(transaction, addresses.row(transaction, address))
    if standing is not None:
        plan(transaction, standing, now)
