"""What somebody answered in a dimension, capability by capability, and what has changed in it."""

import msgspec
from msgspec import structs

from bot.home.reading import Found
from bot.messages import Message
from bot.wording import section
from bot.wording.catalogues import translations
from bot.wording.offering import whole
from flows.asking.survey import said
from flows.margin.filling import statements
from flows.path import is_asked
from flows.session import key_of
from model.instrument import Dimension
from model.responses import Aspect

MOST_OFFERS = 25
"""Buttons of one row of a home, as many as Slack allows."""
_MARKS = {"": "–", "dont_know": "?", "not_applicable": "×", "declined": "–"}
"""An answer without a level, as short as a level is."""


class Line(msgspec.Struct, frozen=True):
    """A capability's answers, as buttons carry them; the goal's level and year; what changed, as texts to be shown.

    `since` is compared with the last round, `changed` with an earlier answer in this one.
    """

    code: str
    values: tuple[str, ...]
    goal: tuple[str, int | None] | None = None
    since: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Each answer in one character."""
        return tuple(_MARKS.get(value, value) for value in self.values)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(map(bool, self.values))


def dimension(found: Found, one: Dimension) -> Message | None:
    """A dimension's section; None where nothing in it is this person's."""
    session = found.standing.session
    lines = [line for capability in one.capabilities if (line := _line(found, capability.code))]
    if not lines:
        return None
    facts = {
        "code": one.code,
        "lines": lines,
        "answered": sum(line.answered for line in lines),
        "asked": sum(len(line.values) for line in lines),
        "several": any(len(line.values) > 1 for line in lines),
    }
    gettext = translations(session.language).gettext
    forms = tuple(whole(line.code, gettext) for line in lines[:MOST_OFFERS]) if session.open else ()
    return structs.replace(section("HomeDimension", session, found.instrument, facts), offers=forms)


def _line(found: Found, code: str) -> Line | None:
    session, told = found.standing.session, found.instrument
    keys = [key for key in statements(told, session, code) if is_asked(told, session, key)]
    if not keys:
        return None
    goal = session.responses.get(key_of(code, Aspect.TARGET))
    since, changed = [], []
    for key in keys:
        now, last, before = said(session, key), session.last_time.values.get(key, ""), found.before.get(key, "")
        if now and last and last != now:
            since.append(_step(key, last, now, alone=len(keys) == 1))
        elif now and before and before != now:
            changed.append(_step(key, before, now, alone=len(keys) == 1))
    return Line(
        code,
        tuple(said(session, key) for key in keys),
        (str(goal.level), goal.year) if goal is not None and goal.level is not None else None,
        tuple(since),
        tuple(changed),
    )


def _step(key: str, was: str, now: str, *, alone: bool) -> str:
    step = f"{_MARKS.get(was, was)} → {_MARKS.get(now, now)}"
    return step if alone else f"{key}: {step}"
