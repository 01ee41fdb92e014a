"""The parts a chapter is set from, as data; how each looks is in report.typ."""

from collections.abc import Sequence
from typing import Any

from bot.reports.report.material import Material

Block = dict[str, Any]
Row = Sequence[str]


def chapter(title: str, *blocks: Block | None, fresh: bool = False) -> Block:
    """A chapter with a bookmark; `fresh` where it begins a page."""
    return {"title": title, "fresh": fresh, "blocks": [one for one in blocks if one is not None]}


def text(said: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": said}


def note(said: str) -> Block:
    """A paragraph that stands back: how something is to be read."""
    return {"kind": "note", "text": said}


def lead(said: str) -> Block:
    """A note that stays with what follows it."""
    return {"kind": "lead", "text": said}


def heading(title: str, deep: int = 2) -> Block:
    """A heading below the chapter's, with a bookmark."""
    return {"kind": "heading", "title": title, "deep": deep}


def points(items: Sequence[str]) -> Block:
    """A list."""
    return {"kind": "list", "items": list(items)}


def table(title: str, head: Row, rows: Sequence[Row], widths: Sequence[float], left: int = 1) -> Block:
    """A table with its head; the first `left` columns are text, the others numbers. `title` tells what it holds."""
    return {
        "kind": "table",
        "title": title,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "left": left,
    }


def card(title: str, rows: Sequence[tuple[str, str]], link: str | None = None, colour: str = "") -> Block:
    """Something with a name and what is told of it, kept on one page; `link` belongs to the last row.

    `colour` is the code whose colour it has.
    """
    return {"kind": "card", "title": title, "rows": [list(row) for row in rows], "link": link, "code": colour}


def figure(material: Material, kind: str, share: float = 1.0) -> Block | None:
    """A chart with its reading, as wide as this share of the page; None where there is none of this kind."""
    found = material.figures.get(kind)
    if found is None:
        return None
    return {"kind": "figure", "svg": found.svg, "alt": found.alt, "caption": found.reading, "share": share}
