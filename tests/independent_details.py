"""What stands beside the scores a second time, from scratch: exported rows, plain dicts and fractions, no `model`.

Agreement, years, levels, shares, who answered, evidence, disagreements, moves and the action list.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.independent import Row, Structure, Told

Numbers = dict[str, Any]
NAMES = ((20, "planning"), (40, "alignment"), (60, "development"), (80, "integration"), (100, "optimization"))
"""The words for scores, each up to and with its number."""
UNWEIGHED = 2


def current(rows: Iterable[Row], wave: int) -> list[Row]:
    """The responses of a wave that count."""
    return [row for row in rows if row["wave"] == wave and row["aspect"] and row["current"]]


def agreement(rows: Sequence[Row], code: str) -> Numbers:
    """How many gave a level, how far they agree, and whether something was agreed on."""
    said = [row for row in rows if row["indicator"] == code and row["aspect"] == "as-is"]
    levels = sorted(row["level"] for row in said if row["source"] == "respondent" and row["level"] is not None)
    return {**apart(levels), "agreed": any(row["source"] == "agreed" for row in said)}


def apart(levels: Sequence[int]) -> Numbers:
    """The rule of disagreement on levels in order: the range below five, else the interquartile range."""
    n = len(levels)
    if not n:
        return {"n": 0, "median": None, "spread": None, "within_1": None, "disputed": False}
    median = levels[(n + 1) // 2 - 1]
    near = Fraction(sum(-1 <= level - median <= 1 for level in levels), n)
    if n < 5:
        spread = Fraction(levels[-1] - levels[0])
        differ = spread >= 2
    else:
        spread = quantile(levels, Fraction(3, 4)) - quantile(levels, Fraction(1, 4))
        differ = spread > 1 or near < Fraction(3, 4) or any(abs(level - median) > 2 for level in levels)
    return {"n": n, "median": median, "spread": spread, "within_1": near, "disputed": differ}


def quantile(ordered: Sequence[Any], share: Fraction) -> Fraction:
    """By the inclusive method: the lowest is at 0, the highest at 1, and between two it is a part of the way."""
    place = share * (len(ordered) - 1)
    below = int(place)
    if below + 1 == len(ordered):
        return Fraction(ordered[below])
    low, high = Fraction(ordered[below]), Fraction(ordered[below + 1])
    return low + (high - low) * (place - below)


def years(rows: Sequence[Row], structure: Structure, card: Mapping[str, Told]) -> dict[str, int | None]:
    """The year of each goal: what was agreed, else the lower median; a whole's is its parts' latest."""
    found: dict[str, int | None] = {}
    for dimension, capabilities in structure.items():
        for capability, codes in capabilities.items():
            for code in (capability, *codes):
                found[code] = _year([row for row in rows if (row["indicator"] or row["capability"]) == code])
        found[dimension] = _latest(found, card, dimension, list(capabilities))
    found["overall"] = _latest(found, card, "overall", list(structure))
    return found


def _year(rows: Sequence[Row]) -> int | None:
    aimed = [row for row in rows if row["aspect"] == "target"]
    settled = [row["target_year"] for row in aimed if row["source"] == "agreed"]
    if settled:
        year: int | None = settled[-1]
        return year
    given = sorted(row["target_year"] for row in aimed if row["target_year"] is not None)
    return given[(len(given) + 1) // 2 - 1] if given else None


def _latest(found: Mapping[str, int | None], card: Mapping[str, Told], whole: str, parts: Sequence[str]) -> int | None:
    told = [found[part] or 0 for part in parts if card[part]["applicable"]]
    return (max(told, default=0) or None) if card[whole]["target"] is not None else None


def band(score: Fraction | None, names: Iterable[tuple[float, str]] = NAMES) -> str | None:
    """The word for a score."""
    return None if score is None else next(name for up_to, name in names if score <= up_to)


def levels(card: Mapping[str, Told], codes: Iterable[str]) -> list[int]:
    """How many of these statements stand at level 0 to 5."""
    scores = [card[code]["score"] for code in codes]
    return [scores.count(Fraction(20 * level)) for level in range(6)]


def shares(rows: Sequence[Row], structure: Structure) -> dict[str, dict[str, int]]:
    """How sure those were who gave a level, of each dimension and the whole where anybody did."""
    asked = {code for below in structure.values() for codes in below.values() for code in codes}
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        given = row["aspect"] == "as-is" and row["source"] == "respondent" and row["level"] is not None
        if given and row["indicator"] in asked:
            for code in ("overall", row["dimension"]):
                counts = found.setdefault(code, dict.fromkeys(("measured", "documented", "estimated", "unsaid"), 0))
                counts[row["certainty"] or "unsaid"] += 1
    return found


def voices(rows: Sequence[Row]) -> Numbers:
    """Who took a stand, department by department, and how many of their answers have evidence behind them."""
    told = [row for row in rows if row["aspect"] == "as-is" and row["source"] == "respondent"]
    stands = {(row["respondent"], row["indicator"]) for row in told}
    backed = {(row["respondent"], row["indicator"]) for row in told if row["evidence"]}
    of = {row["respondent"]: row["department"] or "" for row in told}
    departments = {
        name: (sum(one == name for one in of.values()), len({item for who, item in stands if of[who] == name}))
        for name in of.values()
    }
    evidence = {item: sum(other == item for _, other in backed) for _, item in backed}
    share = Fraction(len(backed), len(stands)) if stands else None
    return {"respondents": len(of), "evidenced": share, "departments": departments, "evidence": evidence}


def disputes(rows: Sequence[Row], codes: Iterable[str]) -> list[Numbers]:
    """The statements about which people differ, with all levels given, and what was agreed on and why."""
    found = []
    for code in codes:
        told = agreement(rows, code)
        if told["disputed"]:
            said = [row for row in rows if row["indicator"] == code and row["aspect"] == "as-is"]
            given = sorted(r["level"] for r in said if r["level"] is not None and r["source"] == "respondent")
            settled = [row for row in said if row["source"] == "agreed"][-1:]
            value, reason = (settled[0]["level"], settled[0]["comment"] or "") if settled else (None, "")
            kept = {name: told[name] for name in ("median", "spread", "within_1")}
            found.append({"code": code, "levels": given, **kept, "agreed": value, "reason": reason})
    return found


def moves(then: Mapping[str, Told], now: Mapping[str, Told]) -> dict[str, Fraction]:
    """Points won or lost by the whole, dimensions and capabilities, where a score showed both times."""
    found = {}
    for code, told in now.items():
        after, before = told["score"], then[code]["score"]
        if code.count(".") < 2 and after is not None and before is not None:
            found[code] = after - before
    return found


def actions(
    card: Mapping[str, Told],
    structure: Structure,
    weights: Mapping[str, tuple[int, int]],
    due: Mapping[str, int | None],
) -> list[Numbers]:
    """Gap x importance / effort, the ten heaviest; of equals the larger gap, then the first that is asked."""
    found: list[Numbers] = []
    for capabilities in structure.values():
        for capability, codes in capabilities.items():
            for code in codes:
                aimed = code if card[code]["target"] is not None else capability
                today, goal = card[code]["score"], card[aimed]["target"]
                if today is None or goal is None or goal <= today:
                    continue
                own, above = weights.get(code, (0, 0)), weights.get(capability, (0, 0))
                importance, effort = (own[at] or above[at] or UNWEIGHED for at in (0, 1))
                gap = goal - today
                level = int(today / 20)
                told = {"code": code, "level": level, "next_level": level + 1, "goal": int(goal / 20)}
                told |= {"year": due[aimed], "gap": gap, "importance": importance, "effort": effort}
                found.append({**told, "weight": gap * importance / effort})
    return sorted(found, key=lambda one: (-one["weight"], -one["gap"]))[:10]
