"""Looking after content and store: check, doctor, db."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import AsJson, UserError, put, say, store
from bot.settings import load
from model import library
from model.parsing import InstrumentError
from storage import inbox, revisions, sessions, waves
from storage.database import Database
from storage.opening import open_database

db = typer.Typer(no_args_is_help=True, help="The store.")


def check(
    folder: Annotated[Path | None, typer.Argument(help="An instrument's folder; the shipped one if left out.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check an instrument, and name every fault in it at once: file, line, what, how to mend."""
    place = folder or library.SHIPPED.joinpath(*library.DEFAULT)
    if not place.is_dir():
        raise UserError(f"{place} is no folder. An instrument is a folder with an instrument.yaml.")
    try:
        found = library.load(place)["en"]
    except InstrumentError as error:
        if as_json:
            put([{"file": f.file, "line": f.line, "what": f.what, "mend": f.mend} for f in error.faults])
        else:
            say(str(error))
            say(f"Faults: {len(error.faults)}.")
        raise typer.Exit(1) from None
    if as_json:
        put([])
        return
    say(
        f"{found.code} {found.version} is sound: {len(found.dimensions)} dimensions, {len(list(found.capabilities()))} "
        f"capabilities, {len(found.indicators)} indicators, {len(found.references)} references, "
        f"languages: {', '.join(found.languages)}."
    )


@db.command("upgrade")
def upgrade() -> None:
    """Bring the store to the revision that this version of the program needs."""
    database = open_database(load().store)
    try:
        revisions.known_revision(database)
    finally:
        database.close()
    revisions.upgrade(database.url)
    say(f"The store is at revision {revisions.HEAD}.")


def doctor(*, as_json: AsJson = False) -> None:
    """Look whether all is well: settings, store, instruments, sessions and log; exit 1 where it is not."""
    with store() as database:
        findings = list(_findings(database))
    if as_json:
        put([{"well": well, "finding": text} for well, text in findings])
    else:
        for well, text in findings:
            say(f"{'ok ' if well else '!! '} {text}")
    if not all(well for well, _ in findings):
        raise typer.Exit(1)


def _findings(database: Database) -> Iterator[tuple[bool, str]]:
    """What was looked at, and whether it is well."""
    yield True, f"The store answers and is at revision {revisions.HEAD}."
    if load().telegram_token is not None:
        yield True, "A platform's token is set."
    else:
        yield True, "No platform's token is set: `chat` works, `serve` does not."
    for wave in database.read(waves.still_open):
        try:
            waves.check_unchanged(wave, library.instrument(wave.instrument, wave.version))
        except waves.InstrumentChangedError as error:
            yield False, str(error)
    parked = database.read(inbox.parked)
    yield not parked, f"{parked} updates are parked." if parked else "No update is parked."
    apart = database.read(sessions.disagreements)
    if apart:
        yield (
            False,
            f"Sessions {', '.join(map(str, apart))} do not hold what the log says: please report it.",
        )
    else:
        yield True, "Every session holds just the responses that the log says count."
