"""An instrument's texts in another language: one file, the same codes, every text present."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from model.instrument import STRICT, Code, Indicator, Instrument, Label, Level, Line, Statement, Title, Wording
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
class Translation:
    """All of an instrument's texts in one language."""

    __pydantic_config__ = STRICT
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
    title: Title
    about: str
    scale: Annotated[Mapping[Annotated[int, Field(ge=0, le=5)], LevelTexts], Field(min_length=6, max_length=6)]
    non_responses: Mapping[str, Wording]
    bands: Mapping[str, Title]
    departments: Mapping[Code, Title]
    texts: Mapping[str, Texts]


TRANSLATION = TypeAdapter(Translation)


def check_parity(instrument: Instrument, translation: Translation, source: Source) -> None:
    """Notes every text that the instrument has and the translation lacks, and every one too many."""
    for place, original, translated in _pairs(instrument, translation):
        for key in original - translated:
            source.fault(place, f"“{'.'.join((*place, key)[1:]) or key}” has no translation.", "Add it.")
        for key in translated - original:
            source.fault((*place, key), f"“{key}” does not exist in the instrument.", "Remove it, or mend its code.")


def _pairs(instrument: Instrument, translation: Translation) -> Iterator[tuple[tuple[str, ...], set[str], set[str]]]:
    """Place in the file, what should stand there, what does."""
    yield ("non_responses",), set(instrument.non_responses), set(translation.non_responses)
    yield ("bands",), {band.name for band in instrument.bands}, set(translation.bands)
    yield ("departments",), set(instrument.departments), set(translation.departments)
    needed = dict(_needed(instrument))
    yield ("texts",), set(needed), set(translation.texts)
    for code in needed.keys() & translation.texts.keys():
        yield ("texts", code), needed[code], _present(translation.texts[code])


def _needed(instrument: Instrument) -> Iterator[tuple[str, set[str]]]:
    for dimension in instrument.dimensions:
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


def translated(instrument: Instrument, translation: Translation) -> Instrument:
    """The same instrument, codes and digest, with its texts in the translation's language."""
    texts = translation.texts

    def indicator(one: Indicator) -> Indicator:
        its = texts[one.code]
        return replace(
            one, statement=its.statement or "", why=its.why or "", levels=dict(its.levels), evidence=its.evidence
        )

    return replace(
        instrument,
        language=translation.language,
        title=translation.title,
        about=translation.about,
        scale=tuple(_level(level, translation) for level in instrument.scale),
        non_responses=translation.non_responses,
        bands=tuple(replace(band, name=translation.bands[band.name]) for band in instrument.bands),
        departments=translation.departments,
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


def _level(level: Level, translation: Translation) -> Level:
    its = translation.scale[level.level]
    return Level(level.level, its.name, its.meaning, its.words, its.sounds_like)
