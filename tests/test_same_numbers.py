"""A city of eight gets the same numbers in JSON and in chat: those of an independent sum over the exported rows."""

import re
from fractions import Fraction

import pytest

from bot.reports import readings
from bot.wording.catalogues import translations
from model.instrument import Form
from tests import independent_details as details
from tests import same
from tests.independent_ranges import shaken, without_anyone
from tests.same import EVERY, Same
from tests.same_words import (
    CUTS,
    KINDS,
    agreement,
    bench,
    beside,
    between,
    exactly,
    name,
    signed,
    tenth,
    told_of,
    whole,
    wholes,
)


@pytest.fixture
def city(tmp_path_factory: pytest.TempPathFactory, form: Form) -> Same:
    return same.made(form, tmp_path_factory)


@EVERY
def test_the_json_of_scores_is_the_independent_sum(city: Same) -> None:
    """Score, bounds, coverage, goal, year, gap and band of all; ranges, agreement and evidence; shares and levels."""
    due, voices = city.years, details.voices(city.rows)
    ends = without_anyone(city.rows, city.structure), shaken(city.card, city.structure)
    assert city.parts.keys() == city.card.keys()
    for code, one in city.parts.items():
        wanted = {key: exactly(value) for key, value in city.card[code].items()}
        wanted |= {"target_year": due[code], "band": details.band(city.card[code]["score"])}
        if "n" in one:
            told = details.agreement(city.rows, code)
            wanted |= {key: exactly(told[key]) for key in ("n", "spread", "within_1", "disputed", "agreed")}
            wanted |= {"evidence": voices["evidence"].get(code, 0)}
            score = city.card[code]["score"]
            wanted |= {"level": None if score is None else int(score / 20)}
        else:
            for key, found in zip(("without_each", "shaken"), ends, strict=True):
                low, high = found.get(code, (None, None))
                wanted[key] = None if low is None else {"low": exactly(low), "high": exactly(high)}
        assert {key: one[key] for key in wanted} == wanted, code
    assert {one["code"]: one["shares"] for one in city.parts.values() if "shares" in one} == details.shares(
        city.rows, city.structure
    )
    told = city.scores
    assert told["levels"] == details.levels(city.card, city.codes)
    assert (told["respondents"], told["evidenced"]) == (voices["respondents"], exactly(voices["evidenced"]))
    given = {one["department"]: (one["people"], one["answered"]) for one in told["voices"]}
    assert given == voices["departments"]


@EVERY
def test_disputes_moves_and_actions_are_the_independent_ones(city: Same) -> None:
    """In `scores --json`, and the list once more in `actions --json`."""
    told = [{key: value for key, value in one.items() if key != "views"} for one in city.scores["disputes"]]
    assert told == [
        {**one, "spread": exactly(one["spread"]), "within_1": exactly(one["within_1"])}
        for one in details.disputes(city.rows, city.codes)
    ]
    assert len(told) > 5
    moved = details.moves(city.before, city.card)
    found = city.scores["moved"]
    assert {"overall": found["overall"], **found["by_code"]} == {key: exactly(value) for key, value in moved.items()}
    wanted = [{key: exactly(value) if key == "weight" else value for key, value in one.items()} for one in city.actions]
    for listed in (city.scores["actions"], same.read(city.run("actions", city.city.id, "--json"))["actions"]):
        assert [{key: one[key] for key in wanted[0]} for one in listed] == wanted
    assert len(wanted) == 10


@EVERY
@pytest.mark.parametrize("cut", CUTS)
def test_the_json_of_a_benchmark_is_the_independent_one(city: Same, cut: str) -> None:
    """Median, side, quartiles, quarter and percentile of each score, and what is held back."""
    told = same.read(city.run("benchmark", city.city.id, "--cut", cut, "--json"))
    wanted = bench(city, cut)
    assert told["suppressed"] is (wanted is None)
    found = {one["code"]: one for one in told["standings"]}
    assert found.keys() == (wanted or {}).keys()
    for code, one in found.items():
        expected = wanted[code] | {"median": exactly(wanted[code]["median"])}
        if expected["quartiles"]:
            expected["quartiles"] = [exactly(end) for end in expected["quartiles"]]
        assert {key: one[key] for key in expected} == expected, (cut, code)


@EVERY
def test_chat_says_these_numbers_rounded(city: Same) -> None:
    """`/scores`: the whole, what stands behind it, and what moved."""
    told = city.chat("/scores").replace("\u00a0", " ")
    ends = without_anyone(city.rows, city.structure)["overall"], shaken(city.card, city.structure)["overall"]
    for code in wholes(city):
        one = city.card[code]
        bounds = f"({between(one['low'], one['high'], both=True)}, {whole(100 * (one['coverage'] or 0))} % answered)"
        goal = f", goal {whole(one['target'])}" if one["target"] is not None else ""
        assert f"{name(city, code)}: {whole(one['score'])} {bounds}{goal}\n" in told
    assert f"Without any one respondent it would be {between(*ends[0])}; " in told
    assert f"with weights shaken by a quarter {between(*ends[1])}." in told
    moved = details.moves(city.before, city.card)
    assert f"overall {signed(moved['overall'])}." in told
    listed = sorted((code for code in moved if "." in code), key=lambda code: (-abs(moved[code]), code))[:5]
    assert "; ".join(f"{name(city, code)} {signed(moved[code])}" for code in listed) in told
    counts = ", ".join(map(str, details.levels(city.card, city.codes)))
    assert f"Statements at level 0 to 5: {counts}." in told
    assert f"{whole(100 * details.voices(city.rows)['evidenced'])} % with evidence" in told
    sure = details.shares(city.rows, city.structure)
    shares = [
        f"{code}: "
        + ", ".join(f"{whole(Fraction(100 * sure[code][kind], sum(sure[code].values())))} %" for kind in KINDS)
        for code in city.structure
    ]
    assert f"Measured, documented, estimated: {'; '.join(shares)}." in told


@EVERY
def test_chat_goes_down_to_the_statements(city: Same) -> None:
    """`/scores 3`, `/scores 3.2`: each dimension, capability and statement."""
    for dimension, below in city.structure.items():
        told = city.chat(f"/scores {dimension}").replace("\u00a0", " ")
        assert f"The whole dimension: {told_of(city, dimension)}\n" in told
        for capability, codes in below.items():
            assert f"{name(city, capability)}: {told_of(city, capability)}\n" in told
            down = city.chat(f"/scores {capability}").replace("\u00a0", " ")
            assert f"The whole capability: {told_of(city, capability)}\n" in down
            for code in codes:
                score = city.card[code]["score"]
                level = "" if score is None else f"{int(score / 20)} {city.instrument.scale[int(score / 20)].name}"
                line = next(x for x in down.split("\n→ ")[1:] if statement_before(down, x) == code).partition("\n")[0]
                assert line.startswith(level)
                assert agreement(city, code) in line, code


def statement_before(text: str, line: str) -> str:
    """The code of the statement that an arrow's line belongs to."""
    return str(re.findall(r"^(\d\.\d\.\d) ", text[: text.index(f"→ {line}")], re.MULTILINE)[-1])


@EVERY
def test_chat_compares_with_these_numbers(city: Same) -> None:
    """`/benchmark` in each cut, `/benchmark 3`, and the table below the picture of peers."""
    for cut in CUTS:
        told = city.chat(f"/benchmark {cut if cut != 'all' else ''}")
        wanted = bench(city, cut)
        assert ("Nothing is shown" in told) is (wanted is None)
        for code in wholes(city) if wanted else ():
            assert f"{name(city, code)}: {beside(city, code, wanted[code])}\n" in told
    wanted = bench(city, "all")
    told = city.chat("/benchmark 3")
    for code in ("3", *city.structure["3"]):
        assert f"{name(city, code)}: {beside(city, code, wanted[code])}\n" in told
    words = translations("en")
    chart = readings.chart("peers", city.dossier.result, city.dossier.benchmark, city.instrument, words)
    assert chart is not None
    drawn = {row[0]: row[1:] for row in readings.table(chart, words)[1:]}
    for code in wholes(city):
        one = wanted[code]
        assert drawn[name(city, code)] == (
            whole(city.card[code]["score"]),
            whole(one["median"]),
            between(*one["quartiles"], both=True),
        )


@EVERY
def test_chat_lists_these_actions(city: Same) -> None:
    """Level, goal, gap, importance, effort and weight of all ten, in their order."""
    told = city.chat("/actions")
    lines = iter(told.splitlines())
    for rank, one in enumerate(city.actions, 1):
        year = f" by {one['year']}" if one["year"] else ""
        assert next(x for x in lines if re.match(r"\d+\. ", x)).startswith(f"{rank}. {one['code']} ")
        assert next(lines).startswith(f"Level {one['level']} today; level {one['next_level']} asks for: ")
        assert next(lines) == (
            f"Goal: {one['goal']}{year}. Gap {whole(one['gap'])} × importance {one['importance']} / effort "
            f"{one['effort']} = {tenth(one['weight'])}"
        )
