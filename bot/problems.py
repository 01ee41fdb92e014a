"""What may go wrong in a campaign, seen before it does: whom a statement lacks, who cannot be reached, which day."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from flows.pace import left
from flows.together.coverage import asked, share, shortest, uncovered
from flows.together.reminders import zone_of
from flows.together.team import refused
from model import library
from model.calendars import is_working_day
from model.instrument import Instrument
from storage import handings, invitations, teams
from storage.cities import City
from storage.database import Transaction
from storage.invitations import Issued
from storage.teams import Mate
from storage.waves import Wave

MOST = 40
"""Open statements that one person answers in a sitting of ten minutes; beyond, a colleague should take some."""


class Problem(msgspec.Struct, frozen=True):
    """One thing to mend: `kind` for programs, `about` whom or what it concerns, `text` for people."""

    kind: str
    about: tuple[str, ...]
    text: str


def problems(transaction: Transaction, city: City, wave: Wave, now: datetime) -> tuple[Problem, ...]:
    """Everything found about a wave as it stands."""
    instrument = library.instrument(wave.instrument, wave.version)
    mates = teams.mates(transaction, wave.id)
    waiting = [one for one in invitations.of(transaction, city.id, now) if one.state == "open"]
    coming = {item for one in waiting for item in _of_the_invited(instrument, wave, one)}
    here = [one for one in mates if not refused(one.session)]  # what is only theirs who take no part is nobody's
    return (
        *_of_statements(instrument, wave, mates, _unasked(transaction, instrument, wave, here, coming)),
        *_of_the_close(city, wave),
        *_of_people(transaction, instrument, here),
        *_of_invitations(wave, waiting, zone_of(city.timezone)),
    )


def unasked(transaction: Transaction, wave: Wave) -> tuple[str, ...]:
    """The statements of a wave that nobody is asked although its coordinator has come: none, unless there is a bug."""
    mates = teams.mates(transaction, wave.id)
    if not any(mate.role == "coordinator" for mate in mates):
        return ()
    instrument = library.instrument(wave.instrument, wave.version)
    return shortest(instrument, wave.form, _unasked(transaction, instrument, wave, mates))


def _unasked(
    transaction: Transaction, instrument: Instrument, wave: Wave, mates: list[Mate], coming: Iterable[str] = ()
) -> tuple[str, ...]:
    offers = [one.items for one in handings.of_wave(transaction, wave.id) if one.state == "offered"]
    sessions = [mate.session for mate in mates]
    return uncovered(instrument, wave.form, sessions, {*coming, *(item for items in offers for item in items)})


def _of_statements(instrument: Instrument, wave: Wave, mates: list[Mate], codes: tuple[str, ...]) -> Iterator[Problem]:
    if not mates:
        yield Problem("nobody", (), "Nobody has come yet.")
    if codes:
        told = shortest(instrument, wave.form, codes)
        yield Problem("nobody_asked", told, f"Nobody is asked for {', '.join(told)}.")
    for department, name in instrument.departments.items():
        its = [code for code in codes if instrument.indicators[code].department == department]
        if its:
            yield Problem("department", (department, *its), f"Nobody answers for {name}, not even the coordinator.")


def _of_the_invited(instrument: Instrument, wave: Wave, one: Issued) -> tuple[str, ...]:
    """The statements that will be asked of somebody who is invited."""
    if one.role not in {"coordinator", "respondent"}:
        return ()
    whole = one.role == "coordinator" or not one.department
    return asked(instrument, wave.form) if whole else share(instrument, wave.form, one.department or "")


def _of_the_close(city: City, wave: Wave) -> Iterator[Problem]:
    if wave.closes_at is None:
        yield Problem("no_close", (), "The wave has no close, so nobody is reminded of one.")
        return
    day = wave.closes_at.astimezone(zone_of(city.timezone)).date()
    if not is_working_day(city.country, day):
        yield Problem("holiday", (day.isoformat(),), f"The closing day, {day:%A %-d %B}, is no working day.")


def _of_people(transaction: Transaction, instrument: Instrument, mates: list[Mate]) -> Iterator[Problem]:
    for mate in mates:
        if mate.session.finished:
            continue
        count = sum(key in instrument.indicators for key in left(instrument, mate.session))
        if count > MOST:
            yield Problem("too_many", (mate.name,), f"{count} statements are open for {mate.name} alone.")
        if teams.home(transaction, mate.row) is None:
            yield Problem("unreachable", (mate.name,), f"{mate.name} cannot be written to.")


def _of_invitations(wave: Wave, waiting: list[Issued], zone: ZoneInfo) -> Iterator[Problem]:
    for one in waiting:
        if wave.closes_at is not None and one.expires_at < wave.closes_at:
            until = one.expires_at.astimezone(zone)
            who = one.name or f"somebody as {one.role}"
            yield Problem("expires", (who,), f"The invitation of {who} ends on {until:%A %-d %B}, before the close.")
