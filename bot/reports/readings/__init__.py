"""Charts of a result: made, read out in two sentences, described, and told as a table, all from the same numbers."""

from collections.abc import Callable, Mapping
from gettext import NullTranslations
from typing import Any, get_args

from bot.messages import Picture
from bot.reports.charts import Chart, Gaps, Heat, Levels, Moved, Radar, Strips, Whiskers
from bot.reports.readings import composing, sentences
from bot.reports.readings.footing import footer as footer
from bot.reports.readings.tables import Table as Table
from bot.reports.readings.tables import table as table
from bot.reports.results import Result
from flows.prompts import ChartKind
from model.comparison import Benchmark
from model.instrument import Instrument

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
"""Every kind of chart, in the order in which they are shown."""

BESIDE_PEERS: frozenset[ChartKind] = frozenset({"radar", "peers"})
"""Those that show something of other cities, and therefore want a benchmark."""

_MADE: Mapping[ChartKind, Callable[[Result, Benchmark | None, Instrument, NullTranslations], Chart | None]] = {
    "radar": composing.radar,
    "peers": composing.strips,
    "gaps": composing.gaps,
    "levels": composing.levels,
    "heat": composing.heat,
    "moves": composing.moves,
    "dimensions": composing.whiskers,
}
_READ: Mapping[type[Chart], Callable[[Any, NullTranslations], str]] = {
    Radar: sentences.of_radar,
    Strips: sentences.of_strips,
    Gaps: sentences.of_gaps,
    Levels: sentences.of_levels,
    Heat: sentences.of_heat,
    Moved: sentences.of_moves,
    Whiskers: sentences.of_whiskers,
}


def chart(
    kind: ChartKind, result: Result, benchmark: Benchmark | None, instrument: Instrument, words: NullTranslations
) -> Chart | None:
    """The chart of a kind, in the language of `instrument` and `words`; None where there is nothing to show.

    Only what is in BESIDE_PEERS asks for a benchmark; a radar does without, too.
    """
    return _MADE[kind](result, benchmark if kind in BESIDE_PEERS else None, instrument, words)


def reading(chart: Chart, words: NullTranslations) -> str:
    """What a chart says, in two sentences."""
    return _READ[type(chart)](chart, words)


def alt(chart: Chart, words: NullTranslations) -> str:
    """What somebody hears who cannot see the picture: what it is, of what, and what it says."""
    _ = words.gettext
    form = {
        Radar: _("Radar chart"),
        Strips: _("Strips with a mark for your city"),
        Gaps: _("Bars from today to the goal"),
        Levels: _("Stacked bars"),
        Heat: _("Grid of numbers"),
        Moved: _("Arrows to the left and right"),
        Whiskers: _("Bars with whiskers"),
    }[type(chart)]
    return f"{form}. {chart.title}. {reading(chart, words)}"


def picture(name: str, png: bytes, chart: Chart, words: NullTranslations) -> Picture:
    """A drawn chart with its alternative text."""
    return Picture(name, png, alt(chart, words))
