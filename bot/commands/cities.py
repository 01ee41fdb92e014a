"""Cities and invitations: what a programme officer sets up."""

import asyncio
from typing import Annotated
from urllib.parse import quote
from zoneinfo import available_timezones

import msgspec
import typer

from bot.commands.common import AsJson, CityName, UserError, now, put, say, store, the_city
from bot.settings import load
from flows.consent import LONGEST_NAME
from flows.session import CityFacts, Role
from model import library
from model.countries import read_country
from model.domains import MOST_PEOPLE
from storage import addresses, cities, invitations
from storage.database import Database, write
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
        invited = _invite(database, Invitation(added.id, "coordinator"))
    if as_json:
        put({**msgspec.to_builtins(added), "invitation": invited})
        return
    say(f"{added.name} is registered as {added.id}.")
    _say_invitation(invited)


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


def invite(
    city_name: CityName,
    *,
    role: Annotated[Role, typer.Option(help="What the person will be.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    department: Annotated[str | None, typer.Option(help="The department they answer for.")] = None,
    language: Annotated[str | None, typer.Option(help="The language to begin in, such as es.")] = None,
    as_json: AsJson = False,
) -> None:
    """Invite a person to a city; the code is shown once."""
    instrument = library.instrument(*library.DEFAULT)
    if department is not None and department not in instrument.departments:
        raise UserError(f"There is no department “{department}”. Choose one of {', '.join(instrument.departments)}.")
    if language is not None and language not in instrument.languages:
        raise UserError(f"The bot does not speak “{language}”. Choose one of {', '.join(instrument.languages)}.")
    with store() as database:
        found = the_city(database, city_name)
        invited = _invite(database, Invitation(found.id, role, name, department, language))
    if as_json:
        put(invited)
        return
    _say_invitation(invited)


class Invited(msgspec.Struct, frozen=True):
    """An invitation as it is handed out; `telegram_link` is None until the bot has been on Telegram."""

    code: str
    telegram_link: str | None
    city: str
    role: Role
    name: str
    department: str | None
    language: str | None


def _invite(database: Database, invitation: Invitation) -> Invited:
    code = write(database, lambda tx: invitations.issue(tx, invitation, now()))
    bot = database.read(lambda tx: addresses.bot_name(tx, "telegram")) or _ask_telegram()
    link = f"https://t.me/{quote(bot)}?start={code}" if bot else None
    one = invitation
    return Invited(code, link, one.city, one.role, one.name, one.department, one.language)


def _ask_telegram() -> str | None:
    """What Telegram calls our bot, where a token is set and Telegram answers."""
    settings = load()
    if settings.telegram_token is None:
        return None
    from bot.channels import telegram  # slow to load, and only needed before the first `serve`

    return asyncio.run(telegram.bot_name(settings.telegram_token.get_secret_value(), settings.telegram_api_url))


def _say_invitation(invited: Invited) -> None:
    who = f"{invited.name} as {invited.role}" if invited.name else f"somebody as {invited.role}"
    say(f"An invitation for {who}, for one person, good for {invitations.LIFETIME.days} days:")
    say(f"  in a chat with the bot: /start {invited.code}")
    say(f"  or by link: {invited.telegram_link}" if invited.telegram_link else "  (no link: not on Telegram yet)")
