"""The meetings on both engines: one winner, invitations that follow each other, and nothing lost in between."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.delivery import Speaker
from flows.appointing import Booked, Concluded, Published, Unbooked
from flows.appointments import Concludes, MeetingPaper, Meetings, MeetingSoon
from flows.around import MeetingKind
from flows.events import Started
from flows.prompts import Notice
from flows.session import CityFacts, Request
from storage import addresses, invitations, remarks, requests, slots, waves
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


@pytest.fixture
def two(database: Database, clock: Clock) -> Cities:
    return Cities(database, clock)


def test_of_two_cities_at_once_one_books_and_the_other_is_told(two: Cities) -> None:
    """Eight times: one booking, one invitation, and for the other a kind word and what is free."""
    for day in range(8):
        slot = two.offer(day)
        two.clock.pass_(minutes=1)
        asyncio.run(_at_once(two.valencia.heard("Eva", Booked(slot)), two.lugano.heard("Max", Booked(slot))))
        winner = two.slot(slot).city_id
        assert winner in {two.valencia.city.id, two.lugano.city.id}
        told = two.valencia.told()
        name, other = ("Eva", "Max") if winner == two.valencia.city.id else ("Max", "Eva")
        assert [type(prompt) for prompt in told[name]] == [MeetingPaper]
        assert [one.kind for one in told[other] if isinstance(one, Notice)] == ["slot_taken"]
        assert [type(prompt) for prompt in told["Iris"]] == [MeetingPaper]
        write(two.database, lambda tx, s=slot, w=winner: slots.release(tx, int(s), w, two.clock()))  # type: ignore[misc]


async def _at_once(*heard: Coroutine[Any, Any, None]) -> None:
    await asyncio.gather(*heard)


def test_a_time_taken_back_while_it_is_booked_leaves_nobody_waiting(two: Cities) -> None:
    """The city hears that it is off, or never had it."""
    for day in range(8):
        slot = two.offer(day)
        two.clock.pass_(minutes=1)
        asyncio.run(_at_once(two.valencia.heard("Eva", Booked(slot)), two.valencia.heard("Iris", Unbooked(slot))))
        assert (two.slot(slot).city_id, two.slot(slot).withdrawn_at) == (None, two.clock())
        told = two.valencia.told()["Eva"]
        kinds = [one.change if isinstance(one, MeetingPaper) else type(one).__name__ for one in told]
        assert kinds in (["booked", "withdrawn"], ["Notice", "Meetings"], ["Notice"])


def test_calendars_follow_a_meeting_from_booking_to_cancelling(two: Cities) -> None:
    """The same UID for coordinator and expert, a higher SEQUENCE each time, and the place of the new time."""
    first, second = two.offer(), two.offer(1)
    seen: list[tuple[str, int, str, datetime]] = []
    for event in (Booked(first), Booked(second), Unbooked(second)):
        two.clock.pass_(minutes=1)
        two.valencia.act(("Eva", event))
        sent = two.invitations()
        ((calendar, hers),), ((also, his),) = sent["Eva"], sent["Iris"]
        assert calendar["METHOD"] == also["METHOD"]
        assert (hers["UID"], hers["SEQUENCE"], hers["DTSTART"].dt) == (his["UID"], his["SEQUENCE"], his["DTSTART"].dt)
        seen.append((hers["UID"], hers["SEQUENCE"], calendar["METHOD"], hers["DTSTART"].dt))
    assert len({uid for uid, *_ in seen}) == 1
    assert [number for _, number, *_ in seen] == sorted({number for _, number, *_ in seen})
    assert [(method, at) for *_, method, at in seen] == [
        ("REQUEST", STARTS),
        ("REQUEST", STARTS + timedelta(days=1)),
        ("CANCEL", STARTS + timedelta(days=1)),
    ]
    two.lugano.act(("Max", Booked(second)))
    assert two.invitations()["Max"][0][1]["UID"] != seen[0][0], "another city's is another meeting"


def test_who_invites_and_who_is_invited_stand_in_the_file_where_they_are_known(two: Cities) -> None:
    """The contact's mail address, and the one that the coordinator gave with the request; else neither."""
    slot = two.offer()
    two.valencia.act(("Eva", Booked(slot)))
    for _, event in two.invitations()["Eva"]:
        assert "ORGANIZER" not in event
        assert "ATTENDEE" not in event
    asked = Request(CityFacts("Valencia", "ES", 800_000), "Eva", "Head of planning", "eva@valencia.example")

    def accept(tx: Any) -> None:
        address = addresses.meet(tx, CHANNEL, two.valencia.chat("Eva"), two.clock()).address
        requests.decide(tx, requests.add(tx, address, asked, two.clock()), "Olga", accepted=True)

    write(two.database, accept)
    two.valencia.act(("Eva", Unbooked(slot)))
    sent = two.invitations("Olga, olga@programme.example")
    assert sent["Eva"][0][1]["ATTENDEE"] == "mailto:eva@valencia.example"
    assert sent["Eva"][0][1]["ORGANIZER"] == sent["Iris"][0][1]["ORGANIZER"] == "mailto:olga@programme.example"
    assert "ATTENDEE" not in sent["Iris"][0][1]


def test_a_time_for_one_city_is_shown_to_that_city_alone(two: Cities) -> None:
    """Not even an old or made-up button books it for another."""
    slot = two.offer(city=two.lugano.city.id)
    two.valencia.act(("Eva", "/meetings"), ("Eva", Booked(slot)))
    told = two.valencia.told()["Eva"]
    assert isinstance(told[0], Meetings)
    assert told[0].free == ()
    assert two.slot(slot).city_id is None
    now = two.clock()
    assert write(two.database, lambda tx: slots.book(tx, int(slot), two.valencia.city.id, 1, now)) is None
    two.lugano.act(("Max", Booked(slot)))
    assert two.slot(slot).city_id == two.lugano.city.id


@pytest.mark.parametrize("slot", ["0", "999", "x", "", "9" * 30, "-1"])
def test_a_button_that_means_no_time_changes_nothing(two: Cities, slot: str) -> None:
    """Neither for a coordinator nor for an expert; both hear how it stands."""
    two.offer()
    two.valencia.act(("Eva", Booked(slot)), ("Eva", Unbooked(slot)), ("Iris", Unbooked(slot)), ("Iris", Booked(slot)))
    told = two.valencia.told()
    assert [one.kind for one in told["Eva"] if isinstance(one, Notice)] == ["slot_taken", "old_button"]
    assert [one.kind for one in told["Iris"] if isinstance(one, Notice)] == ["old_button", "meetings_of_a_city"]


def test_a_time_that_is_over_is_neither_booked_nor_cancelled(two: Cities) -> None:
    """Nobody is reminded of it either."""
    slot, late = two.offer(), two.offer(1)
    two.valencia.act(("Eva", Booked(slot)))
    two.valencia.told()
    two.clock.pass_(days=9)
    two.valencia.act(("Eva", Unbooked(slot)), ("Eva", Booked(late)))
    assert two.valencia.notices("Eva") == ["old_button", "slot_taken"]
    assert two.slot(slot).city_id == two.valencia.city.id


def test_reminders_come_a_day_and_a_quarter_of_an_hour_before_and_once(two: Cities) -> None:
    """To coordinator and expert; after a move those of the old time do not come."""
    two.valencia.act(("Eva", Booked(two.offer())))
    two.valencia.act(("Eva", Booked(two.offer(2))))
    two.valencia.told()
    heard: list[tuple[datetime, str, str]] = []
    while two.clock() < STARTS + timedelta(days=3):
        two.clock.pass_(minutes=15)
        two.valencia.look()
        for name, prompts in two.valencia.told().items():
            heard += [(two.clock(), name, one.when) for one in prompts if isinstance(one, MeetingSoon)]
    day, soon = STARTS + timedelta(days=1), STARTS + timedelta(days=2, minutes=-15)
    assert sorted(heard) == [(day, "Eva", "day"), (day, "Iris", "day"), (soon, "Eva", "soon"), (soon, "Iris", "soon")]


def test_after_a_new_wave_has_opened_the_coordinator_still_hears_of_the_meeting(two: Cities) -> None:
    """Although they have not been in it yet."""
    two.valencia.act(("Eva", Booked(two.offer(kind="wrap_up"))))
    write(two.database, lambda tx: waves.close_wave(tx, two.valencia.wave.id, two.clock()))
    two.valencia.open()
    two.valencia.told()
    two.clock.at = STARTS - timedelta(minutes=15)
    two.valencia.look()
    assert any(isinstance(one, MeetingSoon) for one in two.valencia.told()["Eva"])


def test_conclusions_are_kept_word_for_word_and_told(two: Cities) -> None:
    """For the whole or for a dimension; one that is too long, or of a city unknown, keeps nothing."""
    city = two.valencia.city.id
    said = "Empieza por “abrir” los datos.\nY luego sigue."
    for text in (f"{city} {said}", f"{city} 3: First\0 the buses.", f"{city} {'x' * 1501}", city, "", "Nowhere Sink."):
        two.valencia.act(("Iris", Concluded(text)))
    told = two.valencia.told()
    assert [one for one in told["Eva"] if isinstance(one, Concludes)] == [
        Concludes("Iris", said),
        Concludes("Iris", "First the buses.", "3"),
    ]
    kinds = ["conclusion_kept"] * 2 + ["conclusion_too_long"] + ["how_to_conclude"] * 2 + ["conclusion_of_no_city"]
    assert [one.kind for one in told["Iris"] if isinstance(one, Notice)] == kinds
    kept = two.database.read(lambda tx: remarks.conclusions(tx, two.valencia.wave.id))
    assert [(one.expert, one.item, one.text) for one in kept] == [
        ("Iris", "", said),
        ("Iris", "3", "First the buses."),
    ]


@pytest.mark.parametrize("text", ["", "kick-off", f"kick-off {LINK}", "party 2026-12-01 10:00 Madrid " + LINK, "\0"])
def test_what_offers_no_time_is_told_how(two: Cities, text: str) -> None:
    """Whatever is missing; nothing is published."""
    two.valencia.act(("Iris", Published(text)))
    assert two.valencia.notices("Iris") == ["how_to_publish"]
    assert two.database.read(lambda tx: slots.coming(tx, two.clock())) == []


def test_buttons_of_the_languages_offer_times_too(two: Cities) -> None:
    """By the names that the buttons carry."""
    for kind, day in (("Presentación", 1), ("results", 2)):
        two.valencia.act(("Iris", f"/slot {kind} 2026-12-0{day} 10:00 Madrid {LINK}"))
    assert [one.kind for one in two.database.read(lambda tx: slots.coming(tx, two.clock()))] == ["kick_off", "wrap_up"]
