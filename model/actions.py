"""What to do first: the statements furthest below their goal, weighed by what they matter and what they cost."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from model.instrument import Instrument
from model.scoring import CapabilityScore, IndicatorScore, Scorecard

TOP = 10
"""Actions in the list."""
MIDDLE = 2
"""Importance or effort (1-3) of what nobody has weighed."""

State = Literal["open", "begun", "done", "dropped"]
"""What has become of an action; `open` is one that is not begun."""
STATES: tuple[State, ...] = get_args(State)

_UNWEIGHED = (0, 0)


class Action(msgspec.Struct, frozen=True):
    """A statement to work on: its level today, the next one and the goal (0-5), the gap in points (0-100).

    `importance` and `effort` are 1-3, `weight` is gap x importance / effort; `year` is the goal's. `reference` is the
    id of the one that shows how.
    """

    code: str
    level: int
    next_level: int
    goal: int
    year: int | None
    gap: float
    importance: int
    effort: int
    weight: float
    reference: str


def actions(
    instrument: Instrument, card: Scorecard, weights: Mapping[str, tuple[int, int]], most: int = TOP
) -> tuple[Action, ...]:
    """The top of the list, heaviest first: of equals the larger gap, then the first in the instrument.

    A statement's goal is its own, else its capability's; so are its importance and effort, else MIDDLE. A statement
    without a level has no gap, and one at or above its goal asks for nothing.
    """
    found = [
        action
        for capability in card.capabilities
        for one in capability.indicators
        if (action := _action(instrument, capability, one, weights))
    ]
    return tuple(sorted(found, key=lambda action: (-action.weight, -action.gap))[:most])


def _action(
    instrument: Instrument,
    capability: CapabilityScore,
    one: IndicatorScore,
    weights: Mapping[str, tuple[int, int]],
) -> Action | None:
    aimed: IndicatorScore | CapabilityScore = one if one.target is not None else capability
    if one.level is None or one.score is None or aimed.target is None or aimed.target <= one.score:
        return None
    own, above = weights.get(one.code, _UNWEIGHED), weights.get(capability.code, _UNWEIGHED)
    importance, effort = ((mine or theirs or MIDDLE) for mine, theirs in zip(own, above, strict=True))
    gap = aimed.target - one.score
    return Action(
        code=one.code,
        level=one.level,
        next_level=one.level + 1,
        goal=round(aimed.target / 20),
        year=aimed.target_year,
        gap=gap,
        importance=importance,
        effort=effort,
        weight=gap * importance / effort,
        reference=instrument.indicators[one.code].references[0],
    )


def asks_for(instrument: Instrument, action: Action) -> str:
    """What the next level of an action's statement looks like, in the instrument's language."""
    level = next(level for level in instrument.scale if level.level == action.next_level)
    return instrument.indicators[action.code].levels.get(action.next_level, level.meaning)
