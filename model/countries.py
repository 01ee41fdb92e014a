"""Countries: where a typed name leads, and the region and income group that peer groups are cut by."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from babel import Locale

from model.likeness import plain


class Country(msgspec.Struct, frozen=True):
    """ISO 3166-1 alpha-2 code, UN M49 region and World Bank income group (empty where there is none)."""

    code: str
    name: str
    region: str
    subregion: str
    income: str


@cache
def countries() -> Mapping[str, Country]:
    """All countries by code; the sources stand in countries.md."""
    with (Path(__file__).parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Country(**row) for row in csv.DictReader(file)}


def read_country(text: str, language: str) -> str | None:
    """The code of a country from its code or its name, in the respondent's language or in English."""
    bare = plain(text)
    if text.strip().upper() in countries():
        return text.strip().upper()
    bare = bare.removeprefix("the ")
    joined = bare.replace(" ", "")  # U.S.A.
    return next((names[b] for b in (bare, joined) for names in (_names(language), _names("en")) if b in names), None)


@cache
def _names(language: str) -> Mapping[str, str]:
    territories = Locale(language).territories
    names = {plain(name): code for code, name in territories.items() if code in countries()}
    shorter = {name.removeprefix("the "): code for name, code in names.items()}
    return shorter | names | {plain(word): code for word, code in _SHORT.items()}


# What people call their country, where CLDR's name is another.
_SHORT: Mapping[str, str] = {
    "UK": "GB",
    "England": "GB",
    "Scotland": "GB",
    "Wales": "GB",
    "Great Britain": "GB",
    "USA": "US",
    "America": "US",
    "EEUU": "US",
    "Korea": "KR",
    "Republic of Korea": "KR",
    "Holland": "NL",
    "Czech Republic": "CZ",
    "Turkey": "TR",
    "Ivory Coast": "CI",
    "Hong Kong": "HK",
    "Viet Nam": "VN",
    "Burma": "MM",
    "UAE": "AE",
    "DR Congo": "CD",
}
