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


class Lists(msgspec.Struct, frozen=True):
    """Where the drop-downs find what they offer."""

    levels: str
    certainties: str
    goals: str


def lists(book: Book) -> Lists:
    """The hidden sheet with what the drop-downs offer."""
    sheet = book.sheet(LISTS, hidden=True)
    names = [book.instrument.non_responses[code].name for code in OFFERED if code in book.instrument.non_responses]
    for row, level in enumerate([*LEVELS, *names]):
        sheet.put(row, 0, level)
    sure = certainty_names(book.say)
    for row, name in enumerate(sure.values()):
        sheet.put(row, 1, name)
    last = len(LEVELS) - 1
    return Lists(
        f"={sheet.span(0, last + len(names), 0)}", f"={sheet.span(0, len(sure) - 1, 1)}", f"={sheet.span(0, last, 0)}"
    )


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
