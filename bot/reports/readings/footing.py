"""What stands below every chart."""

from datetime import date
from gettext import NullTranslations

from babel.dates import format_date

from bot.reports.results import Result
from model.comparison import Benchmark
from model.rounding import per_cent


def footer(result: Result, benchmark: Benchmark | None, words: NullTranslations) -> str:
    """Who says so, when, from what, with what behind it, and whether it is made up; `benchmark` where peers show."""
    _ = words.gettext
    overall = result.scorecard.overall
    parts = [
        _("Self-assessed"),
        words.ngettext("%(num)s respondent", "%(num)s respondents", result.respondents) % {"num": result.respondents},
        day(result.on, words),
        f"{result.wave.instrument} {result.wave.version}",
        _("%(share)s answered") % {"share": f"{per_cent(overall.coverage or 0)} %"},
        _("%(share)s with evidence") % {"share": f"{per_cent(result.evidenced or 0)} %"},
    ]
    if result.city.synthetic:
        parts.append(_("synthetic demonstration data"))
    elif benchmark and benchmark.synthetic:
        parts.append(_("with synthetic demonstration cities"))
    return " · ".join(parts)


def day(on: date, words: NullTranslations) -> str:
    """A day, short."""
    return format_date(on, "d MMM y", locale=_locale(words))


def _locale(words: NullTranslations) -> str:
    return words.info().get("language", "en")
