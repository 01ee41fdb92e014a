"""Calendar files read back by the library that wrote them: nothing is lost, nothing can be slipped in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.reports.meetings.calendar_file import Meeting, calendar_file, title
from bot.wording.catalogues import translations
from model import library

ENGLISH = translations("en")
LANGUAGES = pytest.mark.parametrize("language", library.instrument(*library.DEFAULT).languages)
METHODS = pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
LINE = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""
MEETING = Meeting(
    uid="kick-off-7@maturitybot",
    kind="kick_off",
    city="Ciudad Autónoma de Buenos Aires",
    starts=datetime(2026, 12, 1, 15, tzinfo=UTC),
    minutes=60,
    link="https://meet.example/room?a=1,2;b=3",
    expert="Ana Ruiz",
    sequence=0,
    changed=datetime(2026, 11, 23, 9, tzinfo=UTC),
)


def read(meeting: Meeting, method: Literal["REQUEST", "CANCEL"] = "REQUEST", language: str = "en") -> tuple[Any, Any]:
    """The calendar and its one event."""
    calendar = Calendar.from_ical(calendar_file(meeting, method, translations(language)))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


@LANGUAGES
@pytest.mark.parametrize("kind", ["kick_off", "wrap_up"])
def test_an_invitation_says_when_where_and_what(kind: Literal["kick_off", "wrap_up"], language: str) -> None:
    """Times in UTC, the link in its place and in the text, and the reader's language."""
    meeting = replace(MEETING, kind=kind)
    calendar, event = read(meeting, language=language)
    assert (calendar["METHOD"], calendar["VERSION"], event["STATUS"]) == ("REQUEST", "2.0", "CONFIRMED")
    assert "maturitybot" in calendar["PRODID"]
    assert (event["UID"], event["SEQUENCE"]) == (meeting.uid, 0)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (meeting.starts, meeting.starts + timedelta(hours=1))
    assert event["DTSTAMP"].dt == meeting.changed
    assert event["SUMMARY"] == title(meeting, translations(language))
    assert meeting.city in event["SUMMARY"]
    assert event["URL"] == event["LOCATION"] == meeting.link
    assert meeting.link in event["DESCRIPTION"]
    assert meeting.expert in event["DESCRIPTION"]


def test_the_two_meetings_are_called_differently() -> None:
    """Nobody mistakes the presentation of the model for that of the results."""
    assert title(MEETING, ENGLISH) != title(replace(MEETING, kind="wrap_up"), ENGLISH)


def test_times_are_written_in_utc_whatever_they_came_in() -> None:
    """Another time zone is the same instant, in the same bytes."""
    elsewhere = MEETING.starts.astimezone(timezone(timedelta(hours=-3)))
    raw = calendar_file(replace(MEETING, starts=elsewhere), "REQUEST", ENGLISH)
    assert raw == calendar_file(MEETING, "REQUEST", ENGLISH)
    assert b"DTSTART:20261201T150000Z\r\n" in raw


def test_it_reminds_a_day_and_a_quarter_of_an_hour_before() -> None:
    """Two alarms that show a text; none in a cancellation."""
    alarms = [(one["ACTION"], one["TRIGGER"].dt, bool(one["DESCRIPTION"])) for one in read(MEETING)[1].walk("VALARM")]
    assert alarms == [("DISPLAY", timedelta(days=-1), True), ("DISPLAY", timedelta(minutes=-15), True)]
    assert read(MEETING, "CANCEL")[1].walk("VALARM") == []


def test_an_update_and_a_cancellation_are_of_the_same_meeting() -> None:
    """The same UID and a higher SEQUENCE: a calendar replaces what it has, and then takes it out."""
    moved = replace(MEETING, starts=MEETING.starts + timedelta(days=1), sequence=1)
    _, first = read(MEETING)
    _, update = read(moved)
    calendar, cancelled = read(replace(moved, sequence=2), "CANCEL")
    assert first["UID"] == update["UID"] == cancelled["UID"]
    assert first["SEQUENCE"] < update["SEQUENCE"] < cancelled["SEQUENCE"]
    assert (calendar["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")
    assert cancelled["DTSTART"].dt == update["DTSTART"].dt
    assert cancelled["SUMMARY"] != update["SUMMARY"]


def test_a_meeting_without_a_link_yet_has_no_empty_place() -> None:
    """No URL and no LOCATION; the text says that the link follows, unless nothing follows any more."""
    _, event = read(replace(MEETING, link="", expert=""))
    assert "URL" not in event
    assert "LOCATION" not in event
    assert ENGLISH.gettext("The link to the video meeting follows.") in event["DESCRIPTION"]
    assert "link" not in read(replace(MEETING, link=""), "CANCEL")[1]["DESCRIPTION"]


@METHODS
@pytest.mark.parametrize("name", ["Oak, Ridge; \\ and “Co”", "مدينة القاهرة", "Zürich 🏙️👩🏽‍💻" * 5, "서울특별시" * 12])
def test_what_people_write_comes_back_as_it_was(name: str, method: Literal["REQUEST", "CANCEL"]) -> None:
    """Commas, semicolons, backslashes, Arabic and emoji survive escaping and folding."""
    _, event = read(replace(MEETING, city=name, expert=name), method)
    assert name in event["SUMMARY"]
    assert name in event["DESCRIPTION"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(city=TEXT, expert=TEXT, link=TEXT, uid=TEXT)
def test_no_text_can_add_a_line_or_make_one_too_long(city: str, expert: str, link: str, uid: str) -> None:
    """Whatever is typed, the file keeps its properties, its line length, and its bytes."""
    meeting = replace(MEETING, city=city, expert=expert, link=link, uid=f"x{uid}")
    raw = calendar_file(meeting, "REQUEST", ENGLISH)
    assert raw == calendar_file(meeting, "REQUEST", ENGLISH)
    assert all(len(line) <= LINE for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    known = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "LOCATION", "URL"}
    _, event = read(meeting)
    assert set(event) <= known
    assert [one.name for one in event.subcomponents] == ["VALARM"] * 2


def test_a_line_break_in_a_name_becomes_a_space() -> None:
    """A name is one line, whoever typed it."""
    _, event = read(replace(MEETING, city="Oak\r\nATTENDEE:mailto:x@example", link="https://a.example/\r\nb"))
    assert "Oak ATTENDEE" in event["SUMMARY"]
    assert event["URL"] == "https://a.example/b"


@METHODS
def test_mail_addresses_stand_where_calendars_look_for_them(method: Literal["REQUEST", "CANCEL"]) -> None:
    """Who invites and who is invited, each only where an address is known; nothing else can be slipped in."""
    known = replace(MEETING, organizer="Olga Ruiz <olga@programme.example>", attendee="eva@valencia.example")
    _, event = read(known, method)
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:olga@programme.example", "mailto:eva@valencia.example")
    _, event = read(replace(MEETING, organizer="the town hall", attendee="eva@\r\nX:y"), method)
    assert not {"ORGANIZER", "ATTENDEE"} & set(event)
