"""How long a city's report takes from the store to the PDF: the full form, seven charts, in a process that is warm."""

import time
from datetime import date
from pathlib import Path

from bot.reports import drawing, readings
from bot.reports.report import Figure, Matter, report_pdf
from bot.reports.results import dossiers, instrument_of
from bot.reports.results.dossiers import Dossier
from bot.wording.catalogues import translations
from storage import revisions
from storage.cities import City
from storage.database import Database
from storage.sqlite import SQLite
from tests.bench.content import Taken
from tests.eight import city_of_eight

TRIES = 5
TODAY = date(2026, 11, 23)


def times(folder: Path) -> list[Taken]:
    """A report of 225 statements, each time of another city, so that nothing of it was made before."""
    url = f"sqlite:///{folder / 'report.sqlite3'}"
    revisions.upgrade(url)
    database = SQLite(url)
    try:
        several = [city_of_eight(database, f"Valencia {number}", seed=number) for number in range(TRIES + 1)]
        taken = [_timed(database, city) for city in several]
    finally:
        database.close()
    return [Taken("a city's report as a PDF, from the store, charts drawn anew", sorted(taken[1:])[TRIES // 2], 2.0)]


def _timed(database: Database, city: City) -> float:
    begun = time.perf_counter()
    dossier = dossiers._gather(database, city.id, TODAY)
    assert dossier is not None
    paper = _paper(dossier)
    took = time.perf_counter() - begun
    assert paper.startswith(b"%PDF-1.7")
    return took


def _paper(dossier: Dossier) -> bytes:
    """The report in Spanish, made as the drawing process makes it."""
    told, words = instrument_of(dossier.result, "es"), translations("es")
    figures: dict[str, Figure] = {}
    for kind in readings.KINDS:
        chart = readings.chart(kind, dossier.result, dossier.benchmark, told, words)
        if chart is not None:
            svg = drawing.render(chart, "svg").decode()
            figures[kind] = Figure(svg, readings.alt(chart, words), readings.reading(chart, words))
    assert len(figures) >= 6  # there are no peers
    return report_pdf(Matter(dossier, told, words, figures))
