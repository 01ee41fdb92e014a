"""Workbooks of tests read back, as the bot reads one that somebody sends."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, overload

from bot.reports.workbook.opening import Opened, opened
from bot.reports.workbook.reading import Expected, read
from flows.kept.sheets import Sheet
from model import library
from tests.sheets import INSTRUMENT, Filled, Making, about, workbook

LANGUAGES = (INSTRUMENT, library.instrument(*library.DEFAULT, "es"))
MINE = frozenset(one.code for capability in INSTRUMENT.capabilities() for one in capability.asked("short"))


def expected(**other: Any) -> Expected:
    """A coordinator in the short form, who sends a workbook of her own."""
    told: dict[str, Any] = {"city": "valencia-es", "wave": 1, "respondent": 1, "year": 2026, "mine": MINE, **other}
    return Expected(LANGUAGES, told.pop("form", "short"), **told)


@overload
def read_back(filled: Filled, *, raw: Literal[True]) -> Opened: ...
@overload
def read_back(
    filled: Filled, *, known: Mapping[str, tuple[str, ...]] | None = None, making: Making | None = None
) -> Sheet: ...
def read_back(
    filled: Filled,
    *,
    known: Mapping[str, tuple[str, ...]] | None = None,
    making: Making | None = None,
    raw: bool = False,
) -> Sheet | Opened:
    """What a workbook with these cells says; its bare cells where `raw`."""
    if raw:
        return _blank()
    found = read(opened(workbook(about(), filled, making)), expected(known=known or {}))
    assert isinstance(found, Sheet)
    return found


@cache
def _blank() -> Opened:
    return opened(workbook(about()))
