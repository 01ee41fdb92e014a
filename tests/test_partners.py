"""Who can learn from whom: never a city that did not agree to be found, and never by rank."""

from datetime import UTC, datetime
from time import perf_counter

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.following import partnering
from flows.prompts.following import Partners
from model import library
from model.partners import CITIES, STRONG, WEAK, WEAKNESSES, Candidate, matches, reference, strong, suits, weak
from storage import cities, partners, waves
from storage.cities import City
from storage.database import Database, Transaction, write

CODES = [one.code for one in library.instrument(*library.DEFAULT).capabilities()]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def city(name: str, size: str = "big", region: str = "Europe", **scores: float) -> Candidate:
    told = {code.replace("_", ".").removeprefix("c"): value for code, value in scores.items()}
    return Candidate(name.casefold(), name, size, region, told)


def test_a_match_by_hand() -> None:
    """Weak in 3.2 and 1.1, the weaker one first; strong is 60 or more, and what lies between is neither."""
    own = city("Valencia", c1_1=39.9, c2_1=40, c3_2=10, c4_1=90)
    others = [city("Lugano", c3_2=60, c1_1=59.9), city("Oslo", c3_2=100, c2_1=100), city("Porto", c4_1=100)]
    found = matches("valencia", [own, *others])
    assert [(one.code, one.cities) for one in found] == [("3.2", ("lugano", "oslo")), ("1.1", ())]


def test_cities_like_one_s_own_come_first_and_the_best_never_does_for_its_score() -> None:
    """Of the same size, then of the same region, then by name; three at the most."""
    own = city("Valencia", c3_2=0)
    others = [
        city("Aarau", "small", "Asia", c3_2=100),
        city("Zurich", "big", "Asia", c3_2=60),
        city("Bern", "big", "Asia", c3_2=61),
        city("Yverdon", "small", "Europe", c3_2=99),
        city("Chur", "big", "Europe", c3_2=62),
    ]
    (found,) = matches("valencia", [own, *others])
    assert found.cities == ("chur", "bern", "zurich")
    (found,) = matches("valencia", [own, others[0], others[3]])
    assert found.cities == ("yverdon", "aarau")


def test_strong_and_weak_are_apart() -> None:
    """Nobody is both in one capability; at most five weak ones are looked at."""
    scores = {code: float(place) for place, code in enumerate(CODES)}
    assert weak(scores) == tuple(CODES[:WEAKNESSES])
    assert strong({"1.1": STRONG, "1.2": STRONG - 0.1}) == ("1.1",)
    assert weak({"1.1": WEAK, "1.2": WEAK - 0.1}) == ("1.2",)
    assert STRONG > WEAK


def test_a_reference_fits_a_button_and_tells_cities_apart() -> None:
    """However long a city's id is."""
    assert len({reference("valencia-es"), reference("valencia-es-2"), reference("v" * 200)}) == 3
    assert len(reference("v" * 200)) == 12


SCORES = st.dictionaries(st.sampled_from(CODES[:6]), st.floats(0, 100))
WORLD = st.lists(
    st.tuples(st.sampled_from(["small", "big"]), st.sampled_from(["Europe", "Asia"]), SCORES, st.booleans()),
    max_size=12,
)


@given(WORLD, st.integers(0, 11))
def test_only_who_takes_part_is_found_and_only_by_who_takes_part(
    world: list[tuple[str, str, dict[str, float], bool]], mine: int
) -> None:
    """Whatever cities there are: nobody who did not opt in, nothing for who did not, never one's own city."""
    every = [Candidate(str(place), str(place), *told[:3]) for place, told in enumerate(world)]
    members = {one.city for one, told in zip(every, world, strict=True) if told[3]}
    found = matches(str(mine), [one for one in every if one.city in members])
    named = {other for one in found for other in one.cities}
    assert named <= members - {str(mine)}
    assert not found or str(mine) in members
    by_id = {one.city: one for one in every}
    for one in found:
        assert len(one.cities) <= CITIES
        assert all(suits(by_id[str(mine)], by_id[other], one.code) for other in one.cities)
    assert len(found) <= WEAKNESSES


def member(tx: Transaction, number: int, scores: dict[str, float]) -> str:
    """A city with a closed wave that takes part, without a single answer: its scores are kept."""
    facts = City(f"city-{number}", f"City {number}", "ES", 800_000, "Europe", "high", "UTC", False, None, NOW)
    tx.run(cities._ADD, **msgspec.structs.asdict(facts))
    wave = waves.open_wave(tx, facts.id, library.instrument(*library.DEFAULT), "short", NOW)
    waves.close_wave(tx, wave.id, NOW)
    partners.keep(tx, facts.id, f"mail-{number}@city.example", wave.id, scores, NOW)
    return facts.id


def test_among_five_hundred_partners_the_search_takes_less_than_a_third_of_a_second(database: Database) -> None:
    """Nobody's scores are computed for it: they are kept since the close."""

    def build(tx: Transaction) -> str:
        for number in range(500):
            member(tx, number, {code: float((number * 7 + place * 13) % 101) for place, code in enumerate(CODES)})
        return member(tx, 500, dict.fromkeys(CODES, 20.0))

    own = write(database, build)
    began = perf_counter()
    board = database.read(lambda tx: partnering.board(tx, own, Partners("")))
    took = perf_counter() - began
    assert [len(several) for _, several in board.found] == [CITIES] * WEAKNESSES
    assert board.contact == "mail-500@city.example"
    assert took < 0.3


def test_a_city_that_leaves_is_found_no_more(database: Database) -> None:
    """At once, and whoever looks sees nothing of it; without taking part nobody looks."""

    def build(tx: Transaction) -> tuple[str, str]:
        return member(tx, 1, {"3.2": 10.0}), member(tx, 2, {"3.2": 90.0})

    own, other = write(database, build)

    def found() -> list[str]:
        board = database.read(lambda tx: partnering.board(tx, own, Partners("")))
        return [one.name for _, several in board.found for one in several]

    assert found() == ["City 2"]
    assert write(database, lambda tx: partners.leave(tx, other))
    assert found() == []
    assert not write(database, lambda tx: partners.leave(tx, other))
    write(database, lambda tx: partners.leave(tx, own))
    assert database.read(lambda tx: partnering.board(tx, own, Partners("x"))) == Partners("x")
