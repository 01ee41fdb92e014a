"""The report's first two pages: what it is about, and all of it for a mayor who has two minutes."""

from collections.abc import Iterator, Mapping

from bot.reports.report.material import Material
from bot.reports.report.standing import stands, why_not
from bot.reports.results.gating import needed
from model.actions import asks_for
from model.scoring import Score

GAPS, MOVES, ACTIONS = 3, 3, 3
"""What the summary names of each: a mayor keeps three things in mind."""
CODES = 4
"""Statements named of those that are still needed."""


def footer(m: Material) -> str:
    """What stands at the foot of every page: who says so, how many, when, of what, how much of it."""
    _, r = m.words.gettext, m.result
    parts = [r.city.name, _("Self-assessed"), people(m), m.day(r.on), f"{r.wave.instrument} {r.wave.version}"]
    parts += [form(m), _("%(share)s answered") % {"share": m.percent(m.card.overall.coverage)}, *_made_up(m)]
    return " · ".join(parts)


def people(m: Material) -> str:
    """How many answered."""
    count = m.result.respondents
    return m.words.ngettext("%(num)s respondent", "%(num)s respondents", count) % {"num": count}


def form(m: Material) -> str:
    """Which form was answered."""
    _ = m.words.gettext
    return _("short form") if m.result.wave.form == "short" else _("full form")


def _made_up(m: Material) -> Iterator[str]:
    _ = m.words.gettext
    if m.result.city.synthetic:
        yield _("synthetic demonstration data")
    elif any(one.synthetic for one in m.dossier.benchmarks):
        yield _("with synthetic demonstration cities")


def cover(m: Material) -> dict[str, object]:
    """Whose report it is, and what every reader has to know of it."""
    _, r, overall = m.words.gettext, m.result, m.card.overall
    facts = [
        (_("Date"), m.day(r.on)),
        (_("Round"), _round(m)),
        (_("Model"), f"{m.instrument.title} {r.wave.version}, {form(m)}"),
        (_("Who says so"), _("Self-assessed: it is what the city says of itself.")),
        (_("Respondents"), m.number(r.respondents)),
        (_("Answered"), _("%(answered)s (%(share)s)") % {"answered": m.answered(overall), "share": _coverage(m)}),
        (_("With evidence"), m.percent(r.evidenced)),
    ]
    return {
        "city": r.city.name,
        "subtitle": _("How smart the city is, in its own words and numbers"),
        "facts": facts,
        "warning": " · ".join(_made_up(m)),
        "about": m.instrument.about,
    }


def _coverage(m: Material) -> str:
    return m.percent(m.card.overall.coverage)


def _round(m: Material) -> str:
    _, wave = m.words.gettext, m.result.wave
    opened = m.day(wave.opened_at.date())
    if wave.closed_at is None:
        return _("since %(opened)s, still open") % {"opened": opened}
    return _("%(opened)s to %(closed)s") % {"opened": opened, "closed": m.day(wave.closed_at.date())}


def summary(m: Material) -> dict[str, object]:
    """The page for whoever reads no other."""
    _, overall = m.words.gettext, m.card.overall
    band = "" if overall.score is None else m.instrument.band(overall.score)
    return {
        "score": None if overall.score is None else m.number(overall.score),
        "of": _("of 100"),
        "band": band or _("no overall score yet"),
        "sure": " ".join(_sure(m)),
        "bars": [_bar(m, one) for one in m.card.dimensions],
        "head": [_("Dimension"), _("Today"), _("Bounds"), _("Goal")],
        "key": _("The bar is today's score, the line across its bounds, the mark the goal."),
        "facts": [list(fact) for fact in _facts(m)],
        "steps": _steps(m),
        "steps_title": _("What to do first"),
        "no_steps": _("Not reported: no statement is below a goal that is set."),
    }


def _sure(m: Material) -> Iterator[str]:
    """How far the overall score can be trusted."""
    _, overall = m.words.gettext, m.card.overall
    if overall.score is None:
        yield _("A dimension shows once four of its five capabilities do, the overall score once every dimension does.")
    else:
        yield _("If all that is missing were level 0 it would be %(low)s, if it were level 5, %(high)s.") % {
            "low": m.number(overall.low or 0),
            "high": m.number(overall.high or 0),
        }
    without = m.result.certain.without_each.get(overall.code) if m.result.certain else None
    if without is not None:
        yield _("Without any one respondent it would be %(range)s.") % {"range": m.range(without)}


def _bar(m: Material, one: Score) -> dict[str, object]:
    goal = m.goal(one)
    return {
        "code": one.code,
        "name": m.named(one.code),
        "score": one.score,
        "low": one.low,
        "high": one.high,
        "goal": one.target,
        "cells": [m.score(one.score), m.bounds(one), goal],
    }


def _facts(m: Material) -> Iterator[tuple[str, str]]:
    """What a mayor asks next, a line each."""
    _, card = m.words.gettext, m.card
    if card.weakest is not None:
        told = {"what": m.named(card.weakest.code), "score": m.score(card.weakest.score)}
        yield _("Weakest capability"), _("%(what)s (%(score)s)") % told
    gaps = card.largest_gaps(GAPS)
    yield (
        _("Largest gaps"),
        m.with_years(gaps) or _("No gap can be shown yet: either no goal is above today's level, or none is set."),
    )
    yield _("Since the last round"), _moved(m)
    yield _("Beside other cities"), _beside(m)
    if m.result.disputes:
        still = sum(not one.settled for one in m.result.disputes)
        told_of = {"count": len(m.result.disputes), "open": still}
        yield _("Respondents differ"), _("on %(count)s statements; %(open)s of them are not settled yet") % told_of
    held = needed(m.result)
    if held:
        yield _("Still held back"), still_needed(m, held)


def still_needed(m: Material, held: Mapping[str, tuple[str, ...]]) -> str:
    """The statements of which some answers are still needed, dimension by dimension."""
    _ = m.words.gettext
    parts = []
    for code, codes in held.items():
        more = " …" if len(codes) > CODES else ""
        parts.append(
            _("%(dimension)s needs some of %(codes)s")
            % {
                "dimension": m.named(code),
                "codes": ", ".join(codes[:CODES]) + more,
            }
        )
    return "; ".join(parts)


def _moved(m: Material) -> str:
    _, moves = m.words.gettext, m.result.moves
    if moves is None:
        return _("Not reported: there was no round before this one.")
    parts = [] if moves.overall is None else [_("overall %(move)s") % {"move": m.move(moves.overall)}]
    parts += [f"{m.named(code)} {m.move(points)}" for code, points in moves.most[:MOVES]]
    since = _("%(moves)s since %(day)s")
    return since % {"moves": "; ".join(parts) or _("no capability has moved"), "day": m.day(moves.since)}


def _beside(m: Material) -> str:
    bench = m.dossier.benchmark
    reason = why_not(m, bench)
    whole = next((one for one in bench.standings if one.code == "overall"), None)
    return reason if reason or whole is None else stands(m, whole)


def _steps(m: Material) -> list[str]:
    """The first actions in a sentence each."""
    _ = m.words.gettext
    step = _("%(code)s %(statement)s From level %(level)s to %(next)s: %(asks)s")
    return [
        step
        % {
            "code": one.code,
            "statement": m.instrument.indicators[one.code].statement,
            "level": one.level,
            "next": one.next_level,
            "asks": asks_for(m.instrument, one),
        }
        for one in m.result.actions[:ACTIONS]
    ]
