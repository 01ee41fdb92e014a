"""The workbook as a file: its sheets in their order."""

from bot.reports.workbook import charting, comparing, concluding, filling, lists, raw, summing, telling, valuing
from bot.reports.workbook.book import Book
from bot.reports.workbook.contents import Contents
from bot.wording.catalogues import translations


def make(contents: Contents) -> bytes:
    """The workbook (.xlsx) in the language of its `about`."""
    book = Book(contents, translations(contents.about.language))
    telling.read_me(book)
    for dimension in book.instrument.dimensions:
        filling.sheet(book, dimension)
    _ = book.say
    for title in (_("Results"), _("Charts")):
        book.sheet(title)  # they stand before the cells that they are made of
    values = None
    if contents.rows is not None:
        book.sheet(_("City values"))
        values = valuing.sheet(book, raw.sheet(book, contents.rows), contents.rows)
    charting.sheet(book, summing.sheet(book, values))
    comparing.sheet(book)
    if contents.rows is not None:
        concluding.actions(book)
        concluding.disagreements(book)
    telling.references(book)
    lists.lists(book)
    lists.about(book)
    return book.bytes()
