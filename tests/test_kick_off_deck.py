"""The deck of the model read back, and what holds for both decks."""

import io
import subprocess
import sys

import pytest
from pptx import Presentation

from bot.reports import decks
from bot.wording.catalogues import translations
from tests.decks import (
    CITY,
    LANGUAGES,
    charts,
    check_that_it_fits,
    check_that_it_is_told,
    instrument,
    kick_off,
    texts,
)


@LANGUAGES
@pytest.mark.parametrize("city", [CITY, "W" * 60, "서울특별시" * 12, "x"])
def test_the_presentation_of_the_model_fits_and_is_told(language: str, city: str) -> None:
    """About a dozen slides and one for a dimension, in every language, whatever a city is called."""
    slides = kick_off(language, city)
    check_that_it_fits(slides)
    check_that_it_is_told(slides)
    assert len(slides) == 10 + len(instrument(language).dimensions)
    assert city in texts(slides[0])


@LANGUAGES
def test_the_presentation_counts_what_is_in_the_model(language: str) -> None:
    """Departments with their statements, the scale with an example, a key statement for every capability."""
    told, slides = instrument(language), kick_off(language)
    ((chart, _),) = charts(slides)
    counted = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert counted == {
        name: sum(one.department == code for one in told.indicators.values())
        for code, name in told.departments.items()
        if any(one.department == code for one in told.indicators.values())
    }
    said = [text for slide in slides for text in texts(slide)]
    for capability in told.capabilities():
        assert f"{capability.code} {capability.title}" in said
        assert next(one.statement for one in capability.indicators if one.key) in said
    assert {f"{level.level} {level.name}" for level in told.scale} <= set(said)
    assert any("WeGO" in text for text in texts(slides[-1])), "every slide says what it is inspired by"


def test_slides_are_wide_and_numbered() -> None:
    """16:9, and a number that follows when a slide is moved."""
    show = Presentation(io.BytesIO(decks.kick_off(instrument(), CITY, translations("en"))))
    assert show.slide_width is not None
    assert show.slide_height is not None
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, abs=0.001)
    for number, slide in enumerate(show.slides, 1):
        (field,) = [e for s in slide.shapes for e in s.element.iter() if str(e.tag).endswith("}fld")]
        assert (field.get("type"), field[-1].text) == ("slidenum", str(number))
    assert show.core_properties.author == "maturitybot"


def test_only_who_makes_a_deck_or_an_invitation_loads_what_it_needs() -> None:
    """Importing the rooms loads neither library."""
    program = (
        "import sys, bot.reports.decks, bot.reports.meetings.calendar_file; "
        "print(*({'pptx', 'icalendar'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout.split() == []
