"""All that a home shows, read in one transaction."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.conversation.others import instrument_of
from bot.conversation.surroundings import around
from bot.reports import results
from bot.reports.results import Result
from flows.around import Around, Offer
from flows.events import Asked
from model.instrument import Instrument
from storage import cities, handings, homes, sessions, teams
from storage.database import Transaction
from storage.sessions import Standing


class Found(msgspec.Struct, frozen=True):
    """Somebody as the store has them; `before` is what counted before an answer was changed, by key.

    `offered` are statements that wait for their yes or no; `around` is only set for a coordinator.
    """

    standing: Standing
    instrument: Instrument
    name: str = ""
    department: str = ""
    before: Mapping[str, str] = {}
    offered: tuple[Offer, ...] = ()
    result: Result | None = None
    around: Around | None = None


def read(transaction: Transaction, channel: str, chat: str, now: datetime) -> Found | None:
    """Who is in this chat, and what their home shows; None for a chat never heard of."""
    standing = sessions.look(transaction, channel, chat)
    if standing is None:
        return None
    instrument = instrument_of(standing)
    if standing.wave is None:
        return Found(standing, instrument)
    name, department = teams.who(transaction, standing.row)
    if not standing.session.consented:
        return Found(standing, instrument, name, department)
    leads = standing.session.role == "coordinator"
    return Found(
        standing,
        instrument,
        name,
        department,
        homes.changed(transaction, standing.row),
        _offered(transaction, standing),
        _result(transaction, standing, now),
        around(transaction, standing, instrument, Asked("team"), now) if leads else None,
    )


def _offered(transaction: Transaction, standing: Standing) -> tuple[Offer, ...]:
    waiting = [
        one
        for one in handings.of_wave(transaction, standing.wave or 0)
        if one.taker == standing.respondent and one.state == "offered" and standing.session.open
    ]
    return tuple(Offer(str(one.id), one.items, teams.name(transaction, one.giver), one.note) for one in waiting)


def _result(transaction: Transaction, standing: Standing, now: datetime) -> Result | None:
    found = cities.find(transaction, standing.city)
    return results.of_city(transaction, found[0], now.date()) if found else None
