"""Invitations: issued as code, link, picture and text; listed; revoked."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.commands.common import AsJson, CityName, ListFirst, UserError, now, put, say, store, the_city
from bot.conversation import welcoming
from bot.delivery import forward
from bot.reports.codes import deep_link, qr
from bot.settings import load
from flows.prompts.doorway import Forward
from flows.session import Role, Session
from model import library
from storage import addresses
from storage import invitations as kept
from storage.database import Database, write
from storage.invitations import LIFETIME, Invitation, Issued

MOST_DAYS = 365
"""An invitation that is good for longer is forgotten before it is used."""

invitations = typer.Typer(cls=ListFirst, help="The invitations to a city: who has come, who has not, who may not.")
_NoCity = typer.Argument(metavar="[CITY]", help="The city's id or name; none for people of the programme.")


class Invited(msgspec.Struct, frozen=True):
    """An invitation as it is handed out; `telegram_link` is None until the bot has been on Telegram."""

    code: str
    telegram_link: str | None
    city: str | None
    role: Role
    name: str
    department: str | None
    language: str | None


def invite(
    city_name: Annotated[str | None, _NoCity] = None,
    *,
    role: Annotated[Role, typer.Option(help="What the person will be.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    department: Annotated[str | None, typer.Option(help="The department they answer for.")] = None,
    language: Annotated[str | None, typer.Option(help="The language to begin in, such as es.")] = None,
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="How long it is good for.")] = LIFETIME.days,
    picture: Annotated[Path | None, typer.Option("--qr", metavar="FILE.png", help="The link as a QR code.")] = None,
    as_json: AsJson = False,
) -> None:
    """Invite a person, to a city or to the programme; the code is shown once."""
    _check(city_name, role, department, language)
    with store() as database:
        city = the_city(database, city_name).id if city_name else None
        bot = _bot(database)
        if picture is not None and bot is None:
            raise UserError("There is no link to draw yet: the bot has not been on Telegram. Nobody was invited.")
        wanted = Invitation(city, role, name, department, language)
        invited, text = invite_to(database, wanted, timedelta(days=days), bot)
    if picture is not None and invited.telegram_link is not None:
        _draw(picture, invited.telegram_link, invited.code)
    if as_json:
        put(invited)
        return
    say_invitation(text, invited)
    if picture is not None:
        say(f"The link as a picture: {picture}")


def invite_to(
    database: Database, wanted: Invitation, lifetime: timedelta = LIFETIME, bot: str | None = None
) -> tuple[Invited, Forward]:
    """A new invitation: as it is handed out, and as a text to forward."""
    made = write(database, lambda tx: welcoming.invite(tx, wanted, now(), lifetime))
    bot = bot or _bot(database)
    link = deep_link(bot, made.code) if bot else None
    one = wanted
    return Invited(made.code, link, one.city, one.role, one.name, one.department, one.language), made


def say_invitation(text: Forward, invited: Invited) -> None:
    """Prints an invitation, to be forwarded as it is."""
    language = invited.language or "en"
    session, instrument = Session("", now().year, language=language), library.instrument(*library.DEFAULT, language)
    told = forward(text, session, instrument, invited.telegram_link)
    who = f"{invited.name} as {invited.role}" if invited.name else f"somebody as {invited.role}"
    say(f"An invitation for {who}. Forward this text:")
    say()
    say(told.body)
    if not invited.telegram_link:
        say()
        say("(There is no link: the bot has not been on Telegram yet.)")


@invitations.command("list")
def every(city_name: Annotated[str | None, _NoCity] = None, *, as_json: AsJson = False) -> None:
    """List the invitations to a city, or those of the programme: open, used, expired or revoked; never their codes."""
    with store() as database:
        found = _of(database, city_name)
    if as_json:
        put(found)
        return
    for one in found:
        place = f", {one.department}" if one.department else ""
        say(f"{one.id:5}  {one.state:8} {one.name or 'somebody'} as {one.role}{place}, until {one.expires_at:%Y-%m-%d}")
    if not found:
        say("No invitation yet. `maturitybot invite` makes one.")


@invitations.command("revoke")
def revoke(
    city_name: CityName,
    who: Annotated[str, typer.Argument(metavar="NAME|ID", help="Whose invitation, by name or by its number.")],
) -> None:
    """Revoke an invitation that nobody has opened yet. CITY is `-` for those of the programme."""
    with store() as database:
        found = _of(database, None if city_name == "-" else city_name)
        named = [one for one in found if who in {str(one.id), one.name} or one.name.casefold() == who.casefold()]
        live = [one for one in named if one.state == "open"]
        if len(live) > 1:
            raise UserError(f"{who} has several: {', '.join(str(one.id) for one in live)}. Please give the number.")
        if not live:
            raise UserError(_why_not(who, named))
        if not write(database, lambda tx: kept.revoke(tx, live[0].id, now())):
            raise UserError(f"Somebody has just used the invitation of {who}.")
    say(f"The invitation of {live[0].name or live[0].id} is revoked: nobody gets in by it any more.")


def _why_not(who: str, named: list[Issued]) -> str:
    if not named:
        return f"There is no invitation of “{who}”. `maturitybot invitations CITY` lists all of them."
    return f"The invitation of {who} is not open: it is {named[-1].state}."


def _of(database: Database, city_name: str | None) -> list[Issued]:
    city = the_city(database, city_name).id if city_name else None
    return database.read(lambda tx: kept.of(tx, city, now()))


def _check(city_name: str | None, role: Role, department: str | None, language: str | None) -> None:
    """Raises UserError for what does not go together or does not exist."""
    instrument = library.instrument(*library.DEFAULT)
    if city_name is None and role in {"coordinator", "respondent"}:
        raise UserError(f"A {role} belongs to a city. Name it: maturitybot invite CITY --role {role} ...")
    if city_name is not None and role == "programme":
        raise UserError("A programme officer belongs to no city. Please leave the city out.")
    if department is not None and city_name is None:
        raise UserError("A department is a city's. Name the city, or leave the department out.")
    if department is not None and department not in instrument.departments:
        raise UserError(f"There is no department “{department}”. Choose one of {', '.join(instrument.departments)}.")
    if language is not None and language not in instrument.languages:
        raise UserError(f"The bot does not speak “{language}”. Choose one of {', '.join(instrument.languages)}.")


def _draw(path: Path, link: str, code: str) -> None:
    try:
        path.write_bytes(qr(link))
    except OSError as error:
        raise UserError(
            f"{path} cannot be written ({error.strerror}). The invitation holds all the same, by its code: {code}"
        ) from error


def _bot(database: Database) -> str | None:
    """What Telegram calls our bot: as it is known, or by asking where a token is set."""
    known = database.read(lambda tx: addresses.bot_name(tx, "telegram"))
    settings = load()
    if known is not None or settings.telegram_token is None:
        return known
    from bot.channels import telegram  # slow to load, and only needed before the first `serve`

    return asyncio.run(telegram.bot_name(settings.telegram_token.get_secret_value(), settings.telegram_api_url))
