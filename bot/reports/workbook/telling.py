"""The first sheet and the references: what this is, how to fill it in, and what the statements cite."""

from collections.abc import Iterator

from babel.dates import format_date

from bot.reports.workbook.book import Book, Sheet
from bot.reports.workbook.lists import OFFERED
from model.instrument import Indicator
from model.rounding import per_cent

_FIRST = 2
_LINK = 2_000
"""Characters of an address that Excel takes."""


def read_me(book: Book) -> None:
    """What stands first, in words."""
    _, city = book.say, book.contents.result.city
    made = book.sheet(_("Read me"))
    made.put(0, 0, f"{city.name}: {book.instrument.title}", "title")
    row = _FIRST
    for title, lines in (
        (_("What this is"), _what(book)),
        (_("How to fill it in"), _how(book)),
        (_("How to send it back"), _back(book)),
        (_("The sheets"), _sheets(book)),
    ):
        made.put(row, 0, title, "part")
        for line in lines:
            row += 1
            made.put(row, 0, line, "plain")
        row += 2
    _scale(book, made, row)
    made.widths(95)
    made.raw.hide_gridlines(2)
    made.paper(wide=False)
    made.lock()


def _what(book: Book) -> Iterator[str]:
    _, about, result = book.say, book.contents.about, book.contents.result
    form = _("short form") if about.form == "short" else _("full form")
    overall = result.scorecard.overall
    yield f"{about.instrument} {about.version}, {form}"
    yield book.instrument.about
    yield _("Made on %(day)s, from what the city had answered by then.") % {
        "day": format_date(about.made_at, "long", locale=book.locale)
    }
    yield _("Self-assessed: the city's own view of itself, checked by nobody else.")
    yield " · ".join(
        (
            book.words.ngettext("%(num)s respondent", "%(num)s respondents", result.respondents)
            % {"num": result.respondents},
            _("%(share)s answered") % {"share": f"{per_cent(overall.coverage or 0)} %"},
            _("%(share)s with evidence") % {"share": f"{per_cent(result.evidenced or 0)} %"},
        )
    )
    if about.department:
        yield _("Only the statements of: %(department)s.") % {
            "department": book.instrument.departments[about.department]
        }
    if result.city.synthetic:
        yield _("This city is made up: synthetic demonstration data.")
    elif book.contents.dossier.benchmark.synthetic:
        yield _("Some of the cities compared with are made up: synthetic demonstration data.")


def _how(book: Book) -> Iterator[str]:
    _ = book.say
    yield _("Fill in the yellow cells of the sheets that begin with a number. Everything else is locked.")
    known = {str(code): book.instead(code) for code in OFFERED}
    yield (
        _("A level says how far the city is today, from 0 to 5. Or choose “%(dont_know)s” or “%(not_applicable)s”.")
        % known
    )
    yield _("Where a statement does not apply, say why in the comment.")
    yield _("A goal is a level with a year, for a capability (the bold rows) or a single statement.")
    yield _(
        "To see one department only, use the arrow in the head of its column; "
        "tick the empty ones too to keep the headings."
    )
    yield _("What the levels look like and what would prove them stands in the note on each statement.")
    if book.contents.about.respondent:
        yield _("Your own answers so far are filled in already. A cell that you do not touch changes nothing.")


def _back(book: Book) -> Iterator[str]:
    _ = book.say
    yield _("Save it as an Excel (.xlsx) or OpenDocument (.ods) file, and send that file to me in our chat.")
    yield _("I show what would change before anything does, and name every cell that I cannot read.")
    if book.contents.result.wave.closed_at is not None:
        yield _("This round is closed: the workbook is for reading, and answers from it are not taken any more.")


def _sheets(book: Book) -> Iterator[str]:
    _ = book.say
    if book.contents.rows is not None:
        yield _(
            "“Results” and “Charts” are made of “City values”, and those of “Raw responses”, by formulas: whoever "
            "lifts a sheet's protection (it has no password) and changes a raw response sees what follows."
        )
        yield _("What you fill in counts once it is sent back; until then “Results” does not know of it.")
        yield _("Raw responses name nobody. A department with one person is a person all the same: pass on with care.")
    else:
        yield _("“Results” and “Charts” show the city's scores as they were when this workbook was made.")
    yield _("“Benchmark” says what may be told of other cities, and why not otherwise.")


def _scale(book: Book, made: Sheet, row: int) -> None:
    _ = book.say
    made.put(row, 0, _("The scale"), "part")
    for place, level in enumerate(book.instrument.scale, row + 1):
        made.put(place, 0, f"{level.level} {level.name}: {level.meaning}", "plain")


def references(book: Book) -> None:
    """What the statements of this workbook cite."""
    _ = book.say
    made = book.sheet(_("References"))
    made.put(0, 0, _("References"), "title")
    made.line(2, (_("Id"), _("Title"), _("Publisher"), _("Year"), _("Address"), _("Cited by")), "head")
    form = book.contents.result.scorecard.form
    asked = [one for capability in book.instrument.capabilities() for one in capability.asked(form)]
    cited = _cited(asked)
    row = 2
    for row, one in enumerate((one for one in book.instrument.references if one.id in cited), 3):
        made.line(row, (one.id, one.title, one.publisher))
        made.put(row, 3, one.year, "count")
        made.put(row, 4, "")
        if one.url and len(one.url) <= _LINK:
            made.raw.write_url(row, 4, one.url, book.look("text"), one.url)
        made.put(row, 5, ", ".join(cited[one.id]))
    made.widths(8, 60, 30, 8, 60, 30)
    made.raw.autofilter(2, 0, row, 5)
    made.raw.freeze_panes(3, 1)
    made.paper(2)
    made.lock()


def _cited(asked: list[Indicator]) -> dict[str, list[str]]:
    """The codes of the statements that cite each reference."""
    found: dict[str, list[str]] = {}
    for one in asked:
        for reference in one.references:
            found.setdefault(reference, []).append(one.code)
    return found
