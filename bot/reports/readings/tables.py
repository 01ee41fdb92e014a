"""What a chart shows as a table of words: for whoever cannot see it, and wherever a number is looked up."""

from gettext import NullTranslations

from bot.reports.charts import (
    Chart,
    Gaps,
    Heat,
    Levels,
    Moved,
    Radar,
    Strips,
    span,
    told,
)
from model.rounding import change

Table = tuple[tuple[str, ...], ...]
"""Row by row, the head first; the first column says what a row is about."""


def table(chart: Chart, words: NullTranslations) -> Table:  # a closed list
    """The numbers of a chart, each as the picture and the reading show it."""
    _ = words.gettext
    if isinstance(chart, Radar):
        rows = ((one.label, told(one.today), told(one.goal), told(one.peers)) for one in chart.axes)
        return ((_("Dimension"), *chart.legend), *rows)
    if isinstance(chart, Strips):
        strips = ((one.label, told(one.own), told(one.median), span(one.quartiles)) for one in chart.strips)
        return ((_("Score"), *chart.legend), *strips)
    if isinstance(chart, Gaps):
        gaps = ((one.label, told(one.today), told(one.goal), change(one.points)) for one in chart.gaps)
        return ((_("Capability"), *chart.legend, _("Gap")), *gaps)
    if isinstance(chart, Levels):
        stacks = ((one.label, *(str(count) for count in one.counts)) for one in chart.stacks)
        return ((_("Dimension"), *chart.legend), *stacks)
    if isinstance(chart, Heat):
        return ((_("Capability"), _("Score")), *((one.label, told(one.score)) for one in chart.cells))
    if isinstance(chart, Moved):
        moves = ((one.label, told(one.today), change(one.points)) for one in chart.every)
        return ((_("Score"), _("Today"), _("Points moved")), *moves)
    whiskers = ((one.label, told(one.score), span(one.missing), span(one.without)) for one in chart.whiskers)
    return ((_("Score"), *chart.legend), *whiskers)


def lines(chart: Chart, words: NullTranslations) -> tuple[str, ...]:
    """The table as lines of a message: what the numbers of a row are, then row by row."""
    head, *rows = table(chart, words)
    return (" / ".join(head[1:]), *(f"{row[0]}: {' / '.join(row[1:])}" for row in rows))
