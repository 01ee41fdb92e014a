"""Requests of cities, and what the programme makes of them: decided once, whoever is at it at the same time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.conversation import Inbound, hear, welcoming
from flows.events import AnyEvent, Continued, Started, Typed
from flows.events.arrivals import Applied, Decided
from flows.prompts import Notice, Prompt
from flows.prompts.doorway import Admitted, AskSend, Decision, Lobby, Requested
from flows.session import CityFacts, Request
from storage import cities, invitations, officers, requests
from storage.database import Database, write
from storage.invitations import Invitation
from storage.opening import open_database
from tests.conftest import Clock
from tests.people import CITY, claim, meet, settle

WISH = Request(CityFacts("Lugano", "CH", 63_000), "Marta", "Head of planning", "marta@lugano.example")
TOLD = ("Lugano", "CH", "63000", "Marta", "Head of planning", "marta@lugano.example")


@dataclass
class Talk:
    """What people say, each in a chat of their own, and what they are owed for it."""

    database: Database
    clock: Clock
    said: int = 0

    def say(self, chat: str, *events: AnyEvent) -> list[Prompt]:
        """What this chat is told after these events; what others are told waits."""
        for event in events:
            self.said += 1
            asyncio.run(hear(self.database, Inbound(str(self.said), "test", chat, event, name=chat), self.clock))
        return self.told().get(chat, [])

    def told(self) -> dict[str, list[Prompt]]:
        """All that is owed, by chat."""
        heard: dict[str, list[Prompt]] = {}
        while deliveries := claim(self.database, self.clock()):
            for one in deliveries:
                heard.setdefault(one.chat, []).append(one.prompt)
                settle(self.database, one, self.clock())
        return heard

    def officer(self, name: str) -> None:
        """Somebody comes as a programme officer."""
        invitation = Invitation(None, "programme", name)
        code = write(self.database, lambda tx: invitations.issue(tx, invitation, self.clock()))
        self.say(name, Started(code))

    def request(self, chat: str) -> str:
        """Somebody asks for their city to take part: the request's number."""
        self.say(chat, Applied(), *map(Typed, TOLD), Applied("send"))
        return str(self.database.read(requests.still_open)[-1].id)


def test_a_request_is_kept_as_it_was_told(database: Database, clock: Clock) -> None:
    """Every word of it, once; a second one waits for the decision on the first."""
    talk = Talk(database, clock)
    talk.request("Marta")
    (kept,) = database.read(requests.still_open)
    assert (kept.request, kept.at, kept.accepted) == (WISH, clock(), None)
    assert talk.say("Marta", Applied()) == [Notice("requested_before", "2026-11-23")]
    assert talk.say("Marta", Applied("send")) == [Notice("requested_before", "2026-11-23")]
    assert len(database.read(requests.still_open)) == 1


def test_a_request_goes_on_where_it_stopped(database: Database, clock: Clock) -> None:
    """Whatever is said in between, and after days; nothing is sent before it is complete."""
    talk = Talk(database, clock)
    talk.say("Marta", Applied(), *map(Typed, TOLD[:4]))
    assert talk.say("Marta", Applied("send")) == [Notice("no_request")]
    clock.pass_(days=3)
    talk.say("Marta", Continued(), Typed("/what"), *map(Typed, TOLD[4:]))
    (asked,) = talk.say("Marta", Continued())
    assert asked == AskSend(WISH)
    assert database.read(requests.still_open) == []


def test_every_officer_hears_of_a_request_and_newcomers_do_not_found_cities(database: Database, clock: Clock) -> None:
    """With an officer there is a lobby for whoever has no invitation; the request reaches all officers."""
    talk = Talk(database, clock)
    assert Lobby() not in talk.say("Lev", Started())
    talk.officer("Olga")
    talk.officer("Pau")
    assert talk.say("Marta", Started()) == [Lobby()]
    talk.say("Marta", Applied(), *map(Typed, TOLD))
    asyncio.run(hear(database, Inbound("send", "test", "Marta", Applied("send")), clock))
    told = talk.told()
    assert all(isinstance(told[name][0], Requested) for name in ("Olga", "Pau"))


def test_an_accepted_city_is_there_and_its_coordinator_comes_in(database: Database, clock: Clock) -> None:
    """The city has its country's groups; the code in the message opens the door as coordinator."""
    talk = Talk(database, clock)
    talk.officer("Olga")
    number = talk.request("Marta")
    asyncio.run(hear(database, Inbound("accept", "test", "Olga", Decided(number, agreed=True)), clock))
    admitted = talk.told()["Marta"][0]
    assert isinstance(admitted, Admitted)
    (city,) = database.read(cities.every)
    assert (city.id, city.region, city.income) == ("lugano-ch", "Europe", "high")
    talk.say("Marta", Started(admitted.code))
    come = meet(database, clock(), "Marta")
    assert (come.city, come.session.role, come.session.request) == ("lugano-ch", "coordinator", None)


def test_a_city_that_takes_part_already_is_not_registered_twice(database: Database, clock: Clock) -> None:
    """The officer is told before and after; one of the same name in another country is another city."""
    talk = Talk(database, clock)
    write(database, lambda tx: cities.add(tx, WISH.city, clock()))
    write(database, lambda tx: cities.add(tx, CityFacts("Lugano", "US", 900), clock()))
    talk.officer("Olga")
    number = talk.request("Marta")
    (told,) = talk.say("Olga", Decided(number, agreed=True))
    assert isinstance(told, Decision)
    assert (told.city, told.known) == ("lugano-ch", True)
    assert len(database.read(cities.every)) == 2


def test_of_officers_who_decide_at_once_one_wins(store_url: str, clock: Clock) -> None:
    """Ten requests, each accepted and declined by eight at the same time on two openings: one decision, one city."""
    stores = [open_database(store_url), open_database(store_url)]
    address = meet(stores[0], clock(), "Marta").address
    with ThreadPoolExecutor(8) as pool:
        for number in range(10):
            wish = Request(CityFacts(f"Place {number}", "CH", 1000), "Marta", "x", "m@x.example")
            made = write(stores[0], lambda tx, w=wish: requests.add(tx, address, w, clock()))  # type: ignore[misc]

            def decide(officer: int, made: int = made) -> Decision | None:
                agreed = officer % 3 > 0
                return write(
                    stores[officer % 2],
                    lambda tx: welcoming.decide(tx, made, str(officer), clock(), agreed=agreed),
                )

            told = list(pool.map(decide, range(8)))
            (won,) = [one for one in told if one and not one.late]
            assert all(one and (one.agreed, one.by) == (won.agreed, won.by) for one in told)
            found = stores[0].read(lambda tx, w=wish: cities.find(tx, w.city.name))  # type: ignore[misc]
            assert len(found) == won.agreed
    for store in stores:
        store.close()


def test_only_officers_decide(database: Database, clock: Clock) -> None:
    """Others are told so; a number that does not exist is said too."""
    talk = Talk(database, clock)
    number = talk.request("Marta")
    assert talk.say("Marta", Decided(number, agreed=True)) == [Notice("programme_only")]
    talk.officer("Olga")
    for odd in ("99", "9" * 40, "x", ""):
        assert talk.say("Olga", Decided(odd, agreed=True)) == [Notice("no_request")]
    assert database.read(cities.every) == []


def test_an_officer_is_never_asked_the_survey(database: Database, clock: Clock) -> None:
    """Whatever they say: no question, no wave, no reminder; a second invitation makes them no second officer."""
    talk = Talk(database, clock)
    talk.officer("Olga")
    talk.officer("Olga")
    for event in (Continued(), Typed("4"), Typed("/nothing")):
        assert not any(prompt.is_question for prompt in talk.say("Olga", event))
    assert [one.name for one in database.read(officers.every)] == ["Olga"]
    assert (meet(database, clock(), "Olga").wave, CITY.name) == (None, "Valencia")
