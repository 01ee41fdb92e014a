"""How long a city's report and its workbook take from the store, the full form, in a process that is warm."""

import io
import time
from datetime import UTC, date, datetime
from pathlib import Path

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bot.reports import drawing, readings
from bot.reports.report import Figure, Material, report_pdf
from bot.reports.results import dossiers, instrument_of
from bot.reports.results.dossiers import Dossier
from bot.reports.workbook import contents, making
from bot.reports.workbook.contents import Wish
from bot.wording.catalogues import translations
from model.rounding import whole
from storage import revisions
from storage.cities import City
from storage.database import Database
from storage.sqlite import SQLite
from tests.bench.content import Taken
from tests.eight import city_of_eight

TRIES = 5
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY: date = NOW.date()


def times(folder: Path) -> list[Taken]:
    """Both of 225 statements, each time of another city, so that nothing was made before. Raises for wrong numbers."""
    url = f"sqlite:///{folder / 'report.sqlite3'}"
    revisions.upgrade(url)
    database = SQLite(url)
    try:
        several = [city_of_eight(database, f"Valencia {number}", seed=number) for number in range(TRIES + 1)]
        papers = [_printed(database, city) for city in several]
        books = [_calculated(database, city) for city in several]
    finally:
        database.close()
    return [
        Taken("a city's report as a PDF, from the store, charts drawn anew", sorted(papers[1:])[TRIES // 2], 2.0),
        Taken("a city's workbook with all responses, from the store", sorted(books[1:])[TRIES // 2], 2.0),
    ]


def _printed(database: Database, city: City) -> float:
    begun = time.perf_counter()
    dossier = _dossier(database, city)
    paper = _paper(dossier)
    took = time.perf_counter() - begun
    told = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)
    one = dossier.result.scorecard.overall
    assert one.score is not None
    row = f"{whole(one.low or 0)}–{whole(one.high or 0)}{one.answered}de{one.applicable}"
    assert f"{whole(one.score)}{row}" in told, "the report has another score"
    return took


def _calculated(database: Database, city: City) -> float:
    begun = time.perf_counter()
    dossier = _dossier(database, city)
    read = database.read(lambda tx: contents.read(tx, dossier, Wish(), None, NOW, sees_all=True))
    book = making.make(read)
    took = time.perf_counter() - begun
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Results").to_python()
    (score,) = (row[2] for row in rows if row[:2] == ["All", "Overall"] and isinstance(row[3], str))
    assert score == dossier.result.scorecard.overall.score, "the workbook has another score"
    return took


def _dossier(database: Database, city: City) -> Dossier:
    found = dossiers._gather(database, city.id, TODAY)
    assert found is not None
    return found


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
    return report_pdf(Material(dossier, told, words, figures))
