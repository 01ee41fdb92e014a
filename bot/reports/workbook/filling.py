"""The sheets to fill in: one a dimension, a row a capability and a row each of its statements."""

from collections.abc import Mapping
from typing import Any

from bot.reports.workbook.book import Book, Sheet
from bot.reports.workbook.book import at as cell_at
from bot.reports.workbook.layout import COLUMNS, KEYS_ROW, Column
from bot.reports.workbook.lists import GOAL_LIST, LEVEL_LIST, OFFERED, SURE_LIST, certainty_names, hidden_of
from flows.session import key_of
from model.instrument import Capability, Dimension, Indicator
from model.responses import Aspect, NonResponse, Response

HEAD = KEYS_ROW + 1
FIRST = HEAD + 1
NEAREST, FARTHEST = 2, 5
"""Years from the round's opening in which a goal may be due."""
COLOURS = (
    ("#F2F2F2", "#000000"),
    ("#D6E4F0", "#000000"),
    ("#A9C9E2", "#000000"),
    ("#74A9CF", "#000000"),
    ("#2B7BB5", "#FFFFFF"),
    ("#08519C", "#FFFFFF"),
)
"""Ground and letters of levels 0 to 5, from pale to dark: they differ in grey print as well."""
_WIDTHS: Mapping[Column, float] = {
    "code": 8,
    "statement": 52,
    "department": 18,
    "level": 13,
    "certainty": 13,
    "comment": 34,
    "evidence": 28,
    "goal": 9,
    "year": 9,
    "city": 11,
    "was": 5,
    "was_goal": 5,
    "was_year": 5,
    "was_certainty": 5,
    "was_comment": 5,
}
_HIDDEN: tuple[Column, ...] = ("was", "was_goal", "was_year", "was_certainty", "was_comment")
_AT = {column: place for place, column in enumerate(COLUMNS)}


def sheet(book: Book, dimension: Dimension) -> None:
    """The sheet of a dimension, with the statements that this workbook asks."""
    wanted = set(book.contents.statements)
    asked = [(c, [i for i in c.indicators if i.code in wanted]) for c in dimension.capabilities]
    asked = [(capability, indicators) for capability, indicators in asked if indicators]
    if not asked:
        return
    made = book.sheet(f"{dimension.code} {dimension.title}")
    _head(book, made)
    row, blocks = FIRST, []
    for capability, indicators in asked:
        _capability(book, made, row, capability)
        for place, one in enumerate(indicators, row + 1):
            _indicator(book, made, place, one)
        blocks.append((row + 1, row + len(indicators)))
        row += 1 + len(indicators)
    _checks(book, made, blocks)
    made.raw.autofilter(HEAD, 0, row - 1, _AT["city"])
    made.raw.freeze_panes(FIRST, 2)
    made.paper(HEAD)
    made.lock()


def _head(book: Book, made: Sheet) -> None:
    _ = book.say
    names: Mapping[Column, str] = {
        "code": _("Code"),
        "statement": _("Statement"),
        "department": _("Department"),
        "level": _("Level today"),
        "certainty": _("How sure"),
        "comment": _("Comment"),
        "evidence": _("Evidence (links)"),
        "goal": _("Goal 0-5"),
        "year": _("Goal year"),
        "city": _("City so far"),
    }
    made.line(KEYS_ROW, COLUMNS, "small")
    made.line(HEAD, [names.get(column, "") for column in COLUMNS], "head")
    made.widths(*(_WIDTHS[column] for column in COLUMNS))
    hidden_of(made, *(_AT[column] for column in _HIDDEN))
    if book.contents.rows is None:
        hidden_of(made, _AT["city"])
    made.raw.set_row(KEYS_ROW, None, None, {"hidden": True})


def _capability(book: Book, made: Sheet, row: int, capability: Capability) -> None:
    made.line(row, [capability.code, capability.title, *[""] * (len(COLUMNS) - 2)], "row")
    _goal(book, made, row, capability.code)


def _indicator(book: Book, made: Sheet, row: int, one: Indicator) -> None:
    said = book.contents.own.get(one.code)
    sure = certainty_names(book.say)
    level = _level(book, said)
    made.line(row, [one.code, one.statement, book.instrument.departments[one.department]])
    made.raw.write_comment(row, _AT["statement"], _help(book, one), {"x_scale": 3, "y_scale": 2.6, "author": ""})
    made.put(row, _AT["level"], level, "fill_number")
    made.put(row, _AT["certainty"], sure[said.certainty] if said and said.certainty else "", "fill_number")
    made.put(row, _AT["comment"], said.comment if said else "", "fill")
    made.put(row, _AT["evidence"], "\n".join(book.contents.sent.get(one.code, ())), "fill")
    made.put(row, _AT["city"], _of_city(book, one.code), "center")
    made.put(row, _AT["was"], "" if level == "" or not said else _told(said), "small")
    made.put(row, _AT["was_certainty"], said.certainty.value if said and said.certainty else "", "small")
    made.put(row, _AT["was_comment"], said.comment if said else "", "small")
    _goal(book, made, row, one.code)


def _goal(book: Book, made: Sheet, row: int, item: str) -> None:
    """The asker's goal of a capability or statement, and its year."""
    aim = book.contents.own.get(key_of(item, Aspect.TARGET))
    level, year = (aim.level, aim.year) if aim else (None, None)
    made.put(row, _AT["goal"], level, "fill_number")
    made.put(row, _AT["year"], year, "fill_number")
    made.put(row, _AT["was_goal"], "" if level is None else str(level), "small")
    made.put(row, _AT["was_year"], "" if year is None else str(year), "small")


def _level(book: Book, said: Response | None) -> str | int:
    """What the cell of an answer holds; nothing for one that was left out or handed on."""
    if said is None or (said.level is None and said.non_response not in OFFERED):
        return ""
    return said.level if said.level is not None else book.instead(_told(said))


def _told(said: Response) -> str:
    return str(said.level) if said.level is not None else str(said.non_response)


def _of_city(book: Book, code: str) -> str | int | None:
    """The city's value so far, for those who may see it."""
    if book.contents.rows is None:
        return None
    capabilities = book.contents.result.scorecard.capabilities
    one = next((i for c in capabilities for i in c.indicators if i.code == code), None)
    if one is None or one.applicable:
        return one.level if one else None
    return book.instead(NonResponse.NOT_APPLICABLE)


def _help(book: Book, one: Indicator) -> str:
    """Why a statement matters, what its levels look like, and what would prove them."""
    _ = book.say
    levels = "\n".join(f"{level}: {text}" for level, text in sorted(one.levels.items()))
    return "\n".join((one.why, "", levels, "", _("Evidence: %(list)s") % {"list": "; ".join(one.evidence)}))


def _checks(book: Book, made: Sheet, blocks: list[tuple[int, int]]) -> None:
    """Drop-downs, what they say when a cell is entered and when something else is typed, and colours of levels."""
    _ = book.say
    first, last = FIRST, blocks[-1][1]
    scale = " · ".join(f"{level.level} {level.name}" for level in book.instrument.scale)
    opened = book.contents.result.wave.opened_at.year
    years = {"first": opened + NEAREST, "last": opened + FARTHEST}
    level = {"validate": "list", "source": LEVEL_LIST, "input_title": _("Level today"), "input_message": scale}
    sure = {"validate": "list", "source": SURE_LIST, "input_title": _("How sure")}
    goal = {"validate": "list", "source": GOAL_LIST, "input_title": _("Goal 0-5")}
    year = {"validate": "integer", "criteria": "between", "minimum": years["first"], "maximum": years["last"]}
    level |= _mending(_, _("Please choose from the list: a level from 0 to 5, or why there is none."))
    sure |= _mending(_, _("Please choose from the list, or leave the cell empty."))
    sure["input_message"] = _("Is there a measurement, a document, or is it an estimate?")
    goal |= _mending(_, _("Please choose a level from 0 to 5, or leave the cell empty."))
    goal["input_message"] = _("The level that the city wants to reach.")
    year |= _mending(_, _("Please write a year from %(first)s to %(last)s.") % years)
    year |= {"input_title": _("Goal year"), "input_message": _("By when: %(first)s to %(last)s.") % years}
    _check(made, "level", blocks, level)
    _check(made, "certainty", blocks, sure)
    _check(made, "goal", [(first, last)], goal)
    _check(made, "year", [(first, last)], year)
    _colour(book, made, first, last)


def _mending(_: Any, text: str) -> dict[str, Any]:
    return {"error_title": _("This cannot be read"), "error_message": text}


def _check(made: Sheet, column: Column, blocks: list[tuple[int, int]], check: dict[str, Any]) -> None:
    at = _AT[column]
    others = [[start, at, end, at] for start, end in blocks[1:]]
    made.raw.data_validation(blocks[0][0], at, blocks[0][1], at, check | ({"other_cells": others} if others else {}))


def _colour(book: Book, made: Sheet, first: int, last: int) -> None:
    """The colour of a level, in addition to its number."""
    for level, (ground, letters) in enumerate(COLOURS):
        look = book.colour(ground, letters)
        for column in (_AT["level"], _AT["city"]):
            # For Excel an empty cell equals 0, so it has to be a number too.
            cell = cell_at(first, column)
            rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}={level})", "format": look}
            made.raw.conditional_format(first, column, last, column, rule)
