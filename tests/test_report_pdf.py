"""A city's report read back: every number is the result's, rounded as in chat, and nothing else stands there."""

import re
from collections.abc import Iterator

import pytest

from bot.reports.report import content
from bot.wording.catalogues import translations
from model.instrument import Form
from model.scoring import CapabilityScore, IndicatorScore, Score
from tests.reported import (
    FORMS,
    LANGUAGES,
    SAID,
    Printed,
    dispute_of,
    dossier_of,
    matter,
    missing,
    printed,
    said,
    signed,
    span,
    tenth,
    whole,
)
from tests.test_model_pdf import flat
from tests.test_wording import translated

EVERY = pytest.mark.parametrize(("form", "language"), [(form, language) for form in FORMS for language in LANGUAGES])


def name(p: Printed, code: str, language: str) -> str:
    if code == "overall":
        return said(language, "Overall")
    return f"{code} {(p.instrument.capability_of.get(code) or p.instrument.dimension_of[code]).title}"


def wholes(p: Printed) -> list[Score]:
    return [p.dossier.result.scorecard.overall, *p.dossier.result.scorecard.dimensions]


def scored(p: Printed, one: Score, language: str) -> list[str]:
    """A row of scores: today, bounds, answered, goal, gap."""
    hidden, untold = said(language, "not shown yet"), said(language, "not reported")
    goal = untold if one.target is None else whole(one.target) + (f"({one.target_year})" if one.target_year else "")
    gap = untold if one.target is None else hidden if one.gap is None else whole(one.gap)
    assert one.low is not None
    assert one.high is not None
    return [
        name(p, one.code, language),
        hidden if one.score is None else whole(one.score),
        span(one.low, one.high),
        said(language, "%(number)s of %(total)s", number=one.answered, total=one.applicable),
        goal,
        gap,
    ]


@EVERY
def test_dimensions_and_capabilities_have_the_numbers_of_the_scorecard(form: Form, language: str) -> None:
    """Score, bounds, coverage, goal and gap of each, with what a gate holds back called so."""
    p = printed(form, language)
    lines = [scored(p, one, language) for one in (*wholes(p), *p.dossier.result.scorecard.capabilities)]
    assert list(missing(lines, p.text)) == []


@EVERY
def test_how_certain_and_how_sure(form: Form, language: str) -> None:
    """Ranges without each respondent and under shaken weights; shares of measured, documented and estimated."""
    p = printed(form, language)
    lines: list[list[object]] = []
    result = p.dossier.result
    assert result.certain is not None
    for one in wholes(p):
        assert one.score is not None
        each, shaken = result.certain.without_each[one.code], result.certain.shaken[one.code]
        row = [whole(one.score), span(each.low, each.high), span(shaken.low, shaken.high)]
        lines.append([name(p, one.code, language), *row])
        sure = result.shares[one.code]
        parts = (sure.measured, sure.documented, sure.estimated, sure.unsaid)
        row = [str(sure.total), *(f"{whole(100 * part / sure.total)} %" for part in parts)]
        lines.append([name(p, one.code, language), *row])
    assert list(missing(lines, p.text)) == []


@EVERY
def test_statements_have_level_people_and_agreement(form: Form, language: str) -> None:
    """Every statement that was asked, with how many gave a level and how far they agree."""
    p = printed(form, language)
    parts = [x for c in p.dossier.result.scorecard.capabilities for x in c.indicators]
    assert len(parts) == (225 if form == "full" else 25)
    statements = p.instrument.indicators
    lines = [[x.code, statements[x.code].statement, *stated(p, x, language)] for x in parts]
    assert list(missing(lines, p.text)) == []


def stated(p: Printed, x: IndicatorScore, language: str) -> Iterator[str]:
    out = said(language, "Not answered" if x.applicable else "Not applicable")
    yield out if x.level is None else f"{x.level} {p.instrument.scale[x.level].name}"
    yield str(x.n)
    if x.n == 0:
        yield said(language, "not reported")
    elif x.n == 1:
        yield said(language, "single source")
    elif x.n < 5:
        yield said(language, "range %(spread)s", spread=whole(x.spread or 0))
    else:
        told = {"spread": tenth(x.spread or 0, language), "share": f"{whole(100 * (x.within_1 or 0))} %"}
        yield said(language, "interquartile range %(spread)s, %(share)s within one level", **told)
    yield f", {said(language, 'they differ')}" if x.disputed else ""
    yield f", {said(language, 'agreed value')}" if x.agreed else ""


@EVERY
def test_levels_add_up(form: Form, language: str) -> None:
    """Statements at each level, not answered and not applicable: as many as are asked."""
    p = printed(form, language)
    lines: list[list[object]] = []
    for one in p.dossier.result.scorecard.dimensions:
        parts = [x for c in one.capabilities for x in c.indicators]
        counts = [sum(x.level == level for x in parts) for level in range(6)]
        counts += [sum(bool(x.applicable) and x.level is None for x in parts), sum(not x.applicable for x in parts)]
        assert sum(counts) == len(parts)
        lines.append([name(p, one.code, language), *counts])
    assert list(missing(lines, p.text)) == []


@EVERY
def test_the_city_beside_its_peers(form: Form, language: str) -> None:
    """Own score, peers, median, middle half and percentile of each, as the benchmark tells them."""
    p = printed(form, language)
    lines: list[list[object]] = []
    for bench in p.dossier.benchmarks:
        for one in bench.standings:
            if one.own is not None and (bench.cut == "all" or "." not in one.code):
                assert one.median is not None
                assert one.quartiles is not None
                numbers = [whole(one.own), one.peers, whole(one.median), span(*one.quartiles)]
                sides = {"above": "above the median", "at": "right at the median", "below": "below the median"}
                quarter = ("lowest quarter", "second quarter", "third quarter", "top quarter")[(one.quarter or 0) - 1]
                place = [said(language, sides[one.side or ""]), said(language, quarter)]
                if one.percentile is not None:
                    place.append(said(language, "percentile %(percentile)s", percentile=one.percentile))
                lines.append([name(p, one.code, language), *numbers, ", ".join(place)])
    assert len(lines) > 12
    assert list(missing(lines, p.text)) == []


@EVERY
def test_what_to_do_first(form: Form, language: str) -> None:
    """Ten actions with level, goal, weights, reference, and who leads where somebody does."""
    p = printed(form, language)
    result, i = p.dossier.result, p.instrument
    lines: list[list[object]] = []
    for number, one in enumerate(result.actions, 1):
        source = i.reference[one.reference]
        lines.append([f"{number}. {one.code}", i.indicators[one.code].statement, said(language, "Today"), one.level])
        weights = {"gap": whole(one.gap), "importance": one.importance, "effort": one.effort}
        lines.append(
            [said(language, "gap %(gap)s · importance %(importance)s of 3 · effort %(effort)s of 3", **weights)]
        )
        lines.append([source.title, ", ", source.publisher])
    assert len(result.actions) == 10
    assert list(missing(lines, p.text)) == []
    day = {"en": "31 March 2027", "es": "31 de marzo de 2027"}[language]
    assert flat(f"Farid · {said(language, 'by %(day)s', day=day)}") in p.text


@EVERY
def test_where_people_differ_and_what_was_said(form: Form, language: str) -> None:
    """Levels given, what was agreed and why, views with a name only where it was chosen; conclusions and quotes."""
    p = printed(form, language)
    result = p.dossier.result
    (settled,) = dispute_of(result.disputes, settled=True)[:1]
    told = {"levels": ", ".join(map(str, settled.levels)), "median": settled.median}
    spread = said(language, "range %(spread)s", spread=whole(settled.spread))
    lines: list[list[object]] = [[said(language, "%(levels)s (median %(median)s, %(spread)s)", **told, spread=spread)]]
    lines += [["We read the plan together."], ["1: “Our branch has none.”"], ["4: “It is in force.” (Ana)"], [SAID]]
    for one in dispute_of(result.disputes, settled=False):
        levels = [", ".join(map(str, one.levels)), one.median]
        lines.append([one.code, p.instrument.indicators[one.code].statement, *levels])
    lines += [[quote.text] for quote in result.quotes]
    assert list(missing(lines, p.text)) == []


@EVERY
def test_goals_moves_and_who_answered(form: Form, language: str) -> None:
    """Each goal with its level and year, each move, each department: reported or not."""
    p = printed(form, language)
    result, i, untold = p.dossier.result, p.instrument, said(language, "not reported")
    aims = (c for c in result.scorecard.capabilities if c.target is not None)
    lines: list[list[object]] = [[name(p, c.code, language), *aimed(p, c)] for c in aims]
    assert result.moves is not None
    moved = {"overall": result.moves.overall} | dict(result.moves.by_code)
    points = {code: signed(moved or 0) for code, moved in moved.items()}
    lines += [[name(p, code, language), told] for code, told in points.items() if told != "0"]
    here = {one.department: one for one in result.voices}
    for code, department in i.departments.items():
        counts = [here[code].people, here[code].answered] if code in here else [untold, untold]
        lines.append([department, *counts])
    lines.append([said(language, "No department named"), here[""].people, here[""].answered])
    assert list(missing(lines, p.text)) == []


def aimed(p: Printed, c: CapabilityScore) -> list[str]:
    level = round((c.target or 0) / 20)
    return [f"{level} {p.instrument.scale[level].name}", str(c.target_year)]


@EVERY
def test_nothing_of_another_language_stands_in_it(form: Form, language: str) -> None:
    """No sentence of ours is left as it stands in the program."""
    texts = set(strings(content(matter(dossier_of(form), language))))
    own = {str(one.id): str(one.string) for one in translated("es") if isinstance(one.id, str) and "%" not in one.id}
    assert {text for text in texts if language == "es" and own.get(text, text) != text} == set()
    assert all("%(" not in text for text in texts)
    assert len(texts & ({*own.values()} if language == "es" else {*own})) > 60


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


@EVERY
def test_every_page_says_what_every_output_says(form: Form, language: str) -> None:
    """City, self-assessed, how many, when, which version and form, how much of it."""
    p = printed(form, language)
    result, words = p.dossier.result, translations(language)
    day = {"en": "23 November 2026", "es": "23 de noviembre de 2026"}[language]
    share = f"{whole(100 * (result.scorecard.overall.coverage or 0))} %"
    parts = [result.city.name, said(language, "Self-assessed")]
    parts += [words.ngettext("%(num)s respondent", "%(num)s respondents", 8) % {"num": 8}, day, "smart-city 2026.1"]
    parts += [said(language, f"{form} form"), said(language, "%(share)s answered", share=share)]
    for number, page in enumerate(p.pages, 1):
        assert re.search(re.escape(flat(" · ".join(parts))) + rf".*{number}$", page), number
