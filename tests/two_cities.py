"""Two cities and an expert, for tests of what passes between them: times, bookings, calendar files."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.delivery import Speaker
from flows.around import MeetingKind
from flows.events import Started
from flows.prompts.appointments import MeetingPaper
from storage import invitations, slots
from storage.database import Database, write
from storage.invitations import Invitation
from storage.slots import Slot
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.people import claim, settle

STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
LINK = "https://meet.example/room"


class Cities:
    """Two cities with a coordinator each, Eva and Max, and Iris, an expert of the programme."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.valencia, self.lugano = Team(database, clock), Team(database, clock)
        self.valencia.join("Eva", "coordinator")
        self.lugano.join("Max", "coordinator")
        code = write(database, lambda tx: invitations.issue(tx, Invitation(None, "expert", "Iris"), clock()))
        self.valencia.act(("Iris", Started(code)))
        self.valencia.told()

    def offer(self, days: int = 0, kind: MeetingKind = "kick_off", city: str | None = None) -> str:
        """A time of Iris's, as buttons carry it."""
        at = STARTS + timedelta(days=days)
        made = write(self.database, lambda tx: slots.add(tx, kind, at, LINK, "Iris", self.clock(), city=city))
        assert made is not None
        return str(made.id)

    def slot(self, slot: str) -> Slot:
        found = self.database.read(lambda tx: slots.find(tx, int(slot)))
        assert found is not None
        return found

    def invitations(self, contact: str = "") -> dict[str, list[tuple[Any, Any]]]:
        """The calendar files that each person was sent since this was asked last: calendar and event."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        speaker = Speaker(self.database, self.clock, contact)
        while claimed := claim(self.database, self.clock(), CHANNEL):
            for delivery in claimed:
                if isinstance(delivery.prompt, MeetingPaper):
                    document = asyncio.run(speaker.word(delivery)).document
                    assert document is not None
                    calendar = Calendar.from_ical(document.content)
                    (event,) = calendar.walk("VEVENT")
                    found.setdefault(delivery.chat.rpartition("/")[2], []).append((calendar, event))
                settle(self.database, delivery, self.clock())
        return found
