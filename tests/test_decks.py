"""The deck of a city's result read back: what it says and shows, what it holds back, and that all of it fits."""

from typing import Any

import msgspec
import pytest
from pptx.enum.chart import XL_CHART_TYPE

from bot.reports import decks
from bot.reports.decks import of_results
from bot.reports.results import Quote
from bot.wording.catalogues import translations
from model.comparison import Standing
from model.pooling import Pooled
from model.scoring import score
from tests.decks import (
    ANSWERS,
    CITY,
    CONCLUSIONS,
    LANGUAGES,
    PEERS,
    charts,
    check_that_it_fits,
    check_that_it_is_told,
    drawn,
    instrument,
    named,
    opened,
    rows,
    texts,
    wrap_up,
)
from tests.test_wording import FULL, SPARSE, benchmark_of, result_of


@LANGUAGES
@ANSWERS
@PEERS
def test_the_slides_of_a_result_fit_and_are_told(language: str, answered: range, peers: int) -> None:
    """In every language, with all the answers and few, with peers and without."""
    slides = wrap_up(named(result_of(answered)), peers, language=language)
    check_that_it_fits(slides)
    check_that_it_is_told(slides)


@pytest.mark.parametrize("name", ["W" * 60, "서울특별시" * 12])
def test_long_names_and_no_answers_fit_too(name: str) -> None:
    """A city with the longest name that is allowed, and nothing to show but that."""
    slides = wrap_up(named(result_of(range(0)), name), 0, ())
    check_that_it_fits(slides)
    assert {row[1] for row in rows(slides, "Bounds")} == {"not shown yet"}


@ANSWERS
def test_charts_hold_the_numbers_of_the_scorecard(answered: range) -> None:
    """Radar and bars: whole numbers as in chat, nothing where nothing is shown, the strongest first."""
    result = named(result_of(answered))
    slides = wrap_up(result)
    card, told = result.scorecard, instrument()
    radar = {one.name: list(one.values) for one in drawn(slides, XL_CHART_TYPE.RADAR_MARKERS).plots[0].series}
    medians = {s.code: s.median for s in benchmark_of(result, 40, "all").standings}
    assert radar == {
        "Today": [None if d.score is None else round(d.score) for d in card.dimensions],
        "Goal": [None if d.target is None else round(d.target) for d in card.dimensions],
        "Median of peers": [round(medians[d.code] or 0) for d in card.dimensions],
    }
    plot = drawn(slides, XL_CHART_TYPE.BAR_CLUSTERED).plots[0]
    bars = dict(zip(plot.categories, plot.series[0].values, strict=True))
    assert bars == {
        f"{c.code} {told.capability_of[c.code].title}" + ("" if c.score is not None else " (not shown yet)"): (
            None if c.score is None else round(c.score)
        )
        for c in card.capabilities
    }
    shown = [value for value in bars.values() if value is not None]
    assert shown == sorted(shown, reverse=True)
    assert [*bars.values()][len(shown) :] == [None] * (len(bars) - len(shown))


@ANSWERS
def test_level_counts_add_up_to_what_is_asked(answered: range) -> None:
    """Each level as often as the scorecard says; the rest is called not answered or not applicable."""
    result = result_of(answered)
    values = {"1.1.1": Pooled(level=None, applicable=False, n=1), "1.2.1": Pooled(level=3, applicable=True, n=1)}
    one_out = msgspec.structs.replace(result, scorecard=score(instrument(), "short", values, {}))
    for given in (result, one_out):
        plot = drawn(wrap_up(given), XL_CHART_TYPE.BAR_STACKED).plots[0]
        sums = {one.name: sum(one.values) for one in plot.series}
        assert tuple(sums[f"{x.level} {x.name}"] for x in instrument().scale) == given.scorecard.levels
        assert sum(sums.values()) == len(list(instrument().capabilities()))
    assert sums["Not applicable"] == 1


@PEERS
def test_the_comparison_tells_what_a_standing_holds_and_no_more(peers: int) -> None:
    """Medians from 5 peers, quartiles from 11, the percentile from 20; what is held back is called not shown yet."""
    result = named(result_of(FULL))
    slides = wrap_up(result, peers)
    standings = {s.code: s for s in benchmark_of(result, peers, "all").standings}
    told = rows(slides, "Middle half")
    assert len(told) == 1 + len(result.scorecard.dimensions)
    for row, code in zip(told, ["overall", *instrument().dimension_codes], strict=True):
        check_standing(row, standings[code])
    radar = drawn(slides, XL_CHART_TYPE.RADAR_MARKERS)
    assert ("Median of peers" in [one.name for one in radar.plots[0].series]) is (peers >= 5)
    said = " ".join(text for slide in slides for text in texts(slide))
    assert ("percentile" in said) is (peers >= 20)
    assert (f"So far: {peers}. Still needed: {5 - peers}." in said) is (peers < 5)


def check_standing(row: list[str], held: Standing) -> None:
    _name, own, median, half, place = row
    assert held.own is not None
    assert own == str(round(held.own))
    assert median == ("not shown yet" if held.median is None else str(round(held.median)))
    assert half == "–".join(str(round(one)) for one in held.quartiles or ()) or half == "not shown yet"
    assert (half == "not shown yet") is (held.quartiles is None)
    assert (place == "not shown yet") is (held.side is None)
    assert ("percentile" in place) is (held.percentile is not None)


def test_a_group_that_is_too_small_is_not_told() -> None:
    """A suppressed cut gives no number of any other city."""
    result = named(result_of(FULL))
    benchmark = benchmark_of(result, 7, "region")
    assert benchmark.suppressed
    slides = opened(decks.wrap_up(result, benchmark, instrument(), (), translations("en")))
    assert all(row[2:] == ["not shown yet"] * 3 for row in rows(slides, "Middle half"))


def test_what_is_not_shown_is_printed_and_is_not_zero() -> None:
    """A dimension and the overall score behind their gates say so, with how much is answered."""
    table = rows(wrap_up(named(result_of(SPARSE)), 0), "Bounds")
    assert [row[1] for row in table] == ["not shown yet", "40", *["not shown yet"] * 4]
    assert [row[3] for row in table] == ["8 of 25", "5 of 5", "3 of 5", "0 of 5", "0 of 5", "0 of 5"]


def test_gaps_are_those_of_the_scorecard() -> None:
    """The largest first, with today, the goal and its year."""
    result = result_of(FULL)
    gaps = result.scorecard.largest_gaps(of_results.GAPS)
    assert [[row[0].split()[0], *row[1:]] for row in rows(wrap_up(result), "By year")] == [
        [c.code, str(round(c.score or 0)), str(round(c.target or 0)), "2029", str(round(c.gap or 0))] for c in gaps
    ]


def test_strongest_and_weakest_are_never_the_same() -> None:
    """Both ends of what is shown; the weakest is the scorecard's."""
    for answered in (FULL, SPARSE, range(3)):
        slides, card = wrap_up(result_of(answered), 0), result_of(answered).scorecard
        best, worst = ([row[0] for row in rows(slides, head)] for head in ("Strongest", "Weakest"))
        assert not set(best) & set(worst)
        assert card.weakest is not None
        assert worst[0].startswith(card.weakest.code)


def test_every_slide_says_whose_word_it_is_and_whether_it_is_made_up() -> None:
    """Self-assessed, respondents, date, version, coverage, rounding; synthetic data is called so on each."""
    for slide in wrap_up(named(result_of(FULL), synthetic=True)):
        (footer,) = [text for text in texts(slide) if text.startswith(f"{CITY} · ")]
        for part in ("Self-assessed", "3 respondents", "23 Nov 2026", "2026.1", "100 % answered", "whole numbers"):
            assert part in footer
        assert "synthetic demonstration data" in footer
    for slide in wrap_up(named(result_of(FULL))):
        assert any("with synthetic demonstration cities" in text for text in texts(slide))


def test_all_conclusions_stand_on_slides_in_their_order() -> None:
    """Word for word, on as many slides as they need; none are called none."""
    slides = [s for s in wrap_up(result_of(FULL)) if s.shapes.title.text_frame.text.startswith("What the expert")]
    assert len(slides) > 1
    said = [p.text for s in slides for one in list(s.shapes)[1:2] for p in one.text_frame.paragraphs]
    wanted = " ".join(CONCLUSIONS).replace("\x0b", " ").replace("\x00", " ")
    assert " ".join(said).split() == wanted.split()
    assert "No conclusions have been entered yet." in [t for s in wrap_up(result_of(FULL), said=()) for t in texts(s)]


def test_what_people_let_be_quoted_stands_before_the_conclusions() -> None:
    """In their words and without a name, what works well first, as much as it is; without a quote there is no slide."""
    long = "We wait for money. " * 80
    said = (Quote("2", "challenge", long), Quote("3.4", "success", "Everybody has a key."))
    slides = wrap_up(msgspec.structs.replace(result_of(FULL), quotes=said))
    check_that_it_fits(slides)
    titles = [one.shapes.title.text_frame.text for one in slides]
    quoting = [one for one, title in zip(slides, titles, strict=True) if title == "In your people's words"]
    told = " ".join(p.text for s in quoting for one in list(s.shapes)[1:2] for p in one.text_frame.paragraphs)
    assert told.startswith("Works well in 3.4 Digital security: Everybody has a key. Hard about 2 ")
    assert told.count("We wait for money.") == 80
    assert titles.index("In your people's words") < titles.index("What the expert concludes")
    assert "In your people's words" not in [s.shapes.title.text_frame.text for s in wrap_up(result_of(FULL))]


def test_a_point_without_an_end_is_broken_all_the_same() -> None:
    """Neither a sentence nor a word of thousands of characters leaves its slide."""
    slides = wrap_up(result_of(FULL), said=["word " * 800, "x" * 3000])
    check_that_it_fits(slides)
    assert sum(text.count("x") for slide in slides for text in texts(slide) if "xxx" in text) == 3000


def test_the_same_result_gives_the_same_slides() -> None:
    """Every text, note and number; the file itself carries the time it was made."""

    def shown() -> list[Any]:
        slides = wrap_up(result_of(FULL))
        values = [[*one.values] for chart, _ in charts(slides) for one in chart.plots[0].series]
        return [*((texts(s), s.notes_slide.notes_text_frame.text) for s in slides), values]

    assert shown() == shown()
