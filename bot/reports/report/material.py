"""What a report is made of, and how its numbers are written: the same way as in chat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from gettext import NullTranslations

import msgspec
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from bot.reports.results import Result
from bot.reports.results.dossiers import Dossier
from bot.wording.catalogues import locale_of
from model.instrument import Instrument
from model.rounding import change, per_cent, tenth, whole
from model.scoring import Score, Scorecard
from model.weighting import OVERALL, Range


class Figure(msgspec.Struct, frozen=True):
    """A chart drawn as SVG, what it shows in words, and its reading in two sentences."""

    svg: str
    alt: str
    reading: str


@dataclass(frozen=True)
class Material:
    """A city's dossier, the instrument and the words in the reader's language, and the charts by kind."""

    dossier: Dossier
    instrument: Instrument
    words: NullTranslations
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def result(self) -> Result:
        """The city's result."""
        return self.dossier.result

    @property
    def card(self) -> Scorecard:
        """The city's scores."""
        return self.result.scorecard

    @property
    def locale(self) -> str:
        """Whose dates and numbers are written."""
        return locale_of(self.instrument.language)

    def number(self, value: float) -> str:
        """A score (0-100) in whole numbers, rounded as in chat."""
        return format_decimal(whole(value), "#,##0", locale=self.locale)

    def short(self, value: float) -> str:
        """What is no score, such as a spread of levels, with a decimal where it has one."""
        return format_decimal(tenth(value), "#,##0.#", locale=self.locale)

    def percent(self, share: float | None) -> str:
        """A share (0-1) in per cent."""
        return format_percent(Decimal(per_cent(share or 0)) / 100, "#,##0 %", locale=self.locale)

    def day(self, day: date) -> str:
        """A date in full."""
        return format_date(day, "long", locale=self.locale)

    def score(self, value: float | None) -> str:
        """A score, or that its gate holds it back."""
        return self.words.gettext("not shown yet") if value is None else self.number(value)

    def told(self, value: float | None) -> str:
        """A number that depends on what people said, or that nobody said it."""
        return self.words.gettext("not reported") if value is None else self.number(value)

    def between(self, low: float | None, high: float | None) -> str:
        """The lowest and the highest of something."""
        if low is None or high is None:
            return self.words.gettext("not shown yet")
        ends = self.number(low), self.number(high)
        return ends[0] if ends[0] == ends[1] else "–".join(ends)

    def range(self, found: Range | None) -> str:
        """A range of scores."""
        return self.between(found.low, found.high) if found else self.words.gettext("not shown yet")

    def bounds(self, one: Score) -> str:
        """What a score would be if all that is missing were level 0 or level 5."""
        return self.between(one.low, one.high)

    def answered(self, one: Score) -> str:
        """How many of the statements that apply are answered."""
        told = {"number": one.answered, "total": one.applicable}
        return self.words.gettext("%(number)s of %(total)s") % told

    def gap(self, one: Score) -> str:
        """The goal less today's score; without either there is none."""
        if one.target is None:
            return self.words.gettext("not reported")
        return self.score(one.gap)

    def goal(self, one: Score) -> str:
        """A goal in points, with its year."""
        goal = self.told(one.target)
        return f"{goal} ({one.target_year})" if one.target_year else goal

    def move(self, points: float) -> str:
        """Points won or lost; what rounds to nothing has no sign."""
        return change(points)

    def named(self, code: str) -> str:
        """A dimension, a capability or the whole by its name."""
        if code == OVERALL:
            return self.words.gettext("Overall")
        return f"{code} {(self.instrument.capability_of.get(code) or self.instrument.dimension_of[code]).title}"

    def level(self, level: int) -> str:
        """A level (0-5) with its name."""
        return f"{level} {self.instrument.scale[level].name}"

    def with_years(self, several: Iterable[Score]) -> str:
        """Scores with their gaps and goals, in a line."""
        _ = self.words.gettext
        parts = []
        for one in several:
            gap, goal = self.number(one.gap or 0), self.number(one.target or 0)
            told = {"what": self.named(one.code), "gap": gap, "goal": goal, "year": one.target_year}
            by_year = _("%(what)s +%(gap)s (to %(goal)s by %(year)s)")
            parts.append((by_year if one.target_year else _("%(what)s +%(gap)s (to %(goal)s)")) % told)
        return "; ".join(parts)
