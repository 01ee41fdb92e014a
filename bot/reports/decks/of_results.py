"""The deck of a city's result: where it stands, its goals and its gaps; then what others have and what follows."""

import textwrap
from collections.abc import Sequence
from gettext import NullTranslations

from babel.dates import format_date

from bot.reports.decks.charts import Series, bars, radar
from bot.reports.decks.comparing import beside
from bot.reports.decks.concluding import conclusions_of, missing, next_steps, quoted
from bot.reports.decks.phrases import (
    answered_text,
    capability_text,
    chart_in_words,
    language_of,
    number_text,
    percent_text,
    score_text,
    titled,
    whole_numbers,
)
from bot.reports.decks.slides import AROUND, ASIDE, BELOW, BLUE, BODY, GREY, LEFT, LINE, ORANGE, RIGHT, TABLE, TOP, Deck
from bot.reports.readings import footer
from bot.reports.results import Result
from bot.wording.catalogues import locale_of
from model.comparison import Benchmark
from model.instrument import Instrument
from model.scoring import CapabilityScore

STRONGEST = 5
"""Capabilities named as the strongest, and as the weakest."""
GAPS = 10
"""Gaps in the table."""
_AXIS = 18
"""Characters in a line around a radar."""
_LEVELS = ("B8B8B8", "A9C3E0", "7FA8D3", "4F88C0", "1F6AAB", "08396B")
"""From grey to dark blue, one a level: still in order when printed in grey."""
_UNANSWERED, _LEFT_OUT = "F3D3B3", "EFEFEF"


def wrap_up(
    result: Result, benchmark: Benchmark, instrument: Instrument, conclusions: Sequence[str], words: NullTranslations
) -> bytes:
    """A city's result and what an expert concludes from it (.pptx); scores are rounded to whole numbers."""
    _ = words.gettext
    foot = f"{result.city.name} · {footer(result, benchmark, words)} · " + _("scores in whole numbers")
    title = _("%(city)s: results and conclusions with an expert") % {"city": result.city.name}
    deck = Deck(title, foot, language_of(instrument))
    _results_opening(deck, result, benchmark, instrument, words)
    _standing_today(deck, result, instrument, words)
    _around(deck, result, benchmark, instrument, words)
    _capabilities(deck, result, instrument, words)
    _extremes(deck, result, instrument, words)
    _gaps(deck, result, instrument, words)
    _levels(deck, result, instrument, words)
    beside(deck, result, benchmark, instrument, words)
    missing(deck, result, instrument, words)
    quoted(deck, result, instrument, words)
    conclusions_of(deck, conclusions, words)
    next_steps(deck, result, instrument, words)
    return deck.content()


def _results_opening(deck: Deck, r: Result, b: Benchmark, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    form = _("short form") if r.wave.form == "short" else _("full form")
    facts = [
        format_date(r.on, "long", locale=locale_of(i.language)),
        words.ngettext("%(num)s respondent", "%(num)s respondents", r.respondents) % {"num": r.respondents},
        f"{i.title} {r.wave.version}, {form}",
        _("%(share)s answered") % {"share": percent_text(r.scorecard.overall.coverage)}
        + " · "
        + _("%(share)s with evidence") % {"share": percent_text(r.evidenced)},
        _("Self-assessed: it is what the city says of itself."),
    ]
    if r.city.synthetic:
        facts.append(_("synthetic demonstration data"))
    elif b.synthetic:
        facts.append(_("with synthetic demonstration cities"))
    deck.opening(
        r.city.name,
        _("Results of the survey"),
        facts,
        _(
            "Thank you to everybody who answered. What follows is the city's own assessment. All scores go from 0 to "
            "100 and are rounded to whole numbers. What too few have answered is called “not shown yet”; it is no zero."
        ),
    )


def _standing_today(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    card, title = r.scorecard, _("Where the city stands today")
    overall = _("Overall: %(score)s") % {"score": score_text(card.overall, i, words)}
    slide = deck.slide(
        title,
        overall
        + ". "
        + _(
            "The overall score is the mean of the dimensions, and a dimension's is the mean of its capabilities; all "
            "weigh the same. The bounds are what a score would be if all that is missing were level 0 or level 5."
        ),
    )
    slide.text([overall, _("Scores go from 0 to 100 and are rounded to whole numbers.")], TOP)
    head = ["", _("Today"), _("Bounds"), _("Answered"), _("Goal"), _("Gap")]
    rows = [
        [
            name,
            number_text(one.score, words),
            "–" if one.low is None else f"{number_text(one.low, words)}–{number_text(one.high, words)}",
            answered_text(one, words),
            number_text(one.target, words),
            number_text(one.gap, words),
        ]
        for name, one in [
            (_("Overall"), card.overall),
            *((titled(i.dimension_of[d.code]), d) for d in card.dimensions),
        ]
    ]
    slide.table([head, *rows], [4.6, 2.3, 1.6, 1.9, 2.3, 2.3], TABLE, title)


def _around(deck: Deck, r: Result, b: Benchmark, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    dimensions, medians = r.scorecard.dimensions, {one.code: one.median for one in b.standings}
    names = [titled(i.dimension_of[d.code]) for d in dimensions]
    series = [
        Series(_("Today"), whole_numbers(d.score for d in dimensions), BLUE),
        Series(_("Goal"), whole_numbers(d.target for d in dimensions), ORANGE),
        Series(_("Median of peers"), whole_numbers(medians.get(d.code) for d in dimensions), GREY),
    ]
    title = _("Today, goal and other cities")
    alt = chart_in_words(title, names, series, words)
    slide = deck.slide(title, f"{alt} " + _("A line that is open has a part that is not shown yet."))
    drawn = [one for one in series if any(value is not None for value in one.values)]
    if drawn:
        radar(slide, ["\n".join(textwrap.wrap(name, _AXIS)) for name in names], drawn, alt, AROUND)
    rows = [[name, *(number_text(one.values[at], words) for one in series)] for at, name in enumerate(names)]
    slide.table([["", *(one.name for one in series)], *rows], [4, 2.4, 2.4, 2.4], ASIDE if drawn else BODY, alt)


def _capabilities(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    shown, held = _ranked(r)
    labels = [capability_text(i, c) for c in shown]
    labels += [f"{capability_text(i, c)} ({_('not shown yet')})" for c in held]
    series = Series(_("Today"), [*whole_numbers(c.score for c in shown), *[None] * len(held)])
    title = _("All capabilities, the strongest first")
    alt = chart_in_words(title, labels, [series], words)
    slide = deck.slide(
        title,
        _(
            "A capability's score is the mean of its statements times 20. Those without a bar are not shown yet, "
            "because fewer than two thirds of their statements are answered. This order is within the city; it is no "
            "ranking among cities."
        ),
    )
    bars(slide, labels, [series], alt, most=100)


def _extremes(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    shown, _held = _ranked(r)
    best = shown[: min(STRONGEST, (len(shown) + 1) // 2)]
    # From the front again: of equals the first counts as the weakest, as in the scorecard.
    rest = sorted((c for c in r.scorecard.capabilities if c in shown and c not in best), key=lambda c: c.score or 0.0)
    slide = deck.slide(
        _("Strongest and weakest capabilities"),
        _(
            "A mean hides a weak part behind a strong one, so both ends are named. Ask the departments concerned "
            "whether they recognise the picture, and what is behind it."
        ),
    )
    nothing = [_("not shown yet")]
    for box, head, several in (
        (LEFT, _("Strongest"), best),
        (RIGHT, _("Weakest"), rest[:STRONGEST]),
    ):
        lines = [[f"{capability_text(i, c)}", score_text(c, i, words)] for c in several] or [[*nothing, ""]]
        slide.table([[head, _("Today")], *lines], [4, 3], box, head)


def _gaps(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    title, gaps = _("The largest gaps to the city's goals"), r.scorecard.largest_gaps(GAPS)
    waiting = [c.code for c in r.scorecard.capabilities if c.target is not None and c.score is None]
    slide = deck.slide(
        title,
        _("The gap is the goal less today's level.")
        + " "
        + _("A large gap is an ambition, not a fault. Ask whether the year is realistic, and who will lead the way."),
    )
    told = [_("The gap is the goal less today's level.")]
    if waiting:
        told.append(_("There is a goal, but today is not shown yet: %(codes)s.") % {"codes": ", ".join(waiting)})
    if not gaps:
        told.append(_("No gap can be shown yet: either no goal is above today's level, or none is set."))
    slide.text(told, TOP)
    head = [_("Capability"), _("Today"), _("Goal"), _("By year"), _("Gap")]
    rows = [
        [
            capability_text(i, c),
            number_text(c.score, words),
            number_text(c.target, words),
            str(c.target_year or "–"),
            number_text(c.gap, words),
        ]
        for c in gaps
    ]
    if rows:
        slide.table([head, *rows], [6, 1.5, 1.5, 1.5, 1.5], TABLE, title)


def _levels(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    title = _("How many statements are at each level")
    parts = [[x for c in d.capabilities for x in c.indicators] for d in r.scorecard.dimensions]
    series = [
        Series(f"{level.level} {level.name}", [sum(x.level == level.level for x in part) for part in parts], colour)
        for level, colour in zip(i.scale, _LEVELS, strict=True)
    ]
    open_ones = [sum(x.applicable - x.answered for x in part) for part in parts]
    left_out = [sum(not x.applicable for x in part) for part in parts]
    series += [Series(_("Not answered"), open_ones, _UNANSWERED)] if any(open_ones) else []
    series += [Series(_("Not applicable"), left_out, _LEFT_OUT)] if any(left_out) else []
    labels = [titled(i.dimension_of[d.code]) for d in r.scorecard.dimensions]
    alt = chart_in_words(title, labels, series, words)
    counts = _("Statements at level 0 to 5: %(counts)s.") % {"counts": ", ".join(map(str, r.scorecard.levels))}
    slide = deck.slide(
        title,
        f"{counts} "
        + _(
            "Two cities with the same score can look quite different here: one has much that runs in part, the other "
            "has a few things that run everywhere and many that nobody has begun."
        ),
    )
    slide.text([counts], LINE)
    bars(slide, labels, series, alt, BELOW, stacked=True)


def _ranked(r: Result) -> tuple[list[CapabilityScore], list[CapabilityScore]]:
    """The capabilities that show, the highest score first, and those that do not, in order."""
    shown = [c for c in r.scorecard.capabilities if c.score is not None]
    return sorted(shown, key=lambda c: -(c.score or 0.0)), [c for c in r.scorecard.capabilities if c.score is None]
