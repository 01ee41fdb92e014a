"""The Excel workbook on the command line."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import bringing
from bot.commands.common import CityName, UserError, now, say, store, the_city, working
from bot.reports.results import dossiers
from bot.reports.workbook import contents, making, naming
from bot.reports.workbook.contents import Contents, Wish
from model import library
from model.instrument import Instrument
from storage import teams
from storage.database import Database
from storage.teams import Mate

workbook = typer.Typer(no_args_is_help=True, help="The Excel workbook.")
workbook.command("import")(bringing.bring)


@workbook.command("export")
def export(
    city_name: CityName,
    *,
    department: Annotated[str, typer.Option(help="Only the statements of one department.")] = "",
    blank: Annotated[bool, typer.Option("--blank", help="Without the coordinator's own answers.")] = False,
    language: Annotated[str, typer.Option(help="A language that the instrument has.")] = "en",
    out: Annotated[Path | None, typer.Option(help="The file to write; named after the city if left out.")] = None,
) -> None:
    """Write a city's workbook: to fill in, with results as formulas, charts and all responses."""
    with store() as database, working("Reading what the city says"):
        made = _contents(database, city_name, department, language, blank=blank)
    place = out or Path(naming.name(made))
    try:
        with working("Making the workbook"):
            place.write_bytes(making.make(made))
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}. Give another --out.") from error
    say(f"{place}: {len(made.statements)} statements to fill in, {len(made.rows or ())} responses.")


def _contents(database: Database, city_name: str, department: str, language: str, *, blank: bool) -> Contents:
    """What the operator sees: all of it, with the answers of the city's first coordinator filled in."""
    city = the_city(database, city_name)
    dossier = asyncio.run(dossiers.gather(database, city.id, now().date()))
    if dossier is None:
        raise UserError(f"{city.name} has no wave yet, so there is nothing to fill in.")
    wave = dossier.result.wave
    told = library.instrument(wave.instrument, wave.version)
    if language not in told.languages:
        raise UserError(f"There is no “{language}”. The languages are {', '.join(told.languages)}.")
    instrument = library.instrument(wave.instrument, wave.version, language)
    wish = Wish(_department(instrument, department), blank, language)

    def first(mates: list[Mate]) -> Mate | None:
        return next((mate for mate in mates if mate.role == "coordinator"), None)

    made = database.read(
        lambda tx: contents.read(tx, dossier, wish, first(teams.mates(tx, wave.id)), now(), sees_all=True)
    )
    if not made.statements:
        raise UserError(f"The {wave.form} form asks nothing of {instrument.departments[wish.department]}.")
    return made


def _department(instrument: Instrument, wanted: str) -> str:
    """The key of a department named by key or name. Raises UserError."""
    for key, name in instrument.departments.items():
        if wanted.casefold() in {"", key.casefold(), name.casefold()}:
            return key if wanted else ""
    raise UserError(f"There is no department “{wanted}”. They are {', '.join(instrument.departments)}.")
