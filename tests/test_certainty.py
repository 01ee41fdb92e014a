"""How certain scores are: by hand, by a second implementation that shares no line with it, and whatever is answered."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.certainty import Given, Shares, scored, shares, without_each
from model.instrument import Form, Instrument
from model.responses import Aspect, Certainty, NonResponse, Response, Source
from model.scoring import Scorecard
from model.weighting import Range, shaken
from tests.building import shaped
from tests.independent import Row, recomputed
from tests.independent_ranges import Ends, without_anyone
from tests.independent_ranges import shaken as shaken_again
from tests.test_independent import FIVES, LIBRARIES, conditions, exports, structure

TWO = shaped([[2], [1]])


def said(*told: tuple[int, str, int], agreed: Mapping[str, int] | None = None) -> Given:
    """What people (numbers) gave which indicators, and the values that were agreed on by the first."""
    found: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {}
    for who, item, level in told:
        found.setdefault((item, Aspect.AS_IS), []).append((who, Response(item, Aspect.AS_IS, level=level)))
    for item, level in (agreed or {}).items():
        settled = Response(item, Aspect.AS_IS, level=level, source=Source.AGREED)
        found.setdefault((item, Aspect.AS_IS), []).append((1, settled))
    return found


def test_without_one_the_others_make_the_score() -> None:
    """Three people, each left out in turn; the lowest and the highest are told."""
    # 1.1.1: 1, 3, 4 -> 3.  without the first 3 (of 3, 4), the second 1 (of 1, 4), the third 1 (of 1, 3): 20 to 60
    # 1.1.2: 2 by the first alone; 1.1 = 2 of 2 indicators.  with all (60+40)/2 = 50
    # without the first 1.1.2 is missing: 1 of 2, behind the gate.  second (20+40)/2 = 30, third (20+40)/2 = 30
    found = without_each(TWO, "full", said((1, "1.1.1", 1), (2, "1.1.1", 3), (3, "1.1.1", 4), (1, "1.1.2", 2)))
    assert found["1.1"] == found["1"] == Range(30, 30)
    assert "overall" not in found  # 2.1 was answered by nobody
    assert "2" not in found


def test_where_one_absence_holds_a_score_back_the_range_is_of_the_others() -> None:
    """The overall score shows only with every dimension: whoever alone answered one is in no range of it."""
    # 1.1.1 and 1.1.2: 2 and 4 by persons 2 and 3 each, lower median 2 -> 40; 2.1.1: 5 by person 1 alone -> 100
    # without 1: 2.1 is missing, no overall.  without 2: 80 and 100 -> 90.  without 3: 40 and 100 -> 70
    both = [(who, item, level) for who, level in ((2, 2), (3, 4)) for item in ("1.1.1", "1.1.2")]
    found = without_each(TWO, "full", said(*both, (1, "2.1.1", 5)))
    assert found["overall"] == Range(70, 90)
    assert found["1"] == Range(40, 80)
    assert found["2"] == Range(100, 100)


def test_one_respondent_has_no_range() -> None:
    """Without them there would be nothing; a range of nothing is not told."""
    assert without_each(TWO, "full", said((1, "1.1.1", 3), (1, "1.1.2", 4))) == {}
    assert without_each(TWO, "full", {}) == {}


def test_what_was_agreed_stays_whoever_is_left_out() -> None:
    """An agreed value is nobody's own: it moves with no absence, not even that of whoever wrote it down."""
    # 1.1.1 agreed on 4 -> 80 always; 1.1.2: 1 and 5 by two people.  without 1: (80+100)/2 = 90; without 2: (80+20)/2
    told = said((1, "1.1.2", 1), (2, "1.1.2", 5), (1, "1.1.1", 0), agreed={"1.1.1": 4})
    assert without_each(TWO, "full", told)["1.1"] == Range(50, 90)


def test_shares_count_the_levels_given_by_how_sure_people_were() -> None:
    """Measured, documented, estimated, unsaid; no goal, no non-response, no agreed value, nothing that is not asked."""
    sure = {"1.1.1": Certainty.MEASURED, "1.1.2": Certainty.ESTIMATED, "2.1.1": None}
    told: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {
        (item, Aspect.AS_IS): [(1, Response(item, Aspect.AS_IS, level=2, certainty=how))] for item, how in sure.items()
    }
    told["1.1.1", Aspect.AS_IS] += [
        (2, Response("1.1.1", Aspect.AS_IS, level=3, certainty=Certainty.DOCUMENTED)),
        (3, Response("1.1.1", Aspect.AS_IS, non_response=NonResponse.DONT_KNOW)),
        (1, Response("1.1.1", Aspect.AS_IS, level=5, source=Source.AGREED)),
    ]
    told["1.1", Aspect.TARGET] = [(1, Response("1.1", Aspect.TARGET, level=4, certainty=Certainty.MEASURED))]
    full = shares(TWO, "full", told)
    assert full == {"1": Shares(1, 1, 1), "2": Shares(unsaid=1), "overall": Shares(1, 1, 1, 1)}
    assert full["overall"].total == 4
    assert shares(TWO, "short", told)["1"] == Shares(1, 1)  # 1.1.2 is not its key indicator


def as_given(rows: Sequence[Row]) -> Given:
    """The rows that count, as the store gives them."""
    found: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {}
    for row in rows:
        if row["current"]:
            item, aspect = row["indicator"] or row["capability"], Aspect(row["aspect"])
            reason = NonResponse(row["non_response"]) if row["non_response"] else None
            one = Response(item, aspect, level=row["level"], non_response=reason, source=Source(row["source"]))
            who = int(row["respondent"].rpartition(" ")[2]) if row["respondent"] != "coordinator" else 99
            found.setdefault((item, aspect), []).append((who, one))
    return found


def assert_same(found: Mapping[str, Range], expected: Ends) -> None:
    """The same codes, and the same ends to nine digits."""
    assert found.keys() == expected.keys()
    for code, (low, high) in expected.items():
        assert (found[code].low, found[code].high) == pytest.approx((float(low), float(high)), abs=1e-8), code


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("instrument", [LIBRARIES, FIVES], ids=["libraries", "three dimensions"])
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # 200 draws in fractions are slow
@given(data=st.data())
def test_every_range_equals_the_independent_one(instrument: Instrument, form: Form, data: st.DataObject) -> None:
    """Without each person, and under weights shaken by the recipe as it is written down."""
    rows = data.draw(exports(instrument))
    told, shape = as_given(rows), structure(instrument, form)
    assert_same(without_each(instrument, form, told), without_anyone(rows, shape, conditions(instrument)))
    card: Scorecard = scored(instrument, form, told)
    assert_same(shaken(card), shaken_again(recomputed(rows, shape, conditions(instrument)), shape))


@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rows=exports(FIVES))
def test_a_range_is_within_the_bounds_of_what_may_be(rows: Sequence[Row]) -> None:
    """From 0 to 100, never upside down; shaken weights stay around the score itself, and show nothing it holds back."""
    told = as_given(rows)
    card = scored(FIVES, "full", told)
    for one in without_each(FIVES, "full", told).values():
        assert 0 <= one.low <= one.high <= 100
    found = shaken(card)
    for score in (card.overall, *card.dimensions, *card.capabilities):
        assert (score.code in found) is (score.score is not None)
        if score.score is not None:
            assert found[score.code].low - 1e-6 <= score.score <= found[score.code].high + 1e-6
