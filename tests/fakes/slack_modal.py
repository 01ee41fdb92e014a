"""A modal or a home view in front of a person: what is read there, what can be filled in, what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fakes.slack_blocks import Block, Control, controls, drawn, labels, options, said
from tests.fakes.slack_views import View

REQUIRED = "Please complete this required field."
Thing = TypeVar("Thing")
MANY = ("checkboxes", "multi_static_select")
CHOSEN = ("static_select", "radio_buttons", *MANY)


@dataclass(frozen=True)
class Field:
    """A field as the person sees it; `value` is what stands in it, by its label where it was chosen."""

    label: str
    kind: str
    options: list[str]
    value: Any
    optional: bool
    block_id: str = field(repr=False, default="")
    element: Block = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Sight:
    """A view as the person sees it; of a home view `title` is empty and there are no fields."""

    title: str
    text: str
    buttons: list[list[str]]
    fields: list[Field]
    submit: str = ""
    view: View = field(repr=False, default_factory=lambda: View("", "", {"blocks": []}))

    def drawn(self) -> str:
        """All of it as lines of text."""
        filled = [f"   {each.label}: {each.value or '...'}" for each in self.fields]
        rows = ["   " + " ".join(f"[{label}]" for label in row) for row in self.buttons]
        lines = [f"== {self.title or 'home'} ==", self.text, *filled, *rows]
        return "\n".join([line for line in lines if line] + ([f"   [{self.submit}]"] if self.submit else []))

    def field(self, label: str) -> Field:
        """The field whose label starts so, in either case. LookupError if there is none."""
        return _starting(self.fields, label, [each.label for each in self.fields], "field")

    def control(self, label: str) -> Control:
        """The button or menu whose label starts so, in either case. LookupError if there is none."""
        usable = [each for row in controls(self.view.body["blocks"]) for each in row]
        return _starting(usable, label, [each.label for each in usable], "button")

    def wrong(self) -> dict[str, str]:
        """What a client would say of each field before it sends anything."""
        found = {each.label: _wrong(each) for each in self.fields}
        return {label: error for label, error in found.items() if error}


def seen(view: View) -> Sight:
    """A view as the person sees it."""
    blocks: list[Block] = view.body["blocks"]
    fields = [_field(view, block, element) for block, element in view.fields()]
    title, submit = said(view.body.get("title")), said(view.body.get("submit"))
    return Sight(title, drawn(blocks), labels(blocks), fields, submit, view)


def option(element: Block, label: str) -> dict[str, Any]:
    """The option whose label starts so, in either case. LookupError if there is none."""
    offered = options(element)
    return dict(_starting(offered, label, [said(each["text"]) for each in offered], "option"))


def _field(view: View, block: Block, element: Block) -> Field:
    value = view.values[block["block_id"]][element["action_id"]]
    shown = [said(each["text"]) for each in options(element)]
    optional = bool(block.get("optional"))
    return Field(said(block["label"]), element["type"], shown, _value(value), optional, block["block_id"], element)


def _value(value: dict[str, Any]) -> Any:
    if value.get("selected_option"):
        return said(value["selected_option"]["text"])
    if "selected_options" in value:
        return [said(each["text"]) for each in value["selected_options"]]
    if "files" in value:
        return [each["name"] for each in value["files"]]
    return next((each for name, each in value.items() if name != "type"), None)


def _wrong(field: Field) -> str:
    if not field.value:
        return "" if field.optional else REQUIRED
    if field.kind != "plain_text_input":
        return ""
    low, high = field.element.get("min_length", 0), field.element.get("max_length", 3000)
    return "" if low <= len(field.value) <= high else f"Please enter {low} to {high} characters."


def _starting(things: Sequence[Thing], label: str, names: list[str], kind: str) -> Thing:
    for thing, name in zip(things, names, strict=True):
        if name.casefold().startswith(label.casefold()):
            return thing
    raise LookupError(f"no {kind} starts with {label!r}, only {names}")
