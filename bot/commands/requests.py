"""Requests of cities to take part, for programmes that decide them here and not in chat."""

from typing import Annotated

import msgspec
import typer

from bot.commands.common import AsJson, ListFirst, UserError, now, put, say, store
from bot.conversation.welcoming import decide
from flows.prompts.doorway import Decision
from storage import requests as kept
from storage.database import write

requests = typer.Typer(cls=ListFirst, help="Cities that want to take part.")
Number = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**31 - 1, help="The request's number.")]
By = Annotated[str, typer.Option(help="Who decides, as others are told.")]
PROGRAMME = "the programme"


@requests.command("list")
def every(*, as_json: AsJson = False) -> None:
    """List the requests that nobody has decided yet, oldest first."""
    with store() as database:
        found = database.read(kept.still_open)
    if as_json:
        put(found)
        return
    for one in found:
        city, asked = one.request.city, one.request
        say(f"{one.id:5}  {one.at:%Y-%m-%d}  {city.name}, {city.country}, {city.population:,} people")
        say(f"{'':19}{asked.name}, {asked.position}, {asked.email}")
    if not found:
        say("No request is open.")


@requests.command("accept")
def accept(number: Number, *, by: By = PROGRAMME, as_json: AsJson = False) -> None:
    """Accept a request: the city is registered, and whoever asked is invited in chat as its coordinator."""
    _decide(number, by, agreed=True, as_json=as_json)


@requests.command("decline")
def decline(number: Number, *, by: By = PROGRAMME, as_json: AsJson = False) -> None:
    """Decline a request; whoever asked is told in chat."""
    _decide(number, by, agreed=False, as_json=as_json)


def _decide(number: int, by: str, *, agreed: bool, as_json: bool) -> None:
    with store() as database:
        told = write(database, lambda tx: decide(tx, number, by, now(), agreed=agreed))
    if told is None:
        raise UserError(f"There is no request {number}. `maturitybot requests` lists the open ones.")
    if told.late:
        state = "accepted" if told.agreed else "declined"
        raise UserError(f"The request of {told.request.city.name} was already {state} by {told.by}.")
    if as_json:
        put({key: value for key, value in msgspec.to_builtins(told).items() if key != "type"})
        return
    say(_said(told))


def _said(told: Decision) -> str:
    asked = told.request
    if not told.agreed:
        return f"Declined. {asked.name} of {asked.city.name} is told in chat."
    how = "takes part already, as" if told.known else "is registered as"
    return (
        f"{asked.city.name} {how} {told.city}. {asked.name} gets the invitation in chat; "
        f"if it does not arrive, write to {asked.email}."
    )
