"""The model's numbers equal those of a second implementation that shares no line with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model import library
from model.instrument import Form, Instrument
from model.pooling import Pooled, pool
from model.responses import Aspect, NonResponse, Response, Source
from model.scoring import Score, Scorecard, score
from tests.building import shaped
from tests.independent import Conditions, Row, recomputed

LIBRARIES = library.load(Path(__file__).parent / "small")["en"]
FIVES = shaped(
    [[2, 3, 1, 4, 2], [3, 3, 3], [1, 1]], {"1.2.2": "1.2.1 < 4", "1.2.3": "1.2.2 == 2", "2.2.1": "1.4.4 > 1"}
)
NUMBERS = ("score", "low", "high", "coverage", "target", "gap")
PEOPLE = [f"person {number}" for number in range(1, 8)]
# Levels come more often than the rest, so that gates open.
SAID: st.SearchStrategy[int | NonResponse] = st.one_of(
    st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.sampled_from(NonResponse)
)


def structure(instrument: Instrument, form: Form) -> dict[str, dict[str, list[str]]]:
    return {d.code: {c.code: [i.code for i in c.asked(form)] for c in d.capabilities} for d in instrument.dimensions}


def conditions(instrument: Instrument) -> Conditions:
    found = {i.code: i.ask_if.split() for i in instrument.indicators.values() if i.ask_if}
    return {code: (waits_for, sign, int(level)) for code, (waits_for, sign, level) in found.items()}


def row(capability: str, indicator: str | None, aspect: str, who: str, said: int | NonResponse, current: bool) -> Row:
    return {
        "respondent": who,
        "dimension": capability.partition(".")[0],
        "capability": capability,
        "indicator": indicator,
        "aspect": aspect,
        "level": said if isinstance(said, int) else None,
        "non_response": None if isinstance(said, int) else said.value,
        "source": "agreed" if who == "coordinator" else "respondent",
        "current": current,
    }


@st.composite
def exports(draw: st.DrawFn, instrument: Instrument) -> list[Row]:
    """The rows of one city: one to seven people, goals, agreed values, and responses that were changed later."""
    people = PEOPLE[: draw(st.integers(1, 7))]
    share = draw(st.sampled_from([0.3, 0.8, 1.0]))
    items: list[tuple[str, str | None, str]] = []
    for capability in instrument.capabilities():
        items.append((capability.code, None, "target"))
        for one in capability.indicators:
            items += [(capability.code, one.code, "as-is"), (capability.code, one.code, "target")]
    rows = []
    for item in items:
        for who in [*people, "coordinator"]:
            if draw(st.floats(0, 1)) > (0.1 if who == "coordinator" else share):
                continue
            history = draw(st.lists(SAID, min_size=1, max_size=2))
            rows += [row(*item, who, said, at == len(history) - 1) for at, said in enumerate(history)]
    return rows


def pooled(rows: list[Row], aspect: Aspect) -> Mapping[str, Pooled]:
    given: dict[str, list[Response]] = {}
    for one in rows:
        if one["current"] and one["aspect"] == aspect:
            item = one["indicator"] or one["capability"]
            reason = NonResponse(one["non_response"]) if one["non_response"] else None
            said = Response(item, aspect, level=one["level"], non_response=reason, source=Source(one["source"]))
            given.setdefault(item, []).append(said)
    return {item: pool(said) for item, said in given.items()}


def everything(card: Scorecard) -> Iterator[Score]:
    yield card.overall
    yield from card.dimensions
    for capability in card.capabilities:
        yield capability
        yield from capability.indicators


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("instrument", [LIBRARIES, FIVES], ids=["libraries", "three dimensions"])
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking a whole city takes minutes
@given(data=st.data())
def test_every_number_equals_the_independent_one(instrument: Instrument, form: Form, data: st.DataObject) -> None:
    """Score, bounds, coverage, target and gap of each indicator, capability, dimension and of the whole."""
    rows = data.draw(exports(instrument))
    card = score(instrument, form, pooled(rows, Aspect.AS_IS), pooled(rows, Aspect.TARGET))
    expected = recomputed(rows, structure(instrument, form), conditions(instrument))
    told = {one.code: one for one in everything(card)}
    assert told.keys() == expected.keys()
    for code, numbers in expected.items():
        for name in NUMBERS:
            assert_same(getattr(told[code], name), numbers[name], f"{name} of {code}")
        assert told[code].answered == int(numbers["answered"] or 0), code
        assert told[code].applicable == int(numbers["applicable"] or 0), code


def assert_same(told: float | None, expected: Any, what: str) -> None:
    """Both held back, or both the same to nine digits."""
    assert (told is None) is (expected is None), f"{what}: {told} beside {expected}"
    if told is not None:
        assert told == pytest.approx(float(expected), abs=1e-8), what


def test_the_independent_numbers_are_those_of_a_sum_by_hand() -> None:
    """Two people, one goal, one response that was changed: worked out here, so that both cannot be wrong alike."""
    # 1.1.1: 2 and 5, lower median 2 -> 40.  1.1.2: 1 was changed to 4 -> 80.  mean 60 at 2 of 3, which is the limit
    # low (40+80+0)/3 = 40; high (40+80+100)/3 = 73.33; target 4 -> 80; gap 80 - 60 = 20
    rows = [
        row("1.1", "1.1.1", "as-is", "person 1", 2, True),
        row("1.1", "1.1.1", "as-is", "person 2", 5, True),
        row("1.1", "1.1.2", "as-is", "person 1", 1, False),
        row("1.1", "1.1.2", "as-is", "person 1", 4, True),
        row("1.1", None, "target", "person 1", 4, True),
    ]
    told = recomputed(rows, {"1": {"1.1": ["1.1.1", "1.1.2", "1.1.3"]}})
    for code in ("1.1", "1", "overall"):
        numbers = {name: None if told[code][name] is None else float(told[code][name] or 0) for name in NUMBERS}
        assert numbers == pytest.approx(
            {"score": 60, "low": 40, "high": 220 / 3, "coverage": 2 / 3, "target": 80, "gap": 20}
        )
