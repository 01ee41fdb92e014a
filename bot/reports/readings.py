"""What a chart shows, in two sentences and as a drawing, made from the same numbers."""

from gettext import NullTranslations

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.messages import Picture
from bot.reports.charts import Axis, Chart, Radar, Strip, Strips
from bot.reports.results import Result
from model.comparison import Benchmark
from model.instrument import Instrument


def radar(result: Result, benchmark: Benchmark, i: Instrument, words: NullTranslations) -> Radar | None:
    """Today, goal and peer median on one axis a dimension; None while no dimension shows."""
    _ = words.gettext
    medians = {standing.code: standing.median for standing in benchmark.standings}
    axes = tuple(
        Axis(f"{d.code} {i.dimension_of[d.code].title}", d.score, d.target, medians.get(d.code))
        for d in result.scorecard.dimensions
    )
    if all(axis.today is None for axis in axes):
        return None
    title = _("%(city)s: today, goal and other cities") % {"city": result.city.name}
    return Radar(title, axes, (_("Today"), _("Goal"), _("Median of peers")), footer(result, benchmark, words))


def strips(result: Result, benchmark: Benchmark, i: Instrument, words: NullTranslations) -> Strips | None:
    """A strip for the whole and for each dimension; None where the rules show no median."""
    _ = words.gettext
    told = [
        s for s in benchmark.standings if s.median is not None and (s.code == "overall" or s.code in i.dimension_codes)
    ]
    if not told:
        return None
    rows = tuple(
        Strip(
            _("Overall") if s.code == "overall" else f"{s.code} {i.dimension_of[s.code].title}",
            s.own,
            s.median or 0.0,
            s.quartiles,
        )
        for s in told
    )
    title = _("%(city)s beside other cities") % {"city": result.city.name}
    return Strips(title, rows, (_("Your city"), _("Median"), _("Middle half")), footer(result, benchmark, words))


def reading(chart: Chart, words: NullTranslations) -> str:
    """The numbers of a chart in words: what somebody hears who cannot see it."""
    _ = words.gettext
    if isinstance(chart, Strips):
        parts = [
            _("%(label)s: %(own)s, median %(median)s")
            % {"label": strip.label, "own": _shown(strip.own, words), "median": _shown(strip.median, words)}
            for strip in chart.strips
        ]
        return _("In words:") + " " + "; ".join(parts) + "."
    parts = [
        _("%(label)s: today %(today)s, goal %(goal)s, peers %(peers)s")
        % {
            "label": axis.label,
            "today": _shown(axis.today, words),
            "goal": _shown(axis.goal, words),
            "peers": _shown(axis.peers, words),
        }
        for axis in chart.axes
    ]
    return _("In words:") + " " + "; ".join(parts) + "."


def footer(result: Result, benchmark: Benchmark, words: NullTranslations) -> str:
    """What stands below every chart: who says so, when, from what, and whether it is made up."""
    _ = words.gettext
    overall = result.scorecard.overall
    parts = [
        _("Self-assessed"),
        words.ngettext("%(num)s respondent", "%(num)s respondents", result.respondents) % {"num": result.respondents},
        format_date(result.on, "d MMM y", locale=_locale(words)),
        f"{result.wave.instrument} {result.wave.version}",
        _("%(share)s answered") % {"share": f"{100 * (overall.coverage or 0):.0f} %"},
    ]
    if result.city.synthetic:
        parts.append(_("synthetic demonstration data"))
    elif benchmark.synthetic:
        parts.append(_("with synthetic demonstration cities"))
    return " · ".join(parts)


def _locale(words: NullTranslations) -> str:
    return words.info().get("language", "en")


def _shown(value: float | None, words: NullTranslations) -> str:
    return words.gettext("not shown yet") if value is None else format_decimal(value, "0.#", locale=_locale(words))


def picture(name: str, png: bytes, chart: Chart, words: NullTranslations) -> Picture:
    """A drawn chart with its alternative text."""
    return Picture(name, png, f"{chart.title}. {reading(chart, words)}")
