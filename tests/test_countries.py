"""Which country a typed name leads to."""

import pytest
from babel import Locale

from model.countries import read_country


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ES", "ES"),
        (" fr ", "FR"),
        ("Spain", "ES"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("UK", "GB"),
        ("Ivory Coast", "CI"),
        ("côte d’ivoire", "CI"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("mexico", "MX"),
        ("U.S.A.", "US"),
        ("", None),
        ("the", None),
        ("Atlantis", None),
        ("EU", None),
        ("🇪🇸", None),
        ("x" * 20_000, None),
    ],
)
def test_a_country_is_found_by_code_or_english_name(language: str, text: str, code: str | None) -> None:
    """Common short names count, and what is no country is none."""
    assert read_country(text, language) == code


@pytest.mark.parametrize(("text", "code"), [("España", "ES"), ("países bajos", "NL"), ("Corea del Sur", "KR")])
def test_a_country_is_found_by_its_name_in_the_respondents_language(text: str, code: str) -> None:
    """And called by it in return."""
    assert read_country(text, "es") == code
    assert read_country(Locale("es").territories[code], "es") == code
