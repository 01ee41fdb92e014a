"""The city's goals in one list, and how much each matters and costs."""

import re

from flows.around import Around
from flows.asides import Weighed
from flows.interludes import GoalList
from flows.prompts import Notice
from flows.session import Session, key_of
from flows.turn import Turn, Weighing, notice
from model.instrument import Instrument
from model.responses import Aspect

_CODE = re.compile(r"\d+\.\d+")
_IMPORTANCE = re.compile(r"\bimportan\w*\W*([1-3])\b", re.IGNORECASE)
_EFFORT = re.compile(r"\b(?:effort|esfuerzo)\W*([1-3])\b", re.IGNORECASE)


def goals(instrument: Instrument, session: Session, around: Around) -> Turn:
    """The turn after a wish to see the goals; only who sets them has any."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    if not session.joined:
        return notice(session, "no_city")
    rows = []
    for capability in instrument.capabilities():
        goal = session.responses.get(key_of(capability.code, Aspect.TARGET))
        level, year = (goal.level or 0, goal.year or 0) if goal else (0, 0)
        rows.append((capability.code, level, year, *around.weights.get(capability.code, (0, 0))))
    return Turn(session, (GoalList(tuple(rows)),))


def weigh(instrument: Instrument, session: Session, event: Weighed) -> Turn:
    """The turn after how much a capability matters and costs."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    code, _, rest = event.text.partition(" ")
    if code not in {one.code for one in instrument.capabilities()}:
        known = bool(_CODE.fullmatch(code))
        return notice(session, "nothing_of_that_code" if known else "weigh_not_understood", about=code)
    importance, effort = _IMPORTANCE.search(rest), _EFFORT.search(rest)
    if not importance and not effort:
        return notice(session, "weigh_not_understood", about=code)
    kept = Weighing(code, int(importance[1]) if importance else None, int(effort[1]) if effort else None)
    return Turn(session, (Notice("weighed", code),), (kept,))
