"""Waves: rounds of asking, opened and closed by a programme officer."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from bot.commands.common import AsJson, CityName, UserError, now, put, say, store, the_city
from bot.conversation import opening
from bot.conversation.others import end
from flows.together.reminders import zone_of
from flows.together.team import end_of
from model import library
from model.days import AHEAD
from model.instrument import Form
from storage import cities, waves
from storage.cities import City
from storage.database import Transaction, write
from storage.waves import Wave

wave = typer.Typer(no_args_is_help=True, help="Waves: rounds of asking a city.")


@wave.command("open")
def open_wave(
    city_name: Annotated[str | None, typer.Argument(metavar="CITY", help="The city's id or name.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="For every real city that has no open wave.")] = False,
    instrument: Annotated[str, typer.Option(help="Which instrument to ask.")] = library.DEFAULT[0],
    form: Annotated[Form, typer.Option(help="The key indicators only, or all of them.")] = "short",
    closes: Annotated[str | None, typer.Option(help="Its last day, such as 2026-12-18.")] = None,
    as_json: AsJson = False,
) -> None:
    """Open a wave, pinned to the instrument as it is today; with a last day it closes by itself."""
    if instrument != library.DEFAULT[0]:
        raise UserError(f"There is no instrument “{instrument}”. There is {library.DEFAULT[0]}.")
    if (city_name is None) is not every:
        raise UserError("Name one city, or give --all.")
    last_day = _last_day(closes)
    with store() as database:
        chosen = _real(database.read(cities.every)) if every else [the_city(database, city_name or "")]
        _check(last_day, chosen)
        tried = [(one, write(database, _opening(one, form, last_day))) for one in _watched(chosen)]
    opened = [(one, found) for one, found in tried if found is not None]
    if not every and not opened:
        raise UserError(f"{chosen[0].name} has an open wave. `maturitybot wave close` ends it first.")
    if as_json:
        put([found for _, found in opened] if every else opened[0][1])
        return
    for one, found in opened:
        until = f", until {last_day:%Y-%m-%d}" if last_day else ""
        say(f"Wave {found.id} of {one.name} is open: {found.instrument} {found.version}, {form} form{until}.")
    if not opened:
        say("Every city has an open wave.")


def _opening(city: City, form: Form, last_day: date | None) -> Callable[[Transaction], Wave | None]:
    closes = _close(last_day, city) if last_day else None
    return lambda transaction: opening.open_wave(transaction, city, form, now(), closes)


def _close(last_day: date, city: City) -> datetime:
    return end_of(last_day, zone_of(city.timezone))


def _watched(chosen: list[City]) -> Iterator[City]:
    """The cities one by one, with a bar where there are many and somebody watches."""
    from rich.console import Console  # slow to load, and only needed here
    from rich.progress import track

    console = Console(stderr=True)
    return iter(track(chosen, "Opening", transient=True, console=console, disable=not console.is_terminal))


def _real(every: list[City]) -> list[City]:
    """The cities that have people to ask."""
    return [one for one in every if not one.synthetic]


def _check(last_day: date | None, chosen: list[City]) -> None:
    """Raises UserError for a last day that is over where a city is, or further ahead than a chat would take it."""
    if last_day is None:
        return
    if (last_day - now().date()).days > AHEAD:
        raise UserError(f"{last_day} is more than a year away. Give a day that is nearer.")
    over = [one.name for one in chosen if _close(last_day, one) <= now()]
    if over:
        raise UserError(f"{last_day} is over in {', '.join(over)}. Give a day that is to come.")


def _last_day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"“{text}” is no day. Write it like 2026-12-18.") from None


@wave.command("close")
def close_wave(city_name: CityName, *, as_json: AsJson = False) -> None:
    """Close a city's wave: nothing can be answered or changed in it any more."""
    with store() as database:
        found = the_city(database, city_name)
        latest = database.read(lambda tx: waves.current(tx, found.id))
        if latest is None or latest.closed_at is not None:
            raise UserError(f"{found.name} has no open wave.")
        write(database, lambda tx: end(tx, latest.id, now()))
        closed = database.read(lambda tx: waves.current(tx, found.id))
    if as_json:
        put(closed)
        return
    say(f"Wave {latest.id} of {found.name} is closed.")


@wave.command("status")
def status(city_name: CityName, *, as_json: AsJson = False) -> None:
    """Show a city's waves, the latest first."""
    with store() as database:
        found = the_city(database, city_name)
        held = database.read(lambda tx: waves.of_city(tx, found.id))
    if as_json:
        put(held)
        return
    for one in held:
        end = f"closed {one.closed_at:%Y-%m-%d}" if one.closed_at else "open"
        say(f"{one.id}: {one.instrument} {one.version}, {one.form} form, opened {one.opened_at:%Y-%m-%d}, {end}")
    if not held:
        say(f"{found.name} has no wave yet; one opens with its first respondent.")
