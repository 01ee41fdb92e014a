"""Reports for tests: a city of eight with peers, views, conclusions and plans, printed and read back."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from pypdf import PdfReader

from bot.reports.report import Material, report_pdf
from bot.reports.results import Dispute, View, dossiers, instrument_of
from bot.reports.results.dossiers import Dossier
from bot.wording.catalogues import translations
from model.instrument import Form, Instrument
from storage import revisions
from storage.actions import Kept
from storage.opening import open_database
from storage.remarks import Conclusion
from tests.eight import city_of_eight
from tests.test_model_pdf import flat, titles
from tests.test_wording import benchmark_of

TODAY = date(2026, 11, 23)
LANGUAGES = ("en", "es")
FORMS: tuple[Form, ...] = ("full", "short")
SAID = "Open the data of the port first."
"""What the expert concludes."""


@dataclass(frozen=True)
class Printed:
    """A report read back: its pages' text without white space, and its bookmarks."""

    dossier: Dossier
    instrument: Instrument
    reader: PdfReader
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def bookmarks(self) -> list[str]:
        return list(titles(self.reader.outline))


def read(content: bytes, dossier: Dossier, language: str) -> Printed:
    """A report's PDF, read back."""
    reader = PdfReader(io.BytesIO(content))
    pages = tuple(flat(page.extract_text()) for page in reader.pages)
    return Printed(dossier, instrument_of(dossier.result, language), reader, pages)


def matter(dossier: Dossier, language: str = "en") -> Material:
    return Material(dossier, instrument_of(dossier.result, language), translations(language))


@cache
def dossier_of(form: Form, peers: int = 40) -> Dossier:
    """The city of eight beside so many peers; a dispute is settled with views, an action is planned."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        revisions.upgrade(url)
        database = open_database(url)
        city = city_of_eight(database, form=form)
        found = dossiers._gather(database, city.id, TODAY)
        database.close()
    assert found is not None
    result = found.result
    settled = msgspec.structs.replace(
        result.disputes[0],
        agreed=3,
        reason="We read the plan together.",
        views=(View(1, "Our branch has none."), View(4, "It is in force.", "Ana")),
    )
    concluded = (Conclusion("Iris", "3", SAID, datetime(2026, 11, 1, tzinfo=UTC)),)
    result = msgspec.structs.replace(result, disputes=(settled, *result.disputes[1:]), conclusions=concluded)
    doing = Kept(result.actions[0].code, "Farid", date(2027, 3, 31), "begun", "", datetime(2026, 11, 1, tzinfo=UTC))
    compared = tuple(benchmark_of(result, peers, cut) for cut in ("all", "region"))
    return Dossier(result, compared, {doing.item: doing})


@cache
def printed(form: Form, language: str) -> Printed:
    """The city's report without charts."""
    dossier = dossier_of(form)
    return read(report_pdf(matter(dossier, language)), dossier, language)


def whole(value: float) -> str:
    """A number as chat rounds it, made by other means than the report's."""
    return str(Decimal(repr(float(value))).quantize(Decimal(1), ROUND_HALF_UP)).replace("-0", "0")


def signed(points: float) -> str:
    """Points won or lost, with the sign that chat has."""
    told = whole(abs(points))
    return told if told == "0" else f"{'+' if points > 0 else chr(0x2212)}{told}"


def tenth(value: float, language: str) -> str:
    """A number with a decimal where it has one."""
    told = str(Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return told.removesuffix(".0").replace(".", "," if language == "es" else ".")


def span(low: float, high: float) -> str:
    """The lowest and the highest."""
    return whole(low) if whole(low) == whole(high) else f"{whole(low)}–{whole(high)}"


def missing(lines: Sequence[Sequence[object]], text: str) -> Iterator[str]:
    """The lines that do not stand in a text, cell by cell."""
    for line in lines:
        told = flat("".join(map(str, line)))
        if told not in text:
            yield told


def dispute_of(several: Sequence[Dispute], *, settled: bool) -> list[Dispute]:
    return [one for one in several if (one.agreed is not None) is settled]


def said(language: str, text: str, **given: Any) -> str:
    """The bot's own sentence in a language."""
    return translations(language).gettext(text) % given
