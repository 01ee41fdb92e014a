"""What stands beside the scores equals a second implementation too, for any small city and any peers."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.reports.results.moving import moves
from model.actions import actions
from model.certainty import Given, scored, shares, without_each
from model.comparison import CUTS, Peer, Snapshot, compare, percentile
from model.instrument import Instrument
from model.responses import Aspect, Certainty, NonResponse, Response, Source
from model.weighting import shaken
from tests import independent_details as details
from tests import independent_peers, independent_ranges
from tests.independent import Row, recomputed
from tests.same_words import exactly
from tests.test_independent import FIVES, LIBRARIES, conditions, everything, exports, structure

EACH = pytest.mark.parametrize("instrument", [LIBRARIES, FIVES], ids=["libraries", "three dimensions"])
SOME = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=25, suppress_health_check=list(HealthCheck)
)
ON = date(2026, 10, 1)
SURE = (None, *Certainty)


@st.composite
def cities(draw: st.DrawFn, instrument: Instrument) -> list[Row]:
    """The rows of one city, with years beside goals and how sure people are beside levels."""
    found = []
    for row in draw(exports(instrument)):
        sure = draw(st.sampled_from(SURE)) if row["level"] is not None else None
        year = draw(st.integers(2028, 2031)) if row["aspect"] == "target" and row["level"] is not None else None
        beside: dict[str, Any] = {
            "target_year": year,
            "certainty": sure,
            "department": "it",
            "comment": None,
            "evidence": [],
        }
        found.append({**row, "wave": 1, **beside})
    return details.current(found, 1)


def responses(rows: list[Row]) -> Given:
    """The rows as the model takes them."""
    found: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {}
    for row in rows:
        aspect, item = Aspect(row["aspect"]), row["indicator"] or row["capability"]
        one = Response(
            item,
            aspect,
            level=row["level"],
            non_response=NonResponse(row["non_response"]) if row["non_response"] else None,
            year=row["target_year"],
            source=Source(row["source"]),
            certainty=row["certainty"],
        )
        found.setdefault((item, aspect), []).append((hash(row["respondent"]), one))
    return found


@EACH
@SOME
@given(data=st.data())
def test_years_bands_agreement_and_shares(instrument: Instrument, data: st.DataObject) -> None:
    """Of each whole and each statement, and how many stand at each level."""
    rows, shape = data.draw(cities(instrument)), structure(instrument, "full")
    card = scored(instrument, "full", responses(rows))
    expected = recomputed(rows, shape, conditions(instrument))
    due, names = details.years(rows, shape, expected), [(band.up_to, band.name) for band in instrument.bands]
    for one in everything(card):
        assert one.target_year == due[one.code], one.code
        assert one.band == details.band(expected[one.code]["score"], names), one.code
    asked = [one for capability in card.capabilities for one in capability.indicators]
    for one in asked:
        told = details.agreement(rows, one.code)
        wanted = [exactly(told[name]) for name in ("n", "spread", "within_1", "disputed", "agreed")]
        assert [one.n, one.spread, one.within_1, one.disputed, one.agreed] == wanted, one.code
    assert list(card.levels) == details.levels(expected, [one.code for one in asked])
    assert msgspec.to_builtins(shares(instrument, "full", responses(rows))) == details.shares(rows, shape)


WEIGHTS = st.dictionaries(
    st.sampled_from(["1.1", "1.1.1", "1.2.1", "2.1", "2.1.2"]), st.tuples(st.integers(0, 3), st.integers(0, 3))
)


@EACH
@SOME
@given(data=st.data(), weights=WEIGHTS)
def test_actions_and_moves(instrument: Instrument, data: st.DataObject, weights: Mapping[str, tuple[int, int]]) -> None:
    """The action list under any weights, and what moved between any two rounds."""
    before, rows = data.draw(cities(instrument)), data.draw(cities(instrument))
    shape, when = structure(instrument, "full"), conditions(instrument)
    then, now = (scored(instrument, "full", responses(one)) for one in (before, rows))
    expected, earlier = recomputed(rows, shape, when), recomputed(before, shape, when)
    wanted = details.actions(expected, shape, weights, details.years(rows, shape, expected))
    names = ("code", "level", "next_level", "goal", "year", "gap", "importance", "effort", "weight")
    found = [{name: getattr(one, name) for name in names} for one in actions(instrument, now, weights)]
    assert found == [{name: exactly(one[name]) if name == "weight" else one[name] for name in names} for one in wanted]
    moved = moves(ON, "full", (instrument, then), (instrument, now))
    told = dict(moved.by_code) | ({} if moved.overall is None else {"overall": moved.overall})
    assert told == {code: exactly(points) for code, points in details.moves(earlier, expected).items()}


@EACH
@SOME
@given(data=st.data())
def test_ranges(instrument: Instrument, data: st.DataObject) -> None:
    """Without any one respondent, and under shaken weights by the documented recipe."""
    rows, shape, when = data.draw(cities(instrument)), structure(instrument, "full"), conditions(instrument)
    given_ = responses(rows)
    alone = independent_ranges.without_anyone(rows, shape, when)
    assert ends(without_each(instrument, "full", given_)) == {code: exactly_two(one) for code, one in alone.items()}
    wanted = independent_ranges.shaken(recomputed(rows, shape, when), shape)
    assert ends(shaken(scored(instrument, "full", given_))) == {code: exactly_two(one) for code, one in wanted.items()}


def ends(found: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    return {code: (one.low, one.high) for code, one in found.items()}


def exactly_two(one: tuple[Any, Any]) -> tuple[Any, Any]:
    return exactly(one[0]), exactly(one[1])


SCORE = st.integers(0, 45).map(lambda ninths: round(20 * ninths / 9, 9))
"""As a capability of nine statements scores: many are the same, and few end."""
PEER: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    size=st.sampled_from(["small", "large"]),
    region=st.sampled_from(["Asia", "Europe", ""]),
    income=st.sampled_from(["high", "low"]),
    scores=st.fixed_dictionaries({"overall": SCORE}, optional={"1": SCORE, "1.1": SCORE}),
)


@settings(max_examples=200)
@given(st.lists(PEER, max_size=32), PEER, st.sampled_from(CUTS))
def test_any_benchmark(others: list[dict[str, Any]], own: dict[str, Any], cut: Any) -> None:
    """Median, quartiles, quarter, percentile and what is held back, of any peers; the city itself is none of them."""
    named = [{**one, "city": f"peer-{at}"} for at, one in enumerate([own, *others])]
    kept = tuple(Peer(**one) for one in named)
    scores = {code: own["scores"].get(code) for code in ("overall", "1", "1.1")}
    told = compare(kept[0], scores, Snapshot(ON, kept), cut)
    exact = {code: None if score is None else Fraction(str(score)) for code, score in scores.items()}
    wanted = independent_peers.benchmark(named[0], exact, named, cut)
    assert told.suppressed is (wanted is None)
    assert [one.code for one in told.standings] == list(wanted or {})
    for one in told.standings:
        expected = {**wanted[one.code], "median": exactly(wanted[one.code]["median"])}
        if expected["quartiles"]:
            expected["quartiles"] = exactly_two(expected["quartiles"])
        assert {name: getattr(one, name) for name in expected} == expected, (cut, one.code)


def test_the_example_of_the_method() -> None:
    """45 among 40, 45, 45, 52, 60, 61, 70 is 28.57: one below, three at or below, of seven."""
    peers = [40, 45, 45, 52, 60, 61, 70]
    exact = [Fraction(peer) for peer in peers]
    assert independent_peers.percentile(exact[1], exact) == Fraction(200, 7)
    assert percentile(45, peers) == pytest.approx(200 / 7)
