"""A YAML file becomes typed values, or a list of everything that is wrong with it: file, line, what, how to mend."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
Place = tuple[Hashable, ...]
"""The way to a value inside a file: keys and positions."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in content. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what} {self.mend}"


class InstrumentError(Exception):
    """The content cannot be used. `faults` holds all that is wrong with it, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


_DEEPEST = 20
"""Levels of nesting; more is an alias that stands inside itself."""


class Source:
    """One file: its plain values, the line of each, and the faults found so far."""

    def __init__(self, name: str, content: bytes | None) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self.plain: Any = self._read(content)

    def fault(self, place: Place, what: str, mend: str) -> None:
        """Notes a fault at the line of `place`, or of the nearest thing around it."""
        self.faults.append(Fault(self.name, self.line(place), what, mend))

    def line(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it; from 1, 0 for a file without any."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)

    def typed(self, adapter: TypeAdapter[T]) -> T | None:
        """The file's content as the adapter's type; None (and faults noted) where it does not fit."""
        if self.faults:
            return None
        try:
            return adapter.validate_python(self.plain)
        except ValidationError as error:
            places = [detail["loc"] for detail in error.errors()]
            for detail in error.errors():
                here = detail["loc"]
                if detail["type"] == "too_short" and any(p[: len(here)] == here != p for p in places):
                    continue  # its entries are there, and faulty
                self.fault(detail["loc"], *_sentence(dict(detail)))
            return None

    def _read(self, content: bytes | None) -> Any:
        try:
            text = None if content is None else content.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is None:
            reason = "cannot be read." if content is None else "is not UTF-8 text."
            self.fault((), f"This file {reason}", "Save it as UTF-8 text in this place.")
            return None
        for number, line in enumerate(text.splitlines(), 1):
            if "\t" in line:
                self.faults.append(Fault(self.name, number, "This line has a tab.", "Indent with spaces."))
        return None if self.faults else self._compose(text)

    def _compose(self, text: str) -> Any:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return self._value(loader, node, ()) if node else None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            self.faults.append(Fault(self.name, line, "YAML does not allow a character of this line.", "Remove it."))
            return None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            what = f"This is not YAML: {error.problem}."
            mend = "Look at this line and the one above it: indentation, quotes, a colon inside a text."
            self.faults.append(Fault(self.name, line, what, mend))
            return None
        finally:
            loader.dispose()

    def _value(self, loader: "_Loader", node: yaml.Node, place: Place) -> Any:
        if len(place) > _DEEPEST:
            self.fault(place, "This stands inside itself.", "Write it out in place of the alias.")
            return None
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [self._value(loader, child, (*place, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            try:
                return loader.construct_object(node, deep=True)
            except ValueError as error:
                self.fault(place, f"“{node.value}” cannot be read: {error}.", "Put it in quotes, or mend it.")
                return None
        found: dict[Any, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                line = key_node.start_mark.line + 1
                self.faults.append(Fault(self.name, line, "A key must be plain text.", "Put it in quotes."))
                continue
            key = loader.construct_object(key_node, deep=True)
            if key in found:
                self.lines[(*place, key)] = key_node.start_mark.line + 1
                self.fault((*place, key), f"“{key}” stands here a second time.", "Keep one of the two.")
            found[key] = self._value(loader, child, (*place, key))
            self.lines[(*place, key)] = key_node.start_mark.line + 1
        return found


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("“{name}” is missing.", "Add it."),
    "unexpected_keyword_argument": ("“{name}” is not a known key.", "Look for a typing mistake, or remove it."),
    "string_too_long": ("“{name}” has {length} characters; {max_length} are allowed.", "Shorten it."),
    "string_too_short": ("“{name}” is too short.", "Write at least {min_length} characters."),
    "string_type": ("“{name}” is {input!r}, which is not text.", "Put it in quotes."),
    "too_short": ("“{name}” has too few entries.", "Give at least {min_length}."),
    "too_long": ("“{name}” has too many entries.", "Give at most {max_length}."),
    "literal_error": ("“{name}” is {input!r}.", "Choose one of {expected}."),
    "greater_than_equal": ("“{name}” is {input!r}: the scale has no such level.", "Use the levels 0 to 5."),
    "less_than_equal": ("“{name}” is {input!r}: the scale has no such level.", "Use the levels 0 to 5."),
    "int_parsing": ("“{name}” is {input!r}, which is not a whole number.", "Write a number such as 3."),
    "string_pattern_mismatch": (
        "“{name}” is {input!r}, which has characters it may not have.",
        "It must match {pattern}.",
    ),
    "dataclass_type": ("“{name}” should have keys of its own.", "Write it as `key: value` lines, indented."),
}


def _sentence(detail: dict[str, Any]) -> tuple[str, str]:
    """What is wrong and how to mend it, for one of pydantic's error details."""
    names = [str(part) for part in detail["loc"] if part != "[key]"]
    facts = {"name": names[-1] if names else "This file", "input": detail["input"], **detail.get("ctx", {})}
    if isinstance(detail["input"], str):
        facts["length"] = len(detail["input"])
    what, mend = _SENTENCES.get(detail["type"], ("“{name}”: " + detail["msg"] + ".", "Compare it with a neighbour."))
    return what.format_map(facts), mend.format_map(facts)
