"""Limits that Slack's documentation states in words: rules a type must meet beyond its fields. Characters are code points."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes import slack_mrkdwn
from tests.fakes.slack_shapes import Found, Rule

MESSAGE_TEXT = 40_000
MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 13_200  # in all texts of all blocks; undocumented, answered with msg_blocks_too_long
VIEW_BLOCKS = 100
VIEW_LABEL = 24  # title, submit, close
PRIVATE_METADATA = 3000
ID = 255  # action_id, block_id, callback_id, external_id
TEXT = 3000
FIELD = 2000
FIELDS = 10
HEADER = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
CHOICES = 10  # of radio buttons and checkboxes
OVERFLOW = 5
PLACEHOLDER = 150
LABEL = 2000  # of an input, and its hint
ALT_TEXT = 2000
URL = 3000
MARKDOWN = 12_000
INPUT_LENGTH = 3000
INPUT_FILES = range(1, 11)
TABLE_ROWS = 100
TABLE_COLUMNS = 20
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}

Value = Mapping[str, Any]


def every(*rules: Rule) -> Rule:
    """The rule that all of these hold."""
    return lambda value, where: [fault for rule in rules for fault in rule(value, where)]


def counted(name: str, longest: int, shortest: int = 1) -> Rule:
    """The rule that a text, a text object or a list, if given, is neither too short nor too long."""

    def rule(value: Value, where: str) -> Found:
        given = value.get(name)
        given = given.get("text") if isinstance(given, dict) else given
        if not isinstance(given, str | list):
            return []
        count = len(given)
        return [] if shortest <= count <= longest else [f"{where}.{name}: {count} long, {shortest}-{longest} allowed"]

    return rule


def lengths(**longest: int) -> Rule:
    """The same for several names, none of them empty."""
    return every(*(counted(name, most) for name, most in longest.items()))


def _not_blank(value: Value, where: str) -> Found:
    return [] if value["text"].strip() else [f"{where}.text: empty"]


def _mrkdwn(value: Value, where: str) -> Found:
    return slack_mrkdwn.faults(value["text"], f"{where}.text")


def _each(name: str, longest: int) -> Rule:
    """The rule that no text object of a list is too long."""

    def rule(value: Value, where: str) -> Found:
        check = counted("text", longest)
        return [fault for i, each in enumerate(value.get(name, [])) for fault in check(each, f"{where}.{name}[{i}]")]

    return rule


def _one_of(*names: str) -> Rule:
    """The rule that exactly one of several fields is given."""

    def rule(value: Value, where: str) -> Found:
        given = [name for name in names if name in value]
        return [] if len(given) == 1 else [f"{where}: exactly one of {list(names)} is needed, not {given}"]

    return rule


def _options(most: int, initial: Callable[[Value], list[Any]]) -> Rule:
    """The rule for what can be chosen: not too many, no value twice, and what is chosen at first among them."""

    def rule(value: Value, where: str) -> Found:
        groups = value.get("option_groups", [])
        offered = [*value.get("options", []), *(each for group in groups for each in group["options"])]
        values = [each.get("value") for each in offered]
        found = counted("options", most)(value, where) + counted("option_groups", OPTIONS)(value, where)
        if len(set(values)) < len(values):
            found.append(f"{where}.options: a value stands twice")
        strange = [each for each in initial(value) if each not in offered]
        return found + ([f"{where}: what is chosen at first is no option"] if strange else [])

    return rule


def _bounds(value: Value, where: str) -> Found:
    low, high = value.get("min_length", 0), value.get("max_length", INPUT_LENGTH)
    found = (
        [] if 0 <= low <= high <= INPUT_LENGTH and high >= 1 else [f"{where}: length {low} to {high} is not possible"]
    )
    first = len(value.get("initial_value", ""))
    # The client would show it, and refuse to submit it.
    return found + ([f"{where}.initial_value: {first} long, {high} allowed"] if first > high else [])


def _files(value: Value, where: str) -> Found:
    most = value.get("max_files", INPUT_FILES[-1])
    return [] if most in INPUT_FILES else [f"{where}.max_files: {most!r}, {INPUT_FILES[0]}-{INPUT_FILES[-1]} allowed"]


def _section(value: Value, where: str) -> Found:
    return [] if {"text", "fields"} & set(value) else [f"{where}: needs text, or fields"]


def _table(value: Value, where: str) -> Found:
    widths = {len(row) for row in value["rows"]}
    if len(widths) != 1 or not widths <= set(range(1, TABLE_COLUMNS + 1)):
        return [f"{where}.rows: {sorted(widths)} cells, in each row as many of 1-{TABLE_COLUMNS}"]
    return counted("column_settings", max(widths))(value, where)


def _modal(value: Value, where: str) -> Found:
    asks = any(block["type"] == "input" for block in value["blocks"])
    return [f"{where}.submit: required where something is asked"] if asks and "submit" not in value else []


def _group(value: Value, where: str) -> Found:
    wrong = [i for i, each in enumerate(value.get("option_groups", [])) if not 1 <= len(each["options"]) <= OPTIONS]
    return [f"{where}.option_groups[{i}]: 1-{OPTIONS} options allowed" for i in wrong]


def _one(name: str) -> Callable[[Value], list[Any]]:
    return lambda value: [value[name]] if name in value else []


def _many(name: str) -> Callable[[Value], list[Any]]:
    return lambda value: list(value.get(name, []))


_ids = lengths(action_id=ID, block_id=ID)
_option = every(lengths(text=OPTION_TEXT, value=OPTION_VALUE, description=OPTION_TEXT, url=URL))
_view = every(lengths(callback_id=ID, external_id=ID), counted("private_metadata", PRIVATE_METADATA, 0))
_image = lengths(alt_text=ALT_TEXT, image_url=URL, title=FIELD)
_placeholder = every(_ids, counted("placeholder", PLACEHOLDER))
_menu = every(_one_of("options", "option_groups"), _group, _placeholder)

RULES: dict[str, Rule] = {
    "PlainTextElement": every(counted("text", TEXT), _not_blank),
    "MrkdwnElement": every(counted("text", TEXT), _not_blank, _mrkdwn),
    "RawTextElement": _not_blank,
    "SectionBlock": every(_section, counted("text", TEXT), counted("fields", FIELDS), _each("fields", FIELD), _ids),
    "HeaderBlock": every(lengths(text=HEADER), _ids),
    "ContextBlock": every(counted("elements", CONTEXT_ELEMENTS), _ids),
    "ActionsBlock": every(counted("elements", ACTIONS_ELEMENTS), _ids),
    "DividerBlock": _ids,
    "InputBlock": every(lengths(label=LABEL, hint=LABEL), _ids),
    "ImageBlock": every(_image, _ids),
    "ImageElement": _image,
    "MarkdownBlock": every(lengths(text=MARKDOWN), _ids),
    "TableBlock": every(counted("rows", TABLE_ROWS), _table, _ids),
    "Button": every(lengths(text=BUTTON_TEXT, value=BUTTON_VALUE, url=URL, accessibility_label=BUTTON_TEXT), _ids),
    "ConfirmationDialog": lengths(**CONFIRM),
    "PlainTextOption": _option,
    "MrkdwnOption": _option,
    "StaticSelect": every(_menu, _options(OPTIONS, _one("initial_option"))),
    "MultiStaticSelect": every(_menu, _options(OPTIONS, _many("initial_options"))),
    "RadioButtons": every(_options(CHOICES, _one("initial_option")), _ids),
    "Checkboxes": every(_options(CHOICES, _many("initial_options")), _ids),
    "Overflow": every(_options(OVERFLOW, _one("none")), _ids),
    "PlainTextInput": every(_bounds, _placeholder),
    "FileInput": every(_files, _ids),
    "ModalView": every(
        _modal, counted("blocks", VIEW_BLOCKS), _view, lengths(title=VIEW_LABEL, submit=VIEW_LABEL, close=VIEW_LABEL)
    ),
    "HomeView": every(counted("blocks", VIEW_BLOCKS), _view),
}
