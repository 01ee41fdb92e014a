"""Charts to be looked at: of the city of eight and of made-up ones, with names in every script; figures read back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from matplotlib.figure import Figure
from matplotlib.text import Text

from bot.reports import drawing, readings
from bot.reports.charts import Chart
from bot.reports.results import Certain, Result
from bot.reports.results import instrument_of as told_in
from bot.reports.results.moving import Moves
from bot.wording.catalogues import translations
from flows.prompts import ChartKind
from model.comparison import Benchmark
from model.weighting import Range

NAMES = {
    "spanish": (
        "San Fernando del Valle de Catamarca y su área metropolitana",
        "Infraestructura integrada de tecnologías de la información",
    ),
    "korean": (
        "서울특별시 강남구 테헤란로 스마트도시 광역행정협의체 및 주변 생활권",
        "이해관계자 참여와 시민 중심 서비스의 설계 및 지속적인 개선을 위한 협력",
    ),
    "arabic": (
        "مدينة الملك عبد الله الاقتصادية والمناطق المحيطة بها على الساحل",
        "مشاركة أصحاب المصلحة والتركيز على المواطنين وخدماتهم الرقمية",
    ),
    "hindi": (
        "तिरुवनंतपुरम महानगर क्षेत्र और उसके आसपास की नगरपालिकाएँ",
        "हितधारकों की भागीदारी और नागरिकों पर केंद्रित सेवाओं का विकास",
    ),
    "one long word": ("Taumatawhakatangihangakoauauotamateaturipukakapikimaunga", "W" * 60),
    "signs": ("$x_1^2$ & <b>Köln</b> \\frac{1}{2}", "100 % of \\$5 {and} $more$"),
}
"""A city and a dimension each: as long as they come, 60 characters."""


def chart(kind: ChartKind, result: Result, benchmark: Benchmark | None, language: str = "en") -> Chart | None:
    """A chart in a language."""
    return readings.chart(kind, result, benchmark, told_in(result, language), translations(language))


def charts(result: Result, benchmark: Benchmark | None, language: str = "en") -> Iterator[tuple[ChartKind, Chart]]:
    """Every chart that a result gives."""
    for kind in readings.KINDS:
        one = chart(kind, result, benchmark, language)
        if one is not None:
            yield kind, one


def named(one: Any, script: str) -> Any:
    """The same chart of a city, and with dimensions or capabilities, that have long names in a script."""
    city, part = NAMES[script]
    if isinstance(one, tuple):
        return tuple(named(each, script) for each in one)
    if not isinstance(one, msgspec.Struct):
        return one
    inner = {name: named(getattr(one, name), script) for name in one.__struct_fields__}
    if "label" in inner:
        inner["label"] = f"{inner['label'].split()[0]} {part}"
    if "title" in inner:
        inner["title"] = inner["title"].replace("Valencia", city).replace("Oakridge", city)
    return msgspec.structs.replace(one, **inner)


def figure(one: Chart) -> Figure:
    """The chart as drawn, so that all of it has its place."""
    made = drawing.figure(one)
    made.canvas.draw()
    return made


def found(made: Figure, name: str) -> list[Any]:
    """What is drawn under a name, in the order in which it was drawn."""
    return [artist for artist in made.findobj() if artist.get_gid() == name]


def said(made: Figure, name: str) -> list[str]:
    """Texts drawn under a name."""
    return [artist.get_text() for artist in found(made, name)]


def texts(made: Figure) -> list[Text]:
    """Every text that is seen."""
    return [one for one in made.findobj(Text) if one.get_text().strip() and one.get_visible()]


def made_up(result: Result) -> Result:
    """The same result with a round behind it, and with ranges around its scores."""
    shown = {code: score for code, score in result.scores.items() if score is not None}
    codes = {code: (place * 7) % 41 - 20.0 for place, code in enumerate(shown)}
    overall = codes.pop("overall", None)
    moved = Moves(date(2025, 11, 3), overall, codes) if codes else None
    ranges = {code: Range(max(0.0, score - 7.4), min(100.0, score + 3.3)) for code, score in shown.items()}
    return msgspec.structs.replace(result, moves=moved, certain=Certain(ranges, {}))
