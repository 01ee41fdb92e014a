"""The complete model as a PDF: what stands in it, in the reader's language; how it looks is in model.typ."""

import math
from collections import defaultdict
from gettext import NullTranslations
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date

from bot.reports.method import chapters
from bot.reports.typesetting import typeset
from bot.wording.catalogues import locale_of
from model.instrument import Indicator, Instrument, Reference

TEMPLATE = "model.typ"
_SMALLEST, _LARGEST = 7.0, 9.5
"""Points. Noto Sans is large for its size: at 7.5 it reads like a serif of 9."""
_FULL = 594.0
"""Points times the root of the characters that fill a page of model.typ; found by trying."""


def model_pdf(i: Instrument, words: NullTranslations) -> bytes:
    """The complete model: tagged (PDF/UA-1), with bookmarks and links; the same bytes for the same instrument."""
    return typeset(TEMPLATE, content(i, words))


def _size(pages: list[dict[str, Any]], references: list[dict[str, Any]]) -> float:
    """The size of type (points) at which the fullest capability just fills its page; the others are given more air."""
    short = {one["id"]: len(one["short"]) for one in references}
    fullest = max(sum(_length(one, short) for one in page["indicators"]) for page in pages)
    return math.floor(10 * min(_LARGEST, max(_SMALLEST, _FULL / math.sqrt(fullest)))) / 10


def _length(one: dict[str, Any], short: dict[str, int]) -> int:
    told = [one["statement"], one["why"], one["department"], *one["evidence"], *(text for _, text in one["levels"])]
    return sum(map(len, told)) + sum(short[reference] for reference in one["references"])


def content(i: Instrument, words: NullTranslations) -> dict[str, Any]:
    """All that the PDF says, in the order in which it says it."""
    _ = words.gettext
    counts = {
        "statements": len(i.indicators),
        "capabilities": len(list(i.capabilities())),
        "dimensions": len(i.dimensions),
    }
    dimensions: list[dict[str, Any]] = [
        {
            "code": dimension.code,
            "title": dimension.title,
            "about": dimension.about,
            "capabilities": [
                {
                    "code": capability.code,
                    "title": capability.title,
                    "indicators": [_indicator(i, one) for one in capability.indicators],
                }
                for capability in dimension.capabilities
            ],
        }
        for dimension in i.dimensions
    ]
    references = _references(i, words)
    return {
        "language": i.language.partition("_")[0],
        "title": i.title,
        "subtitle": _("The complete model"),
        "author": "maturitybot",
        "contents": _("%(statements)s statements in %(capabilities)s capabilities and %(dimensions)s dimensions")
        % counts,
        "about": i.about,
        "version": i.version,
        "words": _words(words),
        "size": _size([page for dimension in dimensions for page in dimension["capabilities"]], references),
        "chapters": chapters(i, words),
        "dimensions": dimensions,
        "references": references,
        "about_references": _about_references(i, words),
        "departments": [
            {"name": name, "indicators": [_entry(one) for one in i.indicators.values() if one.department == code]}
            for code, name in i.departments.items()
        ],
    }


def _words(words: NullTranslations) -> dict[str, str]:
    _ = words.gettext
    return {
        "version": _("Version"),
        "contents": _("Contents"),
        "key": _("key"),
        "evidence": _("Evidence:"),
        "references": _("References:"),
        "list_of_references": _("References"),
        "used_by": _("Cited by"),
        "by_department": _("Statements by department"),
        "by_code": _("Statements by code"),
    }


def _indicator(i: Instrument, one: Indicator) -> dict[str, Any]:
    return _entry(one) | {
        "key": one.key,
        "why": one.why,
        "levels": [[str(level), text] for level, text in sorted(one.levels.items())],
        "evidence": one.evidence,
        "department": i.departments[one.department],
        "references": one.references,
    }


def _entry(one: Indicator) -> dict[str, str]:
    return {"code": one.code, "statement": one.statement}


def _about_references(i: Instrument, words: NullTranslations) -> str:
    _ = words.gettext
    days = sorted({one.checked for one in i.references})
    told = [format_date(day, "long", locale=locale_of(i.language)) for day in (days[0], days[-1])]
    about = _("Standards, laws, frameworks, studies, and what cities do. There is a link to the publisher's own page.")
    seen = _("We looked at each of them on %(day)s.") % {"day": told[0]}
    if len(days) > 1:
        seen = _("We looked at each of them between %(first)s and %(last)s.") % {"first": told[0], "last": told[1]}
    return f"{about} {seen}"


def _references(i: Instrument, words: NullTranslations) -> list[dict[str, Any]]:
    cited: dict[str, list[str]] = defaultdict(list)
    for one in i.indicators.values():
        for reference in one.references:
            cited[reference].append(one.code)
    return [_reference(one, cited[one.id], words) for one in i.references if cited[one.id]]


def _reference(one: Reference, cited: list[str], words: NullTranslations) -> dict[str, Any]:
    _ = words.gettext
    kinds = {
        "standard": _("standard"),
        "law": _("law"),
        "framework": _("framework"),
        "city programme": _("city programme"),
        "study": _("study"),
    }
    year = str(one.year) if one.year else ""
    place = one.city if one.city and one.city not in one.publisher else ""
    return {
        "id": one.id,
        "short": " ".join(filter(None, [f"[{one.id}]", one.publisher, year])),
        "title": one.title,
        "source": ", ".join(filter(None, [one.publisher, place, year])) + f" ({kinds[one.kind]})",
        "url": one.url,
        "host": urlsplit(one.url).hostname if one.url else None,
        "cited": cited,
    }
