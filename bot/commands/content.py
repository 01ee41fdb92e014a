"""Looking after what is asked: check, model pdf."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import AsJson, UserError, put, say
from model import library, quality
from model.instrument import Instrument
from model.parsing import InstrumentError
from model.quality import Finding

model = typer.Typer(no_args_is_help=True, help="The complete model.")
Folder = Annotated[Path | None, typer.Argument(help="An instrument's folder; the shipped one if left out.")]


def check(folder: Folder = None, *, as_json: AsJson = False) -> None:
    """Check an instrument: every fault at once (exit 1), and what could be better written."""
    reading = library.read(_place(folder))
    findings = [] if reading.faults else quality.review(reading)
    if as_json:
        put({"faults": [asdict(fault) for fault in sorted(set(reading.faults))], "findings": [*map(asdict, findings)]})
    elif reading.faults:
        say(str(InstrumentError(reading.faults)))
        say(f"Faults: {len(set(reading.faults))}.")
    else:
        for line in _report(reading, findings):
            say(line)
    if reading.faults:
        raise typer.Exit(1)


def _report(reading: library.Reading, findings: list[Finding]) -> Iterator[str]:
    """What stands in an instrument without faults, who is asked, what it rests on, and what could be better."""
    found = reading.languages["en"]
    yield (
        f"{found.code} {found.version} is sound: {len(found.dimensions)} dimensions, {len(list(found.capabilities()))} "
        f"capabilities, {len(found.indicators)} indicators, {len(found.references)} references, "
        f"languages: {', '.join(reading.languages)}."
    )
    spread = quality.spread(found)
    owned = (f"{found.departments[code]} {count}" for code, count in spread.departments.items())
    yield f"Departments: {' · '.join(owned)}."
    yield (
        f"City programmes cited: {spread.programmes}, of {spread.cities} cities in {spread.regions} of the world's "
        f"regions. The most cited reference carries {max(spread.references.values(), default=0)} indicators."
    )
    yield from map(str, findings)
    yield f"To mend or to argue: {len(findings)}." if findings else "Nothing to mend in how it is written."


@model.command("pdf")
def pdf(
    folder: Folder = None,
    *,
    language: Annotated[str, typer.Option(help="A language that the instrument has.")] = "en",
    out: Annotated[Path | None, typer.Option(help="The file to write; named after the model if left out.")] = None,
) -> None:
    """Print the complete model as a PDF: every statement with its levels, evidence and references."""
    from bot.reports.model_pdf import model_pdf
    from bot.reports.typesetting import TypesettingError
    from bot.wording.catalogues import translations

    found = _told(_place(folder), language)
    place = out or Path(f"{found.code}-{found.version}-{language}.pdf")
    try:
        place.write_bytes(model_pdf(found, translations(language)))
    except TypesettingError as error:
        raise UserError(f"The PDF cannot be made: {error}") from error
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}. Give another --out.") from error
    say(f"{place}: {len(found.indicators)} indicators, {len(found.references)} references.")


def _place(folder: Path | None) -> Path:
    place = folder or library.SHIPPED.joinpath(*library.DEFAULT)
    if not place.is_dir():
        raise UserError(f"{place} is no folder. An instrument is a folder with an instrument.yaml.")
    return place


def _told(place: Path, language: str) -> Instrument:
    languages = library.load(place)
    if language not in languages:
        raise UserError(f"There is no “{language}”. The languages are {', '.join(languages)}.")
    return languages[language]
