"""What the groups of a city are told of its way without asking: each dimension that is complete, once."""

from datetime import datetime

from bot.conversation.surroundings import answered
from flows.groups import milestones
from model import library
from storage import addresses, groups, outbox, teams, waves
from storage.database import Transaction


def celebrate(transaction: Transaction, city: str, wave: int | None, now: datetime) -> None:
    """Tells the groups of a city which dimensions have all their answers by now."""
    found = groups.of_city(transaction, city) if city else []
    held = waves.find(transaction, wave) if found and wave else None
    if held is None or held.closed_at is not None:
        return
    instrument = library.instrument(held.instrument, held.version)
    given = answered(transaction, teams.mates(transaction, held.id), held.id)
    for group in found:
        said, told = milestones(instrument, held.form, given, group.told)
        if said:
            groups.tell(transaction, group.address, told)
            outbox.owe(transaction, group.address, addresses.session(transaction, group.address), said, now)


def catch_up(transaction: Transaction, address: int, city: str) -> None:
    """What is complete already when a group is given to a city is no news there."""
    wave = waves.current(transaction, city)
    if wave is not None:
        given = answered(transaction, teams.mates(transaction, wave.id), wave.id)
        instrument = library.instrument(wave.instrument, wave.version)
        groups.tell(transaction, address, milestones(instrument, wave.form, given, frozenset())[1])
