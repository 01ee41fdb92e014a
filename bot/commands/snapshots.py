"""Snapshots of the benchmark: its peers as they stand on a fixed date."""

from datetime import date
from typing import Annotated

import typer

from bot.commands.common import AsJson, UserError, now, put, say, store, working
from bot.reports import benchmarking
from bot.reports.benchmarking import Kind
from model.comparison import FEWEST, snapshot_date
from storage import entrants, snapshots
from storage.database import Database


def snapshot(
    *,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="A fixed date, such as 2026-10-01.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take the benchmark's snapshot of a fixed date, where nobody has yet; one that was taken is never changed."""
    day = _fixed(on, now().date())
    with store() as database, working(f"Taking the snapshot of {day}", silent=as_json):
        taken = [(kind, *_take(database, kind, day)) for kind in database.read(entrants.in_use)]
    if as_json:
        put([_as_json(kind, day, cities, new=new) for kind, new, cities in taken])
        return
    for (instrument, version, form), new, cities in taken:
        said = "taken now" if new else "taken before, and left as it is"
        say(f"{instrument} {version}, {form} form, {day}: {cities} {'city' if cities == 1 else 'cities'}; {said}.")
    if not taken:
        say("No city was asked anything yet, so there is nothing to take.")
    elif all(cities <= FEWEST for *_, cities in taken):
        say(f"A city needs {FEWEST} others to be compared with. Cities join with /privacy, and count at the next date.")


def _take(database: Database, kind: Kind, day: date) -> tuple[bool, int]:
    """Whether the snapshot is new, and how many cities are in it."""
    new = benchmarking.ensure(database, kind, day)
    found = database.read(lambda tx: snapshots.find(tx, *kind, day))
    return new, len(found.peers) if found else 0


def _fixed(said: str | None, today: date) -> date:
    latest = snapshot_date(today)
    if said is None:
        return latest
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UserError(f"“{said}” is no date. Write it like {latest}.") from None
    if day != snapshot_date(day):
        raise UserError(
            "Snapshots are of 1 January, 1 April, 1 July and 1 October, so that nobody can tell who joined in "
            f"between. The one before {day} is {snapshot_date(day)}."
        )
    if day > latest:
        raise UserError(f"{day} is still to come. The latest fixed date is {latest}.")
    return day


def _as_json(kind: Kind, day: date, cities: int, *, new: bool) -> dict[str, object]:
    instrument, version, form = kind
    return {
        "instrument": instrument,
        "version": version,
        "form": form,
        "on": day.isoformat(),
        "cities": cities,
        "new": new,
    }
