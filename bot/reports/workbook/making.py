"""The workbook as a file: its sheets in their order."""

from bot.reports.workbook import filling, lists, raw, summing, valuing
from bot.reports.workbook.book import Book
from bot.reports.workbook.contents import Contents
from bot.wording.catalogues import translations


def name(contents: Contents) -> str:
    """What the file is called: the city's id, the department where it is of one, and the year."""
    about = contents.about
    parts = (about.city, about.department, "blank" if not about.respondent else "", str(about.made_at.year))
    return "-".join(part for part in parts if part) + ".xlsx"


def make(contents: Contents) -> bytes:
    """The workbook (.xlsx) in the language of its `about`."""
    book = Book(contents, translations(contents.about.language))
    offered = lists.lists(book)
    for dimension in book.instrument.dimensions:
        filling.sheet(book, dimension, offered)
    values = None
    if contents.rows is not None:
        values = valuing.sheet(book, raw.sheet(book, contents.rows), contents.rows)
    summing.sheet(book, values)
    lists.about(book)
    return book.bytes()
