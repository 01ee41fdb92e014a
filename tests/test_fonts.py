"""The fonts for pages and pictures: every script that a city's name may be written in has its letters."""

import unicodedata

import pytest
from matplotlib.ft2font import FT2Font

from bot.reports.typesetting import FONTS
from tests.pictures import NAMES

SCRIPTS = {
    "Latin": range(0x20, 0x250),
    "Greek and Cyrillic": (*range(0x391, 0x3CF), *range(0x400, 0x460)),
    "Devanagari": range(0x900, 0x970),
    "Arabic": (*range(0x620, 0x653), *range(0x660, 0x66A), *range(0x671, 0x6D4)),
    "Hangul": (*range(0xAC00, 0xD7A4), *range(0x3131, 0x318F)),
    "kana": (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)),
    "Chinese": tuple(ord(letter) for letter in "北京市上海广州深圳智慧城市数据治理人民"),
    "Japanese": tuple(ord(letter) for letter in "東京都大阪市横浜名古屋札幌福岡都市計画"),
    "marks": tuple(ord(letter) for letter in "●▲■◆□–−…“”"),
}
"""Blocks of Unicode, or a sample of what is too large to be there whole."""
MOST = 7_000_000
"""Bytes of all fonts together: they travel with every copy."""


def letters() -> set[int]:
    """All characters that one of our fonts has."""
    return {code for path in FONTS.glob("*.?tf") for code in FT2Font(str(path)).get_charmap()}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_letter_of_a_script_is_in_a_font(script: str) -> None:
    """No letter that is assigned is missing."""
    wanted = [chr(code) for code in SCRIPTS[script] if unicodedata.category(chr(code))[0] not in "C"]
    have = letters()
    assert [letter for letter in wanted if ord(letter) not in have] == []


def test_the_names_that_charts_are_tried_with_are_there() -> None:
    """Names in all those scripts need no other font."""
    assert {letter for names in NAMES.values() for name in names for letter in name} <= set(map(chr, letters()))


def test_the_fonts_stay_small_and_have_their_licence() -> None:
    """Seven megabytes at the most, and the licence with where they are from beside them."""
    assert sum(path.stat().st_size for path in FONTS.glob("*.?tf")) < MOST
    licence, origin = (FONTS / name for name in ("OFL.txt", "README.md"))
    assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8").upper()
    assert all(path.stem.split("-")[0] in origin.read_text(encoding="utf-8") for path in FONTS.glob("*.?tf"))
