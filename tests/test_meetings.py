"""The meetings on both engines: one winner, invitations that follow each other, and nothing lost in between."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

import pytest

from flows.events.appointing import Booked, Unbooked
from flows.prompts import Notice
from flows.prompts.appointments import Deck, MeetingPaper, Meetings, MeetingSoon
from flows.session import CityFacts, Request
from storage import addresses, requests, slots, waves
from storage.database import Database, write
from tests.acting import CHANNEL
from tests.conftest import Clock
from tests.two_cities import STARTS, Cities


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


async def _at_once(*heard: Coroutine[Any, Any, object]) -> None:
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


def test_whoever_comes_too_late_keeps_what_they_had(two: Cities) -> None:
    """A city that wanted to move to a time that another got is still at its own; the invitation holds."""
    mine, wanted = two.offer(), two.offer(1)
    two.valencia.act(("Eva", Booked(mine)))
    two.valencia.told()
    asyncio.run(_at_once(two.valencia.heard("Eva", Booked(wanted)), two.lugano.heard("Max", Booked(wanted))))
    told = two.valencia.told()
    if two.slot(wanted).city_id == two.lugano.city.id:
        assert two.slot(mine).city_id == two.valencia.city.id
        assert [one.kind for one in told["Eva"] if isinstance(one, Notice)] == ["slot_taken"]
    else:
        assert two.slot(mine).city_id is None
        assert [one.kind for one in told["Max"] if isinstance(one, Notice)] == ["slot_taken"]
    two.lugano.act(("Max", Booked(mine)))
    held = {two.slot(slot).city_id for slot in (mine, wanted)}
    assert held == {two.valencia.city.id, two.lugano.city.id}, "what was left is free for the other"


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


def test_who_is_booked_late_has_the_slides_at_once(two: Cities) -> None:
    """The reminder a day before would have brought them to the expert; a coordinator has a button."""
    early, late = two.offer(), two.offer(1)
    two.clock.at = STARTS - timedelta(days=1, hours=1)
    two.valencia.act(("Eva", Booked(early)))
    assert [type(one) for one in two.valencia.told()["Iris"]] == [MeetingPaper]
    two.clock.at = STARTS + timedelta(hours=2)
    two.valencia.act(("Eva", Booked(late)))
    told = two.valencia.told()
    assert [type(one) for one in told["Iris"]] == [MeetingPaper, Deck]
    assert [type(one) for one in told["Eva"]] == [MeetingPaper]
