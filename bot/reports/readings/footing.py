"""What stands below every chart."""

from datetime import date
from gettext import NullTranslations

from babel.dates import format_date

from bot.reports.results import Result
from model.comparison import Benchmark


def footer(result: Result, benchmark: Benchmark, words: NullTranslations) -> str:
    """What stands below every chart: who says so, when, from what, and whether it is made up."""
    _ = words.gettext
    overall = result.scorecard.overall
    parts = [
        _("Self-assessed"),
        words.ngettext("%(num)s respondent", "%(num)s respondents", result.respondents) % {"num": result.respondents},
        day(result.on, words),
        f"{result.wave.instrument} {result.wave.version}",
        _("%(share)s answered") % {"share": f"{100 * (overall.coverage or 0):.0f} %"},
    ]
    if result.city.synthetic:
        parts.append(_("synthetic demonstration data"))
    elif benchmark.synthetic:
        parts.append(_("with synthetic demonstration cities"))
    return " · ".join(parts)


def day(on: date, words: NullTranslations) -> str:
    """A day, short."""
    return format_date(on, "d MMM y", locale=_locale(words))


def _locale(words: NullTranslations) -> str:
    return words.info().get("language", "en")
