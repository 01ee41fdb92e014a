"""Text and picture agree: what is drawn, what stands beside it, the table and the reading are the same numbers."""

import asyncio
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from bot.reports import readings
from bot.reports.charts import NOTHING, Chart, Gaps, Heat, Levels, Moved, Radar, Strips, Whiskers, span, told
from bot.reports.drawing import palette
from bot.reports.results import Result, dossiers, instrument_of
from bot.wording.catalogues import translations
from model import library
from model.pooling import Pooled
from model.rounding import change
from model.scoring import score
from storage.database import Database
from tests.eight import city_of_eight
from tests.pictures import charts, figure, found, made_up, said
from tests.test_wording import benchmark_of, result_of

NUMBER = re.compile(r"(?<![\w.])[+−]?\d+(?![\w.]*\w)")
Rows = Sequence[Sequence[str]]


def check(chart: Chart, language: str = "en") -> None:
    """Holds for any chart: its marks are where its table says, and the numbers beside them are those of the table."""
    made, rows = figure(chart), readings.table(chart, translations(language))[1:]
    assert rows
    CHECKS[type(chart)](made, rows, chart)
    check_reading(chart, rows, language)


def ends(box: Any) -> tuple[float, float]:
    """From where to where a box goes."""
    return float(box.get_x()), float(box.get_x() + box.get_width())


def at(marks: Sequence[Any]) -> list[str]:
    """Where marks stand, rounded as everything is."""
    return [told(float(mark.get_xdata()[0])) for mark in marks]


def numbers(text: str) -> list[str]:
    """The numbers of a row without the signs before them."""
    return [part.strip("()") for part in text.split() if part not in {"●", "▲", "■", "◆", "□", "|", "|–|"}]


def check_radar(made: Figure, rows: Rows, chart: Radar) -> None:
    lines = {line.get_label(): line for line in made.axes[0].lines}
    drawn = [column for column in (1, 2, 3) if any(row[column] != NOTHING for row in rows)]
    assert set(lines) == {chart.legend[column - 1] for column in drawn}
    for column in drawn:
        along = np.asarray(lines[chart.legend[column - 1]].get_ydata(), dtype=float)
        assert along[0] == along[-1] or np.isnan(along[0])
        assert [told(None if np.isnan(one) else one) for one in along[:-1]] == [row[column] for row in rows]
    assert numbers(" ".join(said(made, "numbers"))) == [row[column] for row in rows for column in drawn]


def check_strips(made: Figure, rows: Rows, _: Strips) -> None:
    assert [numbers(text) for text in said(made, "numbers")] == [list(row[1:]) for row in rows]
    assert at(found(made, "own")) == [row[1] for row in rows if row[1] != NOTHING]
    assert at(found(made, "median")) == [row[2] for row in rows]
    assert [span(ends(box)) for box in found(made, "half")] == [row[3] for row in rows if row[3] != NOTHING]


def check_gaps(made: Figure, rows: Rows, _: Gaps) -> None:
    assert [numbers(text) for text in said(made, "numbers")] == [list(row[1:]) for row in rows]
    assert at(found(made, "today")) == [row[1] for row in rows]
    assert at(found(made, "goal")) == [row[2] for row in rows]
    bars = [ends(box) for box in found(made, "gap")]
    assert [(told(low), told(high)) for low, high in bars] == [(row[1], row[2]) for row in rows]
    assert [change(high - low) for low, high in bars] == [row[3] for row in rows]
    assert [high - low for low, high in bars] == sorted((high - low for low, high in bars), reverse=True)


def check_levels(made: Figure, rows: Rows, _: Levels) -> None:
    for place in range(8):
        counts = [row[place + 1] for row in rows if row[place + 1] != "0"]
        assert said(made, f"count-{place}") == counts
        assert [f"{high - low:g}" for low, high in map(ends, found(made, f"level-{place}"))] == counts


def check_heat(made: Figure, rows: Rows, chart: Heat) -> None:
    assert said(made, "number") == [row[1] for row in rows]
    for box, cell in zip(found(made, "cell"), chart.cells, strict=True):
        band = None if cell.score is None else sum(cell.score > limit for limit in chart.limits)
        wanted = "#ffffff" if band is None else palette.shade(band, len(chart.limits))
        assert to_hex(box.get_facecolor()) == wanted


def check_moves(made: Figure, rows: Rows, _: Moved) -> None:
    assert [numbers(text) for text in said(made, "numbers")] == [list(row[1:]) for row in rows]
    along = [max(arrow.get_xy()[:, 0], key=abs) for arrow in found(made, "move")]
    assert [change(float(points)) for points in along] == [row[2] for row in rows if row[2] != "0"]
    assert at(found(made, "still")) == ["0" for row in rows if row[2] == "0"]


def check_whiskers(made: Figure, rows: Rows, _: Whiskers) -> None:
    assert [numbers(text) for text in said(made, "numbers")] == [list(row[1:]) for row in rows]
    assert [told(ends(box)[1]) for box in found(made, "score")] == [row[1] for row in rows if row[1] != NOTHING]
    lines = [line.get_xdata() for line in found(made, "missing")]
    assert [span((low, high)) for low, high in lines] == [row[2] for row in rows if row[2] != NOTHING]
    assert [span(ends(box)) for box in found(made, "without")] == [row[3] for row in rows if row[3] != NOTHING]


CHECKS: Mapping[type[Any], Any] = {
    Radar: check_radar,
    Strips: check_strips,
    Gaps: check_gaps,
    Levels: check_levels,
    Heat: check_heat,
    Moved: check_moves,
    Whiskers: check_whiskers,
}


def check_reading(chart: Chart, rows: Rows, language: str) -> None:
    """Two sentences whose numbers are of the table or counted from it; and the words for the blind say the same."""
    words = translations(language)
    reading = readings.reading(chart, words)
    bare = reading
    for row in rows:
        bare = bare.replace(row[0], "X")
    assert len(re.findall(r"[.](?: |$)", bare)) == 2, reading
    shown = {part for row in rows for cell in row[1:] for part in re.split(r"(?<=\d)–", cell)} | set(
        counted(chart, rows)
    )
    if isinstance(chart, Moved):
        bare = re.sub(r"(since|desde el) \d+ \w+ \d+", "", bare)
    assert set(NUMBER.findall(bare)) - {"100"} <= shown, (reading, shown)
    assert chart.title in readings.alt(chart, words)
    assert reading in readings.alt(chart, words)


def counted(chart: Chart, rows: Rows) -> Iterator[str]:
    """What a reading counts, counted here from the table."""
    if isinstance(chart, Gaps):
        yield from (str(chart.behind), str(chart.compared), str(len(rows)))
    if isinstance(chart, Levels):
        counts = [[int(cell) for cell in row[1:]] for row in rows]
        low = [row[0] + row[1] for row in counts]
        running = sum(row[4] + row[5] for row in counts)
        yield from ("0", "1", "4", "5", *map(str, (sum(map(sum, counts)), running, sum(low), max(low))))
    if isinstance(chart, Heat):
        levels = [float(cell.score) for cell in chart.cells if cell.score is not None]
        weak = sum(level < 40 for level in levels)
        yield from map(str, (40, weak, len(rows), len(rows) - len(levels)))


def full(seed: int, missing: float) -> Result:
    """A made-up city of the full form: levels by chance, so much of it missing or not applicable, most goals set."""
    chance, instrument = random.Random(seed), library.instrument(*library.DEFAULT)
    values = {
        code: Pooled(level=None if chance.random() < missing / 2 else chance.randint(0, 5), applicable=True, n=1)
        if chance.random() > missing / 2
        else Pooled(level=None, applicable=False, n=1)
        for code in instrument.indicators
        if chance.random() > missing / 3
    }
    goals = {
        c.code: Pooled(level=chance.randint(2, 5), applicable=True, n=1, year=2029)
        for c in instrument.capabilities()
        if chance.random() > missing
    }
    short = result_of(range(25))
    wave = msgspec.structs.replace(short.wave, form="full")
    card = score(instrument, "full", values, goals)
    return made_up(msgspec.structs.replace(short, wave=wave, scorecard=card, answered=card.overall.answered))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    missing=st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.9]),
    peers=st.sampled_from([0, 7, 12, 40]),
    language=st.sampled_from(["en", "es"]),
)
def test_text_and_picture_agree_for_any_city(seed: int, missing: float, peers: int, language: str) -> None:
    """Whatever was answered: marks, numbers beside them, table, reading and words for the blind are one."""
    result = full(seed, missing)
    for _, chart in charts(result, benchmark_of(result, peers, "all"), language):
        check(chart, language)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_text_and_picture_agree_for_the_city_of_eight(database: Database) -> None:
    """All seven charts of a city with disagreement, non-responses and a round before."""
    city = city_of_eight(database)
    dossier = asyncio.run(dossiers.gather(database, city.id, date(2026, 11, 23)))
    assert dossier is not None
    made = dict(charts(dossier.result, benchmark_of(dossier.result, 40, "all")))
    assert tuple(made) == readings.KINDS
    for chart in made.values():
        check(chart)
    scores, i = dossier.result.scores, instrument_of(dossier.result)
    table = readings.table(made["heat"], translations("en"))[1:]
    assert table == tuple((f"{c.code} {c.title}", told(scores[c.code])) for c in i.capabilities())


def test_a_picture_that_lies_is_found() -> None:
    """The check sees a mark that is a point off, and a number that is not the table's."""
    result = full(1, 0.0)
    chart = next(one for kind, one in charts(result, None) if kind == "gaps")
    made, rows = figure(chart), readings.table(chart, translations("en"))[1:]
    found(made, "gap")[0].set_width(found(made, "gap")[0].get_width() + 1)
    with pytest.raises(AssertionError):
        check_gaps(made, rows, chart)  # type: ignore[arg-type]
    made = figure(chart)
    found(made, "numbers")[0].set_text("● 1   ▲ 2   +1")
    with pytest.raises(AssertionError):
        check_gaps(made, rows, chart)  # type: ignore[arg-type]
