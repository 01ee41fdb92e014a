"""What is asked: an instrument and its parts, as frozen values that carry their own limits.

The limits stand in the types, so that the loader enforces them and the documentation cannot drift from them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

Form = Literal["short", "full"]
"""Which indicators a wave asks: the key indicator of each capability, or all of them."""

# A code travels in every button (64 bytes on Telegram), so it is short and plain ASCII.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=12)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=140)]
Statement = Annotated[str, StringConstraints(min_length=10, max_length=180)]
# A level's name is a button's label: Slack allows 75 characters, and a phone shows about 30.
Label = Annotated[str, StringConstraints(min_length=1, max_length=30)]

STRICT = ConfigDict(extra="forbid")
LEVELS = range(6)
"""The common scale: levels 0 to 5."""
HELPED_LEVELS = (2, 3, 4, 5)
"""The levels each indicator explains in its own words; 0 and 1 mean the same for every statement."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the common scale. `words` are taken at their word; `sounds_like` only leads to proposals."""

    __pydantic_config__ = STRICT
    level: Annotated[int, Field(ge=0, le=5)]
    name: Label
    meaning: Line
    words: tuple[str, ...] = ()
    sounds_like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """How a non-response is called, and what people type for it."""

    __pydantic_config__ = STRICT
    name: Label
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A name for the scores up to and including `up_to` (0-100)."""

    __pydantic_config__ = STRICT
    up_to: Annotated[int, Field(gt=0, le=100)]
    name: Title


@dataclass(frozen=True, slots=True)
class Reference:
    """A page somebody of ours has seen, on the date `checked`; `url` only where it is the publisher's own.

    A city programme is what one city does: it names the `city`, and its `country` (ISO 3166-1 alpha-2).
    """

    __pydantic_config__ = STRICT
    id: Code
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    publisher: Title
    kind: Literal["standard", "law", "framework", "city programme", "study"]
    checked: date
    year: int | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    city: Title | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One testable claim about the city, rated on the common scale."""

    __pydantic_config__ = STRICT
    code: Code
    statement: Statement
    why: Line
    levels: Mapping[Annotated[int, Field(ge=0, le=5)], Line]
    evidence: Annotated[tuple[Line, ...], Field(min_length=1, max_length=3)]
    department: Code
    references: Annotated[tuple[Code, ...], Field(min_length=1, max_length=3)]
    ages: Literal["yearly", "two_years", "stable"] = "yearly"
    key: bool = False
    ask_if: str | None = None


@dataclass(frozen=True, slots=True)
class Capability:
    """The unit of scoring, of assignment and of a report's row."""

    __pydantic_config__ = STRICT
    code: Code
    title: Title
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    def asked(self, form: Form) -> tuple[Indicator, ...]:
        """The indicators that this form asks, in order."""
        return self.indicators if form == "full" else tuple(i for i in self.indicators if i.key)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the model's parts, each with its own page in every report."""

    __pydantic_config__ = STRICT
    code: Code
    title: Title
    about: Line
    capabilities: Annotated[tuple[Capability, ...], Field(min_length=1)]


# eq=False: an instrument is loaded once and compared by identity, so that it can key a cache.
@dataclass(frozen=True, eq=False)
class Instrument:
    """A published version of a model in one language. Its `digest` is that of the files, whatever the language."""

    __pydantic_config__ = STRICT
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9A-Za-z.-]*$", max_length=20)]
    title: Title
    about: str
    scale: Annotated[tuple[Level, ...], Field(min_length=6, max_length=6)]
    non_responses: Mapping[str, Wording]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    departments: Mapping[Code, Title]
    dimensions: tuple[Dimension, ...] = ()
    references: tuple[Reference, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    digest: str = ""

    def capabilities(self) -> Iterator[Capability]:
        """All capabilities, in order."""
        for dimension in self.dimensions:
            yield from dimension.capabilities

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """All indicators by code, in order."""
        return {i.code: i for capability in self.capabilities() for i in capability.indicators}

    @cached_property
    def reference(self) -> Mapping[str, Reference]:
        """All references by id."""
        return {reference.id: reference for reference in self.references}

    @cached_property
    def capability_of(self) -> Mapping[str, Capability]:
        """A capability by its own code, and by the code of each of its indicators."""
        found = {capability.code: capability for capability in self.capabilities()}
        return found | {i.code: capability for capability in found.values() for i in capability.indicators}

    @cached_property
    def dimension_codes(self) -> tuple[str, ...]:
        """The codes of all dimensions, in order."""
        return tuple(dimension.code for dimension in self.dimensions)

    @cached_property
    def dimension_of(self) -> Mapping[str, Dimension]:
        """A dimension by its own code, and by those of its capabilities and indicators."""
        found = {dimension.code: dimension for dimension in self.dimensions}
        return found | {c: self._home(c) for c in self.capability_of}

    def _home(self, code: str) -> Dimension:
        capability = self.capability_of[code]
        return next(d for d in self.dimensions if capability in d.capabilities)

    def band(self, score: float) -> str:
        """The word for a score (0-100); the cut points belong to the lower band."""
        return next(band.name for band in self.bands if score <= band.up_to)
