"""Whether a spreadsheet is a workbook of ours, and one that can be read into this round of this city."""

import re
from collections.abc import Iterator

import msgspec

from bot.reports.workbook.layout import ABOUT, COLUMNS, FORMAT, About
from bot.reports.workbook.opening import Cell, Odd, Opened, Page
from flows.prompts.sheets import NewsKind
from model.instrument import Form, Instrument


class Refused(msgspec.Struct, frozen=True):
    """None of it is read; `about` is what it was made for instead."""

    kind: NewsKind
    about: str = ""


def identify(opened: Opened, instrument: Instrument, form: Form, city: str, wave: int) -> About | Refused | None:
    """Whose workbook it is; why none of it can be read here; or None for one that is not ours."""
    page = next((one for one in opened.pages if one.name.strip().casefold() == ABOUT), None)
    if page is None:
        return _without_about(opened)
    told = _told(page)
    if told is None:
        return _without_about(opened)
    if told.get("format") != FORMAT:
        return Refused("format")
    if opened.kind == "xls":
        return Refused("xls")
    if opened.macros:
        return Refused("macros")
    try:
        about = msgspec.convert(told, About, strict=False)
    except msgspec.ValidationError:
        return Refused("about_broken")
    return _misplaced(about, instrument, form, city, wave) or about


def made_for(opened: Opened) -> int:
    """Whom a workbook says it was made for (a respondent); 0 for nobody, and where it does not say."""
    page = next((one for one in opened.pages if one.name.strip().casefold() == ABOUT), None)
    told = _told(page) if page is not None else None
    who = told.get("respondent", 0) if told else 0
    return who if isinstance(who, int) else int(who) if isinstance(who, str) and re.fullmatch(r"\d{1,9}", who) else 0


def _misplaced(about: About, instrument: Instrument, form: Form, city: str, wave: int) -> Refused | None:
    if about.city != city:
        return Refused("city", about.city)
    if about.wave != wave:
        return Refused("wave", about.made_at.date().isoformat())
    asked = (instrument.code, instrument.version)
    if (about.instrument, about.version) != asked or about.digest != instrument.digest:
        return Refused("instrument", f"{about.instrument} {about.version}")
    return Refused("form", about.form) if about.form != form else None


def _without_about(opened: Opened) -> Refused | None:
    """What has our columns' keys and does not say whose it is."""
    for page in opened.pages:
        for row in page.rows[:10]:
            if len(set(COLUMNS) & {cell.strip() for cell in row if isinstance(cell, str)}) > len(COLUMNS) // 2:
                return Refused("csv" if opened.kind == "csv" else "about_missing")
    return None


def _told(page: Page) -> dict[str, object] | None:
    """The names and values of the sheet, as far as they are ours; None where it is somebody else's."""
    told = {str(row[0]).strip(): _value(row[1]) for row in page.rows if len(row) > 1}
    known = {name: told[name] for name in _names() if name in told}
    return known if len(known) > len(told) // 2 and "format" in known else None


def _names() -> Iterator[str]:
    yield from About.__struct_fields__


def _value(cell: Cell) -> object:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else str(cell)
    return cell.text if isinstance(cell, Odd) else cell
