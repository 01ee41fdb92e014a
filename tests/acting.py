"""People of a city acting on a store, several at once where a test wants it; and what holds whatever they do."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from itertools import count
from typing import Any

from bot.conversation import Inbound, hear
from bot.conversation.opening import open_wave
from bot.diary import Diary
from flows import commands
from flows.events import AnyEvent, Consented, Started
from flows.prompts import Notice, Prompt
from flows.session import CityFacts, Role, Session
from flows.together.coverage import uncovered
from model import library
from model.instrument import Form
from storage import cities, handings, invitations, sessions, teams
from storage.cities import City
from storage.database import Database, write
from storage.invitations import Invitation
from storage.teams import Mate
from storage.waves import Wave
from tests.conftest import Clock
from tests.people import claim, settle

CHANNEL = "test"


class Team:
    """A city with an open wave; who joins it acts by name."""

    def __init__(self, database: Database, clock: Clock, form: Form = "short", days: int | None = 10) -> None:
        self.database, self.clock = database, clock
        self._updates = count(1)
        facts = CityFacts("Valencia", "ES", 800_000)
        self.city: City = write(database, lambda tx: cities.add(tx, facts, clock(), timezone="Europe/Madrid"))
        self.wave = self.open(form, days)

    def open(self, form: Form = "short", days: int | None = 10) -> Wave:
        """Another wave of the city."""
        closes = self.clock() + timedelta(days=days) if days is not None else None
        opened = write(self.database, lambda tx: open_wave(tx, self.city, form, self.clock(), closes))
        assert opened is not None
        self.wave = opened
        return opened

    def join(self, name: str, role: Role = "respondent", department: str | None = None) -> Mate:
        """Somebody opens an invitation and agrees."""
        invitation = Invitation(self.city.id, role, name, department)
        code = write(self.database, lambda tx: invitations.issue(tx, invitation, self.clock()))
        self.act((name, Started(code)), (name, Consented(agreed=True)))
        return self.mate(name)

    def act(self, *acts: tuple[str, AnyEvent | str]) -> None:
        """One after the other."""
        for one in acts:
            self.at_once(one)

    def at_once(self, *acts: tuple[str, AnyEvent | str], diaries: int = 0) -> None:
        """All at the same time, and so many diaries beside them; a text is what somebody types."""

        async def all_of_them() -> None:
            heard = [self.heard(*one) for one in acts]
            await asyncio.gather(*heard, *(Diary(self.database, self.clock).drain() for _ in range(diaries)))

        asyncio.run(all_of_them())

    def heard(self, name: str, said: AnyEvent | str) -> Coroutine[Any, Any, str]:
        """Somebody acts, once this is awaited: for acting at one time with people of other cities."""
        return hear(self.database, self._inbound(name, said), self.clock)

    def _inbound(self, name: str, said: AnyEvent | str) -> Inbound:
        event = commands.read(said) if isinstance(said, str) else said
        return Inbound(f"{self.city.id}:{next(self._updates)}", CHANNEL, self.chat(name), event, name=name)

    def chat(self, name: str) -> str:
        """Where somebody of this city writes."""
        return f"{self.city.id}/{name}"

    def look(self) -> None:
        """The diary is played as it stands now."""
        asyncio.run(Diary(self.database, self.clock).drain())

    def mate(self, name: str) -> Mate:
        """Somebody as the current wave knows them."""
        return next(mate for mate in self.mates() if mate.name == name)

    def mates(self) -> list[Mate]:
        return self.database.read(lambda tx: teams.mates(tx, self.wave.id))

    def session(self, name: str) -> Session:
        return self.mate(name).session

    def id(self, name: str) -> str:
        """As buttons carry it."""
        return str(self.mate(name).respondent)

    def scope(self, name: str) -> tuple[str, ...] | None:
        return self.session(name).scope

    def offer(self) -> str:
        """The latest offer's id, as its buttons carry it."""
        return str(self.database.read(lambda tx: handings.of_wave(tx, self.wave.id))[-1].id)

    def told(self) -> dict[str, list[Prompt]]:
        """What each person was told since this was asked last."""
        found: dict[str, list[Prompt]] = {}
        while claimed := claim(self.database, self.clock(), CHANNEL):
            for delivery in claimed:
                found.setdefault(delivery.chat.rpartition("/")[2], []).append(delivery.prompt)
                settle(self.database, delivery, self.clock())
        return found

    def notices(self, name: str) -> list[str]:
        """The kinds of notices that somebody was given since anything was asked last."""
        return [prompt.kind for prompt in self.told().get(name, []) if isinstance(prompt, Notice)]

    def unasked(self) -> tuple[str, ...]:
        """The statements of the wave that are nobody's and on no offer."""
        offers = self.database.read(lambda tx: handings.of_wave(tx, self.wave.id))
        offered = [item for one in offers if one.state == "offered" for item in one.items]
        told = library.instrument(self.wave.instrument, self.wave.version)
        return uncovered(told, self.wave.form, [mate.session for mate in self.mates()], offered)

    def check(self) -> None:
        """What holds whatever anybody does."""
        assert self.database.read(sessions.disagreements) == []
        assert self.unasked() == ()


def of(department: str, form: Form = "short") -> tuple[str, ...]:
    """The statements of departments in a form."""
    told = library.instrument(*library.DEFAULT)
    return tuple(
        one.code for capability in told.capabilities() for one in capability.asked(form) if one.department == department
    )
