"""The times of the two meetings: published, listed and taken back by a programme officer."""

from datetime import UTC, tzinfo
from typing import Annotated, Any, Literal

import msgspec
import typer

from bot.commands.common import AsJson, UserError, now, put, say, store, the_city
from bot.conversation.meetings import withdraw
from flows.meetings.experts import KINDS, is_link
from flows.together.reminders import zone_of
from model.moments import Misread, read_moment
from storage import cities
from storage import slots as kept
from storage.cities import City
from storage.database import Database, Transaction, write
from storage.slots import MINUTES, Slot

LONGEST = 480
"""Minutes of a meeting: a working day."""

slots = typer.Typer(no_args_is_help=True, help="The times at which experts hold the two meetings.")


@slots.command("add")
def add(
    *,
    kind: Annotated[Literal["kick-off", "wrap-up"], typer.Option(help="Before the survey, or after it.")],
    at: Annotated[str, typer.Option(help="Day, hour and place: “2026-12-01 10:00 Europe/Madrid”.")],
    link: Annotated[str, typer.Option(help="Where the video meeting is held: https://...")],
    expert: Annotated[str, typer.Option(help="Who holds it, by the name they were invited with.")],
    city_name: Annotated[str, typer.Option("--city", help="The only city that may book it; any if left out.")] = "",
    minutes: Annotated[int, typer.Option(min=5, max=LONGEST, help="How long it takes.")] = MINUTES,
    as_json: AsJson = False,
) -> None:
    """Publish a time: coordinators book it in chat. The place may be left out where the city has one clock."""
    name = " ".join(expert.split())
    if not name:
        raise UserError("Please say who holds the meeting: --expert NAME.")
    if not is_link(link):
        raise UserError(f"“{link}” is no link that opens. It begins with https://.")
    with store() as database:
        city = the_city(database, city_name) if city_name else None
        # A city whose country has several times is taken to be in UTC until somebody says where it is.
        here = zone_of(city.timezone) if city and city.timezone != "UTC" else None
        starts = read_moment(at, here, now(), country=city.country if city else "")
        if isinstance(starts, Misread):
            raise UserError(_why(starts))
        only = city.id if city else None
        begins = starts.astimezone(UTC)
        made = write(
            database, lambda tx: kept.add(tx, KINDS[kind], begins, link, name, now(), minutes=minutes, city=only)
        )
    if made is None:
        raise UserError(f"{name} has another meeting at that time. `maturitybot slots list` shows all of them.")
    if as_json:
        put(_as_json(made))
        return
    who = f"{city.name} can" if city else "Any city can"
    say(f"Time {made.id} is published: {_told(made, starts.tzinfo)}. {who} book it now: /meetings in chat.")


@slots.command("list")
def every(
    *,
    city_name: Annotated[str, typer.Option("--city", help="What this city has booked, or may book.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the times to come, free and booked."""
    with store() as database:
        city = the_city(database, city_name) if city_name else None
        found = [one for one in database.read(lambda tx: kept.coming(tx, now())) if _concerns(one, city)]
        names = {one.id: one for one in database.read(cities.every)}
    if as_json:
        put([_as_json(one) for one in found])
        return
    for one in found:
        of = names.get(one.city_id or one.offered_to or "")
        whose = f"booked by {of.name}" if of and one.city_id else f"free, for {of.name} only" if of else "free"
        say(f"{one.id:6} {_told(one, zone_of(of.timezone) if of else None)}, {whose}")
        say(f"       {one.link}")
    if not found:
        say("No time is to come. `maturitybot slots add` publishes one.")


@slots.command("remove")
def remove(
    slot: Annotated[int, typer.Argument(help="The time's number, as `slots list` shows it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Take a time back; a city that has booked it is told in chat, with a cancellation for its calendar."""
    with store() as database:
        found = write(database, lambda tx: _removed(tx, slot))
        city = _city_of(database, found)
    if as_json:
        put(_as_json(found))
        return
    told = f" {city.name}, which had booked it, is told." if city else ""
    say(f"Time {slot} is taken back: {_told(found, zone_of(city.timezone) if city else None)}.{told}")


def _removed(transaction: Transaction, slot: int) -> Slot:
    found = kept.find(transaction, slot)
    if found is None:
        raise UserError(f"There is no time {slot}. `maturitybot slots list` shows all of them.")
    if found.ends_at <= now():
        raise UserError(f"The meeting of time {slot} is over, so it stays as it is.")
    if not withdraw(transaction, found, now()):
        raise UserError(f"Time {slot} was taken back before.")
    return found


def _city_of(database: Database, slot: Slot) -> City | None:
    return next((one for one in database.read(cities.every) if one.id == slot.city_id), None)


def _concerns(slot: Slot, city: City | None) -> bool:
    return city is None or slot.city_id == city.id or (slot.city_id is None and slot.offered_to in {None, city.id})


def _told(slot: Slot, zone: tzinfo | None) -> str:
    """A time in a line: what, when by whose clock, who."""
    here = zone or UTC
    kind = next(name for name, kind in KINDS.items() if kind == slot.kind)
    return f"{kind}, {slot.starts_at.astimezone(here):%a %-d %b %Y %H:%M} ({here}), {slot.minutes} min, {slot.expert}"


def _as_json(slot: Slot) -> dict[str, Any]:
    names = ("id", "kind", "starts_at", "minutes", "link", "expert", "city_id", "offered_to")
    built: dict[str, Any] = msgspec.to_builtins(slot)
    return {name.removesuffix("_id"): built[name] for name in names}


def _why(misread: Misread) -> str:
    about = misread.about
    return {
        "not_understood": f"“{about}” is no day and hour. Write them like 2026-12-01 10:00 Europe/Madrid.",
        "no_zone": "Whose clock is that? Name a place after the hour, such as 10:00 Europe/Madrid.",
        "unknown_zone": f"There is no time zone “{about}”. Give one such as Europe/Madrid, or the nearest big city.",
        "past": f"{about} is over. Give a time that is to come.",
        "too_far": f"{about} is more than a year away. Give a time that is nearer.",
    }[misread.reason]
