"""Evidence: a photo, a document, a link or a forwarded message, kept for the statement that it is about."""

import re
from collections.abc import Iterator

import msgspec

from flows.events import Attached, Event, Typed
from flows.events.asides import Refiled, Removed
from flows.margin.noting import addressed, as_is, is_unsure, last_answered, on_card
from flows.path import due, path, way
from flows.prompts import Notice
from flows.prompts.interludes import Filed
from flows.session import Album, Session, aspect_of, key_of
from flows.turn import Erasing, Evidence, Refiling, Turn, notice
from model.instrument import Instrument
from model.responses import Aspect

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that is copied: what Telegram lets a bot fetch, and more than a scanned report needs."""
MOST = 20
"""Pieces of evidence for one statement by one person: nobody reads more, and a disk is not endless."""
_COPIED = {"photo", "document", "video", "voice", "audio", "animation", "video_note"}
LINK = re.compile(r"(?:https?://|\bwww\.)\S*[^\s.,;:!?]", re.IGNORECASE)
"""A link as people write it: the stop after it is their sentence's."""


def as_meant(session: Session, event: Event) -> Event:
    """A text with a link in it is evidence, and the rest its caption; where words are asked for it stays a text."""
    if not isinstance(event, Typed) or session.handing or session.reason_for or session.remarks.asking:
        return event
    found = LINK.search(event.text)
    if found is None or event.text.startswith("/"):
        return event
    rest = f"{event.text[: found.start()].strip()} {event.text[found.end() :].strip()}".strip()
    return Attached("link", found[0], rest)


def file(instrument: Instrument, session: Session, event: Attached) -> Turn:
    """The turn after evidence: kept, and said for which statement, so that it can be put right."""
    item, sure = _about(instrument, session, event)
    code, rest = addressed(instrument, session, event.caption)
    if not item:
        return notice(session, "no_place_for_file")
    if session.filed.count(item) >= MOST:
        return notice(session, "enough_files", about=item)
    number = len(session.filed) + 1
    together = event.group and event.group == session.album.group and session.album.item == item
    first = session.album.first if together else number
    album = Album(event.group, item, first) if event.group else Album()
    after = msgspec.structs.replace(session, filed=(*session.filed, item), album=album)
    copied = event.kind in _COPIED
    kept = Evidence(
        item,
        event.kind,
        event.reference,
        rest if code == item else event.caption,
        number,
        event.name,
        event.size,
        event.media,
        event.dated,
        copy=copied and event.size <= LARGEST,
    )
    told = _told(instrument, after, first, number, sure=sure)
    large = (Notice("file_too_large", item),) if copied and event.size > LARGEST else ()
    return Turn(after, (*large, told), (kept,))


def refile(instrument: Instrument, session: Session, event: Refiled) -> Turn:
    """The turn after "it belongs to that one"."""
    numbers = _numbers(session, event.files)
    if not numbers or event.to not in as_is(instrument, session):
        return notice(session, "old_button")
    filed = tuple(event.to if at in numbers else item for at, item in enumerate(session.filed, 1))
    after = msgspec.structs.replace(session, filed=filed, album=Album())
    told = _told(instrument, after, numbers[0], numbers[-1], sure=True)
    return Turn(after, (told,), (Refiling(numbers, event.to),))


def remove(session: Session, event: Removed) -> Turn:
    """The turn after a wish that a file, a comment or a remark be gone."""
    gone = (Notice("removed", event.about),)
    if event.what == "file":
        numbers = _numbers(session, event.about)
        filed = tuple("" if at in numbers else item for at, item in enumerate(session.filed, 1))
        after = msgspec.structs.replace(session, filed=filed, album=Album())
        return Turn(after, gone, (Erasing("file", numbers=numbers),)) if numbers else notice(session, "gone_already")
    if event.what == "comment":
        after = _without_comment(session, event.about)
        return (
            notice(session, "gone_already")
            if after == session
            else Turn(after, gone, (Erasing("comment", event.about),))
        )
    return Turn(session, gone, (Erasing(event.what, event.about),))


def _without_comment(session: Session, item: str) -> Session:
    """The session without a comment on an item, be it kept or still waiting for its answer."""
    blank = {
        key: msgspec.structs.replace(response, comment="")
        for key in (item, key_of(item, Aspect.TARGET))
        if (response := session.responses.get(key)) is not None and response.comment
    }
    notes = {key: text for key, text in session.notes.items() if key != item}
    return msgspec.structs.replace(session, responses={**session.responses, **blank}, notes=notes)


def _about(instrument: Instrument, session: Session, event: Attached) -> tuple[str, bool]:
    """The statement that evidence is about, and whether its sender said so; "" for none.

    The caption's code says it, then what it was sent with, then the card it replies to; else it is for the statement
    that is asked, or for the one answered last.
    """
    mine = as_is(instrument, session)
    code, _ = addressed(instrument, session, event.caption)
    if code in mine:
        return code, True
    if event.group and event.group == session.album.group and session.album.item in mine:
        return session.album.item, True
    nearest = on_card(instrument, session, event.card) if event.card else ""
    if nearest:
        return nearest, True
    now, last = due(instrument, session), last_answered(session) or ""
    return (now, False) if now is not None and aspect_of(now) is Aspect.AS_IS else (last, False)


def _told(instrument: Instrument, session: Session, first: int, last: int, *, sure: bool) -> Filed:
    """What is said of evidence: its statement, and which other one it may have been meant for."""
    item = session.filed[last - 1]
    others = () if sure else tuple(_near(instrument, session, item))
    return Filed(item, first, last, next(iter(others), ""), is_unsure(session, item))


def _near(instrument: Instrument, session: Session, item: str) -> Iterator[str]:
    """The statement answered last, or else the one before in the questionnaire."""
    last = last_answered(session)
    if last and last != item:
        yield last
    keys = [key for key in path(instrument, way(session)) if aspect_of(key) is Aspect.AS_IS]
    before = keys[: keys.index(item)] if item in keys else []
    yield from reversed(before[-1:])


def _numbers(session: Session, files: str) -> tuple[int, ...]:
    """The evidence that a button meant ("3" or "3-5"), as far as it is still there."""
    found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", files)
    if found is None:
        return ()
    first, last = int(found[1]), int(found[2] or found[1])
    asked = range(max(first, 1), min(last, len(session.filed)) + 1)
    return tuple(number for number in asked if session.filed[number - 1])
