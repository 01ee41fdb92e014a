"""What to do first, and where respondents differ: for whoever leads the city's round."""

from bot.reports.results import Dispute
from bot.reports.workbook.book import Book, Sheet, serial
from model.actions import Action, asks_for
from model.rounding import tenth


def actions(book: Book) -> None:
    """The top of the action list, with who does it and by when, as far as that was said."""
    _ = book.say
    made = book.sheet(_("Actions"))
    made.put(0, 0, _("What to do first"), "title")
    told = _("The largest gaps to the goals, times importance, by effort (each 1 to 3; 2 where unsaid).")
    made.put(1, 0, told, "small")
    made.put(2, 0, _("Who does it and by when come from the chat: /action. What is changed here stays here."), "small")
    head = (
        *(_("No."), _("Code"), _("Statement"), _("Today"), _("Next"), _("Goal"), _("Goal year"), _("Gap")),
        *(_("Importance"), _("Effort"), _("Weight"), _("What the next level asks for"), _("Who shows how")),
        *(_("Who does it"), _("By when")),
    )
    made.line(3, head, "head")
    for row, one in enumerate(book.contents.result.actions, 4):
        _action(book, made, row, one)
    if not book.contents.result.actions:
        made.put(4, 0, _("Nothing yet: no statement is below a goal."), "small")
    made.widths(5, 8, 44, 8, 8, 8, 8, 8, 11, 8, 9, 44, 40, 20, 13)
    made.raw.freeze_panes(4, 3)
    made.paper(3)
    made.lock()


def _action(book: Book, made: Sheet, row: int, one: Action) -> None:
    made.put(row, 0, row - 3, "count")
    made.line(row, (one.code, book.instrument.indicators[one.code].statement), start=1)
    made.line(row, (one.level, one.next_level, one.goal, one.year), "count", 3)
    made.put(row, 7, one.gap, "number")
    made.line(row, (one.importance, one.effort), "count", 8)
    made.put(row, 10, one.weight, _look(one.weight))
    made.put(row, 11, asks_for(book.instrument, one))
    made.put(row, 12, _reference(book, one.reference))
    doing = book.contents.dossier.doings.get(one.code)
    made.put(row, 13, doing.owner if doing else "", "fill")
    made.put(row, 14, serial(doing.due) if doing and doing.due else None, "fill_day")


def _reference(book: Book, code: str) -> str:
    """A reference as it is cited."""
    one = book.instrument.reference[code]
    told = f"{one.title}. {one.publisher}" + (f", {one.year}" if one.year else "")
    return f"{told}. {one.url}" if one.url else told


def _look(value: float) -> str:
    """With a decimal where it has one."""
    return "tenth" if tenth(value) % 1 else "count"


def disagreements(book: Book) -> None:
    """The statements on which respondents differ; what was agreed on stands beside, and dissent stays."""
    _ = book.say
    made = book.sheet(_("Disagreements"))
    made.put(0, 0, _("Where respondents differ"), "title")
    told = _("The spread of two to four levels is their range; of five and more it is that of their middle half.")
    made.put(1, 0, told, "small")
    head = (
        *(_("Code"), _("Statement"), _("Levels given"), _("Median"), _("Spread"), _("Within 1 of it")),
        *(_("Agreed"), _("Reason"), _("What they say")),
    )
    made.line(3, head, "head")
    for row, one in enumerate(book.contents.result.disputes, 4):
        _dispute(book, made, row, one)
    if not book.contents.result.disputes:
        made.put(4, 0, _("Nowhere so far."), "small")
    made.widths(8, 52, 16, 9, 12, 11, 9, 40, 60)
    made.raw.freeze_panes(4, 2)
    made.paper(3)
    made.lock()


def _dispute(book: Book, made: Sheet, row: int, one: Dispute) -> None:
    _ = book.say
    made.line(row, (one.code, book.instrument.indicators[one.code].statement, ", ".join(map(str, one.levels))))
    made.put(row, 3, one.median, "count")
    made.put(row, 4, one.spread, _look(one.spread))
    made.put(row, 5, one.within_1, "share")
    excluded = book.instrument.non_responses["not_applicable"].name if one.settled else None
    made.put(row, 6, excluded if one.agreed is None else one.agreed, "count")
    made.put(row, 7, one.reason)
    views = (
        (f"{view.name or _('Somebody')}" + ("" if view.level is None else f" ({view.level})") + f": {view.text}")
        for view in one.views
    )
    made.put(row, 8, "\n".join(views))
