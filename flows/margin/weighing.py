"""The city's goals in one list, and how much each matters and costs."""

import re

import msgspec

from flows.around import Around
from flows.events.asides import Weighed
from flows.path import is_asked
from flows.prompts import Notice, Prompt
from flows.prompts.interludes import AskWeight, GoalList
from flows.session import Session, key_of
from flows.turn import Turn, Weighing, notice
from model.instrument import Instrument
from model.responses import Aspect

_CODE = re.compile(r"\d+(\.\d+)+")
_IMPORTANCE = re.compile(r"\bimportan\w*\W*([1-3])\b", re.IGNORECASE)
_EFFORT = re.compile(r"\b(?:effort|esfuerzo)\W*([1-3])\b", re.IGNORECASE)
_NOTHING = (0, 0)
LINES = 30
"""Goals in one message: more of them would be cut where a platform's message ends."""


def goals(instrument: Instrument, session: Session, around: Around) -> Turn:
    """The turn after a wish to see the goals; only who sets them has any."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    if not session.joined:
        return notice(session, "no_city")
    rows = []
    for capability in instrument.capabilities():
        rows.append(_row(session, around, capability.code))
        below = (_row(session, around, one.code) for one in capability.asked(session.form))
        rows += [row for row in below if any(row[1:])]
    return Turn(session, tuple(GoalList(tuple(rows[at : at + LINES])) for at in range(0, len(rows), LINES)))


def aim(instrument: Instrument, session: Session, code: str) -> Turn:
    """The turn after a wish to set one goal: it is asked now."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    key = key_of(code, Aspect.TARGET)
    if not _is_known(instrument, session, code) or not is_asked(instrument, session, key):
        return notice(session, "nothing_of_that_code", about=code)
    return Turn(msgspec.structs.replace(session, cursor=key, reason_for=""))


def weigh(instrument: Instrument, session: Session, event: Weighed, around: Around) -> Turn:
    """The turn after how much a capability or indicator matters and costs; what was not said yet is asked."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    code, _, rest = event.text.strip().partition(" ")
    if not _is_known(instrument, session, code):
        return notice(session, "nothing_of_that_code" if _CODE.fullmatch(code) else "weigh_not_understood", about=code)
    importance, effort = _IMPORTANCE.search(rest), _EFFORT.search(rest)
    if not importance and not effort:
        if rest.strip():
            return notice(session, "weigh_not_understood", about=code)
        return Turn(session, (AskWeight(code, "importance"),))
    kept = Weighing(code, int(importance[1]) if importance else None, int(effort[1]) if effort else None)
    before = around.weights.get(code, _NOTHING)
    other: Prompt | None = None
    if not importance and not before[0]:
        other = AskWeight(code, "importance")
    if not effort and not before[1]:
        other = AskWeight(code, "effort")
    return Turn(session, (other or Notice("weighed", code),), (kept,))


def _row(session: Session, around: Around, code: str) -> tuple[str, int, int, int, int]:
    goal = session.responses.get(key_of(code, Aspect.TARGET))
    level, year = (goal.level or 0, goal.year or 0) if goal else _NOTHING
    return code, level, year, *around.weights.get(code, _NOTHING)


def _is_known(instrument: Instrument, session: Session, code: str) -> bool:
    """Whether it is the code of a capability, or of an indicator that this form asks."""
    asked = {one.code for capability in instrument.capabilities() for one in capability.asked(session.form)}
    return code in asked or code in {one.code for one in instrument.capabilities()}
