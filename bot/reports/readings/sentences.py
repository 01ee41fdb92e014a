"""What a chart says, in two sentences made from the numbers that it shows."""

from collections.abc import Callable, Collection, Sequence
from gettext import NullTranslations
from typing import Any

from bot.reports.charts import Gaps, Heat, Levels, Moved, Radar, Strip, Strips, Whisker, Whiskers, told
from bot.reports.readings.footing import day
from model.rounding import change, whole

LOW = 40
"""Below this score (0-100) a capability is weak: the partner search looks for help from here on."""
_RUNNING = slice(4, 6)
_NOT_BEGUN = slice(0, 2)


def of_radar(chart: Radar, words: NullTranslations) -> str:
    """Where the city is highest and lowest; then how far the furthest goal is, or how it stands beside its peers."""
    _ = words.gettext
    shown = [(one.label, one.today) for one in chart.axes if one.today is not None]
    if len(shown) == 1:
        first = _("Only %(name)s shows so far, at %(score)s of 100.") % _one(*shown[0])
    else:
        first = _extremes(shown, words)
    away = {
        one: whole(one.goal) - whole(one.today) for one in chart.axes if one.today is not None and one.goal is not None
    }
    if any(points > 0 for points in away.values()):
        far = max(away, key=lambda one: away[one])
        said = _("Furthest from its goal is %(name)s: %(today)s today, %(goal)s wanted.")
        if list(away.values()).count(away[far]) > 1:
            said = _("Among the furthest from their goal is %(name)s: %(today)s today, %(goal)s wanted.")
        return _two(first, said % {"name": far.label, "today": told(far.today), "goal": told(far.goal)})
    if away:
        return _two(first, _("No dimension is below its goal."))
    if any(one.goal is not None for one in chart.axes):
        return _two(first, _("No dimension shows that has a goal."))
    return _two(first, _("No dimension has a goal yet."))


def of_strips(chart: Strips, words: NullTranslations) -> str:
    """The overall score beside the median; then where the city is furthest above and below."""
    _ = words.gettext
    top = chart.strips[0]
    facts = {"name": top.label, "own": told(top.own), "median": told(top.median)}
    if top.own is None:
        first = _("%(name)s: your score is not shown yet, the median of your peers is %(median)s.") % facts
    else:
        first = _("%(name)s: you are at %(own)s, the median of your peers is %(median)s.") % facts
    compared = [one for one in chart.strips[1:] if one.own is not None]
    if not compared:
        return _two(first, _("No dimension can be compared yet."))
    best, worst = max(compared, key=_lead), min(compared, key=_lead)
    if _lead(worst) >= 0:
        second = _("No dimension shown is below the median; closest to it is %(worst)s.")
    elif _lead(best) <= 0:
        second = _("No dimension shown is above the median; furthest below is %(worst)s.")
    else:
        second = _("You are furthest above the median in %(best)s, furthest below it in %(worst)s.")
    return _two(first, second % {"best": _beside(best, compared, words), "worst": _beside(worst, compared, words)})


def of_gaps(chart: Gaps, words: NullTranslations) -> str:
    """The largest gap; then how many there are."""
    first = chart.gaps[0]
    alone = [change(gap.points) for gap in chart.gaps].count(change(first.points)) == 1
    largest = words.gettext("The largest gap is in %(name)s: %(today)s today, %(goal)s wanted.")
    alike = words.gettext("One of the largest gaps is in %(name)s: %(today)s today, %(goal)s wanted.")
    one = (largest if alone else alike) % {
        "name": first.label,
        "today": told(first.today),
        "goal": told(first.goal),
    }
    facts = {"behind": chart.behind, "num": chart.compared, "shown": len(chart.gaps)}
    if chart.behind > len(chart.gaps):
        several = words.gettext(
            "Of %(num)s capabilities with a score and a goal, %(behind)s are below their goal; the %(shown)s furthest"
            " from it are shown."
        )
    else:
        several = words.gettext("Below their goal: %(behind)s of %(num)s capabilities with a score and a goal.")
    return _two(one, several % facts)


def of_levels(chart: Levels, words: NullTranslations) -> str:
    """How much runs across the city; then how much has not begun, and where most of it is."""
    _ = words.gettext
    every = sum(sum(stack.counts) for stack in chart.stacks)
    running = sum(sum(stack.counts[_RUNNING]) for stack in chart.stacks)
    idle = sum(sum(stack.counts[_NOT_BEGUN]) for stack in chart.stacks)
    first = _("At level 4 or 5, running across the city: %(running)s of %(num)s statements.") % {
        "num": every,
        "running": running,
    }
    if not idle:
        return _two(first, _("None is at level 0 or 1."))
    counts = {stack.label: sum(stack.counts[_NOT_BEGUN]) for stack in chart.stacks}
    most = max(counts, key=lambda label: counts[label])
    return _two(
        first,
        _("At level 0 or 1, not yet decided: %(idle)s, the largest part in %(name)s (%(most)s).")
        % {"idle": idle, "name": _among(most, counts[most], counts.values(), words), "most": counts[most]},
    )


def of_heat(chart: Heat, words: NullTranslations) -> str:
    """The strongest and the weakest capability; then how many are weak, and how many are not shown."""
    _ = words.gettext
    shown = [(cell.label, cell.score) for cell in chart.cells if cell.score is not None]
    if len(shown) == 1:
        first = _("Only %(name)s shows so far, at %(score)s of 100.") % _one(*shown[0])
    else:
        first = _extremes(shown, words)
    facts = {
        "num": len(chart.cells),
        "weak": sum(score < LOW for _name, score in shown if score is not None),
        "low": LOW,
        "hidden": len(chart.cells) - len(shown),
    }
    return _two(
        first, _("Below %(low)s: %(weak)s of %(num)s capabilities; not shown for lack of answers: %(hidden)s.") % facts
    )


def of_moves(chart: Moved, words: NullTranslations) -> str:
    """How the whole moved; then which capability rose and which fell most."""
    _ = words.gettext
    top, since = chart.every[0], day(chart.since, words)
    first = _("%(name)s has moved by %(points)s points since %(day)s.") % {
        "name": top.label,
        "points": change(top.points),
        "day": since,
    }
    if not chart.moves:
        return _two(first, _("No capability that can be compared has moved."))
    up, down = max(chart.moves, key=lambda one: one.points), min(chart.moves, key=lambda one: one.points)
    every = [change(one.points) for one in chart.moves]
    facts = {
        way: f"{_among(one.label, change(one.points), every, words)} ({change(one.points)})"
        for way, one in (("up", up), ("down", down))
    }
    if up.points > 0 > down.points:
        return _two(first, _("Of the capabilities %(up)s rose most, %(down)s fell most.") % facts)
    if up.points > 0:
        return _two(first, _("Of the capabilities %(up)s rose most, and none fell.") % facts)
    return _two(first, _("Of the capabilities %(down)s fell most, and none rose.") % facts)


def of_whiskers(chart: Whiskers, words: NullTranslations) -> str:
    """Where the missing answers matter most; then where one person does."""
    _ = words.gettext
    wide = _widest(chart.whiskers, lambda one: one.missing)
    if wide is None or not _width(wide.missing):
        first = _("Nothing is missing behind the scores shown.")
    else:
        first = _(
            "What is missing matters most for %(name)s: with it, the score could be anywhere between %(low)s and"
            " %(high)s."
        ) % _within(wide, chart.whiskers, lambda one: one.missing, words)
    leaning = _widest(chart.whiskers, lambda one: one.without)
    if leaning is None:
        return _two(first, _("How much one person matters is not known: it takes two or more."))
    if not _width(leaning.without):
        return _two(first, _("No score would change if any one person had not answered."))
    return _two(
        first,
        _("One person matters most for %(name)s: without any one of them it would be between %(low)s and %(high)s.")
        % _within(leaning, chart.whiskers, lambda one: one.without, words),
    )


def _within(
    one: Whisker, every: Sequence[Whisker], bounds: Callable[[Whisker], Any], words: NullTranslations
) -> dict[str, str]:
    name = _among(one.label, _width(bounds(one)), [_width(bounds(each)) for each in every], words)
    return {"name": name, "low": told(bounds(one).low), "high": told(bounds(one).high)}


def _two(first: str, second: str) -> str:
    return f"{first} {second}"


def _one(name: str, score: float | None) -> dict[str, str]:
    return {"name": name, "score": told(score)}


def _extremes(shown: Sequence[tuple[str, float | None]], words: NullTranslations) -> str:
    """The highest and the lowest of several scores; all alike where they are."""
    high, low = max(shown, key=lambda one: one[1] or 0), min(shown, key=lambda one: one[1] or 0)
    if told(high[1]) == told(low[1]):
        return words.gettext("All that is shown is at %(score)s of 100.") % {"score": told(high[1])}
    scores = [told(score) for _name, score in shown]
    return words.gettext("Highest is %(high)s with %(most)s, lowest %(low)s with %(least)s.") % {
        "high": _among(high[0], told(high[1]), scores, words),
        "most": told(high[1]),
        "low": _among(low[0], told(low[1]), scores, words),
        "least": told(low[1]),
    }


def _among(name: str, shown: object, every: Collection[object], words: NullTranslations) -> str:
    """A name, and that it is not the only one where others show the same."""
    alone = sum(one == shown for one in every) < 2
    return name if alone else words.gettext("%(name)s (among others)") % {"name": name}


def _lead(one: Strip) -> int:
    """In whole points, as shown: whoever reads 46 beside 46 is not above it."""
    return whole(one.own or 0.0) - whole(one.median)


def _beside(one: Strip, compared: Sequence[Strip], words: NullTranslations) -> str:
    name = _among(one.label, _lead(one), [_lead(each) for each in compared], words)
    facts = {"name": name, "own": told(one.own), "median": told(one.median)}
    return words.gettext("%(name)s (you %(own)s, median %(median)s)") % facts


def _widest(rows: Sequence[Whisker], bounds: Callable[[Whisker], Any]) -> Whisker | None:
    """The row in which the score could be furthest apart, the parts before the whole."""
    found = [one for one in (*rows[1:], *rows[:1]) if bounds(one) is not None]
    return max(found, key=lambda one: _width(bounds(one)), default=None)


def _width(bounds: Any) -> float:
    return 0.0 if bounds is None else whole(bounds.high) - whole(bounds.low)
