"""The results: overall, dimensions and capabilities by formulas over the city's values, with gates, bounds and gaps.

Where the reader may not see the cells behind them, the same numbers stand as values.
"""

from collections.abc import Mapping, Sequence

import msgspec

from bot.reports.readings import footer
from bot.reports.workbook import formulas, valuing
from bot.reports.workbook.book import Book, Sheet, at
from bot.reports.workbook.valuing import Values
from flows.together.coverage import asked
from model.instrument import LEVELS, Capability, Dimension
from model.scoring import CapabilityScore, DimensionScore, Score
from model.weighting import Range

HEAD, OVERALL = 5, 6
CODE, TITLE, SCORE, BAND, LOW, HIGH, COVERAGE, ANSWERED, APPLICABLE, GOAL, YEAR, GAP, NOTE = range(13)
WITHOUT_LOW, WITHOUT_HIGH, SHAKEN_LOW, SHAKEN_HIGH, HELD_YEAR = range(13, 18)
"""How certain the scores were when the workbook was made; and, hidden, the year as far as it counts."""


class Places(msgspec.Struct, frozen=True):
    """Where the results stand: rows of dimensions and capabilities, and of the level counts of each dimension."""

    sheet: Sheet
    dimensions: tuple[int, int]
    capabilities: tuple[int, int]
    levels: tuple[int, int]


def sheet(book: Book, values: Values | None) -> Places:
    """The sheet of results, live where there are `values` to be made of."""
    return _Writing(book, values).written()


class _Writing:
    """The sheet while it is written."""

    def __init__(self, book: Book, values: Values | None) -> None:
        self.book, self.values, self.card = book, values, book.contents.result.scorecard
        _ = book.say
        self.made = book.sheet(_("Results"))
        count = len(self.card.dimensions)
        self.dimensions = (OVERALL + 1, OVERALL + count)
        first = OVERALL + count + 3
        self.rows: dict[str, int] = {c.code: first + place for place, c in enumerate(self.card.capabilities)}
        self.capabilities = (first, first + len(self.rows) - 1)

    def written(self) -> Places:
        self._head()
        self._overall()
        for row, (dimension, score) in enumerate(
            zip(self.book.instrument.dimensions, self.card.dimensions, strict=True), self.dimensions[0]
        ):
            self._dimension(row, dimension, score)
        for capability, one in zip(self.book.instrument.capabilities(), self.card.capabilities, strict=True):
            self._capability(self.rows[one.code], capability, one)
        self._weakest()
        levels = self._levels(self.capabilities[1] + 3)
        self._sure(levels[1] + 3)
        self.made.raw.freeze_panes(HEAD + 1, TITLE + 1)
        self.made.paper(HEAD)
        self.made.lock()
        return Places(self.made, self.dimensions, self.capabilities, levels)

    def _head(self) -> None:
        _, result = self.book.say, self.book.contents.result
        self.made.put(0, CODE, f"{result.city.name}: {_('Results')}", "title")
        self.made.put(1, CODE, footer(result, self.book.contents.dossier.benchmark, self.book.words), "small")
        live = _("All numbers of this table are formulas: they follow the cells of “Raw responses”.")
        still = _("The city's numbers as they were when this workbook was made.")
        self.made.put(2, CODE, live if self.values else still, "small")
        self.made.put(3, CODE, _rules(self.book), "small")
        head = (
            *(_("Code"), _("Title"), _("Score"), _("Band"), _("Low"), _("High"), _("Coverage"), _("Answered")),
            *(_("Applicable"), _("Goal"), _("Goal year"), _("Gap"), _("Held back")),
            *(_("Without any one: low"), _("Without any one: high"), _("Weights ±25 %: low"), _("Weights ±25 %: high")),
        )
        self.made.line(HEAD, head, "head")
        self.made.line(self.capabilities[0] - 1, head, "head")
        self.made.widths(9, 46, 13, 15, 12, 12, 13, 13, 13, 13, 9, 9, 34, 12, 12, 12, 12, 6)
        self.made.raw.set_column(HELD_YEAR, HELD_YEAR, None, None, {"hidden": True})

    def _overall(self) -> None:
        card, row, (first, last) = self.card.overall, OVERALL, self.dimensions
        count = last - first + 1
        _ = self.book.say
        self.made.line(row, (_("All"), _("Overall")), "row")
        self._live(row, SCORE, formulas.overall(self._column(first, last, SCORE), count), card.score, "strong")
        self._live(row, GOAL, formulas.overall(self._column(first, last, GOAL), count), card.target, "number")
        self._whole(row, (first, last), card)

    def _dimension(self, row: int, dimension: Dimension, score: DimensionScore) -> None:
        first, last = self.rows[dimension.capabilities[0].code], self.rows[dimension.capabilities[-1].code]
        self.made.line(row, (dimension.code, dimension.title), "row")
        scores, goals = self._column(first, last, SCORE), self._column(first, last, GOAL)
        applicable = self._column(first, last, APPLICABLE)
        self._live(row, SCORE, formulas.dimension(scores, applicable), score.score, "strong")
        self._live(row, GOAL, formulas.dimension_goal(goals, applicable), score.target, "number")
        self._whole(row, (first, last), score)

    def _whole(self, row: int, parts: tuple[int, int], score: Score) -> None:
        """What an overall score and a dimension's have alike: both are made of parts below."""
        first, last = parts
        applicable = at(row, APPLICABLE)
        for column, told in ((LOW, score.low), (HIGH, score.high)):
            span = self._column(first, last, column)
            self._live(row, column, formulas.mean_if_any(applicable, span), told, "number")
        for column, count in ((ANSWERED, score.answered), (APPLICABLE, score.applicable)):
            self._live(row, column, f"SUM({self._column(first, last, column)})", count, "count")
        years = f"MAX({self._column(first, last, HELD_YEAR)})"
        self._live(row, YEAR, f'IF(AND(ISNUMBER({at(row, GOAL)}),{years}>0),{years},"")', score.target_year, "count")
        self._common(row, score)

    def _capability(self, row: int, capability: Capability, score: CapabilityScore) -> None:
        codes = [one.code for one in capability.asked(self.card.form)]
        self.made.line(row, (capability.code, capability.title), "text")
        answered, applicable = at(row, ANSWERED), at(row, APPLICABLE)
        formula = formulas.capability(answered, applicable, self._span(codes, valuing.SCORE))
        self._live(row, SCORE, formula, score.score, "strong")
        for column, source, told in ((LOW, valuing.LOW, score.low), (HIGH, valuing.HIGH, score.high)):
            formula = formulas.mean_if_any(applicable, self._span(codes, source))
            self._live(row, column, formula, told, "number")
        self._live(row, ANSWERED, f"SUM({self._span(codes, valuing.ANSWERED)})", score.answered, "count")
        self._live(row, APPLICABLE, f"SUM({self._span(codes, valuing.APPLIES)})", score.applicable, "count")
        self._live(row, GOAL, _taken(self._cell(capability.code, valuing.GOAL)), score.target, "number")
        self._live(row, YEAR, _taken(self._cell(capability.code, valuing.YEAR)), score.target_year, "count")
        self._common(row, score)

    def _common(self, row: int, score: Score) -> None:
        """What every row has: coverage, gap, band, what a gate holds back, how certain it is."""
        _ = self.book.say
        shown, answered, applicable = at(row, SCORE), at(row, ANSWERED), at(row, APPLICABLE)
        self._live(row, COVERAGE, formulas.share(answered, applicable), score.coverage, "share")
        self._live(row, GAP, formulas.difference(at(row, GOAL), shown), score.gap, "number")
        self._live(row, BAND, formulas.band(shown, self.book.instrument.bands), self._band(score), "center")
        out, held = _("does not apply"), _("not shown yet, too few answers")
        told = "" if score.score is not None else held if score.applicable else out
        note = f'IF(ISNUMBER({shown}),"",IF({applicable}=0,{formulas.text(out)},{formulas.text(held)}))'
        self._live(row, NOTE, note, told)
        counts = f"IF(AND({applicable}>0,ISNUMBER({at(row, YEAR)})),{at(row, YEAR)},0)"
        year = score.target_year if score.applicable else 0
        self._live(row, HELD_YEAR, counts, year or 0, "count")
        self._certain(row, score.code)

    def _band(self, score: Score) -> str | None:
        return None if score.score is None else self.book.instrument.band(score.score)

    def _certain(self, row: int, code: str) -> None:
        certain = self.book.contents.result.certain
        kinds: Sequence[Mapping[str, Range]] = (certain.without_each, certain.shaken) if certain else ({}, {})
        for place, of_code in enumerate(kinds):
            found = of_code.get(code)
            self.made.line(row, (found.low, found.high) if found else ("", ""), "number", WITHOUT_LOW + 2 * place)

    def _weakest(self) -> None:
        _, weakest, row = self.book.say, self.card.weakest, self.capabilities[1] + 1
        scores, titles = self._column(*self.capabilities, SCORE), self._column(*self.capabilities, TITLE)
        found = f'IF(COUNT({scores})=0,"",INDEX({titles},MATCH(MIN({scores}),{scores},0)))'
        self.made.put(row, CODE, _("Weakest capability"), "row")
        title = self.book.instrument.capability_of[weakest.code].title if weakest else None
        self._live(row, TITLE, found, title, "row")

    def _levels(self, head: int) -> tuple[int, int]:
        """How many statements stand at each level, a row a dimension and one for all; the rows of dimensions."""
        _, instrument = self.book.say, self.book.instrument
        names = [f"{level.level} {level.name}" for level in instrument.scale]
        self.made.put(head - 1, CODE, _("Statements at each level"), "part")
        self.made.line(head, ("", _("Title"), *names, _("Not answered"), _("Not applicable")), "head")
        first, last = head + 1, head + len(instrument.dimensions)
        codes = asked(instrument, self.card.form)
        for row, (one, score) in enumerate(zip(instrument.dimensions, self.card.dimensions, strict=True), first):
            of_it = [code for code in codes if instrument.dimension_of[code] is one]
            self.made.line(row, (one.code, one.title))
            reached = [i.level for c in score.capabilities for i in c.indicators]
            self._counts(row, of_it, reached, score)
        self.made.line(last + 1, (_("All"), _("Overall")), "row")
        totals = (*self.card.levels, self.card.overall.applicable - self.card.overall.answered)
        for column, told in enumerate((*totals, len(codes) - self.card.overall.applicable), SCORE):
            self._live(last + 1, column, f"SUM({self._column(first, last, column)})", told, "count")
        return first, last

    def _counts(self, row: int, codes: Sequence[str], reached: Sequence[int | None], score: Score) -> None:
        span = self._span(codes, valuing.LEVEL)
        for level in LEVELS:
            self._live(row, SCORE + level, f"COUNTIF({span},{level})", reached.count(level), "count")
        applies, answered = self._span(codes, valuing.APPLIES), self._span(codes, valuing.ANSWERED)
        missing, column = score.applicable - score.answered, SCORE + len(LEVELS)
        self._live(row, column, f"SUM({applies})-SUM({answered})", missing, "count")
        self._live(row, column + 1, f"{len(codes)}-SUM({applies})", len(codes) - score.applicable, "count")

    def _sure(self, head: int) -> None:
        """How sure those were who gave a level."""
        _, instrument, shares = self.book.say, self.book.instrument, self.book.contents.result.shares
        self.made.put(head - 1, CODE, _("How sure those were who answered (share of levels given)"), "part")
        names = (_("Measured"), _("Documented"), _("Estimated"), _("Not said"))
        self.made.line(head, ("", _("Title"), *names), "head")
        titles = {**{one.code: one.title for one in instrument.dimensions}, "overall": _("Overall")}
        for row, (code, title) in enumerate(titles.items(), head + 1):
            self.made.line(row, ("" if code == "overall" else code, title))
            one = shares.get(code)
            counts = (one.measured, one.documented, one.estimated, one.unsaid) if one else ()
            self.made.line(row, [count / one.total if one else None for count in counts], "share", SCORE)

    def _column(self, first: int, last: int, column: int) -> str:
        return f"{at(first, column)}:{at(last, column)}"

    def _cell(self, code: str, column: int) -> str:
        return self.values.cell(code, column) if self.values else ""

    def _span(self, codes: Sequence[str], column: int) -> str:
        return self.values.span(codes, column) if self.values else ""

    def _live(self, row: int, column: int, formula: str, value: str | float | None, look: str = "text") -> None:
        if self.values:
            self.made.live(row, column, formula, value, look)
        else:
            self.made.put(row, column, value, look)


def _taken(cell: str) -> str:
    """What a cell holds, nothing for nothing."""
    return f'IF(ISNUMBER({cell}),{cell},"")'


def _rules(book: Book) -> str:
    _ = book.say
    return _(
        "A capability shows once two thirds of its statements are answered, a dimension once three quarters of its "
        "capabilities show, the overall score once all do. Low and high: if all that is missing were level 0 or 5."
    )
