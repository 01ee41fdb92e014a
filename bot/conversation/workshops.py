"""A workshop as it is kept: the one that goes on in a group, its votes, and the clock of its minutes."""

from datetime import datetime

import msgspec

from flows.groups.around import Vote, Workshop
from flows.prompts.gatherings import TimeUp
from storage import addresses, diary, outbox, sessions, workshops
from storage.database import Transaction
from storage.sessions import Standing
from storage.workshops import Going


def going(transaction: Transaction, group: Standing) -> Going | None:
    """The workshop that goes on in the group's present wave."""
    found = workshops.going(transaction, group.address)
    return found if found and found.wave == group.wave else None


def votes(transaction: Transaction, held: Going) -> tuple[Vote, ...]:
    """The votes of its present round."""
    return workshops.votes(transaction, held.row, held.workshop.item, held.workshop.round)


def hold(transaction: Transaction, group: Standing, held: Going | None, workshop: Workshop, now: datetime) -> None:
    """Keeps a workshop, and plans when to say that its minutes are over."""
    assert group.wave is not None
    if held is None:
        end(transaction, group.address, now)  # one of a wave that is over
        row = workshops.begin(transaction, group.address, group.wave, workshop, now)
    else:
        row = held.row
        workshops.keep(transaction, row, workshop, now)
    diary.plan(transaction, "workshop", row, workshop.until if workshop.stage == "voting" else None)


def end(transaction: Transaction, address: int, now: datetime) -> None:
    """Whatever goes on in a group is over; what was agreed and voted stays."""
    held = workshops.going(transaction, address)
    if held is not None:
        workshops.keep(transaction, held.row, msgspec.structs.replace(held.workshop, stage="over"), now)
        diary.plan(transaction, "workshop", held.row, None)


def ring(transaction: Transaction, row: int, now: datetime) -> None:
    """The minutes for a statement are over: the group is told, unless it has gone on or its round is closed."""
    held = workshops.find(transaction, row)
    group = sessions.find(transaction, *addresses.place(transaction, held.address)) if held else None
    if held is None or group is None or not group.session.open or held.wave != group.wave:
        return
    if held.workshop.stage != "voting":
        return
    if held.workshop.until > now:
        diary.plan(transaction, "workshop", row, held.workshop.until)
        return
    told = TimeUp(held.workshop.item, len(votes(transaction, held)))
    outbox.owe(transaction, group.address, group.session, [told], now)
