"""What happens to a campaign while nobody says anything: invitations, a wave that opens, an expert's hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.conversation.meetings import withdraw
from bot.conversation.opening import open_wave
from flows.meetings.experts import KINDS
from flows.session import CityFacts, Role
from model.instrument import Form
from storage import cities, invitations, slots
from storage.cities import City
from storage.database import Transaction
from storage.invitations import Invitation

HOME = "Europe/Madrid"
"""Where the cities of campaigns are."""


def invite(tx: Transaction, now: datetime, name: str, city: str, role: str, department: str | None) -> str:
    """The code with which somebody comes in."""
    found = _city(tx, city, now)
    return invitations.issue(tx, Invitation(found.id, msgspec.convert(role, Role), name, department), now)


def engage(tx: Transaction, now: datetime, name: str, role: str) -> str:
    """The code of somebody who belongs to no city."""
    return invitations.issue(tx, Invitation(None, msgspec.convert(role, Role), name), now)


def open_round(tx: Transaction, now: datetime, city: str, form: str, days: int) -> None:
    """A wave of a city opens, and closes by itself."""
    asked: Form = "short" if form == "short" else "full"
    open_wave(tx, _city(tx, city, now), asked, now, now + timedelta(days=days))


def offer(tx: Transaction, now: datetime, expert: str, kind: str, at: str) -> None:
    """An expert has an hour."""
    starts = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(HOME)).astimezone(UTC)
    assert slots.add(tx, KINDS[kind], starts, "https://meet.example/room", expert, now)


def take_back(tx: Transaction, now: datetime, at: str) -> None:
    """The expert has not got that hour after all."""
    starts = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(HOME))
    for slot in slots.coming(tx, now):
        if slot.starts_at == starts:
            withdraw(tx, slot, now)


def _city(tx: Transaction, name: str, now: datetime) -> City:
    found = cities.find(tx, name)
    return found[0] if found else cities.add(tx, CityFacts(name, "ES", 800_000), now, timezone=HOME)
