"""Excel's own charts of the results: they follow the cells, and can be copied into other documents."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.reports.readings import footer
from bot.reports.workbook.book import Book, Sheet
from bot.reports.workbook.summing import GOAL, SCORE, TITLE, Places
from model.rounding import whole

FIGURES = "figures"
TODAY, AIM, PEERS = "#1F4E8C", "#D55E00", "#5A5A5A"
"""Blue, orange and grey are told apart by the colour-blind, and by their dashes and marks in grey print."""
_STACK = ("#E3E3E3", "#C6DBEF", "#9ECAE1", "#6BAED6", "#3182BD", "#08519C", "#FFFFFF", "#FAE3C6")
_WIDE, _HIGH = 940, 430


class _Series(msgspec.Struct, frozen=True):
    """A line or a set of bars: its name, and what it is made of."""

    name: str
    values: str
    labels: str
    look: dict[str, Any]


def sheet(book: Book, places: Places) -> None:
    """The sheet of charts, and the hidden one with what they draw."""
    _, result = book.say, book.contents.result
    made = book.sheet(_("Charts"))
    figures = book.sheet(FIGURES, hidden=True)
    made.put(0, 0, f"{result.city.name}: {_('Charts')}", "title")
    made.put(1, 0, footer(result, book.contents.dossier.benchmark, book.words), "small")
    made.raw.hide_gridlines(2)
    _radar(book, made, figures, places)
    _bars(book, made, figures, places)
    _levels(book, made, places)
    made.paper(wide=False, pages=1)


def _radar(book: Book, made: Sheet, figures: Sheet, places: Places) -> None:
    """Today, goal and other cities' median, an axis a dimension."""
    _, card = book.say, book.contents.result.scorecard
    medians = {one.code: one.median for one in book.contents.dossier.benchmark.standings}
    names = (_("Today"), _("Goal"), _("Median of peers"))
    figures.line(0, ("", *names), "plain")
    for row, (one, dimension) in enumerate(zip(card.dimensions, book.instrument.dimensions, strict=True), 1):
        figures.put(row, 0, f"{one.code} {dimension.title}")
        source = places.dimensions[0] + row - 1
        _drawn(figures, row, 1, places.sheet.cell(source, SCORE), one.score)
        _drawn(figures, row, 2, places.sheet.cell(source, GOAL), one.target)
        if medians.get(one.code) is not None:
            figures.put(row, 3, medians[one.code])
    last = len(card.dimensions)
    dashes = (
        {"line": {"color": TODAY, "width": 2.5}, "marker": _mark("circle", TODAY)},
        {"line": {"color": AIM, "width": 2, "dash_type": "dash"}, "marker": _mark("diamond", AIM)},
        {"line": {"color": PEERS, "width": 1.5, "dash_type": "round_dot"}, "marker": _mark("square", PEERS)},
    )
    known = [1, 2, *([3] if any(value is not None for value in medians.values()) else [])]
    series = [
        _Series(names[at_ - 1], figures.span(1, last, at_), figures.span(1, last, 0), dashes[at_ - 1]) for at_ in known
    ]
    chart = _chart(book, {"type": "radar", "subtype": "with_markers"}, _("Today, goal and other cities"), series)
    chart.set_y_axis({"min": 0, "max": 100, "major_unit": 20, "major_gridlines": _thin(), "num_format": "0"})
    told = [
        f"{one.code} {d.title}: "
        + ", ".join(f"{name} {_told(book, value)}" for name, value in zip(names, _three(one, medians), strict=True))
        for one, d in zip(card.dimensions, book.instrument.dimensions, strict=True)
    ]
    _insert(made, 3, chart, "; ".join(told), _HIGH)


def _three(one: Any, medians: Any) -> tuple[float | None, float | None, float | None]:
    return one.score, one.target, medians.get(one.code)


def _bars(book: Book, made: Sheet, figures: Sheet, places: Places) -> None:
    """The capabilities' scores, in the order of the model."""
    _, card = book.say, book.contents.result.scorecard
    start = len(card.dimensions) + 3
    for row, (one, capability) in enumerate(zip(card.capabilities, book.instrument.capabilities(), strict=True), start):
        figures.put(row, 0, f"{one.code} {capability.title}")
        _drawn(figures, row, 1, places.sheet.cell(places.capabilities[0] + row - start, SCORE), one.score)
    last = start + len(card.capabilities) - 1
    bar = {"fill": {"color": TODAY}, "gap": 40, "data_labels": {"value": True, "num_format": "0"}}
    series = [_Series(_("Today"), figures.span(start, last, 1), figures.span(start, last, 0), bar)]
    chart = _chart(book, {"type": "bar"}, _("Capabilities today"), series)
    chart.set_x_axis({"min": 0, "max": 100, "major_unit": 20, "major_gridlines": _thin(), "num_format": "0"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "crossing": "max", "label_position": "low"})
    chart.set_legend({"none": True})
    told = [
        f"{one.code} {capability.title}: {_told(book, one.score)}"
        for one, capability in zip(card.capabilities, book.instrument.capabilities(), strict=True)
    ]
    _insert(made, 26, chart, "; ".join(told), 620)


def _levels(book: Book, made: Sheet, places: Places) -> None:
    """How many statements stand at each level, a bar a dimension."""
    _, (first, last) = book.say, places.levels
    names = [f"{level.level} {level.name}" for level in book.instrument.scale]
    names += [_("Not answered"), _("Not applicable")]
    titles = places.sheet.span(first, last, TITLE)
    series = [
        _Series(
            name,
            places.sheet.span(first, last, SCORE + column),
            titles,
            {"fill": {"color": colour}, "border": {"color": "#777777", "width": 0.5}, "gap": 50},
        )
        for column, (name, colour) in enumerate(zip(names, _STACK, strict=True))
    ]
    chart = _chart(book, {"type": "bar", "subtype": "stacked"}, _("Statements at each level"), series)
    chart.set_x_axis({"major_gridlines": _thin(), "num_format": "0"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "crossing": "max", "label_position": "low"})
    counts = ", ".join(
        f"{name} {count}" for name, count in zip(names, book.contents.result.scorecard.levels, strict=False)
    )
    _insert(made, 58, chart, f"{_('Statements at each level')}: {counts}", _HIGH)


def _chart(book: Book, kind: dict[str, Any], title: str, series: Sequence[_Series]) -> Any:
    chart = book.chart(kind)
    for one in series:
        chart.add_series({"name": one.name, "categories": f"={one.labels}", "values": f"={one.values}", **one.look})
    chart.set_title({"name": title, "name_font": {"size": 13}})
    chart.set_legend({"position": "bottom"})
    chart.show_na_as_empty_cell()
    return chart


def _insert(made: Sheet, row: int, chart: Any, told: str, high: int) -> None:
    """Puts a chart in its place, with what it shows in words for those who cannot see it."""
    chart.set_size({"width": _WIDE, "height": high})
    made.raw.insert_chart(row, 0, chart, {"description": told})


def _drawn(figures: Sheet, row: int, column: int, cell: str, value: float | None) -> None:
    """A number to draw; what is held back is no zero."""
    figures.live(row, column, f"IF(ISNUMBER({cell}),{cell},NA())", "#N/A" if value is None else value)


def _told(book: Book, value: float | None) -> str:
    _ = book.say
    return _("not shown yet") if value is None else str(whole(value))


def _mark(kind: str, colour: str) -> dict[str, Any]:
    return {"type": kind, "size": 7, "fill": {"color": colour}, "border": {"color": colour}}


def _thin() -> dict[str, Any]:
    return {"visible": True, "line": {"color": "#DDDDDD", "width": 0.5}}
