"""Cities: what a programme officer sets up."""

from typing import Annotated
from zoneinfo import available_timezones

import msgspec
import typer

from bot.commands.common import AsJson, UserError, now, put, say, store
from bot.commands.inviting import invite_to, say_invitation
from flows.asking.consent import LONGEST_NAME
from flows.session import CityFacts
from model.countries import read_country
from model.domains import MOST_PEOPLE
from storage import cities
from storage.database import write
from storage.invitations import Invitation

city = typer.Typer(no_args_is_help=True, help="The cities that take part.")


@city.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What the city is called.")],
    *,
    country: Annotated[str, typer.Option(help="Two letters (ISO 3166-1), or the English name.")],
    population: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many people live there.")],
    region: Annotated[str, typer.Option(help="Its region, where it is not its country's (UN M49).")] = "",
    timezone: Annotated[str, typer.Option(help="Its time zone, if its country has several: Europe/Madrid.")] = "",
    as_json: AsJson = False,
) -> None:
    """Register a city, and invite its coordinator."""
    code = read_country(country, "en")
    if code is None:
        raise UserError(f"There is no country “{country}”. Give its two letters (ISO 3166-1), such as KR.")
    if timezone and timezone not in available_timezones():
        raise UserError(f"There is no time zone “{timezone}”. Give one such as Europe/Madrid.")
    name = " ".join(name.encode("utf-8", "ignore").decode().split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise UserError(f"A city's name has 1 to {LONGEST_NAME} characters here.")
    with store() as database:
        facts = CityFacts(name, code, population)
        added = write(database, lambda tx: cities.add(tx, facts, now(), region=region, timezone=timezone))
        invited, forward = invite_to(database, Invitation(added.id, "coordinator"))
    if as_json:
        put({**msgspec.to_builtins(added), "invitation": invited})
        return
    say(f"{added.name} is registered as {added.id}.")
    say_invitation(forward, invited)


@city.command("list")
def every(*, as_json: AsJson = False) -> None:
    """List the cities."""
    with store() as database:
        found = database.read(cities.every)
    if as_json:
        put(found)
        return
    for one in found:
        marks = " (synthetic)" if one.synthetic else ""
        say(f"{one.id:32} {one.name}, {one.country}, {one.population:,} people{marks}")
    if not found:
        say("No city yet. `maturitybot city add` registers one, `maturitybot demo` makes synthetic ones.")
