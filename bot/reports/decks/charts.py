"""Charts that can be edited: bars and radars, with their numbers and a text for those who cannot see them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from bot.reports.decks.lettering import Box
from bot.reports.decks.slides import BLUE, BODY, GREY, INK, ORANGE, WHITE, Slide, clean, rgb

_chart_data: Any = CategoryChartData
"""Under a name of our own: the library does not say what it takes."""
_DASHES = {ORANGE: MSO_LINE.DASH, GREY: MSO_LINE.ROUND_DOT}
"""Lines of different colours differ in print without colour too, as in the charts in chat."""
MANY = 14
"""With more bars than this their labels are set smaller."""
LABELS = 0.36
"""The share of a chart's width that the labels of its bars have."""
DARK = 384
"""The sum of a colour's parts, half of white's, below which it counts as dark."""


class Series(NamedTuple):
    """What a chart shows: a name, a value for each label (None where there is none), and a colour."""

    name: str
    values: Sequence[float | None]
    colour: str = BLUE


def bars(
    slide: Slide,
    labels: Sequence[str],
    series: Sequence[Series],
    alt: str,
    box: Box = BODY,
    *,
    most: float | None = None,
    stacked: bool = False,
) -> None:
    """Bars from the top down, each with its number; `most` is the end of the axis."""
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = _chart(slide, kind, labels, series, alt, box)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.size = Pt(10 if len(labels) > MANY else 14)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _arrange(chart.element, Box(LABELS, 0.01, 0.95 - LABELS, 0.84 if chart.has_legend else 0.98))
    chart.value_axis.minimum_scale = 0
    chart.value_axis.maximum_scale = most or max(1, *map(sum, _rows(series)))
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width = 35
    for one, drawn in zip(series, plot.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = rgb(one.colour)
        told = drawn.data_labels
        told.show_value, told.number_format_is_linked = True, False
        told.number_format = "0;;;" if stacked else "0"
        told.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
        told.font.size = Pt(10 if len(labels) > MANY else 14)
        told.font.color.rgb = rgb(_readable(one.colour) if stacked else INK)


def radar(slide: Slide, labels: Sequence[str], series: Sequence[Series], alt: str, box: Box) -> None:
    """Scores (0-100) around a centre; a line is open where a value is missing."""
    chart = _chart(slide, XL_CHART_TYPE.RADAR_MARKERS, labels, series, alt, box)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = 0, 100, 20
    _arrange(chart.element, Box(0.23, 0.13, 0.54, 0.66))
    chart.value_axis.tick_labels.font.size = Pt(10)
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb("D5D5D5")
    for one, drawn in zip(series, chart.plots[0].series, strict=True):
        colour = rgb(one.colour)
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(2.5)
        drawn.format.line.dash_style = _DASHES.get(one.colour, MSO_LINE.SOLID)
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = drawn.marker.format.line.color.rgb = colour


def _chart(slide: Slide, kind: Any, labels: Sequence[str], series: Sequence[Series], alt: str, box: Box) -> Any:
    content: Any = _chart_data()
    content.categories = [clean(label) for label in labels]
    for one in series:
        content.add_series(clean(one.name), one.values)
    frame = slide.sheet.shapes.add_chart(kind, *map(Inches, box), content)
    frame.element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(12), rgb(INK)
    chart.has_title, chart.has_legend = False, len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    return chart


def _rows(series: Sequence[Series]) -> list[tuple[float, ...]]:
    """The values that stand on each label's row."""
    return list(zip(*([value or 0 for value in one.values] for one in series), strict=True))


def _arrange(chart: Any, plot: Box) -> None:
    """Gives every bar its label, and all labels their room, where a program would leave some out or break them.

    The plot's place is in shares of the chart's.
    """
    for last in list(chart.iter(qn("c:noMultiLvlLbl"))):
        last.addprevious(last.makeelement(qn("c:tickLblSkip"), val="1"))
    for area in list(chart.iter(qn("c:plotArea"))):
        for old in area.findall(qn("c:layout")):
            area.remove(old)
        layout = area.makeelement(qn("c:layout"))
        area.insert(0, layout)
        place = layout.makeelement(qn("c:manualLayout"))
        layout.append(place)
        shares = zip("xywh", plot, strict=True)
        for name, value in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), *shares):
            place.append(place.makeelement(qn(f"c:{name}"), val=str(value)))


def _readable(colour: str) -> str:
    """White on a dark colour, ink on a light one."""
    return WHITE if sum(bytes.fromhex(colour)) < DARK else INK
