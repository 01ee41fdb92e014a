"""The city's values as formulas: responses counted level by level, their lower median, what was agreed."""

from collections.abc import Mapping, Sequence

import msgspec

from bot.reports.workbook import formulas
from bot.reports.workbook.book import Book, at
from bot.reports.workbook.contents import Row
from bot.reports.workbook.filling import FARTHEST, NEAREST
from bot.reports.workbook.formulas import counted, text
from bot.reports.workbook.raw import Raw
from flows.together.coverage import asked
from model.instrument import LEVELS, Indicator
from model.pooling import Pooled, pool
from model.responses import Aspect, NonResponse, Source
from model.routing import comparison
from model.scoring import POINTS, IndicatorScore

HEAD, FIRST = 2, 3
CODE, TITLE, LEVEL, APPLIES, SCORE, LOW, HIGH, ANSWERED, GOAL, YEAR, GAP, BAND = range(12)
"""What `Results` is made of."""
N, AGREED, OUT, VALUE = range(12, 16)
COUNTS = 16
"""How the level comes about: counts of levels 0 to 5 follow."""
GOAL_N, GOAL_AGREED, GOAL_VALUE = range(COUNTS + len(LEVELS), COUNTS + len(LEVELS) + 3)
GOAL_COUNTS = GOAL_VALUE + 1
YEARS = GOAL_COUNTS + len(LEVELS)
"""The same for goals; counts of each year follow."""


class Values(msgspec.Struct, frozen=True):
    """Where each item's row is: the rows of statements by code, those of capabilities' goals likewise."""

    name: str
    rows: Mapping[str, int]

    def cell(self, code: str, column: int) -> str:
        """A cell, as another sheet's formula calls it."""
        return f"{self.name}!{at(self.rows[code], column)}"

    def span(self, codes: Sequence[str], column: int) -> str:
        """The cells of statements that follow each other."""
        return f"{self.name}!{at(self.rows[codes[0]], column)}:{at(self.rows[codes[-1]], column)}"


def sheet(book: Book, raw: Raw, rows: Sequence[Row]) -> Values:
    """The sheet of the city's values, a row a statement, then a row a capability with its goal."""
    return _Writing(book, raw, rows).written()


class _Writing:
    """The sheet while it is written."""

    def __init__(self, book: Book, raw: Raw, rows: Sequence[Row]) -> None:
        self.book, self.raw = book, raw
        self.said: dict[tuple[str, Aspect], list[Row]] = {}
        for one in rows:
            if not one.overruled:
                self.said.setdefault((one.response.item, one.response.aspect), []).append(one)
        opened = book.contents.result.wave.opened_at.year
        given = {one.response.year for one in rows if one.response.year}
        self.years = sorted({*given, *range(opened + NEAREST, opened + FARTHEST + 1)})
        _ = book.say
        self.made = book.sheet(_("City values"))
        self.rows: dict[str, int] = {}

    def written(self) -> Values:
        instrument, form = self.book.instrument, self.book.contents.result.wave.form
        self._head()
        scores = {i.code: i for c in self.book.contents.result.scorecard.capabilities for i in c.indicators}
        row = FIRST
        for code in asked(instrument, form):
            self.rows[code] = row
            self._indicator(row, instrument.indicators[code], scores[code])
            row += 1
        _ = self.book.say
        self.made.put(row + 1, CODE, _("Goals of capabilities"), "part")
        for place, capability in enumerate(instrument.capabilities(), row + 2):
            self.rows[capability.code] = place
            self.made.line(place, (capability.code, capability.title))
            self._goal(place, capability.code)
        self.made.raw.freeze_panes(FIRST, TITLE + 1)
        self.made.paper(HEAD)
        self.made.lock()
        return Values(self.made.name, self.rows)

    def _head(self) -> None:
        _ = self.book.say
        levels = [f"{level}" for level in LEVELS]
        head = (
            *(_("Code"), _("Statement"), _("Level"), _("Applies"), _("Score"), _("Low"), _("High"), _("Answered")),
            *(_("Goal"), _("Goal year"), _("Gap"), _("Band")),
            *(_("Respondents with a level"), _("Agreed"), _("Not applicable"), _("Value"), *levels),
            *(_("Respondents with a goal"), _("Agreed"), _("Goal 0-5"), *levels),
        )
        self.made.put(0, CODE, _("City values"), "title")
        self.made.put(1, CODE, _("Made of “Raw responses” by formulas: the lower median, or what was agreed."), "small")
        self.made.line(HEAD, head, "head")
        self.made.line(HEAD, self.years, "head", YEARS)
        self.made.widths(8, 60, *[9] * 9, 15, *[11] * 4, *[5] * 6, 11, 9, 9, *[5] * 6, *[7] * len(self.years))

    def _indicator(self, row: int, one: Indicator, score: IndicatorScore) -> None:
        self.made.line(row, (one.code, one.statement))
        pooled = self._today(row, one.code)
        waits = self._waits(one)
        applies = f"OR(ISNUMBER({at(row, VALUE)}),{at(row, OUT)}=0)"
        self._live(row, APPLIES, f"IF({f'AND({applies},{waits})' if waits else applies},1,0)", score.applicable)
        self._live(
            row, LEVEL, f'IF(AND({at(row, APPLIES)}=1,ISNUMBER({at(row, VALUE)})),{at(row, VALUE)},"")', score.level
        )
        self._live(row, SCORE, formulas.points(at(row, LEVEL)), score.score, "number")
        self._live(row, LOW, formulas.low(at(row, APPLIES), at(row, SCORE)), score.low, "number")
        self._live(row, HIGH, formulas.high(at(row, APPLIES), at(row, SCORE)), score.high, "number")
        self._live(row, ANSWERED, f"IF(ISNUMBER({at(row, LEVEL)}),1,0)", score.answered)
        self._live(row, GAP, formulas.difference(at(row, GOAL), at(row, SCORE)), score.gap, "number")
        self._live(row, BAND, formulas.band(at(row, SCORE), self.book.instrument.bands), self._band(score))
        self._live(row, VALUE, self._value(row, raw_aspect(self.raw, Aspect.AS_IS), N), pooled.level)
        self._goal(row, one.code)

    def _band(self, score: IndicatorScore) -> str | None:
        return None if score.score is None else self.book.instrument.band(score.score)

    def _waits(self, one: Indicator) -> str:
        """Whether the statement that this one waits for lets it be asked; "" where it waits for none."""
        parsed = comparison(one.ask_if) if one.ask_if else None
        if parsed is None or parsed[0] not in self.rows:
            return ""
        code, sign, level = parsed
        given = at(self.rows[code], LEVEL)
        return f"{at(self.rows[code], APPLIES)}=1,OR(NOT(ISNUMBER({given})),{given}{sign.replace('==', '=')}{level})"

    def _today(self, row: int, code: str) -> Pooled:
        """The counts behind the city's level today."""
        raw, said = self.raw, self.said.get((code, Aspect.AS_IS), [])
        today = raw.said.today
        self._counts(row, code, Aspect.AS_IS, COUNTS, N)
        agreed, respondent = text(f"/{today}/{raw.said.agreed}"), text(f"/{today}/{raw.said.respondent}")
        key = f"{at(row, CODE)}&IF({at(row, AGREED)}>0,{agreed},{respondent})"
        settled = [one for one in said if one.response.source is Source.AGREED]
        out = sum(one.response.non_response is NonResponse.NOT_APPLICABLE for one in settled or said)
        self._live(row, OUT, counted(raw.keys, key, raw.none, text(raw.said.not_applicable)), out)
        return pool(one.response for one in said)

    def _goal(self, row: int, code: str) -> None:
        """The goal of a statement or capability, and its year."""
        said = self.said.get((code, Aspect.TARGET), [])
        pooled = pool(one.response for one in said)
        word, years = raw_aspect(self.raw, Aspect.TARGET), [YEARS + place for place, _ in enumerate(self.years)]
        self._counts(row, code, Aspect.TARGET, GOAL_COUNTS, GOAL_N)
        self._live(row, GOAL_VALUE, self._value(row, word, GOAL_N), pooled.level)
        self._live(row, GOAL, formulas.points(at(row, GOAL_VALUE)), _points(pooled), "number")
        of_respondents = [one.response.year for one in said if one.number]
        for column, year in zip(years, self.years, strict=True):
            key = self._key(row, word, self.raw.said.respondent)
            self._live(row, column, counted(self.raw.keys, key, self.raw.years, str(year)), of_respondents.count(year))
        cells = [at(row, column) for column in years]
        told = f"SUM({cells[0]}:{cells[-1]})"
        head = self.made.span(HEAD, HEAD, YEARS).partition("!")[2].partition(":")[0]
        last = self.made.span(HEAD, HEAD, years[-1]).partition(":")[2]
        median = f"INDEX({head}:{last},1,1+{formulas.lower_middle(told, cells)})"
        key = self._key(row, word, self.raw.said.agreed)
        has, agreed = counted(self.raw.keys, key, self.raw.years, text(">0")), at(row, GOAL_AGREED)
        settled = f"SUMIFS({self.raw.years},{self.raw.keys},{key})"
        self._live(row, YEAR, formulas.value(agreed, has, settled, told, median), pooled.year)

    def _counts(self, row: int, code: str, aspect: Aspect, first: int, total: int) -> None:
        """How many gave each level, how many one at all, and whether a value was agreed on."""
        said, word = self.said.get((code, aspect), []), raw_aspect(self.raw, aspect)
        levels = [one.response.level for one in said if one.number]
        key = self._key(row, word, self.raw.said.respondent)
        for level in LEVELS:
            self._live(
                row, first + level, counted(self.raw.keys, key, self.raw.levels, str(level)), levels.count(level)
            )
        given = sum(level is not None for level in levels)
        self._live(row, total, f"SUM({at(row, first)}:{at(row, first + len(LEVELS) - 1)})", given)
        key = self._key(row, word, self.raw.said.agreed)
        self._live(row, total + 1, f"COUNTIFS({self.raw.keys},{key})", sum(not one.number for one in said))

    def _value(self, row: int, word: str, total: int) -> str:
        """The city's level: agreed, or the lower median; `total` is the column of how many gave one."""
        first = COUNTS if total == N else GOAL_COUNTS
        key = self._key(row, word, self.raw.said.agreed)
        has = counted(self.raw.keys, key, self.raw.levels, text(">=0"))
        settled = f"SUMIFS({self.raw.levels},{self.raw.keys},{key})"
        median = formulas.lower_middle(at(row, total), [at(row, first + level) for level in LEVELS])
        return formulas.value(at(row, total + 1), has, settled, at(row, total), median)

    def _key(self, row: int, word: str, source: str) -> str:
        return f"{at(row, CODE)}&{text(f'/{word}/{source}')}"

    def _live(self, row: int, column: int, formula: str, value: str | float | None, look: str = "count") -> None:
        self.made.live(row, column, formula, value, look)


def raw_aspect(raw: Raw, aspect: Aspect) -> str:
    """How an aspect is written in the raw responses."""
    return raw.said.today if aspect is Aspect.AS_IS else raw.said.goal


def _points(pooled: Pooled) -> float | None:
    return None if pooled.level is None else float(pooled.level * POINTS)
