"""Time zones: a country's one time, and the place that somebody means."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.countries import countries
from model.zones import place, read_zone, zone_of_country


def test_a_country_with_one_time_has_its_zone() -> None:
    """Also where the table knows a village of its own; none where it is earlier in one part than in another."""
    assert {code: zone_of_country(code) for code in ("KR", "DE", "CH", "GB")} == {
        "KR": "Asia/Seoul",
        "DE": "Europe/Berlin",
        "CH": "Europe/Zurich",
        "GB": "Europe/London",
    }
    assert {zone_of_country(code) for code in ("ES", "US", "BR", "", "XX")} == {""}
    zones = {zone_of_country(code) for code in countries()} - {""}
    assert len(zones) > 150
    assert all(ZoneInfo(zone) for zone in zones)


@pytest.mark.parametrize(
    ("text", "country", "language", "zone"),
    [
        ("Madrid", "ES", "en", "Europe/Madrid"),
        (" europe/madrid ", "", "en", "Europe/Madrid"),
        ("new york", "", "en", "America/New_York"),
        ("America/New_York", "", "en", "America/New_York"),
        ("Londres", "GB", "es", "Europe/London"),
        ("Seúl", "KR", "es", "Asia/Seoul"),
        ("Sao Paulo", "BR", "en", "America/Sao_Paulo"),
        ("Buenos Aires", "AR", "en", "America/Argentina/Buenos_Aires"),
        ("Korea", "", "en", "Asia/Seoul"),
        ("UTC", "", "en", "UTC"),
        ("Spain", "", "en", None),
        ("Atlantis", "", "en", None),
        ("", "", "en", None),
        ("../../etc/passwd", "", "en", None),
    ],
)
def test_a_place_is_read(text: str, country: str, language: str, zone: str | None) -> None:
    """A zone's own name, a city's in two languages, a country's where it has one time; all else is not known."""
    assert read_zone(text, country, language) == zone


@given(st.text(max_size=30), st.sampled_from(("", "ES", "KR")), st.sampled_from(("en", "es")))
def test_anything_may_be_typed(text: str, country: str, language: str) -> None:
    """What is read is a zone that exists, and what people call it is read back as one with the same name."""
    read = read_zone(text, country, language)
    if read is not None:
        assert ZoneInfo(read).key == read
        assert place(read_zone(place(read), country, "en") or "") == place(read)
