"""The hidden sheets: what drop-downs offer, and whose workbook this is."""

from collections.abc import Callable

import msgspec

from bot.reports.workbook.book import Book, Sheet
from bot.reports.workbook.layout import ABOUT
from model.instrument import LEVELS
from model.responses import Certainty, NonResponse

LISTS = "lists"
OFFERED = (NonResponse.DONT_KNOW, NonResponse.NOT_APPLICABLE)
"""What a level's drop-down offers besides levels."""


LEVEL_LIST = f"={LISTS}!$A$1:$A${len(LEVELS) + len(OFFERED)}"
GOAL_LIST = f"={LISTS}!$A$1:$A${len(LEVELS)}"
SURE_LIST = f"={LISTS}!$B$1:$B${len(Certainty)}"
"""Where the drop-downs find what they offer."""


def lists(book: Book) -> None:
    """The hidden sheet with what the drop-downs offer."""
    sheet = book.sheet(LISTS, hidden=True)
    names = [book.instead(code) for code in OFFERED]
    for row, level in enumerate([*LEVELS, *names]):
        sheet.put(row, 0, level)
    for row, name in enumerate(certainty_names(book.say).values()):
        sheet.put(row, 1, name)


def about(book: Book) -> None:
    """The hidden sheet that says whose workbook it is."""
    sheet = book.sheet(ABOUT, hidden=True)
    for row, (name, value) in enumerate(msgspec.to_builtins(book.contents.about).items()):
        sheet.line(row, (name, value), "plain")


def certainty_names(_: Callable[[str], str]) -> dict[Certainty, str]:
    """What the ways to be sure are called."""
    return {
        Certainty.MEASURED: _("Measured"),
        Certainty.DOCUMENTED: _("Documented"),
        Certainty.ESTIMATED: _("Estimated"),
    }


def hidden_of(sheet: Sheet, *columns: int) -> None:
    """Hides columns of a sheet."""
    for column in columns:
        sheet.raw.set_column(column, column, None, None, {"hidden": True})
