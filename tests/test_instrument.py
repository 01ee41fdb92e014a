"""The shipped instrument is sound: its shape, its languages, its lengths, its references."""

from collections import Counter
from datetime import date

import pytest

from model import library, quality
from model.instrument import HELPED_LEVELS, Instrument

FORMS = library.load(library.SHIPPED.joinpath(*library.DEFAULT))
WHOLE = FORMS["en"]
LANGUAGES = pytest.mark.parametrize("told", FORMS.values(), ids=FORMS.keys())


def test_the_shipped_instrument_has_five_dimensions_of_five_capabilities() -> None:
    """The table of contents: twenty-five capabilities, coded by their place."""
    assert WHOLE.dimension_codes == ("1", "2", "3", "4", "5")
    for dimension in WHOLE.dimensions:
        assert [c.code for c in dimension.capabilities] == [f"{dimension.code}.{n}" for n in range(1, 6)]


def test_each_capability_has_nine_indicators_coded_by_their_place() -> None:
    """Two hundred and twenty-five statements; the full form asks all of them."""
    for capability in WHOLE.capabilities():
        assert [one.code for one in capability.asked("full")] == [f"{capability.code}.{n}" for n in range(1, 10)]
    assert len(WHOLE.indicators) == 225


def test_each_capability_has_one_key_indicator() -> None:
    """The short form asks twenty-five statements."""
    assert all(len(capability.asked("short")) == 1 for capability in WHOLE.capabilities())
    assert sum(len(capability.asked("short")) for capability in WHOLE.capabilities()) == 25


def test_it_is_found_by_code_and_version_and_falls_back_to_english() -> None:
    """A language it does not have is answered in English."""
    assert library.instrument(*library.DEFAULT).title == WHOLE.title
    assert library.instrument(*library.DEFAULT, "es").language == "es"
    assert library.instrument(*library.DEFAULT, "tlh").language == "en"


def test_both_languages_are_there() -> None:
    """English is the original, Spanish its translation, and each knows of the other."""
    assert set(FORMS) == {"en", "es"}
    assert all(set(told.languages) == {"en", "es"} for told in FORMS.values())


@LANGUAGES
def test_every_text_is_there_in_every_language(told: Instrument) -> None:
    """Codes and digest are the same; no title, statement, reason, level or evidence is empty."""
    assert told.digest == WHOLE.digest
    assert list(told.indicators) == list(WHOLE.indicators)
    assert set(told.departments) == set(WHOLE.departments)
    assert set(told.non_responses) == set(WHOLE.non_responses)
    assert all((d.title and d.about) for d in told.dimensions)
    assert all(c.title for c in told.capabilities())
    for code, indicator in told.indicators.items():
        original = WHOLE.indicators[code]
        assert all((indicator.statement, indicator.why, *indicator.evidence))
        assert set(indicator.levels) == set(original.levels) >= set(HELPED_LEVELS)
        assert len(indicator.evidence) == len(original.evidence)


@LANGUAGES
def test_no_text_is_longer_than_a_phone_shows(told: Instrument) -> None:
    """Statements have at most 180 characters, lines 140, a level's name 30."""
    for indicator in told.indicators.values():
        assert 10 <= len(indicator.statement) <= 180, indicator.code
        assert all(len(line) <= 140 for line in (indicator.why, *indicator.levels.values(), *indicator.evidence))
    assert all(len(level.name) <= 30 for level in told.scale)


@LANGUAGES
def test_no_statement_stands_there_twice(told: Instrument) -> None:
    """Each indicator is a claim of its own."""
    assert len({indicator.statement for indicator in told.indicators.values()}) == len(told.indicators)


def test_a_translation_is_not_the_original() -> None:
    """No statement was left in English."""
    for code, indicator in FORMS["es"].indicators.items():
        assert indicator.statement != WHOLE.indicators[code].statement


@LANGUAGES
def test_the_scale_and_the_bands_are_in_order(told: Instrument) -> None:
    """Levels 0 to 5, and bands that end at 20, 40, 60, 80 and 100."""
    assert [level.level for level in told.scale] == [0, 1, 2, 3, 4, 5]
    assert [band.up_to for band in told.bands] == [20, 40, 60, 80, 100]


def test_the_bands_have_the_names_of_y_4904() -> None:
    """The bands: planning, alignment, development, integration, optimization."""
    names = ["planning", "alignment", "development", "integration", "optimization"]
    assert [band.name for band in WHOLE.bands] == names


def test_it_never_claims_to_be_the_model_it_is_inspired_by() -> None:
    """The word "inspired" stands in its description, in both languages."""
    assert "inspired by" in WHOLE.about.lower()
    assert "inspirado" in FORMS["es"].about.lower()


def test_every_reference_is_cited_and_none_too_often() -> None:
    """What nobody cites is not listed; a reference carries at most twelve indicators."""
    cited = Counter(reference for indicator in WHOLE.indicators.values() for reference in indicator.references)
    assert set(cited) == set(WHOLE.reference)
    assert {reference: times for reference, times in cited.items() if times > quality.CITATIONS} == {}


def test_it_rests_on_what_cities_do_all_over_the_world() -> None:
    """At least forty concrete programmes, of at least twenty-five cities, in all five regions of the world."""
    spread = quality.spread(WHOLE)
    assert spread.programmes >= 40
    assert spread.cities >= 25
    assert spread.regions == 5


def test_every_page_is_cited_once_only() -> None:
    """No page stands in the list under two names."""
    pages = Counter(reference.url for reference in WHOLE.references if reference.url)
    assert {url: times for url, times in pages.items() if times > 1} == {}


def test_every_reference_was_seen_on_a_day_in_the_past() -> None:
    """A reference nobody has seen is never invented."""
    assert all(date(2020, 1, 1) < reference.checked <= date(2026, 12, 31) for reference in WHOLE.references)


def test_every_department_owns_an_indicator_that_exists() -> None:
    """About a dozen functions that a city hall has; every owner is one of them."""
    owners = {indicator.department for indicator in WHOLE.indicators.values()}
    assert owners == set(WHOLE.departments)
    assert 10 <= len(WHOLE.departments) <= 14
    assert max(quality.spread(WHOLE).departments.values()) <= 40


def test_nothing_is_left_to_mend_in_how_it_is_written() -> None:
    """Length, reading ease, double claims, weak words, near-duplicates, levels that do not rise, balance."""
    assert list(map(str, quality.review(library.read(library.SHIPPED.joinpath(*library.DEFAULT))))) == []
