"""What Slack's own types ask of a request, and every way in which a request departs from them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.fakes import slack_mrkdwn
from tests.fakes.slack_limits import (
    ALT_TEXT,
    MESSAGE_BLOCKS,
    MESSAGE_CHARACTERS,
    MESSAGE_TEXT,
    RULES,
    counted,
    every,
)
from tests.fakes.slack_shapes import METHODS, Found, Rule, departures

EVERYWHERE = {"token", "team_id"}  # slack-sdk sends the team it is meant for with every request
ALIASES = {("files.getUploadURLExternal", "alt_txt"): "alt_text"}
"""The types say alt_text; the service, its documentation and slack-sdk say alt_txt."""
VIEWS = {"views.open": "ModalView", "views.push": "ModalView", "views.update": "ModalView", "views.publish": "HomeView"}
FILES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("id", "title", "highlight_type")},
        "required": ["id"],
        "additionalProperties": False,
    },
}
ONLY_IN: dict[str, set[str]] = {
    "file_input": {"modal"},
    "markdown": {"message"},
    "table": {"message"},
}
"""Blocks and elements that are not taken everywhere."""


def faults(method: str, params: Mapping[str, Any]) -> Found:
    """Every departure of a decoded request from the types and the documented limits, each with its place."""
    if method not in METHODS:
        return [f"{method}: unknown method"]
    arguments = METHODS[method]["args"]
    found = [f"{method}.{name}: required and missing" for name in METHODS[method]["required"] if name not in params]
    for name, value in params.items():
        place, known = f"{method}.{name}", ALIASES.get((method, name), name)
        if known not in arguments and name not in EVERYWHERE:
            found.append(f"{place}: unknown argument")
        elif known in arguments:
            found += departures(_schema(method, known, arguments[known]), value, place, RULES)
    return found or _of_method(method, params)


def error_of(method: str, found: Found) -> str:
    """Slack's word for a request with these faults; the first one counts."""
    first = found[0]
    if method not in METHODS:
        return "unknown_method"
    if f"{method}.blocks" in first:
        return "msg_blocks_too_long" if "characters" in first else "invalid_blocks"
    if first.startswith(f"{method}.text:"):
        return "no_text" if "nothing" in first else "msg_too_long" if "long" in first else "invalid_arguments"
    return "invalid_arguments"


def view_faults(view: object, where: str, kind: str = "ModalView") -> Found:
    """The faults of a view that stands by itself: in the answer to a submission."""
    found = departures({"$ref": kind}, view, where, RULES)
    return found or (_of_view(view, where) if isinstance(view, dict) else [])


def message_faults(message: Mapping[str, Any], where: str) -> Found:
    """The faults of a message that comes by a response_url, or as the answer to a command."""
    blocks = {"type": "array", "items": {"$ref": "KnownBlock"}}
    found = departures(blocks, message["blocks"], f"{where}.blocks", RULES) if "blocks" in message else []
    return found or _of_message(message, where)


def types_of(method: str) -> dict[str, str]:
    """The type each argument of a method has: "any" where the types do not say, nothing for an unknown method."""
    arguments = METHODS.get(method, {"args": {}})["args"]
    return {name: argument.get("type", "any") for name, argument in arguments.items()}


def walk(value: object) -> Iterator[dict[str, Any]]:
    """Every object within a value, itself included."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(each)


def _schema(method: str, name: str, argument: Mapping[str, Any]) -> Mapping[str, Any]:
    if name == "blocks":
        return {"type": "array", "items": {"$ref": "KnownBlock"}}
    if name == "view":
        return {"$ref": VIEWS[method]}
    return FILES if (method, name) == ("files.completeUploadExternal", "files") else argument


def _of_method(method: str, params: Mapping[str, Any]) -> Found:
    if "attachments" in params:
        return [f"{method}.attachments: this fake reads blocks only"]
    rule = METHOD_RULES.get(method)
    found = rule(params, method) if rule else []
    return found + (_of_view(params["view"], f"{method}.view") if "view" in params else [])


def _of_message(message: Mapping[str, Any], where: str) -> Found:
    text, blocks = message.get("text"), message.get("blocks", [])
    if not (isinstance(text, str) and text.strip()):
        lacking = "a notification would be empty" if blocks else "there is nothing to be said"
        return [f"{where}.text: {lacking}"]
    return [
        *counted("text", MESSAGE_TEXT)(message, where),
        *(slack_mrkdwn.faults(text, f"{where}.text") if message.get("mrkdwn", True) else []),
        *(counted("blocks", MESSAGE_BLOCKS, 0)(message, where)),
        *_of_blocks(blocks, f"{where}.blocks", "message"),
        *_characters(blocks, where),
    ]


def _of_view(view: Mapping[str, Any], where: str) -> Found:
    return _of_blocks(view["blocks"], f"{where}.blocks", view["type"])


def _characters(blocks: Sequence[Any], where: str) -> Found:
    texts = [each["text"] for each in walk(blocks) if isinstance(each.get("text"), str)]
    count = sum(map(len, texts))
    return [f"{where}.blocks: {count} characters, {MESSAGE_CHARACTERS} allowed"] if count > MESSAGE_CHARACTERS else []


def _of_blocks(blocks: Sequence[Any], where: str, surface: str) -> Found:
    found = _twice([block["block_id"] for block in blocks if "block_id" in block], f"{where}: block_id")
    for i, block in enumerate(blocks):
        elements = [*block.get("elements", []), *(block[key] for key in ("accessory", "element") if key in block)]
        ids = [each["action_id"] for each in elements if isinstance(each, dict) and "action_id" in each]
        found += _twice(ids, f"{where}[{i}]: action_id")
        kinds = [each["type"] for each in (block, *elements) if each.get("type") in ONLY_IN]
        found += [f"{where}[{i}]: no {kind} in a {surface}" for kind in kinds if surface not in ONLY_IN[kind]]
    return found


def _twice(ids: list[str], where: str) -> Found:
    return [f"{where} {each!r} stands twice" for each in sorted({each for each in ids if ids.count(each) > 1})]


def _either(*names: str) -> Rule:
    def rule(params: Mapping[str, Any], where: str) -> Found:
        given = [name for name in names if name in params]
        return [] if len(given) == 1 else [f"{where}: exactly one of {list(names)} is needed, not {given}"]

    return rule


def _shared(params: Mapping[str, Any], where: str) -> Found:
    text = params.get("initial_comment", "")
    found = [] if params["files"] else [f"{where}.files: empty"]
    return (
        found
        + counted("initial_comment", MESSAGE_TEXT, 0)(params, where)
        + slack_mrkdwn.faults(text, f"{where}.initial_comment")
    )


METHOD_RULES: dict[str, Rule] = {
    "chat.postMessage": _of_message,
    "chat.postEphemeral": _of_message,
    "chat.update": _of_message,
    "views.open": _either("trigger_id", "interactivity_pointer"),
    "views.push": _either("trigger_id", "interactivity_pointer"),
    "views.update": _either("view_id", "external_id"),
    "files.getUploadURLExternal": every(
        counted("alt_txt", ALT_TEXT), counted("alt_text", ALT_TEXT), counted("filename", 255)
    ),
    "files.completeUploadExternal": _shared,
    "conversations.open": _either("users", "channel"),
}
