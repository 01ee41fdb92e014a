"""Response domains: what a typed text means where a level, a year, a number or a yes is asked."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
import yaml

from model.comparison import CUTS, Cut
from model.instrument import LEVELS, Instrument
from model.likeness import Likeness, plain, stems
from model.responses import NonResponse

Name = TypeVar("Name", bound=str)
PROPOSED = 2
"""How many levels are proposed for a text that names none."""
HORIZON = range(2, 6)
"""A goal lies two to five years out."""
_DIGITS = 9
_LONGEST_NUMBER = 30
"""Digits and characters of a number that are looked at: Python refuses thousands of them, and nobody asks for them."""
MOST_PEOPLE = 50_000_000
"""No city has more inhabitants; a larger number is a slip of the finger."""


class Taken(msgspec.Struct, frozen=True):
    """The text is an answer."""

    value: int | NonResponse


class Proposed(msgspec.Struct, frozen=True):
    """The text is like these levels, the likeliest first; the respondent is asked which."""

    levels: tuple[int, ...]


class Misfit(msgspec.Struct, frozen=True):
    """The text is no answer: a number that is out of range, a day that is over, or nothing that is understood."""

    reason: Literal["out_of_range", "past", "not_understood"]


def read_level(text: str, instrument: Instrument) -> Taken | Proposed | Misfit:
    """A level from a digit, its name or its words; two proposals from anything else that resembles one."""
    lexicon = _lexicon(instrument)
    whole = re.fullmatch(r"\s*(?:level |nivel )?([-+]?\d+)(?:[.,]0+)?\s*", text, re.IGNORECASE)
    if whole:
        level = int(whole[1][:_DIGITS])
        return Taken(level) if level in LEVELS else Misfit("out_of_range")
    if re.fullmatch(r"\s*[-+]?\d+[.,]\d+\s*", text):
        return Misfit("out_of_range")
    found = lexicon.words.get(plain(text), lexicon.words.get(_content(text, instrument.language)))
    if found is not None:
        return Taken(found)
    nearest = tuple(lexicon.likeness.nearest(text))[:PROPOSED]
    return Proposed(nearest) if len(nearest) == PROPOSED else Misfit("not_understood")


def read_year(text: str, now: int) -> int | Misfit:
    """A goal's year: "2030", or "3" and "in 3 years" counted from `now`, two to five years out."""
    found = re.findall(r"\d+", text)
    if not found:
        return Misfit("not_understood")
    # "Q3 2030": what looks like a year is meant.
    number = int(next((digits for digits in found if len(digits) == 4), found[0])[:_DIGITS])
    year = now + number if number < 100 else number
    return year if year - now in HORIZON else Misfit("out_of_range")


def read_population(text: str) -> int | Misfit:
    """A number of people: "250000", "250 000", "250,000", "250k", "1.2 million", "2 millones"."""
    found = re.fullmatch(r"\D{0,20}?(\d[\d.,'’ \u00a0\u202f]*)\s*([^\W\d]*)\D*", text.strip())
    if not found:
        return Misfit("not_understood")
    factor = _factors()
    scale = factor.get(plain(found[2]), 1)
    if len(found[1]) > _LONGEST_NUMBER:
        return Misfit("out_of_range")
    people = round(_number(found[1], decimal=scale > 1) * scale)
    return people if 0 < people <= MOST_PEOPLE else Misfit("out_of_range")


def read_yes_no(text: str, language: str) -> bool | Misfit:
    """Yes or no, in the respondent's language or in English."""
    bare = plain(text)
    for words in (_words(language), _words("en")):
        if bare in words["yes"] or bare in words["no"]:
            return bare in words["yes"]
    return Misfit("not_understood")


def read_blank(text: str, language: str) -> tuple[bool, str]:
    """Whether something blank is wanted, by the first or last words of a text, and what the others are."""
    said = text.split()
    for one in (*_words(language)["blank"], *_words("en")["blank"]):
        count = len(one.split())
        if plain(" ".join(said[:count])) == one:
            return True, " ".join(said[count:])
        if plain(" ".join(said[-count:])) == one:
            return True, " ".join(said[:-count])
    return False, " ".join(said)


def _number(text: str, *, decimal: bool) -> float:
    """Digits with marks between them; a last mark is a decimal one only before a word such as "million"."""
    groups = re.split(r"\D+", text.strip(" .,'’\u00a0\u202f"))
    if decimal and len(groups) > 1:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float("".join(groups))


class _Lexicon(msgspec.Struct, frozen=True):
    words: Mapping[str, int | NonResponse]
    likeness: Likeness


@cache
def _lexicon(instrument: Instrument) -> _Lexicon:
    """What an instrument's scale is called in its language: whole texts, and what is left of them without filler."""
    words: dict[str, int | NonResponse] = {}
    named: list[tuple[int | NonResponse, tuple[str, ...]]] = [
        (level.level, (level.name, f"{level.level} {level.name}", *level.words)) for level in instrument.scale
    ]
    named += [(NonResponse(code), (said.name, *said.words)) for code, said in instrument.non_responses.items()]
    for value, texts in named:
        for text in texts:
            words.setdefault(plain(text), value)
            # What is left of "not at all" or "no sé" must not make a bare "no" an answer.
            content = _content(text, instrument.language)
            if content not in _words(instrument.language)["no"]:
                words.setdefault(content, value)
    words.pop("", None)
    phrases = {level.level: (level.name, level.meaning, *level.words, *level.sounds_like) for level in instrument.scale}
    return _Lexicon(words, Likeness(phrases, instrument.language))


def _content(text: str, language: str) -> str:
    """The stems of the words that say something; a negation is one of them."""
    neutral = set(_words(language)["neutral"])
    return " ".join(stems(" ".join(w for w in plain(text).split() if w not in neutral), language))


@cache
def _words(language: str) -> Mapping[str, list[str]]:
    path = Path(__file__).parent / "words.yaml"
    by_language: Mapping[str, Mapping[str, list[str]]] = _every_word(path)
    return by_language.get(language, by_language["en"])


@cache
def _factors() -> Mapping[str, int]:
    """What multiplies a number, in every language: people write "2 millones" in any conversation."""
    every = _every_word(Path(__file__).parent / "words.yaml").values()
    named = (("thousand", 1_000), ("million", 1_000_000))
    return {word: factor for words in every for name, factor in named for word in words[name]}


@cache
def cut_words() -> Mapping[str, Cut]:
    """What the benchmark's cuts are called, in every language."""
    return words_for(CUTS)


def words_for(names: Iterable[Name]) -> Mapping[str, Name]:
    """What these are called, in every language, each with which of them it is; as `plain` writes them."""
    every = _every_word(Path(__file__).parent / "words.yaml").values()
    return {word: name for name in names for words in every for word in words[name]}


@cache
def _every_word(path: Path) -> Mapping[str, Mapping[str, list[str]]]:
    # BaseLoader: in this file "yes", "no" and "on" are words.
    loaded: Mapping[str, Mapping[str, list[str]]] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded
