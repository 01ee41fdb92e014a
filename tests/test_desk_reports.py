"""What is said and agreed at the desk, as every report has it."""

import asyncio
import json
from datetime import date

from bot.reports.report import voices
from bot.reports.report.material import Material
from bot.reports.results import Result, instrument_of, of_city
from bot.reports.results.as_json import scores_as_json
from bot.reports.results.dossiers import gather
from bot.wording.catalogues import translations
from flows.kept.settling import ViewKind
from model.responses import Aspect, NonResponse, Response, Source
from storage import remarks, sessions, teams, waves
from storage.database import Database, Transaction, write
from tests.eight import SECOND, city_of_eight

TODAY = date(2026, 11, 23)
SECRET, OPEN = "Nobody has shown us any plan.", "Every district works with it."


def told(database: Database) -> tuple[Result, str, str]:
    """The city with two sentences about its first open dispute, which is settled as out of place; the two who spoke."""
    city = city_of_eight(database)
    result = database.read(lambda tx: of_city(tx, city, TODAY))
    assert result is not None
    code = next(one.code for one in result.disputes if not one.settled)

    def speak(tx: Transaction) -> tuple[str, str]:
        given = waves.responses(tx, result.wave)[code, Aspect.AS_IS]
        mates = {mate.respondent: mate for mate in teams.mates(tx, result.wave.id)}
        (one, other), kinds = [who for who, said in given if said.level is not None][:2], ("nameless", "view")
        for who, kind, text in zip((one, other), kinds, (SECRET, OPEN), strict=True):
            remarks.view(tx, result.wave.id, who, code, _kind(kind), text, SECOND)
        agreed = Response(
            code,
            Aspect.AS_IS,
            non_response=NonResponse.NOT_APPLICABLE,
            source=Source.AGREED,
            comment="There is no port here.",
        )
        sessions.append(tx, mates[one].row, agreed, SECOND)
        return mates[one].name, mates[other].name

    silent, named = write(database, speak)
    after = database.read(lambda tx: of_city(tx, city, TODAY))
    assert after is not None
    return after, silent, named


def _kind(kind: str) -> ViewKind:
    return "view" if kind == "view" else "nameless"


def test_a_dispute_has_its_views_and_what_was_agreed(database: Database) -> None:
    """The sentences with the levels they are about; the name of whoever chose it, and of nobody else."""
    result, _, named = told(database)
    (found,) = [one for one in result.disputes if one.views]
    assert {(one.text, one.name) for one in found.views} == {(SECRET, ""), (OPEN, named)}
    assert all(one.level in found.levels for one in found.views)
    assert (found.agreed, found.settled, found.reason) == (None, True, "There is no port here.")


def test_the_report_has_them_and_the_file_has_no_names(database: Database) -> None:
    """The report shows both sentences and the one name that was chosen; `--json` shows both and none."""
    result, _, named = told(database)
    dossier = asyncio.run(gather(database, result.city.id, TODAY))
    assert dossier is not None
    said = voices.disagreements(Material(dossier, instrument_of(result), translations("en")))
    shown = json.dumps(said, ensure_ascii=False)
    assert SECRET in shown
    assert f"{OPEN}” ({named})" in shown
    (found,) = [one for one in scores_as_json(result)["disputes"] if one["views"]]
    assert {one["text"] for one in found["views"]} == {SECRET, OPEN}
    assert not any("name" in one for one in found["views"])
