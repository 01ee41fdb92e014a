"""How fast somebody answers, and how long the rest will take them."""

from datetime import datetime, timedelta

import msgspec

from flows.path import is_asked, is_complete, path, way
from flows.session import Pace, Session
from model.instrument import Instrument

SECONDS_A_QUESTION = 12
"""What a question takes on a phone, reading included: ten minutes for the short form with its goals."""
_FEWEST = 5
"""Answers from which somebody's own pace tells more than everybody's."""
_BREAK = timedelta(seconds=120)
"""A longer gap between two answers was spent on something else."""


def paced(session: Session, now: datetime | None) -> Session:
    """The session after an answer given now."""
    if now is None:
        return session
    before = session.pace
    gap = now - before.last if before.last else _BREAK
    counted = gap < _BREAK
    pace = Pace(before.seconds + round(gap.total_seconds()) * counted, before.answers + counted, now)
    return msgspec.structs.replace(session, pace=pace)


def left(instrument: Instrument, session: Session) -> tuple[str, ...]:
    """The questions that this respondent has yet to answer, goals included."""
    keys = path(instrument, way(session))
    return tuple(key for key in keys if is_asked(instrument, session, key) and not is_complete(session, key))


def minutes(session: Session, questions: int) -> int:
    """Minutes (rounded up) that so many questions take this person."""
    return -int(-questions * _each(session) // 60)


def fitting(session: Session, minutes: int) -> int:
    """How many questions this person answers in so many minutes; at least one."""
    return max(1, int(60 * minutes / _each(session)))


def _each(session: Session) -> float:
    """Seconds that a question takes this person."""
    pace = session.pace
    return max(pace.seconds / pace.answers, 1) if pace.answers >= _FEWEST else SECONDS_A_QUESTION
