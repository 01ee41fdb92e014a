"""The papers of the two meetings: a calendar file, and slides with what the store holds at this moment."""

from datetime import date

import msgspec

from bot.messages import Document
from bot.reports import benchmarking, printing, results
from bot.reports.meetings import calendar_file
from bot.reports.results import Result
from bot.wording.catalogues import translations
from flows.around import MeetingKind
from flows.prompts.appointments import MeetingPaper
from flows.session import Session
from model import library
from model.comparison import Benchmark
from storage import cities
from storage.cities import City
from storage.database import Database


class Known(msgspec.Struct, frozen=True):
    """What slides are made of; without a result there is only the model to be presented."""

    city: City
    result: Result | None = None
    benchmark: Benchmark | None = None


def calendar(prompt: MeetingPaper, session: Session, organizer: str = "", attendee: str = "") -> Document:
    """The calendar file that invites to a meeting or takes it back, in the reader's language.

    `organizer` may hold a mail address among other words; `attendee` is the reader's, "" for none.
    """
    one = prompt.meeting
    meeting = calendar_file.Meeting(
        uid=one.uid,
        kind=one.kind,
        city=one.city,
        starts=one.starts,
        minutes=one.minutes,
        link=one.link,
        expert=one.expert,
        sequence=one.sequence,
        changed=one.changed,
        organizer=organizer,
        attendee=attendee,
    )
    content = calendar_file.calendar_file(meeting, prompt.method, translations(session.language))
    return Document(f"{one.kind.replace('_', '-')}.ics", content)


def read(database: Database, city: str, kind: MeetingKind, today: date) -> Known | None:
    """What the slides of a city's meeting are made of; None for no city, or for results where there are none.

    Call it in a worker thread.
    """
    found = [one for one in database.read(lambda tx: cities.find(tx, city)) if one.id == city]
    if not found or kind == "kick_off":
        return Known(found[0]) if found else None
    result = database.read(lambda tx: results.of_city(tx, found[0], today))
    if result is None:
        return None
    (benchmark,) = benchmarking.benchmarks(database, result, ("all",), today)
    return Known(found[0], result, benchmark)


async def deck(known: Known, kind: MeetingKind, language: str) -> Document:
    """The slides (.pptx), made in a process of their own."""
    name = f"{known.city.id}-{kind.replace('_', '-')}-{language}.pptx"
    if known.result is None or known.benchmark is None:
        return Document(name, await printing.kick_off_deck(*library.DEFAULT, language, known.city.name))
    said = _conclusions(known.result, language)
    return Document(name, await printing.wrap_up_deck(known.result, known.benchmark, language, said))


def _conclusions(result: Result, language: str) -> tuple[str, ...]:
    """What experts conclude, each with the dimension it is about."""
    told = results.instrument_of(result, language)
    about = ((told.dimension_of[one.item], one.text) if one.item else (None, one.text) for one in result.conclusions)
    return tuple(f"{dimension.code} {dimension.title}: {text}" if dimension else text for dimension, text in about)
