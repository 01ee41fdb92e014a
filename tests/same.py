"""One city of eight, as every output tells it: commands, chat, paper and workbook, read back as anybody would."""

import asyncio
import csv
import io
import json
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.__main__ import app
from bot.conversation import Inbound, hear
from bot.delivery import Speaker
from bot.reports.report import Material, report_pdf
from bot.reports.results import dossiers
from bot.reports.results.dossiers import Dossier
from bot.wording.catalogues import translations
from flows import commands, prompts
from model import library
from model.comparison import Peer, Snapshot, size_band, snapshot_date
from model.instrument import Form, Instrument
from storage import outbox, revisions, snapshots
from storage.cities import City
from storage.database import Database, Transaction, write
from storage.opening import open_database
from tests import independent, independent_details
from tests.eight import CHANNEL, city_of_eight
from tests.independent import Row, Structure, Told
from tests.people import claim
from tests.test_independent import structure
from tests.test_model_pdf import flat
from tests.workbooks import falsified, profile

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOFFICE = shutil.which("soffice")
PATIENCE = 300
"""Seconds that LibreOffice may take, beside whatever else the machine does."""
FORMS: tuple[Form, ...] = ("full", "short")
EVERY = pytest.mark.parametrize("form", FORMS)
Sheets = Mapping[str, list[list[str]]]
_COMMANDS = ("figures", "acting", "reporting", "workbooks")
_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Each sheet as a table, every cell as it is shown."""


@dataclass
class Same:
    """The city in one form; each output is made once."""

    form: Form
    folder: Path
    city: City
    database: Database
    peers: Sequence[Mapping[str, Any]]
    _updates: "count[int]" = field(default_factory=count)

    @property
    def instrument(self) -> Instrument:
        return library.instrument(*library.DEFAULT)

    @cached_property
    def structure(self) -> Structure:
        return structure(self.instrument, self.form)

    @property
    def codes(self) -> list[str]:
        """The statements that are asked."""
        return [code for below in self.structure.values() for codes in below.values() for code in codes]

    @cached_property
    def exported(self) -> list[Row]:
        """All that was ever said, as `export` gives it."""
        return [json.loads(line) for line in self.run("export", self.city.id).splitlines()]

    @property
    def waves(self) -> list[int]:
        return sorted({row["wave"] for row in self.exported})

    @cached_property
    def rows(self) -> list[Row]:
        """What counts in the second round."""
        return independent_details.current(self.exported, self.waves[-1])

    @cached_property
    def card(self) -> Mapping[str, Told]:
        """The scores of the second round, by the independent computation."""
        return independent.recomputed(self.rows, self.structure)

    @cached_property
    def before(self) -> Mapping[str, Told]:
        """Those of the first round."""
        return independent.recomputed(independent_details.current(self.exported, self.waves[0]), self.structure)

    @cached_property
    def scores(self) -> Any:
        return json.loads(self.run("scores", self.city.id, "--json"))

    @cached_property
    def parts(self) -> Mapping[str, Any]:
        """Overall, dimensions, capabilities and statements of `scores --json`, by code."""
        found = [self.scores["overall"], *self.scores["dimensions"]]
        found += [one for dimension in self.scores["dimensions"] for one in dimension["capabilities"]]
        found += [one for above in found if "indicators" in above for one in above["indicators"]]
        return {one["code"]: one for one in found}

    @cached_property
    def weights(self) -> Mapping[str, tuple[int, int]]:
        """Importance and effort, which are no responses."""
        return {one["code"]: (one["importance"] or 0, one["effort"] or 0) for one in self.scores["weights"]}

    @property
    def years(self) -> Mapping[str, int | None]:
        return independent_details.years(self.rows, self.structure, self.card)

    @property
    def actions(self) -> list[Mapping[str, Any]]:
        return list(independent_details.actions(self.card, self.structure, self.weights, self.years))

    @property
    def own(self) -> Mapping[str, Any]:
        """The city as one of the benchmark."""
        kept = self.city
        size = size_band(kept.population)
        return {"city": kept.id, "size": size, "region": kept.region, "income": kept.income}

    def run(self, *arguments: str) -> str:
        """What a command prints."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setenv("MATURITYBOT_DATA_DIR", str(self.folder / "data"))
            patch.setenv("MATURITYBOT_DATABASE_URL", f"sqlite:///{self.folder / 'store.sqlite3'}")
            for name in _COMMANDS:
                patch.setattr(f"bot.commands.{name}.now", lambda: NOW)
            result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def chat(self, text: str) -> str:
        """What the coordinator is told in chat; pictures are not drawn."""
        where, speaker = f"{self.city.id}/Eva", Speaker(self.database, lambda: NOW, "")
        told = Inbound(f"same:{next(self._updates)}", CHANNEL, where, commands.read(text), name="Eva")
        asyncio.run(hear(self.database, told, lambda: NOW))
        found: list[str] = []
        while claimed := claim(self.database, NOW, CHANNEL):
            for delivery in claimed:
                if delivery.chat == where and not isinstance(delivery.prompt, prompts.Chart):
                    message = asyncio.run(speaker.word(delivery))
                    found += [message.title, message.body, message.note]
                write(self.database, lambda tx, one=delivery: outbox.settle(tx, one, NOW))  # type: ignore[misc]
        return "\n".join(found)

    @cached_property
    def dossier(self) -> Dossier:
        """What papers are made of."""
        found = dossiers._gather(self.database, self.city.id, NOW.date())
        assert found is not None
        return found

    @cached_property
    def paper(self) -> str:
        """The text of the report without its pictures, and without white space."""
        content = report_pdf(Material(self.dossier, self.instrument, translations("en")))
        return "".join(flat(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages)

    @cached_property
    def workbook(self) -> bytes:
        self.run("workbook", "export", self.city.id, "--out", "book.xlsx")
        return (self.folder / "book.xlsx").read_bytes()


def shown(several: Sequence[Same], folder: Path) -> Mapping[str, Sheets]:
    """Each sheet of their workbooks as LibreOffice shows it, calculated anew from falsified values; by form."""
    assert SOFFICE is not None
    for one in several:
        (folder / f"{one.form}.xlsx").write_bytes(falsified(one.workbook))
    told = [SOFFICE, profile(folder / "profile"), "--headless", "--convert-to", _SHOWN, "--outdir", "csv"]
    names = [f"{one.form}.xlsx" for one in several]
    subprocess.run([*told, *names], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    found: dict[str, dict[str, list[list[str]]]] = {one.form: {} for one in several}
    for path in (folder / "csv").glob("*.csv"):
        form, _, name = path.stem.partition("-")
        with path.open(encoding="utf-8", newline="") as file:
            found[form][name] = list(csv.reader(file))
    return found


def made(form: Form, folders: pytest.TempPathFactory) -> Same:
    """The city and its peers in a store of their own, made once."""
    if form not in _MADE:
        folder = folders.mktemp(form)
        url = f"sqlite:///{folder / 'store.sqlite3'}"
        revisions.upgrade(url)
        database = open_database(url)
        city = city_of_eight(database, form=form)
        peers = tuple(_peers(form))
        write(database, lambda tx: _keep(tx, form, peers))
        _MADE[form] = Same(form, folder, city, database, msgspec.to_builtins(peers))
    return _MADE[form]


def _keep(transaction: Transaction, form: Form, peers: tuple[Peer, ...]) -> None:
    on: date = snapshot_date(NOW.date())
    assert snapshots.keep(transaction, *library.DEFAULT, form, Snapshot(on, peers))


def _peers(form: Form, number: int = 36) -> list[Peer]:
    """Cities with scores in steps of half a point, so that many a median ends in one; of some, not every score."""
    chance, told = random.Random(form), library.instrument(*library.DEFAULT)
    codes = ["overall", *told.dimension_codes, *(one.code for one in told.capabilities())]
    found = []
    for at in range(number):
        rare = 0.0 if at % 3 else 0.4
        scores = {code: chance.randint(60, 140) / 2 for code in codes if "." not in code or chance.random() >= rare}
        size = size_band(800_000 if at < 7 else 60_000)
        region = "Europe" if at % 2 else "Asia"
        found.append(Peer(f"peer-{at:02}", size, region, "high" if at % 3 else "low", scores))
    return found


def read(output: str) -> Any:
    """A command's JSON."""
    return json.loads(output)


_MADE: dict[Form, Same] = {}
