"""Being reminded: what is left in minutes, and another day, a journey or silence instead."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from flows.around import Around
from flows.events import Away, Event, Placed, Reminded, Silenced, Snoozed
from flows.pace import left, minutes
from flows.prompts import NoticeKind, teamwork
from flows.session import Reminders, Session
from flows.together.reminders import Diary, Habits, Reminder, next_open, next_reminder, zone_of
from flows.turn import Gathering, Placing, Turn, notice
from model.days import read_day
from model.domains import Misfit
from model.instrument import Instrument
from model.zones import read_zone

NEW_ROUND = "new_round"
"""Why somebody is written to who took part in the round before; the reminders follow."""
PATIENCE = 3
"""Reminders without an answer after which the coordinator hears of it."""
MISREAD: dict[str, NoticeKind] = {
    "past": "day_in_past",
    "out_of_range": "day_too_far",
    "not_understood": "day_not_understood",
}
"""What is said of a day that cannot be taken."""
FRIDAY = 4
"""As `date.weekday` counts."""
APART = timedelta(hours=20)
"""Between two reminders of different kinds: one a day, also where the second comes in the morning."""


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    """The turn after a reminder fell due, or after what somebody wishes about them."""
    match event:
        case Reminded(reason):
            return _remind(instrument, session, reason, around)
        case Snoozed(day):
            return _later(session, day, around, away=False)
        case Away(until):
            return _later(session, until, around, away=True)
        case Silenced():
            quiet = _with(session, msgspec.structs.replace(session.reminders, stopped=True))
            return Turn(quiet, notice(quiet, "silenced").prompts, (Gathering(),))
        case Placed(place):
            return _place(session, place.strip())
    return Turn(session)


def planned(session: Session, closes: datetime | None, now: datetime) -> Reminder | None:
    """The next reminder of a session; None for whoever is done, has not begun, or wants none."""
    wishes = session.reminders
    if session.finished or not session.open or not session.joined or wishes.begun is None or session.role == "expert":
        return None
    diary = Diary(wishes.begun, closes, wishes.count, wishes.last, wishes.not_before, wishes.away_until, wishes.stopped)
    return next_reminder(diary, _habits(session), now)


def open_from(session: Session, now: datetime) -> datetime | None:
    """The first moment from now on that is within the working hours of where somebody is, and not while away."""
    away = session.reminders.away_until
    if is_away(session, now) and away is not None:
        now = datetime.combine(away + timedelta(days=1), time(), zone(session)).astimezone(UTC)
    return next_open(_habits(session), now)


def is_away(session: Session, now: datetime) -> bool:
    """Whether somebody said that they are away on this day."""
    away = session.reminders.away_until
    return away is not None and away >= local(session, now)


def is_reminded(session: Session, now: datetime) -> bool:
    """Whether somebody was reminded a short while ago."""
    last = session.reminders.last
    return last is not None and now - last < APART


def _remind(instrument: Instrument, session: Session, reason: str, around: Around) -> Turn:
    wishes, now = session.reminders, around.now
    if session.finished or not session.open or now is None or (wishes.stopped and reason != "nudge"):
        return Turn(session)
    keys = left(instrument, session)
    today = local(session, now)
    told = msgspec.structs.replace(
        wishes,
        count=wishes.count + (reason != NEW_ROUND),
        last=now,
        not_before=None if wishes.not_before and wishes.not_before <= today else wishes.not_before,
        away_until=None if wishes.away_until and wishes.away_until < today else wishes.away_until,
    )
    if not keys:  # all of it was handed on meanwhile; the next time is another day
        return Turn(_with(session, told))
    closes = local(session, around.closes).isoformat() if around.closes else ""
    if reason == "closing_day" and closes != today.isoformat():
        reason = "before_close"  # a wave that closes in the night or at dawn: its last morning is the day before
    guessed = zone(session).key if wishes.last is None and not session.placed else ""
    prompt = teamwork.Reminder(minutes(session, len(keys)), len(keys), reason, closes, timezone=guessed)
    keeps = (Gathering(),) if told.count == PATIENCE else ()
    return Turn(_with(session, told), (prompt,), keeps)


def _later(session: Session, text: str, around: Around, *, away: bool) -> Turn:
    assert around.now is not None
    if away and not text.strip():
        return Turn(session, (teamwork.AskAway(_absences(local(session, around.now))),))
    day = read_day(text, local(session, around.now), session.language)
    if isinstance(day, Misfit):
        return notice(session, MISREAD[day.reason], about=text)
    wishes = session.reminders
    after = msgspec.structs.replace(wishes, away_until=day) if away else msgspec.structs.replace(wishes, not_before=day)
    kept = _with(session, msgspec.structs.replace(after, stopped=False))
    return notice(kept, "away" if away else "snoozed", about=day.isoformat())


def _absences(today: date) -> tuple[str, ...]:
    """Last days of the absences that most people have: this week, a week, two weeks."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    days = {friday, today + timedelta(weeks=1), today + timedelta(weeks=2)}
    return tuple(day.isoformat() for day in sorted(days))


def _place(session: Session, text: str) -> Turn:
    """The turn after being told where somebody lives; without a place, the one that is known is told."""
    if not text:
        return notice(session, "timezone", about=zone(session).key)
    found = read_zone(text, session.city.country, session.language)
    if found is None:
        return notice(session, "timezone_unknown", about=text)
    after = msgspec.structs.replace(session, timezone=found, placed=True)
    keeps = (Placing(found),) if session.joined else ()
    return Turn(after, notice(after, "timezone_kept", about=found).prompts, keeps)


def local(session: Session, at: datetime) -> date:
    """The day it is at an instant where the person lives."""
    return at.astimezone(zone(session)).date()


def zone(session: Session) -> ZoneInfo:
    """The person's time zone; UTC for one that is not known."""
    return zone_of(session.timezone)


def _habits(session: Session) -> Habits:
    return Habits(session.timezone or "UTC", session.city.country)


def _with(session: Session, wishes: Reminders) -> Session:
    return msgspec.structs.replace(session, reminders=wishes)
