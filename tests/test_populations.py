"""What a typed number of people is taken for."""

import pytest

from model.domains import MOST_PEOPLE, Misfit, read_population

OUT, UNKNOWN = Misfit("out_of_range"), Misfit("not_understood")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("250000", 250_000),
        ("250 000", 250_000),
        ("250\u202f000", 250_000),
        ("250,000", 250_000),
        ("250.000", 250_000),
        ("250’000", 250_000),
        ("1.234.567", 1_234_567),
        ("250k", 250_000),
        ("250 K", 250_000),
        ("1.5k", 1_500),
        ("1.2M", 1_200_000),
        ("about 250,000 people", 250_000),
        ("250000 habitantes.", 250_000),
        ("٢٥٠٠٠٠", 250_000),
        ("２５００００", 250_000),
        ("1", 1),
        (str(MOST_PEOPLE), MOST_PEOPLE),
    ],
)
def test_a_number_of_people_is_read_however_it_is_grouped(text: str, people: int) -> None:
    """Blanks, commas, points and apostrophes part thousands; a k or an M multiplies."""
    assert read_population(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("1.2 million", 1_200_000),
        ("300 thousand", 300_000),
        ("1,2 millones", 1_200_000),
        ("2 millones", 2_000_000),
        ("300 mil", 300_000),
        ("250 mil habitantes", 250_000),
    ],
)
def test_a_million_is_a_million_in_every_language(text: str, people: int) -> None:
    """“2 millones” in a conversation in English is never a city of two people."""
    assert read_population(text) == people


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", OUT),
        (str(MOST_PEOPLE + 1), OUT),
        ("70 M", OUT),
        ("9" * 400, OUT),
        ("9" * 5_000, OUT),
        ("", UNKNOWN),
        ("many", UNKNOWN),
        ("🙂", UNKNOWN),
        ("100000-200000", UNKNOWN),
        ("x" * 20_000, UNKNOWN),
    ],
)
def test_what_is_no_number_of_people_is_told_to_be_none(text: str, reason: Misfit) -> None:
    """Nobody, more than any city has, a range, or no number at all."""
    assert read_population(text) == reason
