"""What experts do in chat, on both engines: offer times, and conclude."""

import pytest

from flows.events.appointing import Concluded, Published
from flows.prompts import Notice
from flows.prompts.appointments import Concludes
from flows.prompts.doorway import Office
from flows.prompts.teamwork import Team
from storage import remarks, slots
from storage.database import Database
from tests.conftest import Clock
from tests.two_cities import LINK, Cities


@pytest.fixture
def two(database: Database, clock: Clock) -> Cities:
    return Cities(database, clock)


def test_conclusions_are_kept_word_for_word_and_told(two: Cities) -> None:
    """For the whole or for a dimension; one that is too long, or of a city unknown, keeps nothing."""
    city = two.valencia.city.id
    said = "Empieza por “abrir” los datos.\nY luego sigue."
    for text in (f"{city} {said}", f"{city} 3: First\0 the buses.", f"{city} {'x' * 1501}", city, "", "Nowhere Sink."):
        two.valencia.act(("Iris", Concluded(text)))
    told = two.valencia.told()
    assert [one for one in told["Eva"] if isinstance(one, Concludes)] == [
        Concludes("Iris", said),
        Concludes("Iris", "First the buses.", "3"),
    ]
    kinds = ["conclusion_kept"] * 2 + ["conclusion_too_long"] + ["how_to_conclude"] * 2 + ["conclusion_of_no_city"]
    assert [one.kind for one in told["Iris"] if isinstance(one, Notice)] == kinds
    kept = two.database.read(lambda tx: remarks.conclusions(tx, two.valencia.wave.id))
    assert [(one.expert, one.item, one.text) for one in kept] == [
        ("Iris", "", said),
        ("Iris", "3", "First the buses."),
    ]


@pytest.mark.parametrize("text", ["", "kick-off", f"kick-off {LINK}", "party 2026-12-01 10:00 Madrid " + LINK, "\0"])
def test_what_offers_no_time_is_told_how(two: Cities, text: str) -> None:
    """Whatever is missing; nothing is published."""
    two.valencia.act(("Iris", Published(text)))
    assert two.valencia.notices("Iris") == ["how_to_publish"]
    assert two.database.read(lambda tx: slots.coming(tx, two.clock())) == []


def test_buttons_of_the_languages_offer_times_too(two: Cities) -> None:
    """By the names that the buttons carry."""
    for kind, day in (("Presentación", 1), ("results", 2)):
        two.valencia.act(("Iris", f"/slot {kind} 2026-12-0{day} 10:00 Madrid {LINK}"))
    assert [one.kind for one in two.database.read(lambda tx: slots.coming(tx, two.clock()))] == ["kick_off", "wrap_up"]


def test_an_expert_of_a_city_is_asked_nothing_and_stands_on_no_board(two: Cities) -> None:
    """Nor is one reminded, or named in a digest; the statements stay with those who answer."""
    two.valencia.join("Olga", "expert")
    two.valencia.act(("Olga", "4"), ("Olga", "/progress"), ("Eva", "/team"))
    told = two.valencia.told()
    assert {type(one) for one in told["Olga"]} == {Office}
    assert [one.name for board in told["Eva"] if isinstance(board, Team) for one in board.members] == ["Eva"]
    assert two.valencia.unasked() == ()
    two.clock.pass_(days=9)
    two.valencia.look()
    assert "Olga" not in two.valencia.told()
