"""Blocks as a person sees them: texts without marks, rows of buttons, fields to be filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack_mrkdwn import escaped_once, plain

Block = Mapping[str, Any]
CHOOSERS = {"static_select", "radio_buttons", "overflow"}
"""Elements of a message or a home view of which one option is picked."""


@dataclass(frozen=True)
class Control:
    """Something in a block that can be used, and the block it stands in."""

    label: str
    element: Block
    block_id: str

    @property
    def is_button(self) -> bool:
        """Whether it is pressed, and not chosen from; a link leads away and is pressed all the same."""
        return bool(self.element["type"] == "button")


def said(text: Any) -> str:
    """A text object as it is read."""
    if not isinstance(text, Mapping):
        return ""
    return plain(text["text"]) if text.get("type") == "mrkdwn" else str(text.get("text", ""))


def drawn(blocks: Sequence[Block]) -> str:
    """All that is read in the blocks, a line a thing; buttons are not text."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def controls(blocks: Sequence[Block]) -> list[list[Control]]:
    """All that can be pressed or picked, a row a block."""
    rows = [[_control(element, block) for element in _usable(block)] for block in blocks]
    return [row for row in rows if row]


def labels(blocks: Sequence[Block]) -> list[list[str]]:
    """The labels of the buttons, as they stand in rows."""
    rows = [[control.label for control in row if control.is_button] for row in controls(blocks)]
    return [row for row in rows if row]


def pictures(blocks: Sequence[Block]) -> list[Block]:
    """The pictures within the blocks."""
    inside = [each for block in blocks for each in (*block.get("elements", []), block.get("accessory", {}))]
    return [each for each in (*blocks, *inside) if isinstance(each, Mapping) and each.get("type") == "image"]


def options(element: Block) -> list[Block]:
    """What can be chosen of an element, groups or not."""
    grouped = [each for group in element.get("option_groups", []) for each in group["options"]]
    return [*element.get("options", []), *grouped]


def handed_on(value: Any) -> Any:
    """Blocks as Slack gives them back: plain texts escaped, as they were not when they came (bolt-python #513)."""
    if isinstance(value, list):
        return [handed_on(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    given = {name: handed_on(each) for name, each in value.items()}
    return given | ({"text": escaped_once(given["text"])} if given.get("type") == "plain_text" else {})


def _usable(block: Block) -> Iterator[Block]:
    inside = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory", {})]
    for element in inside:
        if element.get("type") == "button" or element.get("type") in CHOOSERS:
            yield element


def _control(element: Block, block: Block) -> Control:
    label = said(element.get("text")) or said(element.get("placeholder"))
    return Control(label, element, block.get("block_id", ""))


def _lines(block: Block) -> Iterator[str]:
    kind = block["type"]
    if kind in ("header", "section"):
        yield said(block.get("text"))
        yield from (said(field) for field in block.get("fields", []))
    elif kind == "context":
        yield " ".join(said(each) for each in block["elements"] if each["type"] != "image")
    elif kind == "divider":
        yield "---"
    elif kind == "markdown":
        yield block["text"]
    elif kind == "image":
        yield f"({block['alt_text']})"
    elif kind == "table":
        yield from (" | ".join(_cell(cell) for cell in row) for row in block["rows"])
    elif kind == "rich_text":
        yield _rich(block)


def _cell(cell: Block) -> str:
    return _rich(cell) if cell["type"] == "rich_text" else str(cell.get("text", cell.get("value", "")))


def _rich(part: Block) -> str:
    """A rich text by its texts and links; each list item and each section on a line."""
    inside = part.get("elements", [])
    between = "\n" if part["type"] in ("rich_text", "rich_text_list") else ""
    own = part.get("text") or part.get("url") or ""
    return str(own) + between.join(_rich(each) for each in inside)
