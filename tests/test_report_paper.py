"""A city's report stays on the paper, however much people wrote."""

import io
from collections.abc import Iterator
from typing import Any

import msgspec
from pypdf import PdfReader

from bot.reports.report import report_pdf
from bot.reports.results import View
from tests.reported import dossier_of, matter

FOOTER = 20
"""Points from the paper's lower edge within which nothing is printed."""


def heights(content: bytes) -> Iterator[float]:
    """How far above the lower edge of its page each piece of text begins, in points."""
    found: list[float] = []

    def note(text: str, ctm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            found.append(tm[4] * ctm[1] + tm[5] * ctm[3] + ctm[5])

    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=note)
    yield from found


def test_what_no_page_could_hold_goes_on_over_the_next() -> None:
    """Thirty people's views on one statement all stand on the paper."""
    dossier = dossier_of("short")
    first, *others = dossier.result.disputes
    views = tuple(View(at % 6, "because " * 60) for at in range(30))
    disputes = (msgspec.structs.replace(first, views=views), *others)
    result = msgspec.structs.replace(dossier.result, disputes=disputes)
    content = report_pdf(matter(msgspec.structs.replace(dossier, result=result)))
    assert min(heights(content)) > FOOTER
