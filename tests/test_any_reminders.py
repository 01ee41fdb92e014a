"""Reminders of anybody, anywhere, at any time: what always holds, and how long ten thousand people take."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import holidays
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from flows.together import reminders
from flows.together.reminders import Diary, Habits, next_reminder, plan
from model import calendars
from tests.test_reminders import DAY, PLACES


def minutes(days: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, days * 24 * 60).map(lambda n: timedelta(minutes=n))


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Anybody, at any point: reminded or not, snoozed, away, with and without a close."""
    begun = datetime(2024, 1, 1, tzinfo=UTC) + draw(minutes(9 * 365))
    closes, last = (draw(st.none() | minutes(45).map(begun.__add__)) for _ in range(2))
    last = last and last - 9 * DAY
    days = st.none() | st.integers(-5, 50).map(lambda n: begun.date() + n * DAY)
    return Diary(begun, closes, int(last is not None), last, draw(days), draw(days), draw(st.integers(0, 9)) == 9)


HABITS, OFFSETS = st.sampled_from(PLACES), minutes(60).map(lambda span: span - 3 * DAY)


@given(diaries(), HABITS, OFFSETS)
def test_no_reminder_is_ever_out_of_place(diary: Diary, habits: Habits, offset: timedelta) -> None:
    """In hours, on a working day, before the close, once a local day, not when stopped, away or silenced."""
    zone, calendar = ZoneInfo(habits.timezone), holidays.country_holidays(habits.country)
    now = (diary.begun + offset).astimezone(zone)
    found = plan(diary, habits, now)
    days = [reminder.at.astimezone(zone).date() for reminder in found]
    done = max(diary.last or diary.begun, diary.begun).astimezone(zone).date()
    assert not (diary.stopped and found)
    assert all(time(9) <= reminder.at.astimezone(zone).time() < time(18) for reminder in found)
    assert all(calendar.is_working_day(day) for day in days)
    assert all(now <= r.at and r.at.tzinfo is UTC and (diary.closes is None or r.at < diary.closes) for r in found)
    assert all(earlier < following for earlier, following in pairwise([done, *days]))
    assert diary.away_until is None or all(day > diary.away_until for day in days)
    assert diary.not_before is None or diary.not_before <= done or all(day >= diary.not_before for day in days)


@given(diaries(), HABITS, OFFSETS, minutes(20))
def test_waiting_brings_nothing_forward(diary: Diary, habits: Habits, offset: timedelta, wait: timedelta) -> None:
    """And asked again before its moment, the answer is the same."""
    now = diary.begun + offset
    first, second = next_reminder(diary, habits, now), next_reminder(diary, habits, now + wait)
    if first is not None and now + wait <= first.at:
        assert second == first
    else:
        assert second is None or (first is not None and second.at > first.at)


@given(diaries(), HABITS, OFFSETS)
def test_the_plan_is_what_comes_one_by_one(diary: Diary, habits: Habits, offset: timedelta) -> None:
    """Asked anew after each, at its moment; at most the five planned and the one asked for."""
    now = diary.begun + offset
    rehearsed = plan(diary, habits, now)
    for reminder in rehearsed:
        assert next_reminder(diary, habits, now) == reminder
        now = reminder.at
        diary = replace(diary, last=now)
    assert next_reminder(diary, habits, now) is None
    assert len(rehearsed) <= 6


@given(diaries(), HABITS)
def test_every_planned_day_has_its_reminder(diary: Diary, habits: Habits) -> None:
    """For somebody who never snoozes, at ten on exactly the working day that the calendar gives."""
    diary = Diary(diary.begun, diary.closes)
    zone, calendar = ZoneInfo(habits.timezone), holidays.country_holidays(habits.country)
    moments = {reminder.at for reminder in plan(diary, habits, diary.begun)}
    for number in (2, 5, 9):
        day = diary.begun.astimezone(zone).date() + number * DAY
        while not calendar.is_working_day(day):
            day += DAY
        due = datetime.combine(day, time(10), zone).astimezone(UTC)
        assert due in moments or (diary.closes is not None and diary.closes <= due)


def test_ten_thousand_people_are_planned_in_under_two_seconds() -> None:
    """All their reminders, in 30 countries and zones, with no calendar made before (measured: 0.6 s)."""
    people = []
    for n in range(10_000):
        begun = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=37 * n % (60 * 24 * 60))
        snooze = begun.date() + (n % 20) * DAY if n % 5 == 0 else None
        away = begun.date() + (n % 14) * DAY if n % 7 == 0 else None
        people.append((Diary(begun, begun + (15 + n % 30) * DAY, 0, None, snooze, away), PLACES[n % len(PLACES)]))
    for kept in (calendars._working_days, reminders._planned, reminders._open_day, reminders._usual, reminders.zone_of):
        kept.cache_clear()
    started = process_time()
    count = sum(len(plan(diary, habits, diary.begun)) for diary, habits in people)
    assert process_time() - started < 2
    assert count > 40_000
