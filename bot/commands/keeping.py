"""Looking after the store: doctor, db."""

from collections.abc import Iterator

import typer

from bot.commands.common import AsJson, put, say, store
from bot.problems import unasked
from bot.settings import NO_PLATFORM, load, missing
from model import library
from storage import inbox, revisions, sessions, waves
from storage.database import Database
from storage.opening import open_database

db = typer.Typer(no_args_is_help=True, help="The store.")


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


def _platforms() -> Iterator[tuple[bool, str]]:
    """Which platforms are set, and what is missing of one that is set in part."""
    settings, lacking = load(), missing()
    if lacking == [NO_PLATFORM]:
        yield True, "No platform's token is set: `chat` works, `serve` does not."
        return
    if settings.telegram_token is not None:
        yield True, "Telegram is set."
    if settings.has_slack and not lacking:
        many = "many workspaces" if settings.slack_client_id else "one workspace"
        way = "over a socket" if settings.slack_app_token else "over signed HTTP"
        yield True, f"Slack is set: {many}, {way}."
    yield from ((False, line) for line in lacking)


def _findings(database: Database) -> Iterator[tuple[bool, str]]:
    """What was looked at, and whether it is well."""
    yield True, f"The store answers and is at revision {revisions.HEAD}."
    yield from _platforms()
    for wave in database.read(waves.still_open):
        try:
            waves.check_unchanged(wave, library.instrument(wave.instrument, wave.version))
        except waves.InstrumentChangedError as error:
            yield False, str(error)
        without = database.read(lambda tx, at=wave: unasked(tx, at))  # type: ignore[misc]
        if without:
            yield False, f"Wave {wave.id} of {wave.city_id} asks nobody for {', '.join(without)}: assign them."
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
