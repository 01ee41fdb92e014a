"""Messages as Block Kit, within its limits."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from bot.channels.slack.text import cut, cut_to_fit, escaped, fitting, renamed
from bot.messages import Button, Message, Offer

HEADER = 150
"""Characters of a header, which has no markup."""
SECTION = 3000
"""Characters of a section's text, markup and escapes included."""
CONTEXT = 2000
"""Characters of a note; Slack names no limit for a context's text, and this is its lowest for any."""
BUTTON, VALUE, ACTION = 75, 2000, 255
"""Characters of a button's label, of what it carries, and of the name of its action."""
ACTIONS = 25
"""Elements of a row of buttons."""
BLOCKS = 50
"""Blocks of a message."""
ALL_BLOCKS = 13_000
"""Characters of a message's blocks as JSON: a little below where Slack says `msg_blocks_too_long`, undocumented."""
TEXT = 4000
"""Characters of the text that notifications show: Slack cuts it there itself and allows ten times as many."""
TAP = "tap"
"""What the actions of our buttons begin with; their value carries the event."""
ROWS_OF_A_PART = 100
"""More rows than a part of a view has."""
OPEN = "open"
"""What the actions begin with that open a form; their value says which."""

Block = dict[str, Any]


def as_blocks(message: Message) -> list[Block]:
    """Title as a header, body as sections, note as context, buttons row by row; the body is cut where it must be."""
    room = SECTION * 3
    while True:
        blocks = [*_words(message, room), *_rows(message.buttons, BLOCKS - 7), *_forms(message.offers)]
        if len(blocks) <= BLOCKS and (room < SECTION // 4 or _size(blocks) <= ALL_BLOCKS):
            return blocks
        room -= SECTION // 4


def as_section(message: Message, number: int) -> list[Block]:
    """A part of a view: the same, with rows of buttons whose names are their own among all parts."""
    rows = _rows(message.buttons, BLOCKS, number * ROWS_OF_A_PART)
    return [*_words(message, SECTION), *rows, *_forms(message.offers, number)]


def as_text(message: Message) -> str:
    """What a notification shows, and a screen reader reads."""
    told = "\n".join(part for part in (message.title, message.body, message.note) if part)
    return escaped(cut_to_fit(told, TEXT))


def section(text: str) -> Block:
    """A text that is shown as it is."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain_text(text, HEADER)}


def plain_text(text: str, limit: int) -> Block:
    """A text without markup."""
    return {"type": "plain_text", "text": cut(renamed(text), limit), "emoji": False}


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
    if message.title:
        yield header(message.title)
    for part in _parts(message.body, room):
        yield section(part)
    if message.note:
        note = {"type": "mrkdwn", "text": escaped(cut_to_fit(message.note, CONTEXT)), "verbatim": True}
        yield {"type": "context", "elements": [note]}


def _parts(body: str, room: int) -> Iterator[str]:
    """The body in pieces that a section holds, parted at line ends; all of them together at most `room` long."""
    rest = cut_to_fit(body.strip(), room)
    while rest:
        end = fitting(rest, SECTION)
        if end < len(rest):
            end = max(rest.rfind("\n", 0, end), rest.rfind(" ", 0, end), 0) or end
        yield escaped(rest[:end].rstrip())
        rest = rest[end:].lstrip()


def _rows(buttons: tuple[tuple[Button, ...], ...], most: int, first: int = 0) -> Iterator[Block]:
    """Every row of buttons; where there are too many, those that stand alone share one."""
    rows: list[tuple[Button, ...]] = [each for each in buttons if each]
    if len(rows) > most:
        every = list(chain.from_iterable(rows))
        rows = [tuple(every[at : at + ACTIONS]) for at in range(0, len(every), ACTIONS)][:most]
    for number, each in enumerate(rows, first):
        yield row(each[:ACTIONS], number)


def _size(blocks: list[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
