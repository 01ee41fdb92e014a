"""What charts say in two sentences is true where several show the same, and cannot be taken for its opposite."""

import msgspec
import pytest

from bot.reports import readings
from bot.reports.charts import (
    Axis,
    Chart,
    Gap,
    Gaps,
    Levels,
    Move,
    Moved,
    Radar,
    Stack,
    Strip,
    Strips,
    Whisker,
    Whiskers,
)
from bot.wording.catalogues import translations
from model.weighting import Range
from tests.pictures import chart as made
from tests.test_wording import result_of

LEGEND = ("a", "b", "c")


def said(chart: Chart, language: str = "en") -> str:
    """The reading of a chart."""
    return readings.reading(chart, translations(language))


def strips(*scores: tuple[float, float]) -> Strips:
    """The whole at 50 beside 50, and dimensions with these scores and medians."""
    parts = [Strip(f"D{number}", own, median, None) for number, (own, median) in enumerate(scores, 1)]
    return Strips("t", (Strip("Overall", 50, 50, None), *parts), LEGEND, "f")


@pytest.mark.parametrize(
    ("chart", "second"),
    [
        (
            strips((50, 46), (40, 46)),
            "You are furthest above the median in D1 (you 50, median 46), furthest below it in D2 (you 40, median 46).",
        ),
        (
            strips((46.4, 45.6), (50, 46)),
            "is below the median; closest to it is D1 (you 46, median 46).",
        ),
        (
            strips((45.6, 46.4), (40, 46)),
            "is above the median; furthest below is D2 (you 40, median 46).",
        ),
    ],
)
def test_who_is_above_whom_cannot_be_mistaken(chart: Strips, second: str) -> None:
    """The numbers beside a name say whose they are; what rounds to the same is on neither side."""
    assert said(chart).endswith(second)


def test_where_several_are_alike_none_is_called_the_only_one() -> None:
    """In the short form a score is one level, so ties are the rule."""
    heat = made("heat", result_of(range(25)), None)
    assert heat is not None
    scores = [one.score for one in heat.cells]  # type: ignore[union-attr]
    assert scores.count(max(filter(None, scores))) > 1
    assert said(heat).count(" (among others) with ") == 2
    assert said(heat, "es").count(" (entre otras) con ") == 2


def test_a_gap_a_goal_and_a_move_that_others_share_are_one_of_them() -> None:
    """The first of several is named, as one of them; one that stands alone is named as such."""
    gaps = Gaps("t", (Gap("A", 20, 80, 60), Gap("B", 40, 100, 60)), 2, 2, ("a", "b"), "f")
    assert said(gaps).startswith("One of the largest gaps is in A: 20 today, 80 wanted.")
    radar = Radar("t", (Axis("A", 20, 80, None), Axis("B", 40, 100, None)), LEGEND, "f")
    assert "Among the furthest from their goal is A: 20 today, 80 wanted." in said(radar)
    lonely = msgspec.structs.replace(radar, axes=(Axis("A", 20, 80, None), Axis("B", 79.6, 80.4, None)))
    assert "Furthest from its goal is A: 20 today, 80 wanted." in said(lonely)
    close = msgspec.structs.replace(radar, axes=(Axis("A", 20, 20, None), Axis("B", 79.6, 80.4, None)))
    assert "No dimension is below its goal." in said(close)
    hidden = msgspec.structs.replace(radar, axes=(Axis("A", 20, None, None), Axis("B", None, 80, None)))
    assert "No dimension shows that has a goal." in said(hidden)
    moves = tuple(Move(name, 60, points) for name, points in (("A", 60), ("B", 60), ("C", -20)))
    moved = Moved("t", result_of(range(25)).on, (Move("Overall", 50, 3),), moves, ("a", "b"), "f")
    assert "Of the capabilities A (among others) (+60) rose most, C (\N{MINUS SIGN}20) fell most." in said(moved)
    whiskers = tuple(Whisker(name, 50, Range(40, 60), None) for name in ("Overall", "A", "B"))
    assert "matters most for A (among others): with it" in said(Whiskers("t", whiskers, LEGEND, "f"))
    stacks = (Stack("A", (1, 1, 0, 0, 0, 0, 0, 0)), Stack("B", (2, 0, 0, 0, 0, 0, 0, 0)))
    assert "the largest part in A (among others) (2)." in said(Levels("t", stacks, ("l",) * 8, "f"))
