"""The report that somebody asks for: its charts are drawn and its pages set in a process of their own."""

import asyncio
from datetime import date

from bot.messages import Document, Message
from bot.reports import printing, readings, results
from bot.reports.report.material import Figure
from bot.reports.results import dossiers
from bot.reports.results.dossiers import Dossier
from bot.reports.results.gating import needed, shows
from bot.wording import word
from bot.wording.catalogues import translations
from flows.prompts import Notice, Report
from model import library
from storage.database import Database
from storage.outbox import Delivery


async def hand_out(database: Database, prompt: Report, delivery: Delivery, today: date) -> Message:
    """The message with the report and the numbers of this moment, or with what it still needs."""
    session = delivery.session
    dossier = await dossiers.gather(database, delivery.city or "", today)
    if dossier is None:
        return word(Notice("no_city"), session, library.instrument(*library.DEFAULT, session.language))
    result, document = dossier.result, await make(dossier, session.language)
    facts = {"result": result, "needed": tuple(needed(result).items()), "made": document is not None}
    return word(prompt, session, results.instrument_of(result, session.language), facts, document=document)


async def make(dossier: Dossier, language: str) -> Document | None:
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
