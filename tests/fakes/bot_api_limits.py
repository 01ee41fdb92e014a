"""Limits that the Bot API's documentation states in words: rules a method or a type must meet beyond its fields."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.bot_api_html import read
from tests.fakes.bot_api_wire import Upload

# Lengths hold after entity parsing. The documentation does not say what a character is: UTF-16 is the strict reading.
TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
ENTITIES = 100  # Telegram drops what is marked beyond them without a word
CALLBACK_DATA_BYTES = 64
ROW_BUTTONS = 8
BUTTONS = 100
TOAST_LENGTH = 200
COMMANDS = 100
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_DESCRIPTION_LENGTH = 256
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
ALBUM = range(2, 11)
UPDATES = range(1, 101)
PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024
WEBHOOK_ADDRESS = re.compile(r"(https://[^/:]+(:(443|80|88|8443))?(/.*)?)?")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
CONNECTIONS = range(1, 101)
LANGUAGE = re.compile(r"([a-z]{2})?")
BUTTON_DRESS = {"text", "icon_custom_emoji_id", "style"}  # every other field of a button is an action
BUTTON_STYLES = {"danger", "success", "primary"}
ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]

Value = Mapping[str, Any]
Rule = Callable[[Value, str], list[str]]


def length(text: str) -> int:
    """Characters as Telegram's clients count them: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _all(*rules: Rule) -> Rule:
    return lambda value, where: [fault for rule in rules for fault in rule(value, where)]


def _counted(name: str, longest: int, shortest: int = 0) -> Rule:
    """The rule that a text, or a list, is neither too short nor too long."""

    def rule(value: Value, where: str) -> list[str]:
        given = value.get(name)
        if not isinstance(given, str | list):
            return []
        count = length(given) if isinstance(given, str) else len(given)
        return [] if shortest <= count <= longest else [f"{where}.{name}: {count} long, {shortest}-{longest} allowed"]

    return rule


def _marked_up(name: str, longest: int, shortest: int = 0) -> Rule:
    """The rule for a text with markup: well-formed, and of an allowed length once it is parsed."""

    def rule(value: Value, where: str) -> list[str]:
        text, mode = value.get(name), value.get("parse_mode")
        if mode not in (None, "HTML"):
            return [f"{where}.parse_mode: {mode!r}, and this fake reads HTML only"]
        if not isinstance(text, str):
            return []
        markup = read(text if mode else "")
        found = [f"{where}.{name}: can't parse entities: {fault}" for fault in markup.faults]
        if markup.entities > ENTITIES:
            found.append(f"{where}.{name}: {markup.entities} entities, {ENTITIES} allowed")
        bare = (markup.plain if mode else text).strip()
        return found + _counted(name, longest, shortest)({name: bare}, where)

    return rule


def _matched(name: str, pattern: re.Pattern[str]) -> Rule:
    def rule(value: Value, where: str) -> list[str]:
        text = value.get(name)
        wrong = isinstance(text, str) and not pattern.fullmatch(text)
        return [f"{where}.{name}: {text!r} is not of the form {pattern.pattern}"] if wrong else []

    return rule


def _uploaded(name: str, most: int) -> Rule:
    def rule(value: Value, where: str) -> list[str]:
        file = value.get(name)
        size = len(file.content) if isinstance(file, Upload) else 1
        return [] if 1 <= size <= most else [f"{where}.{name}: {size} bytes, 1-{most} allowed"]

    return rule


def _keyboard(value: Value, where: str) -> list[str]:
    rows = value.get("inline_keyboard")
    sizes = [len(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    wide = [(i, size) for i, size in enumerate(sizes) if size > ROW_BUTTONS]
    found = [f"{where}: {size} buttons in row {i}, {ROW_BUTTONS} allowed" for i, size in wide]
    return found + ([f"{where}: {sum(sizes)} buttons, {BUTTONS} allowed"] if sum(sizes) > BUTTONS else [])


def _button(value: Value, where: str) -> list[str]:
    actions = sorted(set(value) - BUTTON_DRESS)
    found = [] if len(actions) == 1 else [f"{where}: exactly one action is needed, not {actions}"]
    if value.get("text") == "":
        found.append(f"{where}.text: empty")
    if (style := value.get("style")) not in (None, *BUTTON_STYLES):
        found.append(f"{where}.style: {style!r} is none of {sorted(BUTTON_STYLES)}")
    size = len(str(value.get("callback_data", " ")).encode())
    if not 1 <= size <= CALLBACK_DATA_BYTES:
        found.append(f"{where}.callback_data: {size} bytes, 1-{CALLBACK_DATA_BYTES} allowed")
    return found


def _edited(value: Value, where: str) -> list[str]:
    known = "inline_message_id" in value or {"chat_id", "message_id"} <= set(value)
    return [] if known else [f"{where}: needs chat_id and message_id, or inline_message_id"]


def _edited_text(value: Value, where: str) -> list[str]:
    return [] if {"text", "rich_message"} & set(value) else [f"{where}: needs text, or rich_message"]


def _action(value: Value, where: str) -> list[str]:
    action = value.get("action", "typing")
    return [] if action in ACTIONS else [f"{where}.action: {action!r} is none of {ACTIONS}"]


def _limit(value: Value, where: str) -> list[str]:
    limit = value.get("limit", 1)
    return [] if limit in UPDATES else [f"{where}.limit: {limit!r}, {UPDATES[0]}-{UPDATES[-1]} allowed"]


def _connections(value: Value, where: str) -> list[str]:
    most = value.get("max_connections", 40)
    return (
        []
        if most in CONNECTIONS
        else [f"{where}.max_connections: {most!r}, {CONNECTIONS[0]}-{CONNECTIONS[-1]} allowed"]
    )


_caption = _marked_up("caption", CAPTION_LENGTH)
_text = _marked_up("text", TEXT_LENGTH, 1)
_language = _matched("language_code", LANGUAGE)

RULES: dict[str, Rule] = {
    "getUpdates": _limit,
    "setWebhook": _all(_matched("url", WEBHOOK_ADDRESS), _matched("secret_token", WEBHOOK_SECRET), _connections),
    "sendMessage": _text,
    "sendPhoto": _all(_caption, _uploaded("photo", PHOTO_BYTES)),
    "sendDocument": _all(_caption, _uploaded("document", DOCUMENT_BYTES)),
    "sendMediaGroup": _counted("media", ALBUM[-1], ALBUM[0]),
    "sendChatAction": _action,
    "editMessageText": _all(_edited, _edited_text, _text),
    "editMessageCaption": _all(_edited, _caption),
    "editMessageMedia": _edited,
    "editMessageReplyMarkup": _edited,
    "answerCallbackQuery": _counted("text", TOAST_LENGTH),
    "setMyCommands": _all(_counted("commands", COMMANDS), _language),
    "deleteMyCommands": _language,
    "getMyCommands": _language,
    "setMyDescription": _all(_counted("description", DESCRIPTION_LENGTH), _language),
    "setMyShortDescription": _all(_counted("short_description", SHORT_DESCRIPTION_LENGTH), _language),
    "BotCommand": _all(_matched("command", COMMAND_NAME), _counted("description", COMMAND_DESCRIPTION_LENGTH, 1)),
    "InlineKeyboardMarkup": _keyboard,
    "InlineKeyboardButton": _button,
    "InputMediaPhoto": _caption,
    "InputMediaDocument": _caption,
}
