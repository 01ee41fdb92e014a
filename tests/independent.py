"""The method's scores a second time, from scratch: plain dicts and fractions, nothing of `model`.

It reads rows as `export` writes them, so that anybody could check a city's numbers with a file and these pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Structure = Mapping[str, Mapping[str, list[str]]]
"""{dimension: {capability: [indicators that the form asks]}}"""
Conditions = Mapping[str, tuple[str, str, int]]
"""{indicator: (the indicator it waits for, comparison, level)}"""
Told = dict[str, Fraction | None]
"""score, low, high, coverage, target, gap; and how many answered of how many applicable."""

POINTS = 20
MISSING, OUT = "missing", "out"


def recomputed(rows: Iterable[Row], structure: Structure, conditions: Conditions | None = None) -> dict[str, Told]:
    """All numbers of a city by code; "overall" is the whole."""
    rows = [row for row in rows if row["current"]]
    asked = [code for capabilities in structure.values() for codes in capabilities.values() for code in codes]
    state = _routed({code: _city_value(rows, code, "as-is") for code in asked}, conditions or {})
    told: dict[str, Told] = {code: _indicator(state[code], _city_value(rows, code, "target")) for code in asked}
    for dimension, capabilities in structure.items():
        for capability, codes in capabilities.items():
            parts = [told[code] for code in codes]
            answered, applicable = _count(parts, "answered"), _count(parts, "applicable")
            passes = applicable > 0 and 3 * answered >= 2 * applicable
            aim = _city_value(rows, capability, "target")
            told[capability] = _whole(parts, passes, Fraction(POINTS * aim) if isinstance(aim, int) else None)
        of_it = [told[capability] for capability in capabilities]
        apply = [part for part in of_it if part["applicable"]]
        shown = [part for part in apply if part["score"] is not None]
        told[dimension] = _whole(of_it, bool(apply) and 4 * len(shown) >= 3 * len(apply), _aim(apply))
    dimensions = [told[dimension] for dimension in structure]
    aims = [part["target"] for part in dimensions]
    told["overall"] = _whole(
        dimensions,
        all(part["score"] is not None for part in dimensions),
        None if None in aims else _mean(aims),
    )
    return told


def _city_value(rows: list[Row], item: str, aspect: str) -> int | str:
    """A level, or why there is none: missing, or out of the denominator."""
    said = [row for row in rows if (row["indicator"] or row["capability"]) == item and row["aspect"] == aspect]
    for row in reversed(said):
        if row["source"] == "agreed":
            said = [row]
            break
    levels = sorted(row["level"] for row in said if row["level"] is not None)
    if levels:
        lower_middle: int = levels[len(levels) // 2 - (len(levels) % 2 == 0)]
        return lower_middle
    return OUT if "not_applicable" in [row["non_response"] for row in said] else MISSING


def _routed(state: dict[str, int | str], conditions: Conditions) -> dict[str, int | str]:
    """The same, with every indicator out whose condition fails or asks about one that is out; in the order asked."""
    for code in state:
        if code in conditions and conditions[code][0] in state:
            waits_for, comparison, level = conditions[code]
            given = state[waits_for]
            if given == OUT or (isinstance(given, int) and not _holds(given, comparison, level)):
                state[code] = OUT
    return state


def _holds(given: int, comparison: str, level: int) -> bool:
    return {
        ">=": given >= level,
        "<=": given <= level,
        "==": given == level,
        ">": given > level,
        "<": given < level,
    }[comparison]


def _indicator(value: int | str, aim: int | str) -> Told:
    target = Fraction(POINTS * aim) if isinstance(aim, int) else None
    if isinstance(value, int):
        points = Fraction(POINTS * value)
        return _told(points, points, points, target, 1, 1)
    if value == OUT:
        return _told(None, None, None, target, 0, 0)
    return _told(None, Fraction(0), Fraction(100), target, 0, 1)


def _whole(parts: list[Told], passes: bool, target: Fraction | None) -> Told:
    apply = [part for part in parts if part["applicable"]]
    score = _mean([part["score"] for part in apply if part["score"] is not None]) if passes else None
    low, high = _mean([part["low"] for part in apply]), _mean([part["high"] for part in apply])
    return _told(score, low, high, target, _count(parts, "answered"), _count(parts, "applicable"))


def _aim(apply: list[Told]) -> Fraction | None:
    """A dimension's target: the mean of its capabilities', from three quarters of them on."""
    aims = [part["target"] for part in apply if part["target"] is not None]
    return _mean(aims) if 4 * len(aims) >= 3 * len(apply) else None


def _told(
    score: Fraction | None,
    low: Fraction | None,
    high: Fraction | None,
    target: Fraction | None,
    answered: int,
    applicable: int,
) -> Told:
    return {
        "score": score,
        "low": low,
        "high": high,
        "coverage": Fraction(answered, applicable) if applicable else None,
        "target": target,
        "gap": None if score is None or target is None else target - score,
        "answered": Fraction(answered),
        "applicable": Fraction(applicable),
    }


def _count(parts: list[Told], key: str) -> int:
    return sum(int(part[key] or 0) for part in parts)


def _mean(numbers: Sequence[Fraction | None]) -> Fraction | None:
    there = [number for number in numbers if number is not None]
    return sum(there, Fraction(0)) / len(there) if there else None
