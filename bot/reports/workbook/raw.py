"""The raw responses: one a row, nameless, each as it counts; the city's values are formulas over these cells."""

from gettext import NullTranslations

import msgspec

from bot.reports.workbook.book import Book, Sheet, at
from bot.reports.workbook.contents import Row
from bot.reports.workbook.lists import certainty_names
from model.responses import Aspect, NonResponse

HEAD, FIRST = 2, 3
KEY, ITEM, ASPECT, WHO, DEPARTMENT, LEVEL, NONE, YEAR, SOURCE, SURE, COMMENT, EVIDENCE, GIVEN = range(13)


class Said(msgspec.Struct, frozen=True):
    """How aspects and sources are written in the cells, and therefore in the formulas that look for them."""

    today: str
    goal: str
    respondent: str
    agreed: str
    overruled: str
    not_applicable: str

    def key(self, item: str, aspect: str, source: str) -> str:
        """What `KEY` holds: the three by which responses are counted."""
        return f"{item}/{aspect}/{source}"


class Raw(msgspec.Struct, frozen=True):
    """Where the formulas find the responses."""

    said: Said
    keys: str
    levels: str
    none: str
    years: str


def said(words: NullTranslations, not_applicable: str) -> Said:
    """The words of a language."""
    _ = words.gettext
    return Said(_("today"), _("goal"), _("respondent"), _("agreed"), _("agreed earlier"), not_applicable)


def sheet(book: Book, rows: tuple[Row, ...]) -> Raw:
    """The sheet of all responses that count."""
    _ = book.say
    told = said(book.words, book.instead(NonResponse.NOT_APPLICABLE))
    made = book.sheet(_("Raw responses"))
    made.put(0, ITEM, _("Raw responses"), "title")
    made.put(1, ITEM, _("Each response that counts, without names. “City values” is made of these cells."), "small")
    head = (
        *("", _("Code"), _("About"), _("Respondent"), _("Department"), _("Level"), _("Instead of a level")),
        *(_("Goal year"), _("Source"), _("How sure"), _("Comment"), _("Files and links"), _("Given (UTC)")),
    )
    made.line(HEAD, head, "head")
    sure = certainty_names(_)
    for place, one in enumerate(rows, FIRST):
        _row(book, made, place, one, told)
        made.put(place, SURE, sure[one.response.certainty] if one.response.certainty else "")
    made.widths(4, 9, 9, 12, 20, 8, 16, 9, 12, 13, 50, 9, 17)
    made.raw.set_column(KEY, KEY, None, None, {"hidden": True})
    last = max(FIRST, FIRST + len(rows) - 1)
    made.raw.autofilter(HEAD, 0, last, GIVEN)
    made.raw.freeze_panes(FIRST, ITEM + 1)
    made.paper(HEAD)
    made.lock()
    spans = (made.span(FIRST, last, column) for column in (KEY, LEVEL, NONE, YEAR))
    return Raw(told, *spans)


def _row(book: Book, made: Sheet, place: int, one: Row, told: Said) -> None:
    response = one.response
    aspect = told.today if response.aspect is Aspect.AS_IS else told.goal
    source = told.respondent if one.number else told.overruled if one.overruled else told.agreed
    made.live(
        place,
        KEY,
        f'{at(place, ITEM)}&"/"&{at(place, ASPECT)}&"/"&{at(place, SOURCE)}',
        told.key(response.item, aspect, source),
    )
    department = book.instrument.departments.get(one.department, one.department)
    made.line(place, (response.item, aspect), start=ITEM)
    made.put(place, WHO, one.number or None, "count")
    made.put(place, DEPARTMENT, department)
    made.put(place, LEVEL, response.level, "count")
    made.put(place, NONE, book.instead(response.non_response) if response.non_response else "")
    made.put(place, YEAR, response.year, "count")
    made.put(place, SOURCE, source)
    made.put(place, COMMENT, response.comment)
    made.put(place, EVIDENCE, one.evidence or None, "count")
    made.put(place, GIVEN, _serial(one), "moment")


def _serial(one: Row) -> float:
    """A moment as Excel counts it: days since the end of 1899."""
    return one.at.timestamp() / 86_400 + 25_569
