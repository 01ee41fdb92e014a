"""A city's report as paper: a summary on one page, tags and bookmarks, and whatever people wrote stays text."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from pypdf.generic import DictionaryObject, IndirectObject

from bot.reports import printing
from bot.reports.report import Figure, handing, report_pdf
from bot.reports.report.material import Material
from bot.reports.results import Quote
from bot.reports.results.dossiers import Dossier
from bot.reports.results.gating import needed
from bot.wording.catalogues import translations
from model.pooling import Pooled
from model.scoring import score
from tests.reported import LANGUAGES, Printed, dossier_of, matter, printed, read, said, span, whole
from tests.test_model_pdf import flat
from tests.test_wording import result_of

WILD = '#panic("no") *bold* $x$ <script> @home `lamps` \\\\ // [room] = 1'
LONG = "Ñuñoa de los Caballeros del Puerto"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def drawn() -> tuple[Dossier, bytes]:
    """The full report as it is made in Spanish, with its charts, in a process of its own."""
    dossier = dossier_of("full")
    document = asyncio.run(handing.make(dossier, "es"))
    printing.close()
    assert document is not None
    assert document.name == "valencia-es-report-es.pdf"
    return dossier, document.content


def told(dossier: Dossier, language: str = "en") -> Printed:
    return read(report_pdf(matter(dossier, language)), dossier, language)


def changed(dossier: Dossier, **fields: Any) -> Dossier:
    """The dossier with another result."""
    return msgspec.structs.replace(dossier, result=msgspec.structs.replace(dossier.result, **fields))


def called(dossier: Dossier, name: str) -> Dossier:
    return changed(dossier, city=msgspec.structs.replace(dossier.result.city, name=name))


def answering(codes: dict[str, int]) -> Dossier:
    """A city of which one person gave these levels, and nothing else is known."""
    result = result_of(range(0))
    told_ = msgspec.structs.replace(
        result,
        scorecard=score(matter(dossier_of("short")).instrument, "short", levels(codes), {}),
        respondents=1,
        answered=len(codes),
    )
    return Dossier(told_, dossier_of("short", 0).benchmarks)


def levels(codes: dict[str, int]) -> dict[str, Pooled]:
    return {code: Pooled(level=level, applicable=True, n=1) for code, level in codes.items()}


def begins(p: Printed, title: str, language: str) -> int:
    """The page (from 0) of a chapter."""
    title = said(language, title)
    marks: list[Any] = p.reader.outline
    (found,) = [one for one in marks if not isinstance(one, list) and one["/Title"] == title]
    number = p.reader.get_destination_page_number(found)
    assert number is not None
    return number


FOUR = {"1.1.1": 3, "1.2.1": 2, "1.3.1": 0, "1.4.1": 5}
"""Enough for the first dimension, and for no other."""


@BOTH
@pytest.mark.parametrize("which", ["full", "short", "long names", "hardly anything", "long words"])
def test_the_summary_is_exactly_one_page(which: str, language: str) -> None:
    """It begins on the second page, and the dimensions on the third; whatever there is to say."""
    dossier = {
        "full": lambda: dossier_of("full"),
        "short": lambda: dossier_of("short", 0),
        "long names": lambda: called(dossier_of("full", 12), LONG),
        "hardly anything": lambda: answering(FOUR),
        "long words": lambda: called(dossier_of("full"), "W" * 60),
    }[which]()
    p = told(dossier, language)
    assert begins(p, "Summary", language) == 1
    assert begins(p, "Dimensions", language) == 2
    assert flat(said(language, "What to do first")) in p.pages[1]


@BOTH
def test_the_summary_has_the_numbers_of_the_result(language: str) -> None:
    """Overall with its bounds, each dimension, the weakest, three gaps, what moved, the peers, three actions."""
    p = printed("full", language)
    result, page = p.dossier.result, p.pages[1]
    overall, card = result.scorecard.overall, result.scorecard
    assert overall.score is not None
    assert overall.low is not None
    assert overall.high is not None
    assert flat(whole(overall.score) + said(language, "of 100") + ", " + p.instrument.band(overall.score)) in page
    bounds = {"low": whole(overall.low), "high": whole(overall.high)}
    sentence = "If all that is missing were level 0 it would be %(low)s, if it were level 5, %(high)s."
    assert flat(said(language, sentence, **bounds)) in page
    for one in card.dimensions:
        assert one.score is not None
        assert one.low is not None
        assert one.high is not None
        assert flat(whole(one.score) + span(one.low, one.high)) in page
    assert card.weakest is not None
    assert flat(f"{p.instrument.capability_of[card.weakest.code].title} ({whole(card.weakest.score or 0)})") in page
    for gap in card.largest_gaps(3):
        assert flat(f"{p.instrument.capability_of[gap.code].title} +{whole(gap.gap or 0)} (") in page
    assert result.moves is not None
    assert flat(said(language, "overall %(move)s", move=f"{result.moves.overall or 0:+.0f}")) in page
    for code, move in result.moves.most[:3]:
        assert flat(f"{code} {p.instrument.capability_of[code].title} {move:+.0f}") in page
    for action in result.actions[:3]:
        assert flat(f"{action.code} {p.instrument.indicators[action.code].statement}") in page


def test_it_is_tagged_and_has_bookmarks(drawn: tuple[Dossier, bytes]) -> None:
    """PDF/UA-1: a title, a language, a structure tree; bookmarks in order; every chart tells what it shows."""
    p = read(drawn[1], drawn[0], "es")
    catalogue: Any = p.reader.trailer["/Root"]
    assert catalogue["/Lang"] == "es"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_object().get_data()
    assert p.reader.metadata is not None
    assert p.reader.metadata.title == "Valencia: el informe"
    for code in p.instrument.dimension_codes:
        assert any(mark.startswith(f"{code} ") for mark in p.bookmarks)
    figures = [one for one in tags(catalogue["/StructTreeRoot"]["/K"]) if one.get("/S") == "/Figure"]
    assert len(figures) == 7
    assert all(len(str(one.get("/Alt", ""))) > 40 for one in figures)
    kinds = {str(one.get("/S")) for one in tags(catalogue["/StructTreeRoot"]["/K"])}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Link"} <= kinds


def tags(node: Any) -> Iterator[DictionaryObject]:
    """Every element of a structure tree."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        for one in found:
            yield from tags(one)
    elif isinstance(found, dict):
        yield found  # type: ignore[misc]
        yield from tags(found.get("/K", []))


def test_charts_have_their_readings(drawn: tuple[Dossier, bytes]) -> None:
    """Below each chart stands what it says."""
    from bot.reports import readings

    p = read(drawn[1], drawn[0], "es")
    words = translations("es")
    for kind in readings.KINDS:
        chart = readings.chart(kind, p.dossier.result, p.dossier.benchmark, p.instrument, words)
        assert chart is not None
        assert flat(readings.reading(chart, words)) in p.text, kind


def test_the_same_content_gives_the_same_bytes(drawn: tuple[Dossier, bytes]) -> None:
    """In another process, with the charts drawn anew."""
    again = asyncio.run(handing.make(drawn[0], "es"))
    printing.close()
    assert again is not None
    assert again.content == drawn[1]


@BOTH
def test_what_people_wrote_stays_text(language: str) -> None:
    """Markup is no markup, and what no font has is replaced instead of stopping the report."""
    dossier = dossier_of("short")
    conclusion = msgspec.structs.replace(dossier.result.conclusions[0], text=f"{WILD} 2")
    views = (msgspec.structs.replace(dossier.result.disputes[0].views[0], text=f"{WILD} 3"),)
    dispute = msgspec.structs.replace(dossier.result.disputes[0], views=views, reason=f"{WILD} 4")
    odd = "Well\x00 done\u200d 🎉𓀀\ufe0f"
    wild = changed(
        called(dossier, f"{WILD} 1"),
        quotes=(Quote("1.1", "success", odd), Quote("3", "challenge", f"{WILD} 5")),
        conclusions=(conclusion,),
        disputes=(dispute,),
    )
    p = told(wild, language)
    assert [number for number in range(1, 6) if flat(f"{WILD} {number}") not in p.text] == []
    assert "Welldone\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}”" in p.text.replace("\u200d", "")


def test_names_in_other_scripts_are_printed() -> None:
    """A city may be called in its own letters."""
    for name in ("서울특별시", "القاهرة", "Αθήνα", "Москва"):
        p = told(called(dossier_of("short"), name))
        assert "\N{REPLACEMENT CHARACTER}" not in p.pages[0], name


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
@pytest.mark.parametrize("name", [LONG, "W" * 60])
@BOTH
def test_nothing_sticks_out_of_the_page(name: str, language: str, tmp_path: Any) -> None:
    """Every word lies within the margins, long ones are broken."""
    (tmp_path / "report.pdf").write_bytes(report_pdf(matter(called(dossier_of("full"), name), language)))
    boxes = subprocess.run(["pdftotext", "-bbox", tmp_path / "report.pdf", "-"], capture_output=True, check=True)
    words = [line for line in boxes.stdout.decode().splitlines() if "<word" in line]
    assert len(words) > 5000
    for line in words:
        left, right = (float(line.split(f'{side}="')[1].split('"')[0]) for side in ("xMin", "xMax"))
        assert left >= 40, line
        assert right <= 595 - 40, line


def test_what_is_held_back_is_said_on_the_summary() -> None:
    """With one dimension there is a report, and it names what the others need."""
    p = told(answering(FOUR))
    held = needed(p.dossier.result)
    assert list(held) == ["2", "3", "4", "5"]
    for code, codes in held.items():
        told_ = f"{code} {p.instrument.dimension_of[code].title} needs some of {', '.join(codes[:4])}"
        assert flat(told_) in p.pages[1]


def test_before_a_dimension_shows_there_is_no_report() -> None:
    """Three answers are too few."""
    three = answering({code: FOUR[code] for code in list(FOUR)[:3]})
    assert asyncio.run(handing.make(three, "en")) is None


def test_a_chart_that_is_not_there_leaves_no_gap() -> None:
    """The report is whole with one chart as well as with none."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40"/></svg>'
    bare = matter(dossier_of("short"))
    one = Material(
        bare.dossier, bare.instrument, bare.words, {"heat": Figure(svg, "A grid", "It says this. And that.")}
    )
    p = read(report_pdf(one), bare.dossier, "en")
    assert "Itsaysthis.Andthat." in p.text
