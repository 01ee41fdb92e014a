"""A city's report on the command line."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import CityName, UserError, now, say, store, the_city, working
from bot.messages import Document
from bot.reports import printing, results
from bot.reports.report.handing import make
from bot.reports.results import dossiers
from bot.reports.results.dossiers import Dossier
from bot.reports.results.gating import needed
from bot.reports.typesetting import TypesettingError
from bot.wording import word
from flows import prompts
from flows.session import Session


def report(
    city_name: CityName,
    *,
    language: Annotated[str, typer.Option(help="A language that the instrument has.")] = "en",
    out: Annotated[Path | None, typer.Option(help="The file to write; named after the city if left out.")] = None,
) -> None:
    """Print a city's report as a PDF: a summary on one page, then every number with what stands behind it."""
    dossier = _dossier(city_name)
    known = results.instrument_of(dossier.result).languages
    if language not in known:
        raise UserError(f"There is no “{language}”. The languages are {', '.join(known)}.")
    try:
        with working(f"Making the report of {dossier.result.city.name}"):
            document = asyncio.run(make(dossier, language))
    except TypesettingError as error:
        raise UserError(f"The report cannot be made: {error}") from error
    finally:
        printing.close()
    if document is None:
        raise UserError(_still_needed(dossier, language))
    place = out or Path(document.name)
    _write(place, document)
    say(f"{place}: {dossier.result.respondents} respondents, {dossier.result.answered} statements answered.")


def _dossier(city_name: str) -> Dossier:
    with store() as database:
        city = the_city(database, city_name)
        dossier = asyncio.run(dossiers.gather(database, city.id, now().date()))
    if dossier is None:
        raise UserError(f"{city.name} has no wave yet, so there is nothing to report.")
    return dossier


def _write(place: Path, document: Document) -> None:
    try:
        place.write_bytes(document.content)
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}. Give another --out.") from error


def _still_needed(dossier: Dossier, language: str) -> str:
    """The same words as in chat."""
    result = dossier.result
    session = Session(id="0", year=result.on.year, language=language)
    facts = {"result": result, "needed": tuple(needed(result).items()), "made": False}
    message = word(prompts.Report(), session, results.instrument_of(result, language), facts)
    return f"{message.title}\n{message.body}"
