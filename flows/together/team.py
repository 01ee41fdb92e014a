"""The coordinator's board: who is how far, what holds the city back, and what to do about it."""

import re
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.around import Around, Disposition, Member
from flows.asking import survey
from flows.events import Asked, Ended, Event, Given, Looked, Moved, Nudged
from flows.pace import left, minutes
from flows.path import is_complete
from flows.prompts.teamwork import NO_DAY, UNMOVED, AskEnd, Person, Team
from flows.session import Session
from flows.together.handing import with_items, without
from flows.together.reminding import MISREAD, PATIENCE, is_away, zone
from flows.turn import Ending, Giving, Moving, Nudging, Turn, notice
from model.days import read_day
from model.domains import Misfit
from model.instrument import Instrument
from model.unlocking import holding_back

END_OF_DAY = time(23, 59)
"""A wave closes at the end of its last day, in the coordinator's own time."""
_LONGER = re.compile(r"\+([0-9]{1,3})(?: (.+))?")
"""So many days later than now agreed, as a hurried coordinator says it; a button adds the day it was shown with."""


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    """The turn after something that only the coordinator may do."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    match event:
        case Asked():
            return Turn(session, (board(instrument, session, around),))
        case Looked(at):
            return _look(instrument, session, around.member(at))
        case Given():
            return _give(instrument, session, event, around)
        case Nudged(to):
            return _nudge(session, around.member(to))
        case Moved(day):
            return _move(session, day, around)
        case Ended(sure):
            return Turn(session, keeps=(Ending(),)) if sure else _ask_end(instrument, session, around)
    return Turn(session)


def member(
    instrument: Instrument, session: Session, respondent: str, name: str, department: str, now: datetime
) -> Member:
    """Somebody of the team as their session shows them."""
    statements = survey.statements(instrument, session)
    answered = sum(is_complete(session, key) for key in statements)
    state = _disposition(session, answered, now)
    rest = 0 if state in {"completed", "refused"} else minutes(session, len(left(instrument, session)))
    return Member(respondent, name, department, session.role, state, answered, len(statements), rest)


def _disposition(session: Session, answered: int, now: datetime) -> Disposition:
    wishes = session.reminders
    if session.finished:
        return "completed"
    if refused(session):
        return "refused"
    if wishes.stopped:
        return "silenced"
    if is_away(session, now):
        return "away"
    if wishes.count >= PATIENCE and (session.pace.last is None or (wishes.last and session.pace.last < wishes.last)):
        return "unresponsive"
    return "partial" if answered else "started"


def refused(session: Session) -> bool:
    """Whether somebody was asked to take part, and said no."""
    return session.reminders.stopped and not session.consented


def board(instrument: Instrument, session: Session, around: Around) -> Team:
    """The board as it stands."""
    held = holding_back(instrument, session.form, around.answered)
    return Team(around.team, tuple(held.items()), closing_day(session, around), session.open)


def closing_day(session: Session, around: Around) -> str:
    """The last day of the wave where the coordinator lives, in ISO form; "" where it has none."""
    return around.closes.astimezone(zone(session)).date().isoformat() if around.closes else ""


def _look(instrument: Instrument, session: Session, member: Member | None) -> Turn:
    if member is None:
        return notice(session, "old_button")
    return Turn(session, (Person(member, tuple(instrument.departments)),))


def _give(instrument: Instrument, session: Session, event: Given, around: Around) -> Turn:
    if not event.code:
        return Turn(session, (board(instrument, session, around),))
    code, to = _split(instrument, event)
    if not to:
        return notice(session, "assign_how", about=", ".join(instrument.departments))
    member = around.member(to) or _named(around, to)
    if member is None:
        return notice(session, "nobody_of_that_name", about=to)
    items = _below(instrument, session, code)
    if not items:
        return notice(session, "nothing_of_that_code", about=code)
    if member.id == around.me:
        return Turn(with_items(instrument, session, items), (board(instrument, session, around),))
    free = tuple(code for code in items if not is_complete(session, code))
    return Turn(without(instrument, session, free), keeps=(Giving(member.id, items),))


def _split(instrument: Instrument, event: Given) -> tuple[str, str]:
    """What is given, and to whom; a department's name may be more than one word."""
    said = f"{event.code} {event.to}"
    for name in instrument.departments.values():
        if said.casefold().startswith(f"{name.casefold()} "):
            return name, said[len(name) :].strip()
    return event.code, event.to


def _named(around: Around, name: str) -> Member | None:
    """The one member of this name, or else the one whose name begins like this."""
    wanted = name.casefold()
    begun = [one for one in around.team if one.id and one.name.casefold().startswith(wanted)]
    found = [one for one in begun if one.name.casefold() == wanted] or begun
    return found[0] if len(found) == 1 and name else None


def _below(instrument: Instrument, session: Session, code: str) -> tuple[str, ...]:
    """The statements of a department (code or name), of a capability, or the one of this code, that the form asks."""
    asked = [one for capability in instrument.capabilities() for one in capability.asked(session.form)]
    wanted = code.removeprefix("@").casefold()
    department = next((d for d, name in instrument.departments.items() if wanted in {d, name.casefold()}), None)
    if department is not None:
        return tuple(one.code for one in asked if one.department == department)
    return tuple(one.code for one in asked if code in {one.code, instrument.capability_of[one.code].code})


def _nudge(session: Session, member: Member | None) -> Turn:
    if member is None or not member.id:
        return notice(session, "old_button")
    if member.disposition in UNMOVED:
        return notice(session, "not_nudged", about=member.name)
    return Turn(session, keeps=(Nudging(member.id),))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """When a wave closes whose last day this is where its city is."""
    return datetime.combine(day, END_OF_DAY, zone).astimezone(UTC)


def _move(session: Session, day: str, around: Around) -> Turn:
    assert around.now is not None
    here = zone(session)
    longer = _LONGER.fullmatch(day)
    if longer:
        shown, stands = longer[2], closing_day(session, around)
        if shown and shown != (stands or NO_DAY):  # tapped twice, or somebody else has moved it meanwhile
            return notice(session, "moved_before", about=stands)
        closes = around.closes or end_of(around.now.astimezone(here).date(), here)
        return Turn(session, keeps=(Moving(closes + timedelta(days=int(longer[1]))),))
    read = read_day(day, around.now.astimezone(here).date(), session.language)
    if isinstance(read, Misfit):
        return notice(session, MISREAD[read.reason], about=day)
    if read.year == MAXYEAR:  # its last evening is in no calendar further west
        return notice(session, "day_too_far", about=day)
    return Turn(session, keeps=(Moving(end_of(read, here)),))


def _ask_end(instrument: Instrument, session: Session, around: Around) -> Turn:
    asked = {d.code: [i.code for c in d.capabilities for i in c.asked(session.form)] for d in instrument.dimensions}
    rows = tuple((code, sum(one in around.answered for one in items), len(items)) for code, items in asked.items())
    return Turn(session, (AskEnd(rows),))
