"""When a session is to be looked at again: its next reminder, planned anew whenever something about it changes."""

from datetime import datetime

from flows.session import Session
from flows.together.reminding import planned
from storage import diary
from storage.database import Transaction
from storage.sessions import Standing


def plan(transaction: Transaction, standing: Standing, now: datetime) -> None:
    """Plans the next reminder of a session, or none."""
    reminder = planned(standing.session, standing.closes, now)
    diary.plan(transaction, "reminder", standing.row, reminder.at if reminder else None)


def changes_plan(before: Session, after: Session) -> bool:
    """Whether a turn changed anything that a reminder depends on."""
    return _of(before) != _of(after)


def _of(session: Session) -> tuple[object, ...]:
    return session.reminders, session.finished, session.open, session.joined, session.timezone, session.city.country
