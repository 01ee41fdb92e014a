"""A group of a city on a store: people who say and tap in it, what it is told, and what each is told alone."""

import asyncio
from collections.abc import Iterable
from itertools import count

from bot.conversation import Inbound, hear
from bot.diary import Diary
from flows import commands, wire
from flows.events import AnyEvent
from flows.events.gathering import Added, Expelled, Voted
from flows.prompts import Notice, Prompt
from flows.prompts.gatherings import Ballot, Tally
from storage import sessions
from tests.acting import CHANNEL, Team
from tests.people import claim, settle

CHAT = "the group"


class Group:
    """A chat of several people of a team; whoever acts in it acts by name, and every update comes twice."""

    def __init__(self, team: Team, chat: str = CHAT) -> None:
        self.team, self.chat = team, chat
        self._updates = count(1)

    def act(self, *acts: tuple[str, AnyEvent | str]) -> list[str]:
        """One after the other; what each was told alone."""
        return [told for one in acts for told in self.at_once(one)]

    def at_once(self, *acts: tuple[str, AnyEvent | str]) -> list[str]:
        """All at the same time; a text is what somebody types, an event a button that they tap."""
        inbounds = [self._inbound(*one) for one in acts]

        async def all_of_them() -> list[str]:
            told = await asyncio.gather(*(hear(self.team.database, one, self.team.clock) for one in inbounds))
            again = await asyncio.gather(*(hear(self.team.database, one, self.team.clock) for one in inbounds))
            assert not any(again), "a repeated update is answered again"
            return list(told)

        return asyncio.run(all_of_them())

    def _inbound(self, name: str, said: AnyEvent | str) -> Inbound:
        tapped = not isinstance(said, str)
        event = commands.read(said) if isinstance(said, str) else said
        session = self.session if tapped and not isinstance(event, Added | Expelled) else ""
        key = f"{self.chat}:{self.team.city.id}:{next(self._updates)}"
        return Inbound(key, CHANNEL, self.team.chat(name), event, session=session, name=name, group=self.chat)

    @property
    def session(self) -> str:
        """The session of the group, as its buttons carry it."""
        found = self.team.database.read(lambda tx: sessions.find(tx, CHANNEL, self.chat))
        return found.session.id if found else "?"

    def told(self, *, wait: float = 5) -> list[Prompt]:
        """What the group was told since this was asked last, votes of the last seconds included."""
        self.team.clock.pass_(seconds=wait)
        asyncio.run(Diary(self.team.database, self.team.clock).drain())
        found: list[Prompt] = []
        while claimed := claim(self.team.database, self.team.clock(), CHANNEL):
            for delivery in claimed:
                if delivery.chat == self.chat:
                    found.append(delivery.prompt)
                    for row in delivery.prompt.rows:
                        for event in row:
                            assert wire.decode(wire.encode(delivery.session.id, event)) == (delivery.session.id, event)
                settle(self.team.database, delivery, self.team.clock())
        return found

    def notices(self) -> list[str]:
        return [prompt.kind for prompt in self.told() if isinstance(prompt, Notice)]

    def ballot(self) -> Ballot:
        """The card that is voted on, as it is now."""
        return [one for one in self.told() if isinstance(one, Ballot)][-1]

    def vote(self, at: str, votes: Iterable[tuple[str, str]]) -> None:
        """People tap levels below one ballot."""
        self.act(*((name, Voted(at, level)) for name, level in votes))


def counts(tally: Tally) -> dict[int, int]:
    """How many votes each level got that has some."""
    return {level: number for level, number in enumerate(tally.counts) if number}
