"""A city's report as a PDF: what stands in it, in the reader's language; how it looks is in report.typ."""

from typing import Any

from bot.reports.report import explaining, opening, scores, standing, voices
from bot.reports.report.material import Figure as Figure
from bot.reports.report.material import Material as Material
from bot.reports.report.printable import printable
from bot.reports.typesetting import typeset

TEMPLATE = "report.typ"


def report_pdf(m: Material) -> bytes:
    """The report: tagged (PDF/UA-1), with bookmarks; the same bytes for the same material. Raises TypesettingError."""
    return typeset(TEMPLATE, printable(content(m)))


def content(m: Material) -> dict[str, Any]:
    """All that the report says, in the order in which it says it."""
    _ = m.words.gettext
    return {
        "language": m.instrument.language.partition("_")[0],
        "title": _("%(city)s: the report") % {"city": m.result.city.name},
        "author": "maturitybot",
        "footer": opening.footer(m),
        "contents": _("Contents"),
        "cover": opening.cover(m),
        "summary_title": _("Summary"),
        "summary": opening.summary(m),
        "chapters": [
            scores.dimensions(m),
            scores.capabilities(m),
            scores.statements(m),
            standing.strengths(m),
            standing.comparison(m),
            voices.actions(m),
            voices.quotes(m),
            voices.disagreements(m),
            voices.conclusions(m),
            standing.goals(m),
            standing.movement(m),
            voices.who_answered(m),
            explaining.method(m),
            explaining.glossary(m),
        ],
    }
