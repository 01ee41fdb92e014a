"""A city of eight gets on paper and in the recalculated workbook the very numbers of JSON and chat."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

from model.instrument import Form
from tests import independent_details as details
from tests import same
from tests.independent_ranges import shaken, without_anyone
from tests.same import EVERY, FORMS, Same, Sheets
from tests.same_words import CUTS, QUARTERS, SIDES, bench, between, capabilities, name, signed, tenth, whole, wholes
from tests.test_model_pdf import flat


@pytest.fixture
def city(tmp_path_factory: pytest.TempPathFactory, form: Form) -> Same:
    return same.made(form, tmp_path_factory)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sheets]:
    """Both workbooks as LibreOffice shows them, in one run."""
    if same.SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    return same.shown([same.made(form, tmp_path_factory) for form in FORMS], tmp_path_factory.mktemp("office"))


@EVERY
def test_the_paper_has_these_numbers(city: Same) -> None:
    """Scores, ranges, agreement, standings and actions, as the PDF's text gives them."""
    lines = [*of_scores(city), *of_statements(city), *of_peers(city)]
    moved = details.moves(city.before, city.card).items()
    lines += [[name(city, code), signed(points)] for code, points in moved if signed(points) != "0"]
    assert [line for line in lines if flat("".join(map(str, line))) not in city.paper] == []


def of_scores(city: Same) -> Iterator[list[Any]]:
    """A row of each score, and how certain it is."""
    ends = without_anyone(city.rows, city.structure), shaken(city.card, city.structure)
    for code in (*wholes(city), *capabilities(city)):
        one, year = city.card[code], city.years[code]
        goal = "not reported" if one["target"] is None else whole(one["target"]) + (f" ({year})" if year else "")
        held, gap = "not shown yet", one["gap"]
        gap_told = "not reported" if one["target"] is None else held if gap is None else whole(gap)
        score = held if one["score"] is None else whole(one["score"])
        counts = f"{one['answered']} of {one['applicable']}"
        yield [name(city, code), score, between(one["low"], one["high"]), counts, goal, gap_told]
        if code in wholes(city):
            yield [name(city, code), score, between(*ends[0][code]), between(*ends[1][code])]


def of_statements(city: Same) -> Iterator[list[Any]]:
    """How far those agree who gave a level, from five of them on."""
    for code in city.codes:
        told = details.agreement(city.rows, code)
        if told["n"] > 4:
            near = f"{whole(100 * told['within_1'])} % within one level"
            yield [told["n"], "interquartile range ", tenth(told["spread"]), ", ", near]


def of_peers(city: Same) -> Iterator[list[Any]]:
    """Where the city stands in every cut that is told."""
    for cut in CUTS:
        for code, one in (bench(city, cut) or {}).items():
            score = city.card[code]["score"]
            if score is not None and one["quartiles"] and (cut == "all" or "." not in code):
                place = [SIDES[one["side"]], QUARTERS[one["quarter"] - 1]]
                place += [] if one["percentile"] is None else [f"percentile {one['percentile']}"]
                half = between(*one["quartiles"])
                yield [name(city, code), whole(score), one["peers"], whole(one["median"]), half, ", ".join(place)]


@EVERY
def test_the_recalculated_workbook_shows_these_numbers(city: Same, sheets: Mapping[str, Sheets]) -> None:
    """Results, levels, shares, standings, actions and disagreements, as LibreOffice shows its cells."""
    shown = sheets[city.form]
    results = shown["Results"]
    ends = without_anyone(city.rows, city.structure), shaken(city.card, city.structure)
    found = {
        row[0].replace("All", "overall"): row for row in reversed(results) if re.fullmatch(r"All|\d(\.\d)?", row[0])
    }
    for code in (*wholes(city), *capabilities(city)):
        one, year = city.card[code], city.years[code]
        numbers = [one[key] for key in ("low", "high")]
        ranges = [end for kind in ends for end in kind.get(code, ("", ""))]
        assert found[code][2:12] + found[code][13:17] == [
            "" if one["score"] is None else whole(one["score"]),
            details.band(one["score"]) or "",
            *("" if number is None else whole(number) for number in numbers),
            "" if one["coverage"] is None else f"{whole(100 * one['coverage'])} %",
            str(one["answered"]),
            str(one["applicable"]),
            "" if one["target"] is None else whole(one["target"]),
            str(year or ""),
            "" if one["gap"] is None else whole(one["gap"]),
            *("" if end == "" else whole(end) for end in ranges),
        ], code
    at = next(number for number, row in enumerate(results) if row[0].startswith("How sure"))
    sure = details.shares(city.rows, city.structure)
    for row in results[at + 2 : at + 8]:
        counts = sure[row[0] or "overall"]
        assert row[2:6] == [f"{whole(Fraction(100 * count, sum(counts.values())))} %" for count in counts.values()]
    levels = next(row for row in results[results.index(found["1"]) + 10 : at] if row[0] == "All")
    assert levels[2:8] == list(map(str, details.levels(city.card, city.codes)))
    check_peers(city, shown["Benchmark"])
    listed = [row for row in shown["Actions"] if row[0].isdigit()]
    keys = ("code", "level", "next_level", "goal", "year", "gap", "importance", "effort")
    assert [(row[1], *row[3:11]) for row in listed] == [
        (*(str(one[key] or "") if key == "year" else str(one[key]) for key in keys), tenth(one["weight"]))
        for one in city.actions
    ]
    told = [row for row in shown["Disagreements"] if re.fullmatch(r"\d\.\d\.\d", row[0])]
    assert [row[2:6] for row in told] == [
        [
            ", ".join(map(str, one["levels"])),
            str(one["median"]),
            tenth(one["spread"]),
            f"{whole(100 * one['within_1'])} %",
        ]
        for one in details.disputes(city.rows, city.codes)
    ]


def check_peers(city: Same, rows: list[list[str]]) -> None:
    """Every standing of every cut that is told."""
    heads = [number for number, row in enumerate(rows) if row[0] == "Code"]
    told = [wanted for cut in CUTS if (wanted := bench(city, cut))]
    assert len(heads) == len(told) >= 3
    for head, wanted in zip(heads, told, strict=True):
        for row, (code, one) in zip(rows[head + 1 :], wanted.items(), strict=False):
            score, ends = city.card[code]["score"], one["quartiles"] or ("", "")
            assert (row[0] or "overall") == code
            assert row[2:7] == [
                "not shown yet" if score is None else whole(score),
                str(one["peers"]),
                "" if one["median"] is None else whole(one["median"]),
                *("" if end == "" else whole(end) for end in ends),
            ]
            assert row[9] == ("" if one["percentile"] is None else str(one["percentile"]))
