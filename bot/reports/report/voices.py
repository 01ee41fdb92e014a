"""What people say and what follows from it: actions, quotes, disagreements, conclusions, and who answered."""

from collections.abc import Iterator, Mapping

from bot.reports.report.blocks import Block, card, chapter, heading, lead, note, points, table, text
from bot.reports.report.material import Material
from bot.reports.results import Dispute, Quote, View
from bot.wording.labels.followings import state_name
from model.actions import MIDDLE, Action, asks_for
from model.pooling import FEW
from storage.actions import Kept


def actions(m: Material) -> Block:
    """The top of the action list: what to do first, what it asks for, and who shows how."""
    _ = m.words.gettext
    if not m.result.actions:
        nothing = _("Not reported: no statement is below a goal that is set.")
        return chapter(_("What to do first"), text(nothing))
    about = _(
        "The statements furthest below their goal: the gap times its importance, divided by the effort. What nobody "
        "has weighed counts as %(middle)s of 3."
    ) % {"middle": MIDDLE}
    cards = [_action(m, number, one) for number, one in enumerate(m.result.actions, 1)]
    return chapter(_("What to do first"), lead(about), *cards)


def _action(m: Material, number: int, one: Action) -> Block:
    _, told = m.words.gettext, m.instrument.indicators[one.code]
    reference = m.instrument.reference[one.reference]
    source = ", ".join(filter(None, [reference.title, reference.publisher, str(reference.year or "")]))
    weights = _("gap %(gap)s · importance %(importance)s of 3 · effort %(effort)s of 3") % {
        "gap": m.number(one.gap),
        "importance": one.importance,
        "effort": one.effort,
    }
    by_year = _("%(level)s by %(year)s") if one.year else "%(level)s"
    goal = by_year % {"level": m.level(one.goal), "year": one.year}
    rows = [
        (_("Today"), m.level(one.level)),
        (_("Next"), f"{m.level(one.next_level)}: {asks_for(m.instrument, one)}"),
        (_("Goal"), f"{goal} · {weights}"),
        (_("Who and when"), _doing(m, m.dossier.doings.get(one.code))),
        (_("Who shows how"), source),
    ]
    return card(f"{number}. {one.code} {told.statement}", rows, reference.url, one.code)


def _doing(m: Material, one: Kept | None) -> str:
    """Who leads, by when, and how far it is."""
    _ = m.words.gettext
    if one is None:
        return _("not reported")
    by = _("by %(day)s") % {"day": m.day(one.due)} if one.due else ""
    return " · ".join(filter(None, [one.owner or _("nobody yet"), by, state_name(one.state, _), one.note]))


def quotes(m: Material) -> Block:
    """What is hard and what works well, in the words of those who let the report quote them without their name."""
    _ = m.words.gettext
    if not m.result.quotes:
        return chapter(_("Challenges and successes"), text(_("Not reported: nobody let the report quote them.")))
    well = [one for one in m.result.quotes if one.kind == "success"]
    hard = [one for one in m.result.quotes if one.kind == "challenge"]
    return chapter(
        _("Challenges and successes"),
        lead(_("In your people's words, without their names, as they allowed it.")),
        *_quoted(m, _("What works well"), well),
        *_quoted(m, _("What is hard"), hard),
    )


def _quoted(m: Material, title: str, several: list[Quote]) -> Iterator[Block]:
    yield heading(title)
    said = [f"{m.named(one.item)}: “{one.text}”" if one.item else f"“{one.text}”" for one in several]
    yield points(said) if said else text(m.words.gettext("Not reported."))


def disagreements(m: Material) -> Block:
    """Where respondents differ: what was settled and why, and what is open."""
    _ = m.words.gettext
    if not m.result.disputes:
        agreed = _("On no statement do respondents differ by the method's rule.")
        return chapter(_("Where respondents differ"), text(agreed))
    settled = [one for one in m.result.disputes if one.settled]
    still = [one for one in m.result.disputes if not one.settled]
    return chapter(
        _("Where respondents differ"),
        lead(
            _(
                "What somebody gave stays on record beside what was agreed. No name stands beside a level, unless the "
                "person wished it."
            )
        ),
        *_disputed(m, _("Settled"), settled),
        *_disputed(m, _("Still open"), still),
    )


def _disputed(m: Material, title: str, several: list[Dispute]) -> Iterator[Block]:
    _ = m.words.gettext
    yield heading(f"{title} ({len(several)})")
    if not several:
        yield text(_("None."))
    bare = [one for one in several if not one.settled and not one.views]
    if bare:
        rows = [[_statement(m, one), ", ".join(map(str, one.levels)), str(one.median), _spread(m, one)] for one in bare]
        head = [_("Statement"), _("Levels given"), _("Median"), _("How far apart")]
        yield table(title, head, rows, [6.5, 2.6, 1.4, 3.2])
    for one in several:
        if one not in bare:
            yield card(_statement(m, one), [*_dissent(m, one)], colour=one.code)


def _statement(m: Material, one: Dispute) -> str:
    return f"{one.code} {m.instrument.indicators[one.code].statement}"


def _spread(m: Material, one: Dispute) -> str:
    """How far apart the levels are: the range of a few, the middle half of many."""
    _ = m.words.gettext
    if len(one.levels) < FEW:
        return _("range %(spread)s") % {"spread": m.number(one.spread)}
    told = {"spread": m.short(one.spread), "share": m.percent(one.within_1)}
    return _("interquartile range %(spread)s, %(share)s within one level") % told


def _dissent(m: Material, one: Dispute) -> Iterator[tuple[str, str]]:
    _ = m.words.gettext
    told = {"levels": ", ".join(map(str, one.levels)), "median": one.median, "spread": _spread(m, one)}
    yield _("Levels given"), _("%(levels)s (median %(median)s, %(spread)s)") % told
    if one.settled:
        excluded = m.instrument.non_responses["not_applicable"].name
        yield _("Agreed"), excluded if one.agreed is None else m.level(one.agreed)
        yield _("Why"), one.reason or _("not reported")
    for view in one.views:
        yield _("A view"), _view(view)


def _view(view: View) -> str:
    level = "" if view.level is None else f"{view.level}: "
    return f"{level}“{view.text}”" + (f" ({view.name})" if view.name else "")


def conclusions(m: Material) -> Block:
    """What experts conclude, in their own words."""
    _ = m.words.gettext
    said = [f"{m.named(one.item)}: {one.text}" if one.item else one.text for one in m.result.conclusions]
    told = points(said) if said else text(_("Not reported: no conclusions have been entered yet."))
    return chapter(_("What the expert concludes"), told)


def who_answered(m: Material) -> Block:
    """How many people answered how many statements, department by department."""
    _ = m.words.gettext
    counts: Mapping[str, tuple[int, int]] = {one.department: (one.people, one.answered) for one in m.result.voices}
    names = dict(m.instrument.departments)
    names |= {code: code or _("No department named") for code in counts if code not in names}
    rows = [[name, *_count(m, counts.get(code))] for code, name in names.items()]
    return chapter(
        _("Who answered"),
        table(_("Who answered"), [_("Department"), _("People"), _("Statements")], rows, [6, 2, 2]),
        note(
            _(
                "People may answer statements of other departments too. A department of which nobody answered is "
                "called “not reported”."
            )
        ),
    )


def _count(m: Material, counts: tuple[int, int] | None) -> tuple[str, str]:
    none = m.words.gettext("not reported")
    return (none, none) if counts is None else (str(counts[0]), str(counts[1]))
