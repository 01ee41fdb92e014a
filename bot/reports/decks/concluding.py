"""What is still missing, what the expert concludes, and the next steps."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from gettext import NullTranslations

from bot.reports.decks.lettering import pages
from bot.reports.decks.phrases import (
    answered_text,
    capability_text,
    percent_text,
    titled,
)
from bot.reports.decks.slides import (
    BODY,
    LOWER,
    UPPER,
    Deck,
)
from bot.reports.results import Result
from model.instrument import HELPED_LEVELS, Instrument
from model.scoring import CapabilityScore

STEPS = 3
"""Gaps for which the next level is read out."""
LONGEST_POINT = 500
"""Characters of a conclusion that stand together; what is longer goes on as the next point."""


def missing(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    """How much is answered, and which capabilities do not show yet."""
    _ = words.gettext
    card = r.scorecard
    title, scores = _("What is still missing"), [x for c in card.capabilities for x in c.indicators]
    told = [
        _("%(answered)s of the %(applicable)s statements that apply are answered.")
        % {"answered": card.overall.answered, "applicable": card.overall.applicable},
        _("Not applicable to this city: %(count)s.") % {"count": sum(not one.applicable for one in scores)},
        _("Statements on which respondents differ: %(count)s.") % {"count": sum(one.disputed for one in scores)},
        _("Answers with evidence: %(share)s.") % {"share": percent_text(r.evidenced)},
    ]
    if card.overall.score is None:
        told.insert(0, _("Overall: %(score)s") % {"score": _("not shown yet")})
    slide = deck.slide(
        title,
        _(
            "Nothing is guessed in the place of what is missing. A missing answer is not a low one, but a score that "
            "rests on few answers is less certain; its bounds say how much."
        )
        + " "
        + _(
            "A capability shows once two thirds of its statements that apply are answered, a dimension once three "
            "quarters of its capabilities show, the overall score once all dimensions do."
        ),
    )
    slide.points(told, UPPER, (20, 12))
    held = [(d, [c for c in d.capabilities if c.score is None]) for d in card.dimensions]
    rows = [
        [
            titled(i.dimension_of[d.code]),
            _listed(i, several, words),
        ]
        for d, several in held
        if several
    ]
    if rows:
        slide.table([[_("Dimension"), _("Capabilities that are not shown yet")], *rows], [4, 8], LOWER, title)
    else:
        slide.text([_("Every capability is shown.")], LOWER)


def quoted(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    """What respondents let be quoted without their name, what works well first; no slide where there is nothing."""
    _ = words.gettext
    heads = {d.code: d for d in i.dimensions} | {c.code: c for c in i.capabilities()}
    well = [one for one in r.quotes if one.kind == "success"]
    hard = [one for one in r.quotes if one.kind == "challenge"]
    told = [
        *(_("Works well in %(what)s: %(text)s") % {"what": titled(heads[q.item]), "text": q.text} for q in well),
        *(_("Hard about %(what)s: %(text)s") % {"what": titled(heads[q.item]), "text": q.text} for q in hard),
    ]
    notes = _("Read them aloud, and ask who knows more. Nobody needs to say who wrote what.")
    for page in pages([*_points(told)], BODY, 18) if told else ():
        deck.slide(_("In your people's words"), notes).points(page, BODY, (22, 18))


def conclusions_of(deck: Deck, conclusions: Sequence[str], words: NullTranslations) -> None:
    """What the expert concludes, on as many slides as it takes."""
    _ = words.gettext
    several = [*_points(conclusions)] or [_("No conclusions have been entered yet.")]
    for number, page in enumerate(pages(several, BODY, 18)):
        title = _("What the expert concludes") if number == 0 else _("What the expert concludes (continued)")
        notes = _(
            "The expert speaks. The conclusions are the expert's own words, as entered in chat, and they stand in the "
            "city's report too."
        )
        deck.slide(title, notes).points(page, BODY, (22, 18))


def _points(conclusions: Sequence[str]) -> Iterator[str]:
    """The conclusions a paragraph each; one too long for a point goes on at the end of a sentence."""
    for paragraph in (one for conclusion in conclusions for one in conclusion.splitlines()):
        point = ""
        for sentence in re.split(r"(?<=[.!?…]) ", " ".join(paragraph.split())):
            if point and len(point) + len(sentence) >= LONGEST_POINT:
                yield point
                point = ""
            *whole, rest = textwrap.wrap(sentence, LONGEST_POINT) or [""]
            yield from whole
            point = f"{point} {rest}".strip()
        if point:
            yield point


def next_steps(deck: Deck, r: Result, i: Instrument, words: NullTranslations) -> None:
    """What the city does now: the largest gaps first."""
    _ = words.gettext
    slide = deck.slide(
        _("Next steps"),
        _(
            "Agree on each point: who leads, and by when. A few steps that are taken are worth more than many that are "
            "listed."
        ),
    )
    points = [*_first_gaps(r, i, words)]
    if r.scorecard.overall.answered < r.scorecard.overall.applicable:
        points.append(_("Answer what is still missing."))
    if any(x.disputed for c in r.scorecard.capabilities for x in c.indicators):
        points.append(_("Settle the statements on which respondents differ."))
    points.append(_("Name somebody who leads, and a date, for each of the expert's conclusions."))
    if r.city.shared_at is None:
        points.append(_("Decide whether the result joins the comparison, without the city's name."))
    points.append(_("Ask again in a year, to see what has moved."))
    slide.points(points, sizes=(22, 12))


def _first_gaps(r: Result, i: Instrument, words: NullTranslations) -> Iterator[str]:
    """For the largest gaps: what the next level of the weakest statement asks for, at least a decided plan."""
    for gap in r.scorecard.largest_gaps(STEPS):
        weakest = min((x for x in gap.indicators if x.level is not None), key=lambda x: x.level or 0)
        level = i.scale[min(max((weakest.level or 0) + 1, HELPED_LEVELS[0]), len(i.scale) - 1)]
        yield words.gettext("%(capability)s: next is level %(level)s of %(code)s. %(text)s") % {
            "capability": capability_text(i, gap),
            "level": level.level,
            "code": weakest.code,
            "text": i.indicators[weakest.code].levels.get(level.level, level.meaning),
        }


def _listed(i: Instrument, several: list[CapabilityScore], words: NullTranslations) -> str:
    """Capabilities with how much of them is answered."""
    return "; ".join(f"{capability_text(i, c)} ({answered_text(c, words)})" for c in several)
