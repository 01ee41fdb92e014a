"""What can be printed of what people wrote: a character that no font of ours has would stop the whole report."""

import unicodedata
from functools import cache
from typing import Any

from bot.reports.typesetting import FONTS

MISSING = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that cannot be printed."""


def printable(value: Any) -> Any:
    """The same data, with its texts as far as our fonts have them."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {key: one if key == "svg" else printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _text(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(map(_character, text))


@cache
def _character(one: str) -> str:
    kind = unicodedata.category(one)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    if ord(one) in _known():
        return one
    # A mark or a joiner changes the character before it; without it that one can still be read.
    return "" if kind in {"Mn", "Me", "Cf"} else MISSING


@cache
def _known() -> frozenset[int]:
    """Every character that one of our fonts has."""
    from matplotlib.ft2font import FT2Font  # only the process that draws and sets loads it

    return frozenset(code for path in FONTS.glob("*.?tf") for code in FT2Font(str(path)).get_charmap())
