"""The complete model as a PDF: everything is in it, every link leads somewhere, and anybody can read it."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bot.reports.model_pdf import model_pdf
from bot.reports.typesetting import TypesettingError, typeset
from bot.wording.catalogues import translations
from model import library
from model.instrument import Instrument
from tests.test_faults import edited

LANGUAGES = pytest.mark.parametrize("language", library.instrument(*library.DEFAULT).languages)


@cache
def printed(language: str) -> tuple[Instrument, PdfReader, list[str]]:
    """The instrument, its PDF, and the text of each page without line breaks."""
    told = library.instrument(*library.DEFAULT, language)
    reader = PdfReader(io.BytesIO(model_pdf(told, translations(language))))
    return told, reader, [flat(page.extract_text()) for page in reader.pages]


def flat(text: str) -> str:
    """The text's characters alone: where a line breaks is the page's own business."""
    return re.sub(r"\s+", "", text)


def links(reader: PdfReader) -> Iterator[Any]:
    """Where the links of all pages lead: an address, or a place in the document."""
    for page in reader.pages:
        for note in page.get("/Annots", []):
            link = note.get_object()
            assert link["/Subtype"] == "/Link"
            assert link["/Contents"], "a link says where it leads to those who cannot see it"
            action = link.get("/A", {}).get_object() if "/A" in link else {}
            yield str(action["/URI"]) if "/URI" in action else link.get("/Dest", action.get("/D"))


@LANGUAGES
def test_a_page_a_capability_with_its_nine_indicators(language: str) -> None:
    """Statement, reason, levels, evidence, department and references of each stand together on one page."""
    told, _, pages = printed(language)
    for capability in told.capabilities():
        first = flat(f"{capability.indicators[0].statement}{capability.indicators[0].why}")
        (page,) = [page for page in pages if first in page]
        assert flat(f"{capability.code} {capability.title}") in page
        for one in capability.indicators:
            texts = (one.code, one.statement, one.why, *one.levels.values(), told.departments[one.department])
            texts += one.evidence + tuple(f"[{reference}]" for reference in one.references)
            assert [text for text in texts if flat(text) not in page] == [], one.code


@LANGUAGES
def test_every_reference_is_listed_with_a_link_that_works(language: str) -> None:
    """Title and publisher of each; its address where it has one, and no other address."""
    told, reader, pages = printed(language)
    whole = "".join(pages)
    assert [one.id for one in told.references if flat(one.title) not in whole or flat(one.publisher) not in whole] == []
    addresses = {str(place) for place in links(reader) if isinstance(place, str) and "://" in place}
    assert addresses == {one.url for one in told.references if one.url}


@LANGUAGES
def test_every_link_inside_leads_to_a_page(language: str) -> None:
    """From a statement to its references and back, from the contents and from both indexes."""
    _, reader, _ = printed(language)
    inside = [place for place in links(reader) if not (isinstance(place, str) and "://" in place)]
    named: dict[str, Any] = dict(reader.named_destinations)
    pages = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    assert len(inside) > 225 * 3
    for place in inside:
        found = named[str(place)].page if isinstance(place, str) else place[0]
        assert found.idnum in pages


@LANGUAGES
def test_it_is_tagged_and_has_bookmarks(language: str) -> None:
    """PDF/UA-1: a title, a language, a structure tree; a bookmark for each dimension, capability and indicator."""
    told, reader, _ = printed(language)
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]["/K"]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(told.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_object().get_data()
    marks = " ".join(titles(reader.outline))
    for code in (*told.dimension_codes, *told.capability_of):
        assert re.search(rf"(^| ){re.escape(code)} ", marks), code


def titles(outline: list[Any]) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from titles(one)
        else:
            yield str(one["/Title"])


@LANGUAGES
def test_nothing_of_another_language_is_left_in_it(language: str) -> None:
    """The headings are those of the language."""
    _, reader, _ = printed(language)
    chapter = {"en": "How scores are made", "es": "Cómo se calculan las puntuaciones"}
    found = [code for code, title in chapter.items() if title in " ".join(titles(reader.outline))]
    assert found == [language]


def test_the_same_content_gives_the_same_bytes() -> None:
    """Today, tomorrow, and in another process with other hashes."""
    told = library.instrument(*library.DEFAULT)
    program = (
        "import sys; from bot.reports.model_pdf import model_pdf; from bot.wording.catalogues import translations; "
        "from model import library; "
        "sys.stdout.buffer.write(model_pdf(library.instrument(*library.DEFAULT), translations('en')))"
    )
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=Path.cwd())
    assert again.stdout == model_pdf(told, translations("en"))


def test_a_model_of_ones_own_is_printed_too(tmp_path: Path) -> None:
    """What stands in its texts is never read as markup."""
    wild = "Every *branch* has #a [room] with $1$ `lamps` @home <x> \\\\ // here."
    copy = edited(tmp_path, ("dimension-2.yaml", "Every branch has a quiet room without telephones.", f'"{wild}"'))
    told = library.load(copy)["en"]
    pages = [flat(page.extract_text()) for page in PdfReader(io.BytesIO(model_pdf(told, translations("en")))).pages]
    assert flat(told.indicators["2.1.2"].statement) in "".join(pages)


def test_a_character_without_a_font_is_named() -> None:
    """Whoever prints learns which text it was, instead of finding boxes."""
    told = library.instrument(*library.DEFAULT)
    from bot.reports.model_pdf import content

    with pytest.raises(TypesettingError, match="𓀀"):
        typeset("model.typ", content(told, translations("en")) | {"about": "𓀀"})
