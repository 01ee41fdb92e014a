"""A workbook comes back: looked into, shown before anything changes, and taken over as if each cell had been tapped."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from flows.around import Around
from flows.events import Attached
from flows.events.sheeting import Imported, Unfolded
from flows.kept.sheets import Receiving, Sheet, SheetMark
from flows.margin.filing import LARGEST
from flows.margin.merging import Change, Merged, merge, seen_as
from flows.prompts import Prompt
from flows.prompts.questions import AskReason
from flows.prompts.sheets import Lines, NewsKind, SheetFaults, SheetNews, SheetPreview, SheetTaken
from flows.session import Session, item_of
from flows.turn import Turn
from model.domains import HORIZON
from model.instrument import Instrument

SHOWN = 10
"""Lines of one kind in a preview: more are not read, and a platform's message ends."""
_NAMES = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb", ".csv", ".numbers")
_MEDIA = ("spreadsheet", "ms-excel", "text/csv")
_LINKS = ("docs.google.com/spreadsheets", "sheets.google.com")


def is_spreadsheet(event: Attached) -> bool:
    """Whether a file may be a workbook, by its name or media type."""
    named = event.name.casefold().endswith(_NAMES)
    return event.kind == "document" and (named or any(media in event.media.casefold() for media in _MEDIA))


def is_to_be_read(session: Session, event: Attached) -> bool:
    """Whether a file is looked into before it is taken for evidence."""
    return session.joined and is_spreadsheet(event) and not event.seen and event.size <= LARGEST


def receive(session: Session, event: Attached) -> Turn:
    """The turn after a file that may be a workbook: it is fetched and looked into."""
    return Turn(session, (SheetNews("reading"),), (Receiving(event),))


def hinted(event: Attached, turn: Turn) -> Turn:
    """The turn after evidence that may have been meant as a workbook, but cannot be read as one: how it could."""
    kind: NewsKind | None = None
    if event.kind == "link" and any(link in event.reference for link in _LINKS):
        kind = "link"
    elif is_spreadsheet(event) and event.size > LARGEST:
        kind = "large"
    return msgspec.structs.replace(turn, prompts=(*turn.prompts, SheetNews(kind))) if kind and turn.keeps else turn


def preview(instrument: Instrument, session: Session, event: Unfolded, around: Around) -> Turn:
    """The turn after a workbook was read: what it would change, and what of it is not understood."""
    sheet = around.sheet
    if sheet is None or sheet.state != "waiting":
        return Turn(session, (SheetNews("gone"),))
    merged = merge(instrument, session, sheet)
    shown = SheetPreview(
        event.sheet,
        tuple(_by_capability(instrument, merged.changes)),
        _lines(merged.changes, {"answer", "goal"}),
        _lines(merged.clashes, {"answer", "goal", "comment", "sure"}),
        len(merged.clashes),
        sheet.missing[: SHOWN + 1],
        sheet.others,
        **_counts(merged),
    )
    seen = {seen_as(clash): clash.was for clash in merged.clashes}
    mark = SheetMark(event.sheet, "waiting" if shown.rows else "left", seen)
    return Turn(session, (*_faults(session, sheet), shown), (mark,))


def decide(instrument: Instrument, session: Session, event: Imported, around: Around) -> Turn:
    """The turn after the preview's buttons: all of it is taken over in one turn, or nothing, and only once."""
    sheet = around.sheet
    if sheet is None:
        return Turn(session, (SheetNews("gone"),))
    if sheet.state != "waiting":
        day = sheet.at.date().isoformat() if sheet.at else ""
        return Turn(session, (SheetNews("taken_before" if sheet.state == "taken" else "left_before", day),))
    if event.choice == "cancel":
        return Turn(session, (SheetNews("cancelled"),), (SheetMark(event.sheet, "left"),))
    merged = merge(instrument, session, sheet, wins=event.choice == "all", seen=sheet.seen)
    counts = _counts(merged)
    left = {**counts.pop("left"), **({"newer": len(merged.clashes)} if merged.clashes else {})}
    left |= {"faults": len(sheet.faults)} if sheet.faults else {}
    told: tuple[Prompt, ...] = (SheetTaken(**counts, left=left),)
    after = merged.session
    if merged.below and not after.reason_for:
        after = msgspec.structs.replace(after, reason_for=merged.below[0])
        told = (*told, AskReason(merged.below[0], "below_today"))
    return Turn(after, told, (*merged.keeps, SheetMark(event.sheet, "taken")))


def _faults(session: Session, sheet: Sheet) -> tuple[SheetFaults, ...]:
    years = f"{session.year + HORIZON[0]}-{session.year + HORIZON[-1]}"
    more = max(len(sheet.faults) - SHOWN, 0)
    return (SheetFaults(sheet.faults[:SHOWN], more, years),) if sheet.faults else ()


def _counts(merged: Merged) -> dict[str, Any]:
    kinds = Counter(change.kind for change in merged.changes)
    new = sum(change.kind == "answer" and not change.was for change in merged.changes)
    return {
        "new": new,
        "changed": kinds["answer"] - new,
        "goals": kinds["goal"],
        "comments": kinds["comment"],
        "sure": kinds["sure"],
        "links": kinds["link"],
        "left": dict(merged.left),
    }


def _by_capability(instrument: Instrument, changes: Iterable[Change]) -> list[tuple[str, int]]:
    counted = Counter(instrument.capability_of[item_of(one.key)].code for one in changes)
    return [(one.code, counted[one.code]) for one in instrument.capabilities() if counted[one.code]]


def _lines(changes: Iterable[Change], kinds: Collection[str]) -> Lines:
    """The first of them, what changes something before what is new; words and links are only counted."""
    told = sorted((one for one in changes if one.kind in kinds), key=lambda one: not one.was)
    return tuple((one.key, one.was[:60], one.now[:60]) for one in told[:SHOWN])
