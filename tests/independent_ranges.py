"""How certain scores are a second time, from scratch: rows, plain dicts and fractions, nothing of `model`.

The recipe of the shaken weights is part of the method, so that anybody can repeat them: Python's random.Random(2026);
200 times, for each dimension, each of its capabilities and each of their indicators in the instrument's order, one
uniform(0.75, 1.25). The score of a part is the weighted mean of its parts' scores that show.
"""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.independent import Conditions, Row, Structure, Told, recomputed

Ends = dict[str, tuple[Fraction, Fraction]]
"""The lowest and the highest by code."""


def without_anyone(rows: Sequence[Row], structure: Structure, conditions: Conditions | None = None) -> Ends:
    """Each person's rows left out in turn, but for what was agreed; nothing where fewer than two answered."""
    people = {row["respondent"] for row in rows if row["current"] and row["source"] == "respondent"}
    if len(people) < 2:
        return {}
    cards = [
        recomputed(
            [row for row in rows if row["respondent"] != who or row["source"] == "agreed"], structure, conditions
        )
        for who in people
    ]
    codes = _parts(structure)
    found = {code: [card[code]["score"] for card in cards] for code in codes}
    return _ends(found)


def shaken(card: Mapping[str, Told], structure: Structure) -> Ends:
    """The recipe above, on numbers of `recomputed`."""
    chance = random.Random(2026)
    found: dict[str, list[Fraction | None]] = {code: [] for code in _parts(structure)}
    for _ in range(200):
        weight: dict[str, Fraction] = {}
        for dimension, capabilities in structure.items():
            weight[dimension] = Fraction(chance.uniform(0.75, 1.25))
            for capability, indicators in capabilities.items():
                weight[capability] = Fraction(chance.uniform(0.75, 1.25))
                for indicator in indicators:
                    weight[indicator] = Fraction(chance.uniform(0.75, 1.25))
        for code, score in weighed(card, structure, weight).items():
            found[code].append(score)
    return _ends(found)


def weighed(
    card: Mapping[str, Told], structure: Structure, weight: Mapping[str, Fraction]
) -> dict[str, Fraction | None]:
    """Each score under these weights; None where the card itself has none."""
    told: dict[str, Fraction | None] = {}
    for dimension, capabilities in structure.items():
        for capability, indicators in capabilities.items():
            given = [(weight[code], card[code]["score"]) for code in indicators]
            told[capability] = _mean(given) if card[capability]["score"] is not None else None
        given = [(weight[code], told[code]) for code in capabilities]
        told[dimension] = _mean(given) if card[dimension]["score"] is not None else None
    whole = [(weight[code], told[code]) for code in structure]
    told["overall"] = _mean(whole) if card["overall"]["score"] is not None else None
    return told


def _parts(structure: Structure) -> list[str]:
    return ["overall", *structure, *(code for capabilities in structure.values() for code in capabilities)]


def _mean(given: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction:
    there = [(weight, score) for weight, score in given if score is not None]
    return sum((weight * score for weight, score in there), Fraction(0)) / sum(weight for weight, _ in there)


def _ends(found: Mapping[str, Sequence[Fraction | None]]) -> Ends:
    there = {code: [one for one in several if one is not None] for code, several in found.items()}
    return {code: (min(several), max(several)) for code, several in there.items() if several}
