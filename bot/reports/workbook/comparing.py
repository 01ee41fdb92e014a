"""The city beside others, as far as the rules let it be told, and why not otherwise."""

from collections.abc import Iterator

from babel.dates import format_date

from bot.reports.workbook.book import Book, Sheet
from bot.wording.labels import group_name
from model.comparison import Benchmark, Cut, Standing


def sheet(book: Book) -> None:
    """The sheet of benchmarks: beside all cities, then cut by cut."""
    _ = book.say
    made = book.sheet(_("Benchmark"))
    made.put(0, 0, f"{book.contents.result.city.name}: {_('The city beside other cities')}", "title")
    made.put(1, 0, _("A city is never among its own peers. No minimum, maximum, rank or other city is told."), "small")
    row = 3
    for one in book.contents.dossier.benchmarks:
        row = _benchmark(book, made, row, one) + 2
    made.widths(9, 46, 10, 10, 10, 10, 10, 26, 18, 12)
    made.paper()
    made.lock()


def _benchmark(book: Book, made: Sheet, row: int, one: Benchmark) -> int:
    """One peer group from a row on; the last row of it."""
    _ = book.say
    made.put(row, 0, _title(book, one), "part")
    for line in _about(book, one):
        row += 1
        made.put(row, 0, line, "small")
    if one.suppressed or not any(standing.median is not None for standing in one.standings):
        return row
    row += 1
    head = (_("Code"), _("Title"), _("Your city"), _("Peers"), _("Median"), _("Middle half: from"), _("to"))
    made.line(row, (*head, _("Beside the median"), _("Quarter"), _("Percentile")), "head")
    for standing in one.standings:
        row += 1
        _standing(book, made, row, standing)
    return row


def _title(book: Book, one: Benchmark) -> str:
    _ = book.say
    return _kinds(book)[one.cut] + (f" ({group_name(one.group, _)})" if one.group else "")


def _kinds(book: Book) -> dict[Cut, str]:
    _ = book.say
    return {
        "all": _("Beside all cities"),
        "size": _("Beside cities of its size"),
        "region": _("Beside cities of its region"),
        "income": _("Beside cities of its income group"),
    }


def _about(book: Book, one: Benchmark) -> Iterator[str]:
    """As of when, and why there is no comparison where there is none."""
    _ = book.say
    day = format_date(one.on, "long", locale=book.locale)
    yield _("Peers as of %(date)s") % {"date": day} + "."
    if one.synthetic:
        yield _("with synthetic demonstration cities")
    whole = next((standing for standing in one.standings if standing.code == "overall"), None)
    if one.suppressed or whole is None:
        yield _(
            "No comparison is shown: this group, or what would be left beside it, is so small that a reader could work "
            "out a single city."
        )
        if one.instead:
            yield _("What can be told: %(groups)s.") % {"groups": ", ".join(_kinds(book)[cut] for cut in one.instead)}
    elif whole.needed:
        yield _(
            "A comparison needs 5 other cities that share their result. So far: %(count)s. Still needed: %(needed)s."
        ) % {"count": whole.peers, "needed": whole.needed}


def _standing(book: Book, made: Sheet, row: int, one: Standing) -> None:
    _ = book.say
    sides = {"above": _("above the median"), "at": _("right at the median"), "below": _("below the median")}
    quarters = (_("lowest quarter"), _("second quarter"), _("third quarter"), _("top quarter"))
    is_dimension = one.code in book.instrument.dimension_codes
    titled = book.instrument.dimension_of[one.code] if is_dimension else book.instrument.capability_of.get(one.code)
    made.line(row, ("" if titled is None else one.code, titled.title if titled else _("Overall")))
    made.put(row, 2, _("not shown yet") if one.own is None else one.own, "number")
    made.put(row, 3, one.peers, "count")
    held = _("%(count)s of 5 needed") % {"count": one.peers} if one.needed else ""
    lower, upper = one.quartiles or (None, None)
    made.line(row, (one.median, lower, upper), "number", 4)
    made.put(row, 7, held or (sides[one.side] if one.side else ""))
    made.put(row, 8, quarters[one.quarter - 1] if one.quarter else "")
    made.put(row, 9, one.percentile, "count")
