"""Messages as Block Kit, within its limits."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from bot.channels.slack.limits import ACTIONS, ALL_BLOCKS, BLOCKS, BUTTON, CONTEXT, HEADER, SECTION, TEXT
from bot.channels.slack.text import cut, cut_to_fit, escaped, fitting, has_link, renamed, whole
from bot.messages import Button, Message, Offer

TAP = "tap"
"""What the actions of our buttons begin with; their value carries the event."""
OTHERS = 7
"""Blocks of a message that are no buttons, at the most: title, four sections, note, forms."""
ROWS_OF_A_PART = 100
"""More rows than a part of a view has."""
OPEN = "open"
"""What the actions begin with that open a form; their value says which."""

Block = dict[str, Any]


def as_blocks(message: Message) -> list[Block]:
    """Title as a header, body as sections, note as context, buttons row by row; the body is cut where it must be."""
    buttons, forms = [*_rows(message.buttons, BLOCKS - OTHERS)], [*_forms(message.offers)]
    for room in range(SECTION * 3, SECTION // 4, -SECTION // 4):
        blocks = [*_words(message, room), *buttons, *forms]
        if _size(blocks) <= ALL_BLOCKS:
            return blocks
    words = [*_words(message, SECTION // 4)]
    while buttons and _size([*words, *buttons, *forms]) > ALL_BLOCKS:
        buttons.pop()  # whatever they do can be typed as well; a message that is refused says nothing at all
    return [*words, *buttons, *forms]


def as_section(message: Message, number: int) -> list[Block]:
    """A part of a view: the same, with rows of buttons whose names are their own among all parts."""
    rows = _rows(message.buttons, BLOCKS, number * ROWS_OF_A_PART)
    return [*_words(message, SECTION), *rows, *_forms(message.offers, number)]


def as_text(message: Message) -> str:
    """What a notification shows, and a screen reader reads."""
    told = "\n".join(part for part in (message.title, message.body, message.note) if part.strip())
    return escaped(cut_to_fit(told or _named(message), TEXT))


def _named(message: Message) -> str:
    """What is said where there are no words: the picture's or the file's name, or the buttons'."""
    if message.picture is not None:
        return message.picture.alt
    return message.document.name if message.document else " · ".join(one.label for one in chain(*message.buttons))


def section(text: str) -> Block:
    """A text that is shown as it was written; only where an address is to be followed it is one with markup."""
    return {"type": "section", "text": _shown(text, SECTION)}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain_text(text, HEADER)}


def plain_text(text: str, limit: int) -> Block:
    """A text without markup."""
    return {"type": "plain_text", "text": cut(renamed(text), limit), "emoji": False}


def _shown(text: str, limit: int) -> Block:
    if not has_link(text):
        return plain_text(text, limit)
    return {"type": "mrkdwn", "text": escaped(cut_to_fit(text, limit)), "verbatim": True}


def row(buttons: Iterable[Button], number: int, does: str = TAP) -> Block:
    """A row of buttons; each action's name is its own within the message."""
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": f"{does}-{number}-{at}",
                "text": plain_text(button.label, BUTTON),
                "value": button.event,
            }
            for at, button in enumerate(buttons)
        ],
    }


def _forms(offers: tuple[Offer, ...], number: int = 0) -> Iterator[Block]:
    """The forms that can be opened, beside each other."""
    if offers:
        buttons = tuple(Button(one.label, f"{one.kind}:{one.about}") for one in offers[:ACTIONS])
        yield row(buttons, number, OPEN)


def shape(blocks: Iterable[Block]) -> str:
    """What blocks look like without what they say, for a log: kinds and lengths."""
    return " ".join(f"{block['type']}({len(json.dumps(block, ensure_ascii=False))})" for block in blocks)


def _words(message: Message, room: int) -> Iterator[Block]:
    if message.title.strip():
        yield header(message.title)
    for part in _parts(message.body, room):
        yield section(part)
    if message.note.strip():
        yield {"type": "context", "elements": [_shown(message.note, CONTEXT)]}


def _parts(body: str, room: int) -> Iterator[str]:
    """The body in pieces that a section holds, parted at line ends; all of them together at most `room` long."""
    rest = cut_to_fit(body.strip(), room)
    while rest:
        end = fitting(rest, SECTION)
        if end < len(rest):
            end = max(rest.rfind("\n", 0, end), rest.rfind(" ", 0, end), 0) or whole(rest, end)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()


def _rows(buttons: tuple[tuple[Button, ...], ...], most: int, first: int = 0) -> Iterator[Block]:
    """Every row of buttons, one that is too wide as several; where there are too many, all are filled."""
    rows = [part for each in buttons for part in _wide(each)]
    if len(rows) > most:
        rows = [*_wide(tuple(chain.from_iterable(rows)))][:most]
    for number, each in enumerate(rows, first):
        yield row(each, number)


def _wide(buttons: tuple[Button, ...]) -> Iterator[tuple[Button, ...]]:
    """Buttons in rows as wide as Slack takes them."""
    for at in range(0, len(buttons), ACTIONS):
        yield buttons[at : at + ACTIONS]


def _size(blocks: list[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
