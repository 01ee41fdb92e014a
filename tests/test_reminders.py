"""Reminders, worked out by hand on paper calendars, and what holds of them for anybody at any time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from flows.together.reminders import Diary, Habits, Reminder, next_reminder, plan

DAY = timedelta(days=1)
TOWNS = (
    "Europe/Madrid ES, Asia/Dubai AE, Asia/Riyadh SA, Asia/Seoul KR, America/New_York US, America/Santiago CL, "
    "Pacific/Kiritimati KI, Pacific/Pago_Pago AS, Asia/Shanghai CN, Asia/Kolkata IN, Asia/Tehran IR, Asia/Tokyo JP, "
    "Australia/Lord_Howe AU, Asia/Kathmandu NP, America/Sao_Paulo BR, Africa/Cairo EG, Africa/Casablanca MA, "
    "Asia/Jerusalem IL, Europe/London GB, America/St_Johns CA, Pacific/Chatham NZ, Africa/Lagos NG, Asia/Jakarta ID, "
    "Asia/Manila PH, Asia/Dhaka BD, America/Bogota CO, America/Mexico_City MX, Asia/Brunei BN, Europe/Istanbul TR, "
    "Africa/Nairobi KE"
)
PLACES = [Habits(*town.split()) for town in TOWNS.split(", ")]
MADRID, DUBAI, RIYADH, SEOUL, NEW_YORK, SANTIAGO, KIRITIMATI, PAGO_PAGO, SHANGHAI = PLACES[:9]
APIA, KWAJALEIN = Habits("Pacific/Apia", "XX"), Habits("Pacific/Kwajalein", "XX")


def at(habits: Habits, text: str) -> datetime:
    """A local time such as "2026-11-23 10:00", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(habits.timezone)).astimezone(UTC)


def said(found: Reminder | None, habits: Habits = MADRID) -> str:
    """The local day, the hour unless it is ten, and the reason."""
    return f"{found.at.astimezone(ZoneInfo(habits.timezone)):%a %d %b %H:%M} {found.reason}" if found else "never"


def planned(diary: Diary, habits: Habits = MADRID, now: str | None = None) -> str:
    found = plan(diary, habits, at(habits, now) if now else diary.last or diary.begun)
    return ", ".join(said(reminder, habits).replace(" 10:00", "") for reminder in found)


# Asked on Monday morning; the wave ends with Friday 18 December. Then reminded once, and five times.
MONDAY = Diary(at(MADRID, "2026-11-23 10:00"), at(MADRID, "2026-12-19 00:00"))
FIRST = replace(MONDAY, count=1, last=at(MADRID, "2026-11-25 10:00"))
SNOOZED = replace(FIRST, not_before=date(2026, 11, 26))
FIFTH = replace(MONDAY, count=5, last=at(MADRID, "2026-12-18 10:00"))
CLOSE = "Wed 16 Dec before_close, Fri 18 Dec closing_day"
REST = f"Mon 30 Nov day_5, Wed 02 Dec day_9, {CLOSE}"


def test_five_reminders_unless_somebody_answers() -> None:
    """Day 2, 5 (a Saturday: on Monday) and 9, two days before the close, and the day that ends with it."""
    assert planned(MONDAY) == f"Wed 25 Nov day_2, {REST}"
    assert planned(replace(MONDAY, closes=None)) == "Wed 25 Nov day_2, Mon 30 Nov day_5, Wed 02 Dec day_9"
    assert planned(MONDAY, now="2026-11-20 12:00") == planned(MONDAY)  # before the person is asked
    # From late ones on, merged into one
    assert planned(MONDAY, now="2026-12-01 15:20") == f"Tue 01 Dec 15:20 day_5, Wed 02 Dec day_9, {CLOSE}"


@pytest.mark.parametrize(
    ("habits", "begun", "days"),
    [
        # Fiesta Nacional in Valencia; Friday, and National Day (2 and 3 December) in Dubai; Friday in Riyadh; Chuseok,
        # 3 to 9 October 2025, in Seoul; Thanksgiving in New York; a Saturday worked and another not worked in Shanghai
        (MADRID, "2026-10-07 12:00", "Fri 09 Oct day_2, Tue 13 Oct day_5, Fri 16 Oct day_9"),
        (DUBAI, "2026-11-18 12:00", "Fri 20 Nov day_2, Mon 23 Nov day_5, Fri 27 Nov day_9"),
        (DUBAI, "2026-11-30 12:00", "Fri 04 Dec day_2, Mon 07 Dec day_5, Wed 09 Dec day_9"),
        (RIYADH, "2026-11-18 12:00", "Sun 22 Nov day_2, Mon 23 Nov day_5, Sun 29 Nov day_9"),
        (SEOUL, "2025-10-01 12:00", "Fri 10 Oct day_9"),
        (NEW_YORK, "2026-11-24 12:00", "Fri 27 Nov day_2, Mon 30 Nov day_5, Thu 03 Dec day_9"),
        (SHANGHAI, "2026-10-08 12:00", "Sat 10 Oct day_2, Tue 13 Oct day_5, Mon 19 Oct day_9"),
        (APIA, "2011-12-28 12:00", "Mon 02 Jan day_5, Fri 06 Jan day_9"),  # Samoa left out Friday 30 December 2011
    ],
)
def test_a_planned_day_that_is_free_moves_to_the_next_working_day(habits: Habits, begun: str, days: str) -> None:
    """As the country of the city works."""
    assert planned(Diary(at(habits, begun), None), habits) == days


@pytest.mark.parametrize(
    ("habits", "begun", "hours"),
    [
        (MADRID, "2026-10-21", ["2026-10-23 08", "2026-10-26 09", "2026-10-30 09"]),  # back on 25 October
        (MADRID, "2026-03-25", ["2026-03-27 09", "2026-03-30 08", "2026-04-06 08"]),  # on, 29 March; then Good Friday
        (SANTIAGO, "2026-03-31", ["2026-04-02 13", "2026-04-06 14", "2026-04-09 14"]),  # back on 5 April
        (SANTIAGO, "2026-09-02", ["2026-09-04 14", "2026-09-07 13", "2026-09-11 13"]),  # on, 6 September
        (KIRITIMATI, "2026-06-02", ["2026-06-03 20", "2026-06-07 20", "2026-06-10 20"]),  # Thu 4, Mon 8, Thu 11 there
        (PAGO_PAGO, "2026-06-01", ["2026-06-03 21", "2026-06-08 21", "2026-06-10 21"]),  # Wed 3, Mon 8, Wed 10
        (KWAJALEIN, "1969-09-28", ["1969-09-29 23", "1969-10-03 22", "1969-10-07 22"]),  # Tuesday 30 twice: the first
    ],
)
def test_ten_in_the_morning_is_the_persons_own(habits: Habits, begun: str, hours: list[str]) -> None:
    """Whatever the clocks did since they were asked, however far from UTC."""
    asked = at(habits, f"{begun} 00:30")
    assert [f"{reminder.at:%Y-%m-%d %H}" for reminder in plan(Diary(asked, None), habits, asked)] == hours


def test_the_second_morning_of_a_day_lived_twice_is_quiet_too() -> None:
    """Kwajalein had 30 September 1969 at UTC+11 and again at UTC-12: 8:00 comes after 10:00, and is not in hours."""
    diary, again = Diary(at(KWAJALEIN, "1969-09-28 00:30"), None), datetime(1969, 9, 30, 20, tzinfo=UTC)
    assert said(next_reminder(diary, KWAJALEIN, again), KWAJALEIN) == "Wed 01 Oct 10:00 day_2"


@pytest.mark.parametrize("name", ["Mars/Olympus", "../UTC", "Europe", "", "\0", "x" * 5000])
def test_a_zone_nobody_knows_is_utc(name: str) -> None:
    """Never an error."""
    assert plan(MONDAY, Habits(name, "ES"), MONDAY.begun) == plan(MONDAY, Habits("UTC", "ES"), MONDAY.begun)


@pytest.mark.parametrize(
    ("habits", "begun", "closes", "days"),
    [
        (MADRID, "2026-10-05 12:00", "2026-10-13 00:00", "Wed 07 Oct day_2, Fri 09 Oct closing_day"),  # a holiday
        (MADRID, "2026-11-25 10:00", "2026-11-30 12:00", "Fri 27 Nov before_close, Mon 30 Nov closing_day"),
        (MADRID, "2026-11-23 10:00", "2026-11-24 18:00", "Tue 24 Nov closing_day"),  # before day 2
        (MADRID, "2026-11-23 10:00", "2026-11-25 09:30", "Tue 24 Nov closing_day"),  # no usual hour before it
        (MADRID, "2026-11-23 10:00", "2026-11-25 10:00", "Tue 24 Nov closing_day"),  # at the close it is closed
        (MADRID, "2026-11-23 10:00", "2026-11-25 10:01", "Wed 25 Nov closing_day"),
        (MADRID, "2026-11-23 08:00", "2026-11-23 18:00", ""),  # the day of asking needs no reminder
        (MADRID, "2026-11-20 10:00", "2026-11-22 18:00", ""),  # from Friday to Sunday
        (MADRID, "2026-11-23 10:00", "2026-11-23 10:00", ""),
        # In Santiago Sunday 6 September begins at 1:00: a close at its midnight is one on Saturday
        (SANTIAGO, "2026-09-01 12:00", "2026-09-06 00:00", "Thu 03 Sep before_close, Fri 04 Sep closing_day"),
    ],
)
def test_what_is_tied_to_the_close_moves_back(habits: Habits, begun: str, closes: str, days: str) -> None:
    """To the working day before, never after the close; no allowed moment is a normal result."""
    assert planned(Diary(at(habits, begun), at(habits, closes)), habits) == days


@pytest.mark.parametrize(
    ("diary", "now", "found"),
    [
        (MONDAY, "2026-11-25 09:30", "Wed 25 Nov 10:00 day_2"),  # not yet due
        (MONDAY, "2026-11-25 17:59", "Wed 25 Nov 17:59 day_2"),  # late, within hours
        (MONDAY, "2026-11-25 18:00", "Thu 26 Nov 10:00 day_2"),  # late, in the evening
        (MONDAY, "2026-11-26 09:30", "Thu 26 Nov 10:00 day_2"),  # what was put off to 10:00 stays there
        (MONDAY, "2026-11-27 15:20", "Fri 27 Nov 15:20 day_2"),  # the server was off for two days
        (MONDAY, "2026-11-27 18:00", "Mon 30 Nov 10:00 day_5"),  # put off to the day of the next: one
        (MONDAY, "2026-12-01 15:20", "Tue 01 Dec 15:20 day_5"),  # two overdue: one, with the reason of the latest
        (MONDAY, "2026-12-07 15:20", "Mon 07 Dec 15:20 day_9"),  # all three
        (MONDAY, "2026-12-08 15:20", "Wed 09 Dec 10:00 day_9"),  # Tuesday is a holiday, Immaculate Conception
        (MONDAY, "2026-12-18 17:00", "Fri 18 Dec 17:00 closing_day"),
        (MONDAY, "2026-12-18 18:00", "never"),  # the evening before the close
        (MONDAY, "2026-12-19 00:00", "never"),  # closed
        (SNOOZED, "2026-11-27 11:00", "Fri 27 Nov 11:00 asked_for"),
        (SNOOZED, "2026-12-01 11:00", "Tue 01 Dec 11:00 day_5"),  # after the next planned day
    ],
)
def test_late_reminders_are_merged_not_replayed(diary: Diary, now: str, found: str) -> None:
    """Sent now within hours, else at 10:00 on the next working day, and never after the close."""
    assert said(next_reminder(diary, MADRID, at(MADRID, now))) == found


@pytest.mark.parametrize(
    ("told", "closes", "days"),
    [
        (FIRST, "2026-11-28 00:00", "Fri 27 Nov closing_day"),  # two days before was Wednesday, already reminded
        (FIRST, "2026-11-27 00:00", "Thu 26 Nov closing_day"),
        (FIRST, "2026-11-25 10:00", ""),  # so early that it is over
        (FIRST, "2026-12-03 00:00", "Mon 30 Nov before_close, Wed 02 Dec closing_day"),  # one with days 5 and 9
        (FIFTH, "2026-12-24 00:00", "Mon 21 Dec before_close, Wed 23 Dec closing_day"),  # later, on the last day itself
    ],
)
def test_a_moved_close_changes_what_comes(told: Diary, closes: str, days: str) -> None:
    """The plan is made anew from the close as it is now."""
    assert planned(replace(told, closes=at(MADRID, closes))) == days


def test_who_has_finished_or_stopped_is_not_reminded() -> None:
    """Nor if they once asked for a day."""
    assert planned(replace(SNOOZED, stopped=True)) == ""


@pytest.mark.parametrize(
    ("not_before", "away_until", "days"),
    [
        # Asked for: tomorrow; next Monday, a planned day; after the 12th, a Saturday; after the 16th; after the close
        ("2026-11-26", None, f"Thu 26 Nov asked_for, {REST}"),
        ("2026-11-30", None, f"Mon 30 Nov asked_for, Wed 02 Dec day_9, {CLOSE}"),
        ("2026-12-13", None, f"Mon 14 Dec asked_for, {CLOSE}"),
        ("2026-12-17", None, "Thu 17 Dec asked_for, Fri 18 Dec closing_day"),
        ("2026-12-19", None, ""),
        ("9999-12-31", None, ""),
        ("2026-11-25", None, REST),  # the day that has had its reminder
        # Away: on one planned day; on two, and Tuesday 8 is a holiday; on none; until the close; for ever
        (None, "2026-11-30", f"Tue 01 Dec back, Wed 02 Dec day_9, {CLOSE}"),
        (None, "2026-12-07", f"Wed 09 Dec back, {CLOSE}"),
        (None, "2026-11-29", REST),
        (None, "2026-12-17", "Fri 18 Dec back"),
        (None, "2026-12-18", ""),
        (None, "9999-12-31", ""),
        # Asked for a day away, the day of return, a later one
        ("2026-12-03", "2026-12-06", f"Mon 07 Dec back, {CLOSE}"),
        ("2026-12-07", "2026-12-06", f"Mon 07 Dec asked_for, {CLOSE}"),
        ("2026-12-10", "2026-12-06", f"Thu 10 Dec asked_for, {CLOSE}"),
    ],
)
def test_a_snooze_and_an_absence_are_silent(not_before: str | None, away_until: str | None, days: str) -> None:
    """Then one reminder, on the first working day, and the plan goes on."""
    asked, away = (date.fromisoformat(day) if day else None for day in (not_before, away_until))
    assert planned(replace(FIRST, not_before=asked, away_until=away)) == days
