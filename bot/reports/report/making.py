"""A report is made: its charts are drawn and its pages set in a process of their own."""

import asyncio

from bot.messages import Document
from bot.reports import printing, readings, results
from bot.reports.report.matter import Figure
from bot.reports.results.dossiers import Dossier
from bot.reports.results.gating import shows
from bot.wording.catalogues import translations


async def report(dossier: Dossier, language: str) -> Document | None:
    """A city's report as a PDF; None while no dimension shows. Raises TypesettingError."""
    if not shows(dossier.result):
        return None
    figures = await _figures(dossier, language)
    content = await printing.report(dossier, language, figures)
    return Document(f"{dossier.result.city.id}-report-{language}.pdf", content)


async def _figures(dossier: Dossier, language: str) -> dict[str, Figure]:
    """Every chart that has something to show, by its kind."""
    told, words = results.instrument_of(dossier.result, language), translations(language)
    made = {kind: readings.chart(kind, dossier.result, dossier.benchmark, told, words) for kind in readings.KINDS}
    there = {kind: chart for kind, chart in made.items() if chart is not None}
    drawn = await asyncio.gather(*(printing.draw(chart, "svg") for chart in there.values()))
    return {
        kind: Figure(svg.decode(), readings.alt(chart, words), readings.reading(chart, words))
        for (kind, chart), svg in zip(there.items(), drawn, strict=True)
    }
