"""Charts made from a result and its benchmark; None where there is nothing to draw."""

from collections import Counter
from collections.abc import Sequence
from gettext import NullTranslations

from bot.reports.charts import (
    Axis,
    Cell,
    Gap,
    Gaps,
    Heat,
    HeatRow,
    Levels,
    Move,
    Moved,
    Radar,
    Stack,
    Strip,
    Strips,
    Whisker,
    Whiskers,
)
from bot.reports.readings.footing import footer
from bot.reports.results import Result
from model.comparison import Benchmark
from model.instrument import Instrument
from model.scoring import DimensionScore, IndicatorScore
from model.weighting import OVERALL, Range

MOST_GAPS = 12
"""Gaps in a picture: more of them would be too small to read on a phone."""
MOST_MOVES = 6
"""Capabilities that moved, below the overall score and the dimensions."""
_UNANSWERED, _NOT_APPLICABLE = 6, 7
"""Places in a stack, after levels 0 to 5."""


def radar(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Radar | None:
    """Today, goal and peer median on one axis a dimension; None while no dimension shows."""
    _ = words.gettext
    medians = {standing.code: standing.median for standing in (benchmark.standings if benchmark else ())}
    axes = tuple(
        Axis(_named(i, d.code, words), d.score, d.target, medians.get(d.code)) for d in result.scorecard.dimensions
    )
    if all(axis.today is None for axis in axes):
        return None
    title = _("%(city)s: today, goal and other cities") % {"city": result.city.name}
    return Radar(title, axes, (_("Today"), _("Goal"), _("Median of peers")), footer(result, benchmark, words))


def strips(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Strips | None:
    """A strip for the whole and for each dimension; None where the rules show no median."""
    _ = words.gettext
    rows = tuple(
        Strip(_named(i, s.code, words), s.own, s.median, s.quartiles)
        for s in (benchmark.standings if benchmark else ())
        if s.median is not None and (s.code == OVERALL or s.code in i.dimension_codes)
    )
    if not rows:
        return None
    title = _("%(city)s beside other cities") % {"city": result.city.name}
    legend = (_("Your city"), _("Median of peers"), _("Middle half of peers"))
    return Strips(title, rows, legend, footer(result, benchmark, words))


def gaps(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Gaps | None:
    """The largest gaps from today to the goal; None where no capability is below a goal."""
    _ = words.gettext
    compared = [one.gap for one in result.scorecard.capabilities if one.gap is not None]
    found = tuple(
        Gap(_named(i, one.code, words), one.score or 0.0, one.target or 0.0, one.gap or 0.0)
        for one in result.scorecard.largest_gaps(MOST_GAPS)
    )
    if not found:
        return None
    title = _("%(city)s: the largest gaps to its goals") % {"city": result.city.name}
    behind = sum(gap > 0 for gap in compared)
    return Gaps(title, found, behind, len(compared), (_("Today"), _("Goal")), footer(result, benchmark, words))


def levels(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Levels | None:
    """Statements at each level, a stack a dimension; None while nothing is answered."""
    _ = words.gettext
    if not result.scorecard.overall.answered:
        return None
    stacks = tuple(Stack(_named(i, d.code, words), _counts(d)) for d in result.scorecard.dimensions)
    legend = (*(f"{one.level} {one.name}" for one in i.scale), _("Not answered"), _("Not applicable"))
    title = _("%(city)s: statements at each level") % {"city": result.city.name}
    return Levels(title, stacks, legend, footer(result, benchmark, words))


def heat(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Heat | None:
    """Every capability with its score; None while none shows."""
    rows = tuple(
        HeatRow(
            _named(i, d.code, words),
            d.score,
            tuple(Cell(_named(i, c.code, words), c.score) for c in d.capabilities),
        )
        for d in result.scorecard.dimensions
    )
    if all(cell.score is None for row in rows for cell in row.cells):
        return None
    title = words.gettext("%(city)s: all capabilities") % {"city": result.city.name}
    limits = tuple(band.up_to for band in i.bands)
    legend = tuple(
        f"{f'>{low}' if low else 0}–{band.up_to} {band.name}" for low, band in zip((0, *limits), i.bands, strict=False)
    )
    return Heat(title, rows, limits, legend, footer(result, benchmark, words))


def moves(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Moved | None:
    """What moved since the round before; None where there was none, or nothing can be compared."""
    _ = words.gettext
    since = result.moves
    if since is None or (since.overall is None and not since.by_code):
        return None
    found = {OVERALL: since.overall, **{code: since.by_code.get(code) for code in i.dimension_codes}}
    scores = result.scores

    def move(code: str, points: float) -> Move:
        return Move(_named(i, code, words), scores.get(code), points)

    wide = tuple(move(code, points) for code, points in found.items() if points is not None)
    most = tuple(move(code, points) for code, points in _most(since.most))
    title = _("%(city)s: what moved since the last round") % {"city": result.city.name}
    return Moved(title, since.since, wide, most, (_("Up"), _("Down")), footer(result, benchmark, words))


def _most(found: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    """The largest moves, with the largest the other way among them where there is one."""
    shown = found[:MOST_MOVES]
    for rises in (True, False):
        if shown and all((points > 0) is rises for _code, points in shown):
            other = [one for one in found if (one[1] > 0) is not rises]
            return (*shown[: MOST_MOVES - 1], other[0]) if other else shown
    return shown


def whiskers(result: Result, benchmark: Benchmark | None, i: Instrument, words: NullTranslations) -> Whiskers | None:
    """How certain the scores are, for the whole and for each dimension; None while none shows."""
    _ = words.gettext
    without = result.certain.without_each if result.certain else {}
    rows = tuple(
        Whisker(
            _named(i, one.code, words),
            one.score,
            None if one.score is None else Range(one.low or 0.0, one.high or 0.0),
            None if one.score is None else without.get(one.code),
        )
        for one in (result.scorecard.overall, *result.scorecard.dimensions)
    )
    if all(row.score is None for row in rows):
        return None
    title = _("%(city)s: how certain the scores are") % {"city": result.city.name}
    legend = (_("Today"), _("If what is missing were level 0 or 5"), _("Without any one person"))
    return Whiskers(title, rows, legend, footer(result, benchmark, words))


def _counts(dimension: DimensionScore) -> tuple[int, ...]:
    found = Counter(_place(one) for capability in dimension.capabilities for one in capability.indicators)
    return tuple(found[place] for place in range(_NOT_APPLICABLE + 1))


def _place(one: IndicatorScore) -> int:
    if not one.applicable:
        return _NOT_APPLICABLE
    return _UNANSWERED if one.level is None else one.level


def _named(i: Instrument, code: str, words: NullTranslations) -> str:
    """A dimension or capability with its title."""
    if code == OVERALL:
        return words.gettext("Overall")
    title = i.capability_of[code].title if code in i.capability_of else i.dimension_of[code].title
    return f"{code} {title}"
