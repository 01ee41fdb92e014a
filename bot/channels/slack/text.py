"""Texts in Slack's markup and out of it: people's words are escaped here and nowhere else, and commands renamed."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import get_args

from flows.commands import COMMANDS
from flows.prompts import ChartKind
from flows.results.charting import TABLE
from model.days import read_day
from model.domains import Misfit, cut_words, words_for

SLASH = ("benchmark", "survey", "team", "scores", "goals", "report", "workbook", "model", "meetings", "help")
"""The commands that the app has in Slack. It keeps every line that begins with a slash to itself, so all our other
commands are words after `/survey`."""

_COMMAND = re.compile(r"(?<![\w/<.])/({})\b".format("|".join(set(COMMANDS) - set(SLASH))))
_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)]")
_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_ELLIPSIS = " …"
_JOINER = "\u200d"
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_LATER_JAMO = frozenset(map(chr, range(0x1160, 0x1200)))
_CODE = re.compile(r"[A-Za-z0-9_-]{22}|[A-Za-z2-9]{4}-[A-Za-z2-9]{4}")
_STATEMENT = re.compile(r"[0-9](?:\.[0-9]+)*\b.*", re.DOTALL)
_CUTS = re.compile(
    r"(?:(?:{}|tamaño|población|región|\d(?:\.\d)*)\b\s*){{1,2}}".format("|".join(cut_words())), re.IGNORECASE
)
_CHARTS = "|".join((*words_for((*get_args(ChartKind), TABLE)), *cut_words()))
_IN_OR_OUT = "|".join(words_for(("join", "leave")))
# A command is also understood as a bare word. These want something after it, and must look like a command all the
# same: people begin sentences with "now" and "note" too.
_WITH = {
    "start": _CODE,
    "link": _CODE,
    "note": _STATEMENT,
    "assign": re.compile(r"\S.*"),
    "goals": _STATEMENT,
    "weigh": _STATEMENT,
    "notmine": _STATEMENT,
    "scores": re.compile(rf"{_STATEMENT.pattern}|own|propi[ao]s", re.DOTALL | re.IGNORECASE),
    "charts": re.compile(rf"(?:(?:{_CHARTS})\b\s*){{1,3}}", re.IGNORECASE),
    "agree": _STATEMENT,
    "desk": _STATEMENT,
    "actions": _STATEMENT,
    "action": _STATEMENT,
    "partners": re.compile(rf"{_IN_OR_OUT}|contacto?\b.*", re.IGNORECASE),
    "privacy": re.compile(_IN_OR_OUT, re.IGNORECASE),
    "now": re.compile(r"\d+\D{0,8}"),
    "language": re.compile(r"\S{2,12}"),
    "invite": re.compile(r"\S.*"),
    "timezone": re.compile(r"\S.*"),
    "deadline": re.compile(r"\S.*"),
    "benchmark": _CUTS,
    "here": re.compile(r"off|no"),
    "workshop": re.compile(r"stop|[0-9].*"),
    "sure": re.compile(r"\w+"),
    "slot": re.compile(r"\S.*"),
    "conclude": re.compile(r"\S.*"),
}
_DAYS = {"later", "away"}
"""Commands that want a day; "later we changed that" is a comment."""


def escaped(text: str) -> str:
    """A text as Slack's markup shows it unchanged, its addresses as links and its commands as Slack knows them."""
    told = renamed(text)
    parts, at = [], 0
    for link in _LINK.finditer(told):
        parts += [told[at : link.start()].translate(_ESCAPED), f"<{link[0].translate(_ESCAPED)}>"]
        at = link.end()
    return "".join([*parts, told[at:].translate(_ESCAPED)])


def renamed(text: str) -> str:
    """A text with our commands as they are typed in Slack: `/later` is `/survey later` there."""
    return _COMMAND.sub(r"/survey \1", text)


def plain(text: str) -> str:
    """What a person wrote: Slack delivers it escaped, with links and names as references."""
    return unescaped(_REFERENCE.sub(_said, text))


def unescaped(text: str) -> str:
    """What a person wrote after a command: Slack escapes its three characters of markup there as well."""
    for sign, letter in _UNESCAPED:
        text = text.replace(sign, letter)
    return text


def command(text: str) -> str | None:
    """A line as our commands are typed, where it is one without its slash; None for any other text."""
    word, _, rest = text.strip().partition(" ")
    name, about = word.casefold(), rest.strip()
    if name == "survey" and not about:
        return "/continue"
    if name not in COMMANDS:
        return None
    return f"/{name} {about}".strip() if not about or _fits(name, about) else None


def _fits(name: str, about: str) -> bool:
    """Whether these words are what the command wants after it."""
    if name in _DAYS:
        return read_day(about, datetime.now(UTC).date(), "es") != Misfit("not_understood")  # in Spanish or English
    wanted = _WITH.get(name)
    return wanted is not None and wanted.fullmatch(about) is not None


def has_link(text: str) -> bool:
    """Whether an address stands in a text."""
    return _LINK.search(text) is not None


def cut(text: str, limit: int) -> str:
    """A text of at most `limit` characters, with an ellipsis where it was longer."""
    return text if len(text) <= limit else text[: whole(text, limit - len(_ELLIPSIS))].rstrip() + _ELLIPSIS


def whole(text: str, end: int) -> int:
    """Where to cut a text at `end` or just before it: never within what is seen as one character."""
    if not 0 < end < len(text):
        return end
    at = end
    while at > 0 and (_goes_on(text[at]) or text[at - 1] == _JOINER):
        at -= 1
    flags = at
    while flags > 0 and text[flags - 1] in _FLAGS:
        flags -= 1
    if text[at] in _FLAGS and (at - flags) % 2:
        at -= 1  # a flag is two letters
    return at if at > 0 else end  # nothing but one endless character


def _goes_on(letter: str) -> bool:
    """Whether a code point belongs to the one before: accents, later parts of a Korean syllable, skin, a joiner."""
    return letter == _JOINER or unicodedata.category(letter)[0] == "M" or letter in _LATER_JAMO or letter in _SKINS


def fitting(text: str, limit: int) -> int:
    """How many of a text's characters fit into `limit` once they are escaped."""
    if len(escaped(text)) <= limit:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(escaped(text[:middle])) <= limit else (low, middle - 1)
    return low


def cut_to_fit(text: str, limit: int) -> str:
    """A text, not yet escaped, of at most `limit` characters once it is; with an ellipsis where it was longer."""
    if len(escaped(text)) <= limit:
        return text
    return text[: whole(text, fitting(text, limit - len(_ELLIPSIS)))].rstrip() + _ELLIPSIS


def _said(reference: re.Match[str]) -> str:
    target, name = reference[1], reference[2]
    if target.startswith(("#", "!", "@")):
        return f"{target[0] if target[0] != '!' else '@'}{name or target[1:]}"
    return target.removeprefix("mailto:")
