"""`rehearse`: the whole campaign played ahead, as a calendar of messages and a list of problems."""

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer
import yaml

from bot.commands.common import AsJson, CityName, UserError, now, put, say, store, the_city
from bot.problems import Problem, problems
from bot.rehearsal import Said, rehearse
from flows.together.reminders import zone_of
from storage import copies, teams, waves
from storage.cities import City
from storage.database import Database
from storage.teams import Mate
from storage.waves import Wave

MIDDAY = time(12)
"""When somebody finishes for whom only a day is given: after the morning's reminders."""
_SPAN = "%a %-d %b %Y %H:%M"
_REASONS = {
    "day_2": "second day",
    "day_5": "fifth day",
    "day_9": "ninth day",
    "before_close": "two days before the close",
    "closing_day": "closing day",
    "asked_for": "the day they asked for",
    "back": "back from leave",
    "new_round": "a new round",
    "nudge": "the coordinator asks for it",
}
_MEETINGS = {"kick_off": "kick-off", "wrap_up": "wrap-up"}
_BEFORE = {"day": "a day before", "soon": "15 minutes before", "now": "as it begins"}


def rehearse_city(
    city_name: CityName,
    *,
    answers: Annotated[
        Path | None,
        typer.Option(help="Who finishes when: a YAML file “Ana: 2026-12-01”, or CSV with the columns who and when."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play a city's open wave ahead: every message to everybody, and what may go wrong. Nothing is sent or kept."""
    start = now()
    with store() as database:
        city = the_city(database, city_name)
        wave = _open_wave(database, city)
        done = _read(answers, database.read(lambda tx: teams.mates(tx, wave.id)), zone_of(city.timezone))
        found = database.read(lambda tx: problems(tx, city, wave, start))
        copied = database.read(lambda tx: copies.read(tx, city.id, wave.id))
    with _progress(city) as tell:
        said = rehearse(copied, wave, start, done, tell)
    if as_json:
        put(_for_programs(city, wave, start, said, found))
    else:
        _for_people(city, wave, start, said, found)


def _open_wave(database: Database, city: City) -> Wave:
    wave = database.read(lambda tx: waves.current(tx, city.id))
    if wave is None or wave.closed_at is not None:
        raise UserError(f"{city.name} has no open wave. `maturitybot wave open {city.id}` opens one.")
    return wave


@contextmanager
def _progress(city: City) -> Iterator[Callable[[datetime], None]]:
    """A line that tells which day is played, where somebody watches."""
    from rich.console import Console  # slow to load, and only needed here

    with Console(stderr=True).status(f"Playing {city.name} ahead ...") as status:
        yield lambda at: status.update(f"Playing {city.name} ahead: {at.astimezone(zone_of(city.timezone)):%a %-d %b}")


def _for_programs(
    city: City, wave: Wave, start: datetime, said: tuple[Said, ...], found: tuple[Problem, ...]
) -> dict[str, Any]:
    zone = zone_of(city.timezone)
    messages = [{**msgspec.to_builtins(one), "local": one.at.astimezone(zone).isoformat()} for one in said]
    return {
        "city": city.id,
        "wave": wave.id,
        "timezone": zone.key,
        "from": msgspec.to_builtins(start),
        "closes": msgspec.to_builtins(wave.closes_at),
        "messages": messages,
        "problems": msgspec.to_builtins(found),
    }


def _for_people(city: City, wave: Wave, start: datetime, said: tuple[Said, ...], found: tuple[Problem, ...]) -> None:
    zone = zone_of(city.timezone)
    until = f"{wave.closes_at.astimezone(zone):{_SPAN}}" if wave.closes_at else "no close"
    say(f"{city.name}, wave {wave.id}: {start.astimezone(zone):{_SPAN}} to {until} ({zone.key})")
    say("These messages are sent, if nobody answers but those you named:" if said else "No message is sent.")
    width = max((len(_who(one)) for one in said), default=0)
    for day, of_day in groupby(said, key=lambda one: one.at.astimezone(zone).date()):
        say()
        say(f"{day:%a %-d %b %Y}")
        for one in of_day:
            say(f"  {one.at.astimezone(zone):%H:%M}  {_who(one):{width}}  {_what(one)}")
    say()
    say("Problems" if found else "No problem found.")
    for problem in found:
        say(f"  {problem.text}")


def _who(one: Said) -> str:
    return f"{one.person} ({one.department})" if one.department else one.person


def _what(one: Said) -> str:
    """A message in words: what it is, why it comes, and what is left then."""
    match one.kind:
        case "reminder":
            rest = f"{one.left} {'question' if one.left == 1 else 'questions'}, {one.minutes} min left"
            return f"reminder, {_REASONS.get(one.reason, one.reason)}: {rest}"
        case "digest":
            return f"digest, does not hear from {', '.join(one.about)}"
        case "kick_off" | "wrap_up":
            return f"reminder of the {_MEETINGS[one.kind]}, {_BEFORE[one.reason]}"
        case "slides":
            return f"slides for the {' and '.join(_MEETINGS[kind] for kind in one.about)}"
        case "close":
            return "told that the round is closed"
        case "result":
            return "the city's result"
        case "complete":
            return "told that everybody is done, with the city's result so far"
    return one.kind


def _read(file: Path | None, mates: list[Mate], zone: ZoneInfo) -> Mapping[int, datetime]:
    """When which respondent finishes. Raises UserError for what cannot be read."""
    rows = [] if file is None else _rows(file)
    done = {}
    for who, when in rows:
        found = [mate.respondent for mate in mates if mate.name.casefold() == who.strip().casefold()]
        if len(found) != 1:
            raise UserError(f"{file}: {len(found) or 'none'} of the wave is called “{who}”.")
        done[found[0]] = _moment(file, when, zone)
    return done


def _rows(file: Path) -> list[tuple[str, str]]:
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix.lower() == ".csv":
            # A spreadsheet in a country with decimal commas writes semicolons.
            table = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
            return [((row["who"] or ""), (row["when"] or "")) for row in table]
        read = yaml.safe_load(text) or {}
        return [(str(who), str(when)) for who, when in read.items()]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, AttributeError) as error:
        raise UserError(
            f"{file} cannot be read ({error}). Write “Ana: 2026-12-01” on each line, or CSV with who and when."
        ) from error


def _moment(file: Path | None, when: str, zone: ZoneInfo) -> datetime:
    try:
        read = datetime.fromisoformat(when.strip())
    except ValueError:
        raise UserError(f"{file}: “{when}” is no day. Write it like 2026-12-01.") from None
    if len(when.strip()) == len("2026-12-01"):
        read = datetime.combine(read.date(), MIDDAY)
    return read if read.tzinfo else read.replace(tzinfo=zone)
