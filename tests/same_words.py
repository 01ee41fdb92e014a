"""How the independent numbers of a city read in every output: whole points, halves up, not by the bot's means."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from tests import independent_details as details
from tests import independent_peers
from tests.same import Same

CUTS = ("all", "size", "region", "income")
SIDES = {"above": "above the median", "at": "right at the median", "below": "below the median"}
QUARTERS = ("lowest quarter", "second quarter", "third quarter", "top quarter")
KINDS = ("measured", "documented", "estimated")


def whole(value: Any) -> str:
    """A number in whole points, halves away from zero."""
    exact = Fraction(value)
    points = floor(abs(exact) + Fraction(1, 2))
    return str(points if exact > 0 or not points else -points)


def tenth(value: Any) -> str:
    """To a decimal where it has one."""
    tens = floor(Fraction(value) * 10 + Fraction(1, 2))
    return f"{tens // 10}.{tens % 10}" if tens % 10 else str(tens // 10)


def signed(points: Any) -> str:
    told = whole(abs(points))
    return told if told == "0" else f"{'+' if points > 0 else chr(0x2212)}{told}"


def between(low: Any, high: Any, *, both: bool = False) -> str:
    ends = whole(low), whole(high)
    return ends[0] if ends[0] == ends[1] and not both else f"{ends[0]}–{ends[1]}"


def exactly(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | str) else pytest.approx(float(value), abs=1e-8)


def name(city: Same, code: str) -> str:
    if code == "overall":
        return "Overall"
    told = city.instrument
    return f"{code} {(told.capability_of.get(code) or told.dimension_of[code]).title}"


def wholes(city: Same) -> list[str]:
    return ["overall", *city.structure]


def capabilities(city: Same) -> list[str]:
    return [code for below in city.structure.values() for code in below]


def above(city: Same, code: str) -> str:
    """The capability of a statement."""
    return city.instrument.capability_of[code].code


def bench(city: Same, cut: str) -> Any:
    """What may be told, by the independent computation."""
    scores = {code: city.card[code]["score"] for code in (*wholes(city), *capabilities(city))}
    return independent_peers.benchmark(city.own, scores, city.peers, cut)


def told_of(city: Same, code: str) -> str:
    """A line of chat: score, bounds, coverage, goal and gap."""
    one, year = city.card[code], city.years[code]
    if one["score"] is None:
        text = f"not shown yet, {one['answered']} of {one['applicable']} answered"
    else:
        bounds = f"{between(one['low'], one['high'])}, " if one["low"] != one["high"] else ""
        text = f"{whole(one['score'])} ({bounds}{whole(100 * (one['coverage'] or 0))} % answered)"
    if one["target"] is not None:
        text += f", goal {whole(one['target'])}" + (f" by {year}" if year else "")
        text += f", gap {whole(one['gap'])}" if one["gap"] is not None and one["gap"] > 0 else ""
    return text


def agreement(city: Same, code: str) -> str:
    """How chat tells how far people agree."""
    told = details.agreement(city.rows, code)
    n, parts = told["n"], ["agreed value"] if told["agreed"] else []
    if n == 1:
        parts.append("single source")
    elif n:
        near = f", {whole(100 * told['within_1'])} % within 1" if n > 4 else ""
        parts.append(f"{n} answers, {'interquartile ' if n > 4 else ''}range {tenth(told['spread'])}{near}")
    if told["disputed"] and not told["agreed"]:
        parts.append(f"answers differ: /desk {code}")
    return " · ".join(parts)


def beside(city: Same, code: str, one: Mapping[str, Any]) -> str:
    """A line of `/benchmark`."""
    score, median = city.card[code]["score"], whole(one["median"])
    if score is None:
        told = f"not shown yet; the median is {median}"
    elif one["side"] == "at":
        told = f"{whole(score)}, right at the median"
    elif whole(score) == median:
        told = f"{whole(score)}, just {one['side']} the median"
    else:
        told = f"{whole(score)}, {one['side']} the median of {median}"
    told += f"; {QUARTERS[one['quarter'] - 1]}" if one["quarter"] else ""
    told += f" (middle half {between(*one['quartiles'], both=True)})" if one["quartiles"] else ""
    return told + (f"; percentile {one['percentile']}" if one["percentile"] is not None else "")
