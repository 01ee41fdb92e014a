"""The chapters that go down from the whole to the statements: dimensions, capabilities, statements."""

from collections.abc import Iterator, Sequence

from bot.reports.report.blocks import Block, Row, chapter, figure, heading, lead, note, table, text
from bot.reports.report.material import Material
from model.certainty import Shares
from model.pooling import FEW
from model.scoring import CapabilityScore, DimensionScore, IndicatorScore, Score


def dimensions(m: Material) -> Block:
    """Each dimension: its score and how certain it is, what stands behind it, its statements by level."""
    _ = m.words.gettext
    return chapter(
        _("Dimensions"),
        table(
            _("Scores of the dimensions"),
            [_("Dimension"), _("Today"), _("Bounds"), _("Answered"), _("Goal"), _("Gap")],
            [_scored(m, one) for one in _wholes(m)],
            [4.6, 1.9, 1.6, 1.8, 2, 2],
        ),
        note(
            _(
                "Scores go from 0 to 100. The bounds are what a score would be if all that is missing were level 0 or "
                "level 5; the gap is the goal less today's level."
            )
        ),
        figure(m, "radar", 0.72),
        *_certain(m),
        *_sure(m),
        *_levels(m),
        fresh=True,
    )


def _wholes(m: Material) -> list[Score]:
    return [m.card.overall, *m.card.dimensions]


def _scored(m: Material, one: Score) -> Row:
    return [m.named(one.code), m.score(one.score), m.bounds(one), m.answered(one), m.goal(one), m.gap(one)]


def _drawn(m: Material, kind: str, share: float) -> Iterator[Block]:
    """A chart, where there is one of this kind."""
    found = figure(m, kind, share)
    if found is not None:
        yield found


def _certain(m: Material) -> Iterator[Block]:
    _, certain = m.words.gettext, m.result.certain
    yield heading(_("How certain the scores are"))
    if certain is None:
        yield text(_("Not reported."))
        return
    rows = [
        [
            m.named(one.code),
            m.score(one.score),
            m.range(certain.without_each.get(one.code)),
            m.range(certain.shaken.get(one.code)),
        ]
        for one in _wholes(m)
    ]
    head = [_("Dimension"), _("Today"), _("Without any one respondent"), _("With weights shaken by a quarter")]
    yield table(_("How certain the scores are"), head, rows, [5, 1.6, 3, 3])
    if not certain.without_each:
        yield note(_("Not reported for one respondent alone: without that person there would be no score."))
    yield from _drawn(m, "dimensions", 0.8)


def _sure(m: Material) -> Iterator[Block]:
    _ = m.words.gettext
    yield heading(_("How sure those were who answered"))
    none = Shares()
    rows = [[m.named(one.code), *_shares(m, m.result.shares.get(one.code, none))] for one in _wholes(m)]
    head = [_("Dimension"), _("Levels given"), _("Measured"), _("Documented"), _("Estimated"), _("Not said")]
    yield table(_("How sure those were who answered"), head, rows, [5, 1.8, 1.8, 2, 1.8, 1.8])
    yield note(_("Answers with evidence: %(share)s.") % {"share": m.percent(m.result.evidenced)})


def _shares(m: Material, one: Shares) -> Iterator[str]:
    yield str(one.total)
    for part in (one.measured, one.documented, one.estimated, one.unsaid):
        yield m.percent(part / one.total) if one.total else m.words.gettext("not reported")


def _levels(m: Material) -> Iterator[Block]:
    _ = m.words.gettext
    yield heading(_("How many statements are at each level"))
    rows = [[m.named(one.code), *_counts(m, one)] for one in m.card.dimensions]
    head = [_("Dimension"), *(str(level.level) for level in m.instrument.scale), _("Not answered"), _("Not applicable")]
    yield table(_("How many statements are at each level"), head, rows, [5, *[0.8] * 6, 1.9, 1.9])
    yield note(" · ".join(m.level(level.level) for level in m.instrument.scale))
    yield from _drawn(m, "levels", 0.8)


def _counts(m: Material, one: DimensionScore) -> Iterator[str]:
    parts = [x for c in one.capabilities for x in c.indicators]
    for level in m.instrument.scale:
        yield str(sum(x.level == level.level for x in parts))
    yield str(sum(x.applicable - x.answered for x in parts))
    yield str(sum(not x.applicable for x in parts))


def capabilities(m: Material) -> Block:
    """Every capability in a row, then every statement with what stands behind its level."""
    _ = m.words.gettext
    head = [_("Capability"), _("Today"), _("Bounds"), _("Answered"), _("Goal"), _("Gap")]
    rows = [_scored(m, one) for one in m.card.capabilities]
    return chapter(
        _("Capabilities"),
        table(_("Scores of the capabilities"), head, rows, [4.6, 1.9, 1.6, 1.8, 2, 2]),
        figure(m, "heat", 0.75),
    )


def statements(m: Material) -> Block:
    """Every statement that was asked: its level, how many gave one, and how far they agree."""
    _ = m.words.gettext
    about = _(
        "The column People says how many gave a level. One alone is a single source; of two to four the range is told, "
        "of five or more the interquartile range and the share within one level of the median. Where they differ by "
        "the rule of the method, it says so."
    )
    blocks = [lead(about), *(block for one in m.card.dimensions for block in _of_dimension(m, one))]
    return chapter(_("Statements"), *blocks)


def _of_dimension(m: Material, dimension: DimensionScore) -> Iterator[Block]:
    yield heading(m.named(dimension.code))
    if m.card.form == "short":
        yield _asked(m, m.named(dimension.code), [x for c in dimension.capabilities for x in c.indicators])
        return
    for one in dimension.capabilities:
        yield heading(m.named(one.code), 3)
        yield lead(_in_a_line(m, one))
        yield _asked(m, m.named(one.code), one.indicators)


def _in_a_line(m: Material, one: CapabilityScore) -> str:
    _ = m.words.gettext
    told = {"score": m.score(one.score), "bounds": m.bounds(one), "answered": m.answered(one), "goal": m.goal(one)}
    return _("Today %(score)s · bounds %(bounds)s · answered %(answered)s · goal %(goal)s") % told


def _asked(m: Material, title: str, several: Sequence[IndicatorScore]) -> Block:
    _, told = m.words.gettext, m.instrument.indicators
    rows = [[x.code, told[x.code].statement, _level(m, x), str(x.n), _agreement(m, x)] for x in several]
    head = [_("Code"), _("Statement"), _("Level"), _("People"), _("Agreement")]
    return table(title, head, rows, [1.1, 6.1, 3.6, 1.2, 2.9], left=3)


def _level(m: Material, one: IndicatorScore) -> str:
    if one.level is not None:
        return m.level(one.level)
    return m.words.gettext("Not answered") if one.applicable else m.words.gettext("Not applicable")


def _agreement(m: Material, one: IndicatorScore) -> str:
    """How far those agree who gave a level, and whether the city settled on one."""
    _ = m.words.gettext
    parts = [_spread(m, one)]
    parts += [_("they differ")] if one.disputed else []
    parts += [_("agreed value")] if one.agreed else []
    return ", ".join(parts)


def _spread(m: Material, one: IndicatorScore) -> str:
    _ = m.words.gettext
    if not one.n:
        return _("not reported")
    if one.n == 1:
        return _("single source")
    if one.n < FEW:
        return _("range %(spread)s") % {"spread": m.number(one.spread or 0)}
    told = {"spread": m.short(one.spread or 0), "share": m.percent(one.within_1)}
    return _("interquartile range %(spread)s, %(share)s within one level") % told
