"""Workbooks made of a city of eight, and read back as anybody would: cells by sheet, rows by code."""

import asyncio
import html
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from bot.reports.results import dossiers, instrument_of
from bot.reports.workbook import contents, raw, summing, valuing
from bot.reports.workbook.contents import Contents, Row, Wish
from bot.wording.catalogues import translations
from model.instrument import Form
from model.responses import Aspect, NonResponse, Response, Source
from storage import revisions, teams
from storage.opening import open_database
from tests.eight import city_of_eight

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WHOLE = Wish()
Cells = list[list[Any]]
Made = Callable[..., Contents]
COLUMNS = {
    "score": summing.SCORE,
    "low": summing.LOW,
    "high": summing.HIGH,
    "coverage": summing.COVERAGE,
    "target": summing.GOAL,
    "gap": summing.GAP,
    "answered": summing.ANSWERED,
    "applicable": summing.APPLICABLE,
    "target_year": summing.YEAR,
    "band": summing.BAND,
}
STATEMENTS = {
    "score": valuing.SCORE,
    "low": valuing.LOW,
    "high": valuing.HIGH,
    "target": valuing.GOAL,
    "gap": valuing.GAP,
    "answered": valuing.ANSWERED,
    "applicable": valuing.APPLIES,
    "target_year": valuing.YEAR,
    "band": valuing.BAND,
    "level": valuing.LEVEL,
    "n": valuing.N,
}
"""Where a number of the scorecard stands, in the results and in the city's values."""
_RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The contents of somebody's workbook of the city of eight; each form's city is made once."""

    @cache
    def city(form: Form) -> Any:
        url = f"sqlite:///{tmp_path_factory.mktemp('eight') / form}.sqlite3"
        revisions.upgrade(url)
        database = open_database(url)
        dossier = asyncio.run(dossiers.gather(database, city_of_eight(database, form=form).id, NOW.date()))
        assert dossier is not None
        return database, dossier

    def of(form: Form = "full", wish: Wish = WHOLE, who: str = "Eva") -> Contents:
        database, dossier = city(form)
        mates = database.read(lambda tx: teams.mates(tx, dossier.result.wave.id))
        asker = next((mate for mate in mates if mate.name == who), None)
        leads = who in {"Eva", "an expert"}
        found: Contents = database.read(lambda tx: contents.read(tx, dossier, wish, asker, NOW, sees_all=leads))
        return found

    return of


def opened(content: bytes) -> Mapping[str, Cells]:
    """All cells by sheet, from the first one on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(content: bytes) -> Mapping[str, str]:
    """The XML of each sheet, by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        book = file.read("xl/workbook.xml").decode()
        targets = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', _turned(file.read(_RELATIONS).decode())))
        names = re.findall(r'<sheet name="([^"]+)"[^>]*r:id="(\w+)"', book)
        return {html.unescape(name): file.read(f"xl/{targets[where]}").decode() for name, where in names}


def _turned(relations: str) -> str:
    """Relations with their id before their target, in whichever order a program writes them."""
    return re.sub(r'(Target="[^"]+")([^>]*)(Id="\w+")', r"\3\2\1", relations)


def by_code(cells: Cells, columns: Mapping[str, int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The numbers of each row that begins with a code; an empty cell is None."""
    for row in cells:
        code = str(row[0])
        if code == "All" or code == "Todo" or re.fullmatch(r"\d(\.\d)*", code):
            yield code, {name: None if row[at] == "" else row[at] for name, at in columns.items()}


def results(book: Mapping[str, Cells], language: str = "en") -> dict[str, dict[str, Any]]:
    """The numbers of the whole, dimensions, capabilities and statements, by code."""
    _ = translations(language).gettext
    told = book[_("Results")]
    end = next(at for at, row in enumerate(told) if row[0] == _("Statements at each level"))
    found = dict(by_code(told[:end], COLUMNS))
    found["overall"] = found.pop(_("All"))
    return found | {code: row for code, row in by_code(book[_("City values")], STATEMENTS) if code.count(".") == 2}


def rows_of(book: Mapping[str, Cells], language: str = "en") -> list[dict[str, Any]]:
    """The raw responses as rows of an export, for the independent computation."""
    words = translations(language)
    _, cells = words.gettext, book[words.gettext("Raw responses")][raw.FIRST :]
    sources = {_("respondent"): "respondent", _("agreed"): "agreed"}
    out = "No aplica" if language == "es" else "Not applicable"
    return [
        {
            "capability": row[raw.ITEM] if row[raw.ITEM].count(".") == 1 else row[raw.ITEM].rpartition(".")[0],
            "indicator": row[raw.ITEM] if row[raw.ITEM].count(".") == 2 else None,
            "aspect": {_("today"): "as-is", _("goal"): "target"}[row[raw.ASPECT]],
            "level": None if row[raw.LEVEL] == "" else int(row[raw.LEVEL]),
            "non_response": "not_applicable" if row[raw.NONE] == out else row[raw.NONE] or None,
            "source": sources.get(row[raw.SOURCE], "earlier"),
            "current": row[raw.SOURCE] in sources,
        }
        for row in cells
    ]


def shaken(rows: Sequence[Row], seed: int = 3) -> tuple[Row, ...]:
    """The rows with other levels, reasons, gaps and agreed values, so that every gate and rule comes into play."""
    chance = random.Random(seed)
    found: list[Row] = []
    for one in rows:
        luck = chance.random()
        if one.response.aspect is Aspect.AS_IS and luck < 0.12:
            continue
        found.append(msgspec.structs.replace(one, response=_changed(one.response, luck, chance)))
    for item in ("1.2.1", "3.1.1", "4.2.1", "5.1.1"):
        found = [one for one in found if not (one.response.item == item and one.response.source is Source.AGREED)]
        told = Response(item, Aspect.AS_IS, level=chance.randint(0, 5), source=Source.AGREED)
        found.append(Row(0, "", told, 0, NOW, overruled=True))
        non = msgspec.structs.replace(told, level=None, non_response=NonResponse.NOT_APPLICABLE)
        found.append(Row(0, "", non if item == "4.2.1" else told, 0, NOW))
    goal = Response("2.1", Aspect.TARGET, level=5, year=2030, source=Source.AGREED)
    return (*found, Row(0, "", goal, 0, NOW))


def _changed(said: Response, luck: float, chance: random.Random) -> Response:
    if luck < 0.2:
        reason = chance.choice((NonResponse.NOT_APPLICABLE, NonResponse.DONT_KNOW))
        return msgspec.structs.replace(said, level=None, non_response=reason, year=None)
    if luck < 0.5 and said.level is not None:
        year = chance.randint(2028, 2031) if said.year else None
        return msgspec.structs.replace(said, level=chance.randint(0, 5), year=year)
    return said


def given(made: Contents) -> Mapping[tuple[str, Aspect], list[tuple[int, Response]]]:
    """The responses of a workbook's rows, as the model takes them."""
    found: dict[tuple[str, Aspect], list[tuple[int, Response]]] = {}
    for one in made.rows or ():
        if not one.overruled:
            found.setdefault((one.response.item, one.response.aspect), []).append((one.number, one.response))
    return found


def asked_of(made: Contents) -> Any:
    """The instrument of a workbook, in its language."""
    return instrument_of(made.result, made.about.language)


def falsified(content: bytes) -> bytes:
    """The same workbook with wrong values kept beside all formulas: whoever shows right ones has calculated."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>77</v>", part)
            new.writestr(name, part)
    return told.getvalue()


def errors(content: bytes) -> Mapping[str, int]:
    """How many cells hold an error, by sheet."""
    found = {name: part.count(' t="e"') for name, part in parts(content).items()}
    return {name: count for name, count in found.items() if count}


def profile(folder: Path) -> str:
    """A place for LibreOffice's settings, in which it calculates all formulas anew; as its argument."""
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"


_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item></oor:items>
"""
