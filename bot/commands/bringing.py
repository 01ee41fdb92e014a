"""A filled-in workbook on the command line: shown first, then taken over for whoever filled it in."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import CityName, UserError, now, say, store, the_city
from bot.conversation.margin import note_down
from bot.conversation.milestones import celebrate
from bot.conversation.others import instrument_of
from bot.conversation.others import say as tell
from bot.conversation.planning import plan
from bot.conversation.surroundings import around
from bot.incoming import Looked, expected, look
from bot.reports.workbook.identifying import Refused
from bot.wording import word
from flows.asking import consent
from flows.engine import step
from flows.events import Event
from flows.events.sheeting import Choice, Imported, Unfolded
from flows.margin.filing import LARGEST
from flows.prompts import Prompt
from flows.prompts.sheets import AnySheet, SheetNews, SheetPreview, SheetTaken
from flows.turn import Turn
from model.responses import Response
from storage import sessions, sheets, teams, waves
from storage.database import Database, Transaction, write
from storage.sessions import Standing
from storage.teams import Mate

_WHY = {
    "password": "is protected by a password. Remove it (in Excel: File > Info > Protect Workbook), and try again.",
    "bomb": "becomes far larger than a workbook when it is opened, so it was not opened.",
    "numbers": "is a file of Numbers. Choose File > Export To > Excel there.",
    "xlsb": "is a binary workbook. Save it as .xlsx.",
    "broken": "cannot be opened as a spreadsheet. Save it once more as .xlsx.",
    "": "is no workbook of maturitybot. `maturitybot workbook export CITY` makes one.",
}


def bring(
    city_name: CityName,
    file: Annotated[Path, typer.Argument(help="The workbook, as .xlsx or .ods.")],
    *,
    name: Annotated[str, typer.Option("--as", help="Whose answers these are, if not whom it was made for.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take it over without asking.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="The workbook wins over newer answers.")] = False,
) -> None:
    """Read a filled-in workbook back: what it would change is shown before anything does."""
    content = _content(file)
    with store() as database:
        mate = _whose(database, city_name, name, look(content, None).respondent)
        looked = look(content, write(database, lambda tx: expected(tx, _standing(tx, mate))))
        number = _waiting(database, mate, looked, file)
        shown = write(database, lambda tx: _play(tx, mate, Unfolded(number), now()))
        _print(shown, _session(database, mate))
        preview = next((one for one in shown.prompts if isinstance(one, SheetPreview)), None)
        offered = {one for row in preview.rows for one in row} if preview else set()
        # Without a newer answer there is nothing to win over: then it is simply taken.
        choice: Choice = "all" if overwrite and Imported(number, "all") in offered else "keep"
        if Imported(number, choice) not in offered:
            say("Nothing was changed.")
            return
        if not yes and not typer.confirm(f"Take it over as answers of {mate.name}?"):
            choice = "cancel"
        _print(write(database, lambda tx: _play(tx, mate, Imported(number, choice), now())), _session(database, mate))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UserError(
                f"{file} has more than {LARGEST // 2**20} MB. Remove what was added to it, such as pictures."
            )
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from error


def _whose(database: Database, city_name: str, name: str, respondent: int) -> Mate:
    """Who is named, or whom the workbook was made for, or the city's only coordinator."""
    city = the_city(database, city_name)
    wave = database.read(lambda tx: waves.current(tx, city.id))
    if wave is None or wave.closed_at is not None:
        raise UserError(f"No round of {city.name} is open, so nothing can be taken over.")
    mates = database.read(lambda tx: teams.mates(tx, wave.id))
    leads = [mate for mate in mates if mate.role == "coordinator"]
    if name:
        found = [mate for mate in mates if mate.name.casefold() == name.casefold()]
    else:
        found = [mate for mate in mates if mate.respondent == respondent] or leads
    if len(found) != 1:
        names = ", ".join(mate.name for mate in mates) or "nobody yet"
        raise UserError(f"Whose answers are these? Name one person with --as; in this round there are: {names}.")
    if consent.is_due(found[0].session):
        raise UserError(f"{found[0].name} has not agreed yet that answers are kept. They can do so in the chat.")
    return found[0]


def _waiting(database: Database, mate: Mate, looked: Looked, file: Path) -> str:
    """The id of the workbook, kept until it is decided on. Raises UserError where it is none, or was taken before."""
    found = looked.found
    if found is None:
        raise UserError(f"{file} {_WHY[looked.why]}")
    if isinstance(found, Refused):
        raise UserError(_worded(SheetNews(found.kind, found.about), _session(database, mate)))

    def keep(transaction: Transaction) -> str:
        before = sheets.taken(transaction, mate.row, looked.digest)
        if before is not None:
            told = SheetNews("twice", before.date().isoformat())
            raise UserError(_worded(told, _standing(transaction, mate)))
        return str(sheets.bring(transaction, mate.row, looked.digest, found, now()))

    return write(database, keep)


def _play(transaction: Transaction, mate: Mate, event: Event, at: datetime) -> Turn:
    """A turn of theirs that they hear of only where it has changed something."""
    standing = _standing(transaction, mate)
    instrument = instrument_of(standing)
    turn = step(instrument, standing.session, event, around(transaction, standing, instrument, event, at))
    for kept in turn.keeps:
        if isinstance(kept, Response):
            sessions.append(transaction, standing.row, kept, at)
        else:
            note_down(transaction, standing, kept, at)
    sessions.keep(transaction, standing, turn.session, at)
    told: list[Prompt] = [one for one in turn.prompts if isinstance(one, SheetTaken) and one.total]
    if told:
        tell(transaction, standing, told, at)
        plan(transaction, _standing(transaction, mate), at)
        celebrate(transaction, standing.city, standing.wave or 0, at)
    return turn


def _standing(transaction: Transaction, mate: Mate) -> Standing:
    found = teams.standing(transaction, mate.row)
    assert found is not None
    return found


def _session(database: Database, mate: Mate) -> Standing:
    return write(database, lambda tx: _standing(tx, mate))


def _print(turn: Turn, standing: Standing) -> None:
    """What is said of the workbook; the survey's own questions are for the chat."""
    for one in turn.prompts:
        if isinstance(one, AnySheet):
            say(_worded(one, standing) + "\n")


def _worded(prompt: Prompt, standing: Standing) -> str:
    instrument = instrument_of(standing)
    message = word(prompt, standing.session, instrument)
    return "\n".join(part for part in (message.title, message.body, message.note) if part)
