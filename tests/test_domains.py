"""What a typed text is taken for: levels, years, yes and no, in English and Spanish."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model import library
from model.countries import read_country
from model.domains import Misfit, Proposed, Taken, read_level, read_population, read_year, read_yes_no
from model.instrument import Instrument
from model.responses import NonResponse

NOW = 2026
OUT, UNKNOWN = Misfit("out_of_range"), Misfit("not_understood")
LONG_NUMBER = "9" * 5_000
"""Longer than Python turns into a number without asking; Slack lets one type 40,000 characters."""


def smart_city(language: str) -> Instrument:
    return library.instrument("smart-city", "2026.1", language)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Taken(0)),
        ("5", Taken(5)),
        ("  2 \n", Taken(2)),
        ("4.0", Taken(4)),
        ("4,0", Taken(4)),
        ("+3", Taken(3)),
        ("Level 4", Taken(4)),
        ("NIVEL 4", Taken(4)),
        ("３", Taken(3)),  # full width
        ("٣", Taken(3)),  # Arabic
        ("-1", OUT),
        ("6", OUT),
        ("42", OUT),
        ("4.5", OUT),
        ("3/5", UNKNOWN),
        ("3 or 4", UNKNOWN),
        ("4-5", UNKNOWN),
        ("²", UNKNOWN),
        ("½", UNKNOWN),
        ("", UNKNOWN),
        ("   ", UNKNOWN),
        ("?", UNKNOWN),
        ("🙂", UNKNOWN),
        ("x" * 20_000, UNKNOWN),
        ("3 " * 5_000, UNKNOWN),
        (LONG_NUMBER, OUT),
    ],
)
def test_a_typed_number_is_a_level_or_is_told_to_be_none(language: str, text: str, expected: object) -> None:
    """Digits of any script count; a number that is no level is never rounded to one."""
    assert read_level(text, smart_city(language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "pilot", 3),
        ("en", "It's a pilot!", 3),
        ("en", "PILOTS", 3),
        ("en", "we are planning", 2),
        ("en", "nothing yet", 0),
        ("en", "4 running across the city", 4),
        ("en", "Measured and improved", 5),
        ("en", "don’t know", NonResponse.DONT_KNOW),
        ("en", "don't know", NonResponse.DONT_KNOW),
        ("en", "N/A", NonResponse.NOT_APPLICABLE),
        ("en", "rather not say", NonResponse.DECLINED),
        ("es", "piloto", 3),
        ("es", "Es un piloto.", 3),
        ("es", "EN CONVERSACION", 1),
        ("es", "en toda la ciudad", 4),
        ("es", "nada todavía", 0),
        ("es", "Medido y mejorado", 5),
        ("es", "no sé", NonResponse.DONT_KNOW),
        ("es", "No lo se", NonResponse.DONT_KNOW),
        ("es", "no aplica", NonResponse.NOT_APPLICABLE),
    ],
)
def test_a_levels_words_are_taken_at_their_word(language: str, text: str, expected: int | NonResponse) -> None:
    """Case, accents, apostrophes and filler do not matter."""
    assert read_level(text, smart_city(language)) == Taken(expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we are trying it in two districts and the others wait"),
        ("en", "there was a meeting about it"),
        ("es", "lo estamos probando en dos barrios"),
        ("es", "ha habido algunas reuniones sobre ello"),
    ],
)
def test_a_text_like_some_levels_leads_to_two_proposals(language: str, text: str) -> None:
    """Nothing that is only like a level is taken; two different ones are proposed."""
    told = read_level(text, smart_city(language))
    assert isinstance(told, Proposed)
    assert len(set(told.levels)) == 2


NEGATIONS = {
    "en": ("no {}", "not {}", "never {}", "not yet {}", "without {}", "we have no {}", "it is not {}", "{}? no"),
    "es": ("no {}", "sin {}", "nunca {}", "todavía no {}", "no hay {}", "no está {}", "{}? no", "ni {}"),
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_negated_word_is_never_taken_as_its_level(language: str) -> None:
    """“No pilot” is not 3, whichever word of levels 1 to 5 is denied."""
    spoken = smart_city(language)
    for level in spoken.scale[1:]:
        for word in (level.name, *level.words):
            for negation in NEGATIONS[language]:
                told = read_level(negation.format(word), spoken)
                assert told != Taken(level.level), negation.format(word)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "no"), ("es", "no"), ("es", "No."), ("es", "no está"), ("es", "no, no lo es"), ("en", "not all")],
)
def test_a_bare_no_is_not_taken(language: str, text: str) -> None:
    """It may mean level 0, no pilot, or no answer: recorded as any of them, it would be a guess."""
    assert not isinstance(read_level(text, smart_city(language)), Taken)


@pytest.mark.parametrize("language", smart_city("en").languages)
def test_words_of_different_levels_never_clash(language: str) -> None:
    """Every word of the shipped instrument is taken as its own level, with and without filler around it."""
    spoken = smart_city(language)
    filler = {"en": "it is {} now", "es": "ya es {}"}[language]
    for level in spoken.scale:
        for word in (level.name, *level.words):
            assert read_level(word, spoken) == Taken(level.level), word
            assert read_level(filler.format(word), spoken) == Taken(level.level), word
    for code, wording in spoken.non_responses.items():
        for word in (wording.name, *wording.words):
            assert read_level(word, spoken) == Taken(NonResponse(code)), word


@given(st.text() | st.from_regex(r"[-+]?\d{1,30}([.,]\d+)?"), st.sampled_from(["en", "es"]))
@example(LONG_NUMBER, "en")
def test_no_text_is_too_odd_for_a_level(text: str, language: str) -> None:
    """Whatever is typed is taken, leads to proposals or is told to be no answer; nothing is raised."""
    told = read_level(text, smart_city(language))
    match told:
        case Taken(value):
            assert isinstance(value, NonResponse) or value in range(6)
        case Proposed(levels):
            assert set(levels) <= set(range(6))
        case Misfit():
            pass


@given(st.text() | st.from_regex(r"[-+]?\d{1,30}( \w+)?"), st.sampled_from(["en", "es"]))
@example(LONG_NUMBER, "en")
@example("9" * 400, "en")
def test_no_text_is_too_odd_for_the_other_questions(text: str, language: str) -> None:
    """Years, people, countries and yes-no raise nothing either; 400 digits fit into a Telegram message."""
    read_year(text, NOW)
    read_population(text)
    read_yes_no(text, language)
    read_country(text, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2028", 2028),
        ("2031", 2031),
        ("2027", OUT),
        ("2032", OUT),
        ("2", 2028),
        ("5", 2031),
        ("1", OUT),
        ("6", OUT),
        ("in 3 years", 2029),
        ("dentro de 4 años", 2030),
        ("by the end of 2030.", 2030),
        ("２０３０", 2030),
        ("٢٠٣٠", 2030),
        ("", UNKNOWN),
        ("soon", UNKNOWN),
        ("🙂", UNKNOWN),
        ("99999999999", OUT),
        (LONG_NUMBER, OUT),
        ("Q3 2030", 2030),
        ("by 4/2031", 2031),
        ("in 3 years, 2029", 2029),
    ],
)
def test_a_goals_year_lies_two_to_five_years_out(text: str, expected: object) -> None:
    """A year, or a number of years from now; a quarter or a month beside the year is not the number of years."""
    assert read_year(text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in ("yes", "Yes!", "Y", "ok", "sure", "ｙｅｓ")),
        *((text, False) for text in ("no", "N", "Nope.", "I do not agree", "not now")),
        *((text, UNKNOWN) for text in ("", "maybe", "yes no", "👍", "no problem", "y" * 20_000)),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_english_yes_and_no_are_understood_in_every_language(language: str, text: str, expected: object) -> None:
    """Only a text that is nothing else is a yes or a no."""
    assert read_yes_no(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Sí.", True), ("si", True), ("de acuerdo", True), ("ahora no", False), ("no acepto", False), ("quizás", UNKNOWN)],
)
def test_spanish_yes_and_no_are_understood_in_spanish(text: str, expected: object) -> None:
    """With or without accents."""
    assert read_yes_no(text, "es") == expected
