"""When a person who has not finished is next reminded: in the working hours of their place, at most once a day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from model.calendars import is_working_day, working_day_from

Reason = Literal["day_2", "day_5", "day_9", "before_close", "closing_day", "asked_for", "back"]

AFTER_BEGIN: tuple[tuple[int, Reason], ...] = ((2, "day_2"), (5, "day_5"), (9, "day_9"))
"""Days after the person was asked to take part: soon, while it is fresh, then at growing distance."""
NOTICE = timedelta(days=2)
"""How long before the close a person still has the time to finish."""
USUAL = time(10)
"""Local time of a reminder: the day's first messages are read by then."""
OPENS, ENDS = time(9), time(18)
"""Local hours in which a reminder may be sent; the second is the first one of the evening."""
_DAY = timedelta(days=1)
_KEPT = 16_384
"""Days and plans kept: those of a wave are the same for all who were asked on one day."""


class Habits(msgspec.Struct, frozen=True):
    """Where a person works: an IANA time zone (UTC if unknown) and an ISO 3166-1 alpha-2 country."""

    timezone: str
    country: str


class Diary(msgspec.Struct, frozen=True):
    """What is known of one person in one wave; moments are aware, days are the person's own."""

    begun: datetime
    """When the person was asked to take part."""
    closes: datetime | None
    count: int = 0
    """Reminders sent so far."""
    last: datetime | None = None
    """When the last reminder was sent, to whichever chat."""
    not_before: date | None = None
    """The day the person asked to be reminded on."""
    away_until: date | None = None
    """The last day away."""
    stopped: bool = False
    """No more of them: the person has finished, or wants none."""


class Reminder(msgspec.Struct, frozen=True):
    """A moment (UTC) and what it is for."""

    at: datetime
    reason: Reason


class _Owed(msgspec.Struct, frozen=True):
    day: date
    reason: Reason


def next_reminder(diary: Diary, habits: Habits, now: datetime) -> Reminder | None:
    """The next reminder, at `now` or later; None when there is no allowed moment, which is a normal result.

    What is overdue is merged into one, with the reason of the latest. The answer never becomes earlier as `now` goes
    on: what was put off to a morning keeps its 10:00 there.
    """
    try:
        owed = () if diary.stopped else _owed(diary, habits)
        at = _allowed_from(owed, now, habits)
    except OverflowError:  # "away until 31.12.9999": the day after is in no calendar
        return None
    if at is None or (diary.closes is not None and at >= diary.closes):
        return None
    today = _local(at, habits).date()
    # Sorted by day alone: on one day the later in the list speaks.
    return Reminder(at, sorted((o for o in owed if o.day <= today), key=_day)[-1].reason)


def plan(diary: Diary, habits: Habits, now: datetime) -> tuple[Reminder, ...]:
    """All reminders from `now` on for a person who never answers, each sent at its moment."""
    return tuple(_played(diary, habits, now))


def next_open(habits: Habits, now: datetime) -> datetime | None:
    """The first moment from now on at which somebody may be written to who did not write first; None for never."""
    local = _local(now, habits)
    first = _open_day(local.date() + _DAY if local.time() >= ENDS else local.date(), habits)
    if first == local.date() and local.time() >= OPENS:
        return now
    return None if first is None else _usual(first, habits)


def _played(diary: Diary, habits: Habits, now: datetime) -> Iterator[Reminder]:
    while (reminder := next_reminder(diary, habits, now)) is not None:
        yield reminder
        now = reminder.at
        diary = msgspec.structs.replace(diary, last=now)


def _owed(diary: Diary, habits: Habits) -> Sequence[_Owed]:
    """What is to come or overdue: the planned days, less those done, and what snoozing and absence make of them."""
    done = begun = _local(diary.begun, habits).date()
    if diary.last is not None:
        done = max(begun, _local(diary.last, habits).date())
    closing = None if diary.closes is None else _closing_day(diary.closes, habits)
    owed = [o for o in _planned(begun, closing, habits) if o.day > done]
    if diary.not_before is not None and diary.not_before > done:
        owed = _put_off(owed, diary.not_before, "asked_for", habits)
    if diary.away_until is not None and any(o.day <= diary.away_until for o in owed):
        owed = _put_off(owed, diary.away_until + _DAY, "back", habits)
    return owed


def _put_off(owed: Sequence[_Owed], until: date, reason: Reason, habits: Habits) -> list[_Owed]:
    """Nothing before a day, then one on it or on the first working day after it, and what was owed for later."""
    day = _open_day(until, habits)
    later = [o for o in owed if o.day >= until]
    return later if day is None else [*later, _Owed(day, reason)]


@lru_cache(_KEPT)
def _planned(begun: date, closing: date | None, habits: Habits) -> tuple[_Owed, ...]:
    found = [(_open_day(begun + timedelta(days), habits), reason) for days, reason in AFTER_BEGIN]
    if closing is not None:
        found.append((_open_day(closing - NOTICE, habits, -1), "before_close"))
        found.append((_open_day(closing, habits, -1), "closing_day"))
    return tuple(_Owed(day, reason) for day, reason in found if day is not None)


def _closing_day(closes: datetime, habits: Habits) -> date:
    """The last day whose usual hour comes before the close: for a close at midnight, the day that ends with it."""
    local = _local(closes, habits)
    return local.date() if local.time() > USUAL else local.date() - _DAY


def _allowed_from(owed: Sequence[_Owed], now: datetime, habits: Habits) -> datetime | None:
    """The first allowed moment for what is owed: the usual hour, or now if that has gone by and the hours have not."""
    usual = _usual(min(owed, key=_day).day, habits) if owed else None
    if usual is None or now <= usual:
        return usual
    local = _local(now, habits)
    today = _usual(local.date(), habits)
    if today is not None and now <= today:
        return today
    if today is not None and OPENS <= local.time() < ENDS:
        return now.astimezone(UTC)
    following = _open_day(local.date() + _DAY, habits)
    return None if following is None else _usual(following, habits)


@lru_cache(_KEPT)
def _open_day(day: date, habits: Habits, step: Literal[1, -1] = 1) -> date | None:
    """The first day from `day` on (or back from it) that is a working day and that the clock does not leave out."""
    found = working_day_from(habits.country, day, step)
    while found is not None and _usual(found, habits) is None:
        found = working_day_from(habits.country, found + step * _DAY, step)
    return found


@lru_cache(_KEPT)
def _usual(day: date, habits: Habits) -> datetime | None:
    """10:00 on a working day, the first one if the clock shows it twice; None on other days.

    Where the clock jumps over 10:00 it is as much later; where over the whole day (Samoa, 30 December 2011), None.
    """
    if not is_working_day(habits.country, day):
        return None
    at = datetime.combine(day, USUAL, zone_of(habits.timezone)).astimezone(UTC)
    local = _local(at, habits)
    return at if local.date() == day and OPENS <= local.time() < ENDS else None


def _day(owed: _Owed) -> date:
    return owed.day


def _local(moment: datetime, habits: Habits) -> datetime:
    return moment.astimezone(zone_of(habits.timezone))


@lru_cache(_KEPT)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name; UTC for one that is not known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, no such name, a folder of zones
        return ZoneInfo("UTC")
