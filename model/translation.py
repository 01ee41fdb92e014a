"""An instrument's texts in another language: files of the same names, the same codes, every text present."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from model.instrument import (
    STRICT,
    Code,
    Dimension,
    Indicator,
    Instrument,
    Label,
    Level,
    Line,
    Statement,
    Title,
    Wording,
)
from model.parsing import Source


@dataclass(frozen=True, slots=True)
class LevelTexts:
    """A level of the common scale, as it is called and typed in this language."""

    __pydantic_config__ = STRICT
    name: Label
    meaning: Line
    words: tuple[str, ...] = ()
    sounds_like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one dimension, capability or indicator; which of them it needs depends on what it is."""

    __pydantic_config__ = STRICT
    title: Title | None = None
    about: Line | None = None
    statement: Statement | None = None
    why: Line | None = None
    levels: Mapping[int, Line] = field(default_factory=dict)
    evidence: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The texts that are common to the whole instrument, in one language."""

    __pydantic_config__ = STRICT
    title: Title
    about: str
    scale: Annotated[Mapping[Annotated[int, Field(ge=0, le=5)], LevelTexts], Field(min_length=6, max_length=6)]
    non_responses: Mapping[str, Wording]
    bands: Mapping[str, Title]
    departments: Mapping[Code, Title]


HEAD = TypeAdapter(Head)
TEXTS = TypeAdapter(dict[str, Texts])
"""The texts of one dimension and of all inside it, by code."""


def check_head_parity(instrument: Instrument, head: Head, source: Source) -> None:
    """Notes every name that the instrument has and the translation lacks, and every one too many."""
    for place, original, told in (
        ("non_responses", set(instrument.non_responses), set(head.non_responses)),
        ("bands", {band.name for band in instrument.bands}, set(head.bands)),
        ("departments", set(instrument.departments), set(head.departments)),
    ):
        _compare(source, (place,), "", original, told)


def check_parity(dimension: Dimension, texts: Mapping[str, Texts], source: Source) -> None:
    """Notes every text of a dimension that the translation lacks, and every one too many."""
    needed = dict(_needed(dimension))
    _compare(source, (), "", set(needed), set(texts))
    for code in needed.keys() & texts.keys():
        _compare(source, (code,), f"{code}.", needed[code], _present(texts[code]))


def _compare(source: Source, place: tuple[str, ...], inside: str, original: set[str], told: set[str]) -> None:
    for key in original - told:
        source.fault(place, f"“{inside}{key}” has no translation.", "Add it.")
    for key in told - original:
        source.fault((*place, key), f"“{key}” does not exist in the instrument.", "Remove it, or mend its code.")


def _needed(dimension: Dimension) -> Iterator[tuple[str, set[str]]]:
    yield dimension.code, {"title", "about"}
    for capability in dimension.capabilities:
        yield capability.code, {"title"}
        for one in capability.indicators:
            levels = {f"levels {level}" for level in one.levels}
            evidence = {f"evidence {number}" for number in range(len(one.evidence))}
            yield one.code, {"statement", "why"} | levels | evidence


def _present(texts: Texts) -> set[str]:
    named = {name for name in ("title", "about", "statement", "why") if getattr(texts, name)}
    levels = {f"levels {level}" for level in texts.levels}
    return named | levels | {f"evidence {number}" for number in range(len(texts.evidence))}


def translated(instrument: Instrument, language: str, head: Head, texts: Mapping[str, Texts]) -> Instrument:
    """The same instrument, codes and digest, with its texts in another language."""

    def indicator(one: Indicator) -> Indicator:
        its = texts[one.code]
        return replace(
            one, statement=its.statement or "", why=its.why or "", levels=dict(its.levels), evidence=its.evidence
        )

    return replace(
        instrument,
        language=language,
        title=head.title,
        about=head.about,
        scale=tuple(_level(level, head) for level in instrument.scale),
        non_responses=head.non_responses,
        bands=tuple(replace(band, name=head.bands[band.name]) for band in instrument.bands),
        departments=head.departments,
        dimensions=tuple(
            replace(
                d,
                title=texts[d.code].title or "",
                about=texts[d.code].about or "",
                capabilities=tuple(
                    replace(c, title=texts[c.code].title or "", indicators=tuple(map(indicator, c.indicators)))
                    for c in d.capabilities
                ),
            )
            for d in instrument.dimensions
        ),
    )


def _level(level: Level, head: Head) -> Level:
    its = head.scale[level.level]
    return Level(level.level, its.name, its.meaning, its.words, its.sounds_like)
