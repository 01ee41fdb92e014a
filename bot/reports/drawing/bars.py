"""The charts that are rows of bars and marks: peers, gaps, levels, moves and how certain scores are."""

from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from bot.reports.charts import (
    Gap,
    Gaps,
    Levels,
    Move,
    Moved,
    Stack,
    Strip,
    Strips,
    Whisker,
    Whiskers,
    span,
    told,
)
from bot.reports.drawing.page import INK, TICK, Key
from bot.reports.drawing.palette import (
    BLUE,
    DOTTED,
    HATCHED,
    LEVELS,
    MIDDLE,
    NOT_APPLICABLE,
    ORANGE,
    PALE,
    UNANSWERED,
    ink_on,
)
from bot.reports.drawing.rows import BAND, Row, Scale, box, drawn, mark
from model.rounding import change, whole

Look = dict[str, Any]
_OWN: Look = {"marker": "D", "ms": 10, "color": BLUE, "mec": "white", "ls": "none"}
_HALF: Look = {"facecolor": PALE, "edgecolor": MIDDLE}
_MEDIAN: Look = {"color": INK, "lw": 3}
_TODAY: Look = {"marker": "o", "ms": 10, "color": BLUE, "mec": "white", "ls": "none"}
_GOAL: Look = {"marker": "^", "ms": 11, "color": ORANGE, "mec": INK, "ls": "none"}
_WAY: Look = {"facecolor": "#fbe3c6", "edgecolor": "#b5651d", "hatch": "////"}
_SCORE: Look = {"facecolor": PALE, "edgecolor": MIDDLE}
_WHISKER: Look = {"color": INK, "lw": 1.6, "marker": "|", "ms": 12, "mew": 1.6}
_ALONE: Look = {"facecolor": BLUE, "edgecolor": "white"}
_UP: Look = {"facecolor": BLUE, "edgecolor": BLUE}
_DOWN: Look = {"facecolor": "white", "edgecolor": "#9a4a00", "hatch": "////"}
_HEAD = 0.045
"""How long an arrow's head is, as a share of the axis' half."""
_STACKED: tuple[Look, ...] = (
    *({"facecolor": colour, "edgecolor": MIDDLE} for colour in LEVELS),
    {"facecolor": UNANSWERED, **HATCHED},
    {"facecolor": NOT_APPLICABLE, **DOTTED},
)


def strips(chart: Strips) -> Figure:
    """A city's mark beside the median and the middle half of its peers."""
    rows = [
        Row(s.label, f"◆ {told(s.own)}   | {told(s.median)}   □ {span(s.quartiles)}", partial(_strip, s))
        for s in chart.strips
    ]
    own, median, half = chart.legend
    keys = [Key(own, _OWN), Key(median, {"marker": "|", "ms": 14, "mew": 3, "color": INK, "ls": "none"})]
    if any(strip.quartiles for strip in chart.strips):
        keys.append(Key(half, _HALF, "patch"))
    return drawn(chart.title, rows, keys, chart.footer)


def _strip(one: Strip, axes: Axes, y: float) -> None:
    if one.quartiles:
        box(axes, y, one.quartiles, BAND * 0.8, gid="half", **_HALF)
    half = BAND * 0.5
    axes.plot([one.median] * 2, [y - half, y + half], gid="median", clip_on=False, **_MEDIAN)
    if one.own is not None:
        mark(axes, y, one.own, gid="own", zorder=5, **_OWN)


def gaps(chart: Gaps) -> Figure:
    """The way from today to the goal."""
    rows = [
        Row(g.label, f"● {told(g.today)}   ▲ {told(g.goal)}   {change(g.points)}", partial(_gap, g)) for g in chart.gaps
    ]
    return drawn(chart.title, rows, [Key(chart.legend[0], _TODAY), Key(chart.legend[1], _GOAL)], chart.footer)


def _gap(one: Gap, axes: Axes, y: float) -> None:
    box(axes, y, (one.today, one.goal), BAND * 0.5, gid="gap", **_WAY)
    mark(axes, y, one.today, gid="today", **_TODAY)
    mark(axes, y, one.goal, gid="goal", **_GOAL)


def levels(chart: Levels) -> Figure:
    """How many statements stand at each level, side by side."""
    most = max(sum(stack.counts) for stack in chart.stacks)
    rows = [Row(stack.label, "", partial(_stack, stack)) for stack in chart.stacks]
    keys = [Key(name, look, "patch") for name, look in zip(chart.legend, _STACKED, strict=True)]
    return drawn(chart.title, rows, keys, chart.footer, Scale((0, most), (), (), track=False))


def _stack(one: Stack, axes: Axes, y: float) -> None:
    left = 0
    for place, (count, look) in enumerate(zip(one.counts, _STACKED, strict=True)):
        if count:
            box(axes, y, (left, left + count), BAND * 1.1, gid=f"level-{place}", **look)
            ink = ink_on(look["facecolor"])
            behind = {"facecolor": look["facecolor"], "edgecolor": "none", "pad": 0.8}
            said = axes.text(
                left + count / 2, y, str(count), fontsize=TICK, color=ink, ha="center", va="center_baseline"
            )
            said.set_gid(f"count-{place}")
            if "hatch" in look:
                said.set_bbox(behind)
        left += count


def moves(chart: Moved) -> Figure:
    """Arrows from nothing to what was won or lost."""
    rows = [Row(m.label, f"{told(m.today)}   ({change(m.points)})", partial(_move, m)) for m in chart.every]
    furthest = max(10, -(-max(abs(move.points) for move in chart.every) // 10) * 10)
    ticks = tuple(float(furthest * part / 2) for part in range(-2, 3))
    keys = [Key(chart.legend[0], _UP, "patch"), Key(chart.legend[1], _DOWN, "patch")]
    scale = Scale((-furthest, furthest), ticks, tuple(change(tick) for tick in ticks))
    return drawn(chart.title, rows, keys, chart.footer, scale)


def _move(one: Move, axes: Axes, y: float) -> None:
    axes.plot([0, 0], [y - BAND / 2, y + BAND / 2], color=INK, lw=1.4, clip_on=False)
    if not whole(one.points):
        mark(axes, y, 0, gid="still", marker="o", ms=7, color=INK)
        return
    head = min(abs(one.points), _HEAD * axes.get_xlim()[1]) * (1 if one.points > 0 else -1)
    neck, thin, wide = one.points - head, BAND * 0.18, BAND * 0.42
    around = [(0, -thin), (neck, -thin), (neck, -wide), (one.points, 0), (neck, wide), (neck, thin), (0, thin)]
    look = _UP if one.points > 0 else _DOWN
    axes.add_patch(Polygon([(x, y + up) for x, up in around], clip_on=False, gid="move", **look))


def whiskers(chart: Whiskers) -> Figure:
    """A bar to the score, a whisker where missing answers could take it, a box where one person could."""
    rows = [
        Row(w.label, f"□ {told(w.score)}   |–| {span(w.missing)}   ■ {span(w.without)}", partial(_whisker, w))
        for w in chart.whiskers
    ]
    today, missing, alone = chart.legend
    keys = [Key(today, _SCORE, "patch"), Key(missing, _WHISKER | {"markevery": [0, 2]})]
    return drawn(chart.title, rows, [*keys, Key(alone, _ALONE, "patch")], chart.footer)


def _whisker(one: Whisker, axes: Axes, y: float) -> None:
    if one.score is None:
        return
    box(axes, y, (0, one.score), BAND * 0.9, gid="score", **_SCORE)
    if one.missing is not None:
        ends = [one.missing.low, one.missing.high]
        axes.plot(ends, [y, y], gid="missing", clip_on=False, zorder=3, **_WHISKER)
    if one.without is not None:
        box(axes, y, (one.without.low, one.without.high), BAND * 0.36, gid="without", zorder=4, **_ALONE)
