"""What happens when the diary falls due: reminders, the digest for coordinators, the close of a wave, a meeting."""

from datetime import datetime

from bot.conversation.desks import ask_by_day
from bot.conversation.following import tell
from bot.conversation.meetings import remind
from bot.conversation.others import GATHERED, end, instrument_of, play, say, tell_closed
from bot.conversation.planning import plan
from bot.conversation.surroundings import members
from bot.conversation.workshops import ring
from flows.events import Reminded
from flows.prompts.teamwork import Digest
from flows.together.reminding import NEW_ROUND, is_away, is_reminded, open_from, planned
from storage import diary, teams, waves
from storage.database import Transaction
from storage.diary import Entry

SILENT = {"unresponsive", "unreachable", "refused", "silenced", "away"}
"""Whom a digest names: they will not be reminded again by themselves, or not soon."""


def look(transaction: Transaction, entry: Entry, now: datetime) -> None:  # noqa: C901  # a closed list
    """Looks at what is due, unless somebody else is at it or it was moved meanwhile."""
    if not diary.take(transaction, entry, now):
        return
    match entry.kind:
        case "reminder":
            _remind(transaction, entry.about, now)
        case "nudge" | "opened":
            _call(transaction, entry, now)
        case "digest":
            _digest(transaction, entry.about, now)
        case "close":
            _close(transaction, entry.about, now)
        case "closed":
            tell_closed(transaction, entry.about, now)
        case "meeting":
            remind(transaction, entry.about, now)
        case "workshop":
            ring(transaction, entry.about, now)
        case "desk":
            ask_by_day(transaction, entry.about, now)
        case "introduced":
            tell(transaction, entry.about, now)


def _remind(transaction: Transaction, row: int, now: datetime) -> None:
    """Reminds somebody if it is still time to; a moment that was missed is not made up for at night."""
    other = teams.standing(transaction, row)
    reminder = planned(other.session, other.closes, now) if other else None
    if other is None or reminder is None:
        return
    if reminder.at > now:
        plan(transaction, other, now)
        return
    if not other.address:  # until they let the bot write again, only their coordinator can reach them
        diary.plan_once(transaction, "digest", other.wave or 0, now + GATHERED)
        return
    play(transaction, other, Reminded(reminder.reason), now)


def _call(transaction: Transaction, entry: Entry, now: datetime) -> None:
    """Reminds somebody for another reason than the days gone by, in their working hours and once a day."""
    other = teams.standing(transaction, entry.about)
    at = open_from(other.session, now) if other else None
    if other is None or at is None or not other.address:
        return
    if at > now:
        diary.plan(transaction, entry.kind, entry.about, at)
    elif not is_reminded(other.session, now):
        play(transaction, other, Reminded(NEW_ROUND if entry.kind == "opened" else entry.kind), now)


def _digest(transaction: Transaction, wave: int, now: datetime) -> None:
    """Tells the coordinators who is silent, in their working hours; one who is away only where all are, afterwards."""
    mates = teams.mates(transaction, wave)
    leading = [one for mate in mates if mate.role == "coordinator" and (one := teams.standing(transaction, mate.row))]
    leading = [one for one in leading if not is_away(one.session, now)] or leading
    at = max((open_from(one.session, now) or now for one in leading), default=now)
    if at > now:
        diary.plan(transaction, "digest", wave, at)
        return
    for coordinator in leading:
        team = members(transaction, coordinator.city, instrument_of(coordinator), mates, now)
        silent = tuple(one for one in team if one.id != str(coordinator.respondent) and one.disposition in SILENT)
        if silent:
            say(transaction, coordinator, [Digest(silent)], now)


def _close(transaction: Transaction, wave: int, now: datetime) -> None:
    found = waves.find(transaction, wave)
    if found is not None and found.closed_at is None and found.closes_at is not None and found.closes_at <= now:
        end(transaction, wave, now)
