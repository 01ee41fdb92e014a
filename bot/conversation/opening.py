"""A wave begins: whoever took part in the one before is in it at once, and hears of it by day."""

from datetime import datetime

import msgspec

from bot.conversation.entering import in_open_wave
from bot.conversation.planning import plan
from flows.session import Reminders
from flows.together.reminding import open_from
from flows.together.team import refused
from model import library
from model.instrument import Form
from storage import diary, groups, sessions, teams, waves
from storage.cities import City
from storage.database import Transaction
from storage.waves import Wave


def open_wave(transaction: Transaction, city: City, form: Form, now: datetime, closes: datetime | None) -> Wave | None:
    """A new wave, pinned to the instrument as it is, that ends by itself at `closes`; None where one is open."""
    before = waves.current(transaction, city.id)
    if before is not None and before.closed_at is None:
        return None
    opened = waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), form, now, closes)
    diary.plan(transaction, "close", opened.id, closes)
    brought: set[int] = set()
    for past in waves.of_city(transaction, city.id)[1:]:
        for mate in teams.mates(transaction, past.id):
            if mate.respondent not in brought and mate.role != "expert":
                brought.add(mate.respondent)
                if not refused(mate.session):
                    _bring(transaction, mate, now)
    for group in groups.of_city(transaction, city.id):
        groups.enter(transaction, group.row, opened.id)
        groups.tell(transaction, group.address, frozenset())
        diary.cancel(transaction, "closed", group.row)
    return opened


def _bring(transaction: Transaction, mate: teams.Mate, now: datetime) -> None:
    """Somebody's session in the new wave. Who wanted no reminders gets none now either, and no word of it."""
    known = teams.standing(transaction, mate.row)
    assert known is not None
    standing = in_open_wave(transaction, known, now)
    wishes = Reminders(stopped=mate.session.reminders.stopped, away_until=mate.session.reminders.away_until)
    session = msgspec.structs.replace(standing.session, reminders=wishes)
    at = open_from(session, now) or now
    session = msgspec.structs.replace(session, reminders=msgspec.structs.replace(wishes, begun=at))
    sessions.keep(transaction, standing, session, now)
    plan(transaction, msgspec.structs.replace(standing, session=session), now)
    diary.plan(transaction, "opened", standing.row, None if wishes.stopped else at)
