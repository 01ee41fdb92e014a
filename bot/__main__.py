"""The command `maturitybot`: its subcommands, and how an error becomes a sentence and an exit code."""

import sys

import typer

from bot.commands import (
    acting,
    cities,
    content,
    demo,
    exporting,
    figures,
    inviting,
    keeping,
    meetings,
    rehearsing,
    reporting,
    requests,
    rounds,
    running,
    slack,
    snapshots,
    workbooks,
)
from bot.commands.common import UserError
from bot.settings import SettingsError
from model.parsing import InstrumentError
from storage.database import StoreError, UnavailableError
from storage.waves import InstrumentChangedError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A chat bot that measures how smart a city is by talking to the people who run it.",
)
app.command()(running.chat)
app.command()(running.serve)
app.command()(demo.demo)
app.command()(content.check)
app.add_typer(content.model, name="model")
app.add_typer(cities.city, name="city")
app.command()(inviting.invite)
app.add_typer(inviting.invitations, name="invitations")
app.add_typer(requests.requests, name="requests")
app.add_typer(rounds.wave, name="wave")
app.add_typer(meetings.slots, name="slots")
app.command("rehearse")(rehearsing.rehearse_city)
app.command()(figures.scores)
app.command()(figures.benchmark)
app.command()(acting.actions)
app.command()(reporting.report)
app.command()(exporting.export)
app.add_typer(workbooks.workbook, name="workbook")
app.command()(snapshots.snapshot)
app.add_typer(slack.slack, name="slack")
app.add_typer(keeping.db, name="db")
app.command()(keeping.doctor)

EXPECTED = (UserError, SettingsError, StoreError, UnavailableError, InstrumentError, InstrumentChangedError)


def main() -> None:
    """Runs a command; what a user or operator can mend is said without a traceback, with exit code 2."""
    try:
        app()
    except EXPECTED as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough


if __name__ == "__main__":
    main()
