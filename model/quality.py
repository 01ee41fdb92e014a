"""How well an instrument is written: what its author should mend, or can argue. Advice beside the faults."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from model import library
from model.countries import countries
from model.instrument import Indicator, Instrument
from model.likeness import alike
from model.parsing import Place, Source

Rule = Literal["length", "reading ease", "double claim", "weak word", "jargon", "near-duplicate", "levels", "balance"]

LONG_STATEMENT = 130
"""Characters; a phone shows it in four lines."""
HARD_TO_READ = 45.0
"""LIX of an indicator's texts. 30 is easy, 40 is plain prose, 50 a newspaper's, 60 an office's (Björnsson 1968)."""
ALIKE = 0.5
"""Likeness of two statements (0-1) from which a person should look whether they ask the same."""
SAME_LEVEL = 0.6
"""Likeness of two neighbouring levels (0-1) from which the higher does not rise."""
DEPARTMENT_SHARE = 0.18
"""Share of the indicators that one head can be asked for: 40 of 225."""
CITATIONS = 12
"""Indicators that one reference can carry."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to mend or to argue; `code` is an indicator's, a department's or a reference's."""

    file: str
    line: int
    code: str
    rule: Rule
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.what} ({self.rule})"


class Spread(NamedTuple):
    """What an instrument leans on: indicators by department, by reference; city programmes, their cities, regions."""

    departments: Mapping[str, int]
    references: Mapping[str, int]
    programmes: int
    cities: int
    regions: int


def review(reading: library.Reading) -> list[Finding]:
    """All findings on an instrument in English without faults, in the order of its files."""
    instrument, parts = reading.languages["en"], reading.parts
    on_balance = _on_balance(instrument, reading.head, reading.cited)
    return sorted([*_on_indicators(instrument, parts), *_on_pairs(instrument, parts), *on_balance])


def spread(instrument: Instrument) -> Spread:
    """Who is asked, and what is cited."""
    indicators = instrument.indicators.values()
    owned = Counter(indicator.department for indicator in indicators)
    carried = Counter(reference for indicator in indicators for reference in indicator.references)
    programmes = [one for one in instrument.references if one.kind == "city programme" and carried[one.id]]
    places = {(one.city, one.country) for one in programmes}
    return Spread(
        {code: owned[code] for code in instrument.departments},
        {one.id: carried[one.id] for one in instrument.references},
        len(programmes),
        len(places),
        len({countries()[country].region for _, country in places if country}),
    )


def lix(text: str) -> float:
    """Björnsson's readability index: words a sentence, plus the per cent of words longer than six letters."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    sentences = max(1, len(re.findall(r"[.!?;:]+(?:\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / max(1, len(words))


def _on_indicators(instrument: Instrument, parts: list[Source]) -> Iterator[Finding]:
    for one, source, place in _places(instrument, parts):
        for field, rule, what in _on_one(one):
            yield Finding(source.name, source.line((*place, *field)), one.code, rule, what)


def _places(instrument: Instrument, parts: list[Source]) -> Iterator[tuple[Indicator, Source, Place]]:
    for dimension, source in zip(instrument.dimensions, parts, strict=True):
        for c, capability in enumerate(dimension.capabilities):
            for i, indicator in enumerate(capability.indicators):
                yield indicator, source, ("capabilities", c, "indicators", i)


def _on_one(one: Indicator) -> Iterator[tuple[Place, Rule, str]]:
    if len(one.statement) > LONG_STATEMENT:
        yield ("statement",), "length", f"the statement has {len(one.statement)} characters."
    told = [one.statement, one.why, *one.levels.values()]
    if (ease := lix(" ".join(told))) > HARD_TO_READ:
        yield (), "reading ease", f"its texts are hard to read: LIX {ease:.0f}, {HARD_TO_READ:.0f} at most."
    if claims := _two_claims(one.statement):
        yield ("statement",), "double claim", f"“{claims}” may be two claims."
    yield from _on_words(one)
    yield from _on_levels(one)


def _two_claims(statement: str) -> str | None:
    """The words around an "and" (or "or", "but") that has a verb right behind it; None where there is none."""
    words = re.findall(r"[\w'-]+", statement)
    for at, word in enumerate(words[:-1]):
        if at and word.lower() in {"and", "or", "but"} and _is_verb(words[at + 1]):
            return " ".join(words[at - 1 : at + 2])
    return "…; …" if ";" in statement else None


def _is_verb(word: str) -> bool:
    verbs = _rules()["verbs"]
    lower = word.lower()
    stems = (lower, lower.removesuffix("s"), lower.removesuffix("es"), lower.removesuffix("ies") + "y")
    return any(stem in verbs for stem in stems)


def _on_words(one: Indicator) -> Iterator[tuple[Place, Rule, str]]:
    fields: list[tuple[Place, str]] = [(("statement",), one.statement), (("why",), one.why)]
    fields += [(("levels", level), text) for level, text in one.levels.items()]
    listed: list[tuple[Rule, str]] = [("weak word", "weak"), ("jargon", "jargon")]
    for field, text in fields:
        for rule, key in listed:
            for word in _rules()[key]:
                if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                    yield field, rule, f"says “{word}”."


def _on_levels(one: Indicator) -> Iterator[tuple[Place, Rule, str]]:
    """Levels that say the same as the one before, or lack what the common scale asks of them."""
    levels = sorted(one.levels.items())
    for (lower, before), (level, text) in pairwise(levels):
        if alike({"a": before, "b": text}, "en", SAME_LEVEL):
            yield ("levels", level), "levels", f"level {level} hardly rises above level {lower}."
    for level, groups in _rules()["levels"].items():
        said = one.levels.get(level, "").lower()
        lacking = [name for name, words in groups.items() if not any(re.search(rf"\b{w}", said) for w in words)]
        if lacking:
            yield ("levels", level), "levels", f"level {level} names no {' and no '.join(lacking)}."


def _on_pairs(instrument: Instrument, parts: list[Source]) -> Iterator[Finding]:
    lines = {one.code: (source, place) for one, source, place in _places(instrument, parts)}
    statements = {code: one.statement for code, one in instrument.indicators.items()}
    for first, second, likeness in alike(statements, "en", ALIKE):
        source, place = lines[second]
        what = f"reads like {first} ({likeness:.0%}): “{statements[first]}”"
        yield Finding(source.name, source.line((*place, "statement")), second, "near-duplicate", what)


def _on_balance(instrument: Instrument, head: Source, cited: Source) -> Iterator[Finding]:
    told = spread(instrument)
    for code, count in told.departments.items():
        line = head.line(("departments", code))
        if not count:
            yield Finding(head.name, line, code, "balance", "this department owns no indicator.")
        elif count > DEPARTMENT_SHARE * len(instrument.indicators) and len(told.departments) * DEPARTMENT_SHARE > 1:
            yield Finding(head.name, line, code, "balance", f"this department owns {count} indicators.")
    for at, reference in enumerate(instrument.references):
        count = told.references[reference.id]
        if not count or count > CITATIONS:
            what = f"{count} indicators rest on this reference."
            yield Finding(cited.name, cited.line((at,)), reference.id, "balance", what)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "quality.yaml").read_text(encoding="utf-8"))
    return rules
