"""Moments as people write them: a day, an hour, and a place whose clock is meant, as an instant."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from model.days import AHEAD, read_day
from model.zones import read_zone

_FORM = re.compile(
    r"(?P<day>.+?)[\sT]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s+(?P<place>\S.*))?",
    re.DOTALL | re.IGNORECASE,
)


class Misread(msgspec.Struct, frozen=True):
    """The text names no moment to come; `about` is the part of it that does not."""

    reason: Literal["not_understood", "no_zone", "unknown_zone", "past", "too_far"]
    about: str


def read_moment(
    text: str, here: ZoneInfo | None, now: datetime, *, country: str = "", language: str = "en"
) -> datetime | Misread:
    """The instant of "2026-12-01 10:00", "tomorrow 9:30 Madrid" or "2026-12-01T10:00+01:00", within a year.

    It is aware, by the clock that is meant: `here` where no place is named, None where none is known.
    """
    text = " ".join(text.split())
    exact = _exact(text)
    if exact is not None:
        return _to_come(exact, text, now)
    found = _FORM.fullmatch(text)
    if found is None:
        return Misread("not_understood", text)
    place = found["place"]
    known = here.key if here else None
    named = read_zone(place, country, language) if place else known
    if named is None:
        return Misread("unknown_zone", place) if place else Misread("no_zone", text)
    zone, told = ZoneInfo(named), text.removesuffix(place or "").strip()
    day = _day(found["day"], now.astimezone(zone).date(), language)
    at = _instant(day, _hour(int(found["hour"]), found["half"]), int(found["minute"]), zone) if day else None
    return Misread("not_understood", told) if at is None else _to_come(at, told, now)


def _exact(text: str) -> datetime | None:
    """The instant of an ISO 8601 text that says how far its clock is from UTC."""
    try:
        read = datetime.fromisoformat(text)
        read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.tzinfo else None


def _day(text: str, today: date, language: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        read = read_day(text, today, language)
        return read if isinstance(read, date) else None


def _hour(hour: int, half: str | None) -> int:
    """The hour of a day's 24 from one that may be a half's 12; what no clock has is left as no hour at all."""
    if half is None:
        return hour
    return -1 if not 0 < hour <= 12 else hour % 12 + (12 if half in "pP" else 0)


def _instant(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime | None:
    """The instant at which a clock shows this; None for an hour that no clock has, or that is left out in spring."""
    try:
        at = datetime.combine(day, time(hour, minute), zone)
        shown = at.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return at if shown.replace(tzinfo=None) == at.replace(tzinfo=None) else None


def _to_come(at: datetime, told: str, now: datetime) -> datetime | Misread:
    if at <= now:
        return Misread("past", told)
    return at if at - now <= timedelta(days=AHEAD) else Misread("too_far", told)
