"""A wave is complete before its close: everybody is done, and everything that is asked has its answer."""

from datetime import datetime

import msgspec

from bot.conversation.surroundings import answered
from flows.around import Around
from flows.asking.review import complete as said
from flows.together.coverage import asked
from flows.together.reminding import open_from
from flows.together.team import closing_day, refused
from model import library
from storage import outbox, sessions, teams, waves
from storage.database import Transaction


def complete(transaction: Transaction, wave: int, now: datetime, by: int | None = None) -> None:
    """Tells the coordinators of a wave that is complete, once: who has just finished (`by`) now, others by day."""
    found = waves.lock(transaction, wave)
    if found is None or found.closed_at is not None:
        return
    mates = teams.mates(transaction, wave)
    everybody = [one for one in mates if one.role != "expert" and not refused(one.session)]
    told = library.instrument(found.instrument, found.version)
    missing = set(asked(told, found.form)) - answered(transaction, mates, wave)
    if missing or not all(one.session.finished for one in everybody):
        return
    for mate in everybody:
        if mate.role == "coordinator" and not mate.session.complete:
            _tell(transaction, mate.row, now, at_once=mate.respondent == by)


def _tell(transaction: Transaction, row: int, now: datetime, *, at_once: bool) -> None:
    coordinator = teams.standing(transaction, row)
    if coordinator is None or coordinator.session.complete or not coordinator.address:
        return
    sessions.keep(transaction, coordinator, msgspec.structs.replace(coordinator.session, complete=True), now)
    day = closing_day(coordinator.session, Around(now, coordinator.closes))
    at = None if at_once else open_from(coordinator.session, now)
    outbox.owe(transaction, coordinator.address, coordinator.session, said(day), at or now)
