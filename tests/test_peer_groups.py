"""A city beside its peer group: who is in it, when it is held back, and what its JSON can never give away."""

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.comparison import CUTS, Benchmark, Peer, Snapshot, compare

ON = date(2026, 10, 1)


def peer(name: str, score: float, region: str = "Asia", *, synthetic: bool = False, first: float | None = None) -> Peer:
    """A city with an overall score, and one of capability 1.1 where `first` is given."""
    scores = {"overall": score} if first is None else {"overall": score, "1.1": first}
    return Peer(name, "1-5 million", region, "high", scores, synthetic)


def snapshot(*peers: Peer) -> Snapshot:
    return Snapshot(ON, peers)


def cities(count: int, region: str, first: float = 10.0) -> list[Peer]:
    """So many cities of a region, at 10, 13, 16, ..."""
    return [peer(f"{region}-city-{number}", first + 3 * number, region) for number in range(count)]


OWN = peer("own-city", 33)


def of(told: Benchmark, code: str = "overall") -> Any:
    return next(s for s in told.standings if s.code == code)


def test_the_own_city_is_left_out_of_its_peer_group() -> None:
    """Its own score moves neither number nor median of its peers."""
    # peers 10, 13, 16, 19, 22: median 16, with the own 33 in it it would be 17.5
    told = compare(OWN, OWN.scores, snapshot(*cities(5, "Asia"), OWN), "all")
    assert (of(told).peers, of(told).median) == (5, 16)
    assert of(compare(OWN, OWN.scores, snapshot(*cities(4, "Asia"), OWN), "all")).needed == 1


@pytest.mark.parametrize(("rest", "suppressed"), [(0, True), (1, True), (4, True), (5, False), (6, False)])
def test_a_group_is_held_back_where_the_rest_is_smaller_than_five(rest: int, suppressed: bool) -> None:
    """Who knows all and the group could otherwise work out the few others."""
    told = compare(OWN, OWN.scores, snapshot(*cities(7, "Asia"), *cities(rest, "Africa"), OWN), "region")
    assert told.suppressed is suppressed
    assert bool(told.standings) is not suppressed


def test_a_group_is_held_back_where_too_few_of_the_rest_have_the_score() -> None:
    """The rule holds for each number told: a score that only some cities have has a smaller rest."""
    # "1.1" is known of 6 in the group and of 3 of the 5 others: 9 - 6 = 3, fewer than 5
    asia = [peer(f"a{n}", 10.0 + n, "Asia", first=20.0 + n) for n in range(6)]
    africa = [peer(f"b{n}", 30.0 + n, "Africa", first=60.0 + n if n < 3 else None) for n in range(5)]
    told = compare(OWN, {"overall": 33, "1.1": 20}, snapshot(*asia, *africa), "region")
    assert of(told).median == 12.5
    assert all(s.median is None for s in told.standings if s.code == "1.1")


def test_a_group_of_fewer_than_five_says_how_many_are_missing() -> None:
    """Three of the five cities needed; no score is told."""
    told = compare(OWN, OWN.scores, snapshot(*cities(3, "Asia"), *cities(9, "Africa")), "region")
    assert (told.suppressed, of(told).peers, of(told).needed, of(told).median) == (False, 3, 2, None)


def test_a_cut_is_one_property_at_a_time() -> None:
    """The region's group holds all of the region, whatever their size."""
    other_size = [Peer(f"small-{n}", "under 100,000", "Asia", "low", {"overall": 50.0}) for n in range(5)]
    told = compare(OWN, OWN.scores, snapshot(*cities(5, "Asia"), *other_size, *cities(5, "Africa")), "region")
    assert (told.cut, told.group, of(told).peers) == ("region", "Asia", 10)
    by_size = compare(OWN, OWN.scores, snapshot(*cities(5, "Asia"), *other_size, *cities(5, "Africa")), "size")
    assert (by_size.group, of(by_size).peers) == ("1-5 million", 10)
    by_income = compare(OWN, OWN.scores, snapshot(*cities(5, "Asia"), *other_size), "income")
    assert (by_income.group, of(by_income).peers) == ("high", 5)


def test_the_benchmark_carries_its_snapshots_date() -> None:
    """Every cut is of the fixed date, not of today."""
    for cut in CUTS:
        assert compare(OWN, OWN.scores, snapshot(*cities(12, "Asia"), *cities(12, "Africa")), cut).on == ON


def test_one_synthetic_peer_makes_the_benchmark_synthetic() -> None:
    """Demonstration data is called so, and only where it is in the group."""
    real, made_up = cities(6, "Asia"), [peer(f"demo-{n}", 40, "Africa", synthetic=True) for n in range(6)]
    assert compare(OWN, OWN.scores, snapshot(*real, *made_up), "all").synthetic
    assert not compare(OWN, OWN.scores, snapshot(*real, *made_up), "region").synthetic


def numbers(told: Any) -> list[float]:
    """Every number in a JSON value, the counts of peers left out."""
    if isinstance(told, dict):
        return [n for key, value in told.items() if key not in {"peers", "needed", "own"} for n in numbers(value)]
    if isinstance(told, list):
        return [n for value in told for n in numbers(value)]
    return [told] if isinstance(told, float | int) and not isinstance(told, bool) else []


@given(
    st.lists(st.integers(101, 9_899), min_size=5, max_size=40, unique=True),
    st.integers(101, 9_899),
    st.sampled_from(CUTS),
)
def test_the_json_names_no_other_city_and_no_extreme(steps: list[int], own: int, cut: Any) -> None:
    """Neither lowest nor highest score, nor a rank or a name, whatever the peers are."""
    # scores such as 12.37 + 0.001, so that no percentile, quarter or midpoint equals one by accident
    peers = [peer(f"secret-{n}", step / 100 + 0.001, ("Asia", "Africa")[n % 2]) for n, step in enumerate(steps)]
    text = msgspec.json.encode(compare(OWN, {"overall": own / 100}, snapshot(*peers), cut)).decode()
    assert "secret" not in text
    assert "own-city" not in text
    assert "Africa" not in text
    assert not any(word in text.lower() for word in ("rank", "min", "max", "lowest", "highest"))
    everyone = [p for p in peers if cut != "region" or p.region == "Asia"]
    scores = sorted(p.scores["overall"] for p in everyone)
    assert not {scores[0], scores[-1]} & set(numbers(json.loads(text)))


@given(st.lists(st.integers(0, 100), min_size=0, max_size=40), st.integers(0, 100))
def test_each_number_of_peers_gives_exactly_its_fields(scores: list[int], own: int) -> None:
    """4, 10 and 19 are the last of their kind; 5, 11 and 20 the first of the next."""
    peers = [peer(f"c{n}", float(score)) for n, score in enumerate(scores)]
    told = of(compare(OWN, {"overall": float(own)}, snapshot(*peers), "all"))
    n = len(scores)
    assert told.peers == n
    assert told.needed == max(0, 5 - n)
    assert (told.median is not None) is (told.side is not None) is (n >= 5)
    assert (told.quartiles is not None) is (told.quarter is not None) is (n >= 11)
    assert (told.percentile is not None) is (n >= 20)
