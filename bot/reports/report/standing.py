"""Where the city is strong and where its gaps are, beside other cities, against its goals, and since the last round."""

from collections.abc import Iterator

from bot.reports.report.blocks import Block, Row, chapter, figure, heading, lead, table, text
from bot.reports.report.material import Material
from bot.wording.labels import group_name
from model.comparison import Benchmark, Standing
from model.scoring import CapabilityScore
from model.weighting import OVERALL

STRONGEST, GAPS = 5, 10
"""Capabilities named as the strongest and as the weakest, and gaps in the table."""


def strengths(m: Material) -> Block:
    """The strongest and the weakest capabilities, and the largest gaps to the goals."""
    _ = m.words.gettext
    shown = sorted((c for c in m.card.capabilities if c.score is not None), key=lambda c: -(c.score or 0.0))
    best = shown[: min(STRONGEST, (len(shown) + 1) // 2)]
    # From the front again: of equals the first counts as the weakest, as in the scorecard.
    rest = [c for c in m.card.capabilities if c in shown and c not in best]
    weakest = sorted(rest, key=lambda c: c.score or 0.0)[:STRONGEST]
    return chapter(
        _("Strengths and gaps"),
        *_ends(m, _("Strongest"), best),
        *_ends(m, _("Weakest"), weakest),
        *_gaps(m),
    )


def _ends(m: Material, title: str, several: list[CapabilityScore]) -> Iterator[Block]:
    _ = m.words.gettext
    yield heading(title)
    if not several:
        yield text(_("Not reported: too few capabilities show."))
        return
    rows = [[m.named(c.code), m.score(c.score), m.bounds(c), m.answered(c)] for c in several]
    yield table(title, [_("Capability"), _("Today"), _("Bounds"), _("Answered")], rows, [6, 2, 2, 2])


def _gaps(m: Material) -> Iterator[Block]:
    _ = m.words.gettext
    title, gaps = _("The largest gaps to the city's goals"), m.card.largest_gaps(GAPS)
    yield heading(title)
    if not gaps:
        yield text(_("No gap can be shown yet: either no goal is above today's level, or none is set."))
        return
    rows = [[m.named(c.code), m.score(c.score), m.goal(c), m.gap(c)] for c in gaps]
    yield table(title, [_("Capability"), _("Today"), _("Goal"), _("Gap")], rows, [6, 2, 2, 2])
    drawn = figure(m, "gaps", 0.74)
    if drawn is not None:
        yield drawn


def comparison(m: Material) -> Block:
    """The city beside all cities and beside those alike in one respect, as far as the rules let it be told."""
    _ = m.words.gettext
    names = {
        "all": _("All cities"),
        "size": _("Cities of its size"),
        "region": _("Cities of its region"),
        "income": _("Cities of its income group"),
    }
    rules = _(
        "The city itself is left out of its peers. The lowest, the highest, ranks and other cities' names are never "
        "shown. What the number of peers does not allow yet is called “not shown yet”."
    )
    blocks = [lead(rules), figure(m, "peers", 0.85)]
    for bench in m.dossier.benchmarks:
        group = f": {group_name(bench.group, _)}" if bench.group else ""
        blocks += [heading(names[bench.cut] + group), *_peers(m, bench)]
    return chapter(_("Beside other cities"), *blocks)


def _peers(m: Material, bench: Benchmark) -> Iterator[Block]:
    _ = m.words.gettext
    reason = why_not(m, bench)
    if reason:
        yield text(reason)
        return
    told = {one.code: one for one in bench.standings}
    codes = [OVERALL, *m.instrument.dimension_codes]
    codes += [one.code for one in m.card.capabilities] if bench.cut == "all" else []
    head = ["", _("Your city"), _("Peers"), _("Median"), _("Middle half"), _("Where the city stands")]
    yield lead(" ".join(_as_of(m, bench)))
    rows = [_beside(m, code, told.get(code)) for code in codes]
    yield table(_("The city beside other cities"), head, rows, [3.3, 1.9, 1.5, 1.4, 1.6, 4.9])


def _as_of(m: Material, bench: Benchmark) -> Iterator[str]:
    """Of when the figures are, and where the groups come from."""
    _ = m.words.gettext
    sources = {
        "size": _("population: as each city gives it"),
        "region": _("regions: UN M49"),
        "income": _("income groups: World Bank, 2026"),
    }
    as_of = _("Peers as of %(date)s") % {"date": m.day(bench.on)}
    yield " · ".join(filter(None, [as_of, sources.get(bench.cut)])) + "."
    if bench.newest is not None:
        days = {"date": m.day(bench.on), "newest": m.day(bench.newest), "next": m.day(bench.next)}
        yield (
            _(
                "These are the figures of %(date)s. Those of %(newest)s are held back: beside what you saw before they "
                "would show a single city. New ones come on %(next)s."
            )
            % days
        )


def why_not(m: Material, bench: Benchmark) -> str:
    """Why nothing of a peer group is told; "" where it is."""
    _ = m.words.gettext
    whole = next((one for one in bench.standings if one.code == OVERALL), None)
    if bench.suppressed and bench.cut != "all" and not bench.group:
        return _("The city's country is in no such group: the source does not list it.")
    if bench.suppressed or whole is None:
        reason = _(
            "This group, or what would be left beside it and beside what you saw before, is so small that a reader "
            "could work out a single city. Nothing is shown."
        )
        return f"{reason} " + _("New figures come on %(date)s.") % {"date": m.day(bench.next)}
    if whole.needed:
        return _(
            "A comparison needs 5 other cities that share their result. So far: %(count)s. Still needed: %(needed)s."
        ) % {"count": whole.peers, "needed": whole.needed}
    return ""


def _beside(m: Material, code: str, one: Standing | None) -> Row:
    _ = m.words.gettext
    held, score = _("not shown yet"), m.result.scores.get(code)
    own = held if score is None else m.number(score)
    if one is None:
        return [m.named(code), own, held, held, held, _("not shown: a reader could work out a single city")]
    if one.needed:
        missing = _("too few cities, %(needed)s more are needed") % {"needed": one.needed}
        return [m.named(one.code), own, str(one.peers), held, held, missing]
    half = m.between(*one.quartiles) if one.quartiles else held
    median = held if one.median is None else m.number(one.median)
    return [m.named(one.code), own, str(one.peers), median, half, ", ".join(_place(m, one)) or held]


def _place(m: Material, one: Standing) -> Iterator[str]:
    _ = m.words.gettext
    if one.side:
        sides = {"above": _("above the median"), "at": _("right at the median"), "below": _("below the median")}
        yield sides[one.side]
    if one.quarter:
        yield (_("lowest quarter"), _("second quarter"), _("third quarter"), _("top quarter"))[one.quarter - 1]
    if one.percentile is not None:
        yield _("percentile %(percentile)s") % {"percentile": one.percentile}


def stands(m: Material, one: Standing) -> str:
    """A score beside its peers in a line."""
    _ = m.words.gettext
    if one.own is None:
        return _("not shown yet; the median is %(median)s") % {"median": m.number(one.median or 0)}
    told = {"own": m.number(one.own), "median": m.number(one.median or 0), "place": ", ".join(_place(m, one))}
    told["count"] = str(one.peers)
    return _("%(own)s, %(place)s; the median of %(count)s cities is %(median)s") % told


def goals(m: Material) -> Block:
    """What the city aims for: a level and a year for each capability, and for statements with a goal of their own."""
    _ = m.words.gettext
    held = [c for c in m.card.capabilities if c.target is not None]
    without = [c.code for c in m.card.capabilities if c.target is None]
    blocks = []
    if held:
        rows = [[*_aimed(m, c), *_weights(m, c.code), m.gap(c)] for c in held]
        head = [_("Capability"), _("Goal"), _("By year"), _("Importance"), _("Effort"), _("Gap")]
        blocks.append(table(_("Goals of the capabilities"), head, rows, [3.6, 3.3, 1.2, 2.2, 2.2, 2.2]))
    if without:
        blocks.append(text(_("No goal reported: %(codes)s.") % {"codes": ", ".join(without)}))
    own = [x for c in m.card.capabilities for x in c.indicators if x.target is not None]
    if own:
        rows = [
            [f"{x.code} {m.instrument.indicators[x.code].statement}", *_goal(m, x.target, x.target_year), m.gap(x)]
            for x in own
        ]
        head = [_("Statement"), _("Goal"), _("By year"), _("Gap")]
        blocks += [
            heading(_("Statements with a goal of their own")),
            table(_("Statements with a goal of their own"), head, rows, [7, 3, 1.6, 1.6]),
        ]
    return chapter(_("Goals"), *blocks)


def _aimed(m: Material, one: CapabilityScore) -> Row:
    return [m.named(one.code), *_goal(m, one.target, one.target_year)]


def _goal(m: Material, points: float | None, year: int | None) -> Row:
    return [m.level(round((points or 0) / 20)), str(year or m.words.gettext("not reported"))]


def _weights(m: Material, code: str) -> Iterator[str]:
    _ = m.words.gettext
    for weight in m.result.weights.get(code, (0, 0)):
        yield _("%(weight)s of 3") % {"weight": weight} if weight else _("not reported")


def movement(m: Material) -> Block:
    """What moved since the round before, where there was one."""
    _, moves = m.words.gettext, m.result.moves
    if moves is None:
        return chapter(_("Since the last round"), text(_("Not reported: there was no round before this one.")))
    about = _(
        "In points since the round that closed on %(day)s. A score is compared where it showed both times and the "
        "statements behind it are the same."
    ) % {"day": m.day(moves.since)}
    by_code = {OVERALL: moves.overall} | dict(moves.by_code)
    codes = [OVERALL, *m.instrument.dimension_codes, *(c.code for c in m.card.capabilities)]
    rows = [[m.named(code), _moved(m, by_code.get(code))] for code in codes]
    return chapter(
        _("Since the last round"),
        lead(about),
        table(_("Since the last round"), [_("Score"), _("Points won or lost")], rows, [7, 3]),
        figure(m, "moves", 0.74),
    )


def _moved(m: Material, points: float | None) -> str:
    return m.words.gettext("not comparable") if points is None else m.move(points)
