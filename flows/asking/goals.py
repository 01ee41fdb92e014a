"""The goals: a level and a year for each capability, asked at the end of its dimension."""

import msgspec

from flows.asking.survey import LEVEL_OF, said, today
from flows.events import Answered, Dated
from flows.path import numbers, way
from flows.prompts import Changed, NoticeKind, Prompt, Summary
from flows.prompts.questions import AskGoal, AskReason, AskYear, Propose
from flows.session import Session, aspect_of, item_of, with_response
from flows.turn import Turn, notice
from model.domains import HORIZON, Misfit, Proposed, Taken, read_level, read_year
from model.instrument import Instrument
from model.responses import Aspect, Response


def is_of_indicator(instrument: Instrument, session: Session, key: str) -> bool:
    """Whether a key is the goal of a single indicator of this form; the coordinator may set it, nobody is asked."""
    item = item_of(key)
    if aspect_of(key) is Aspect.AS_IS or session.role != "coordinator" or item not in instrument.indicators:
        return False
    return any(one.code == item for one in instrument.capability_of[item].asked(session.form))


def question(instrument: Instrument, session: Session, key: str) -> AskGoal | AskYear:
    """The card that asks for a goal: its level first, then its year."""
    response = session.responses.get(key)
    if response is not None and response.level is not None and response.year is None:
        return AskYear(key, response.level, _years(session))
    number, total = numbers(instrument, way(session)).get(key, (0, 0))
    known = session.last_time
    year = 0 if said(session, key) else known.years.get(key, 0)
    before = known.values.get(key, "") if year > session.year else ""
    return AskGoal(key, number, total, today(instrument, session, item_of(key)), before, year if before else 0)


def answer(instrument: Instrument, session: Session, event: Answered) -> Turn:
    """The turn after a goal's level; its year is kept from before, or asked next."""
    key, level = event.key, LEVEL_OF.get(event.value)
    if level is None:
        return notice(session, "old_button")
    before = session.responses.get(key)
    if before is not None and before.level == level:
        if session.cursor == key:
            return Turn(session, (AskYear(key, level, _years(session)),))
        return Turn(session, finished_card(session, key))
    year = before.year if before is not None else None
    after, response = _kept(session, Response(item_of(key), Aspect.TARGET, level=level, year=year))
    prompts = finished_card(after, key)
    if before is not None:
        prompts = (*prompts, Changed(key, said(session, key), str(level), fresh=True))
    now = today(instrument, session, item_of(key))
    if now is not None and level < now:
        after = msgspec.structs.replace(after, reason_for=key)
        prompts = (*prompts, AskReason(key, "below_today"))
    return Turn(after, prompts, (response,))


def date(session: Session, event: Dated) -> Turn:
    """The turn after a goal's year."""
    before = session.responses.get(event.key)
    if before is None or before.level is None or event.year not in _years(session):
        return notice(session, "old_button")
    if before.year == event.year:
        cleared = msgspec.structs.replace(session, cursor="" if session.cursor == event.key else session.cursor)
        return Turn(cleared, finished_card(cleared, event.key))
    after, response = _kept(session, msgspec.structs.replace(before, year=event.year))
    return Turn(after, finished_card(after, event.key), (response,))


def typed(instrument: Instrument, session: Session, key: str, text: str) -> Turn:
    """The turn after a text where a goal's level or year is due."""
    asked = question(instrument, session, key)
    if isinstance(asked, AskYear):
        year = read_year(text, session.year)
        if isinstance(year, Misfit):
            kind: NoticeKind = "year_out_of_range" if year.reason == "out_of_range" else "year_not_understood"
            return notice(session, kind, asked, about=f"{asked.years[0]}-{asked.years[-1]}")
        return date(session, Dated(key, year))
    match read_level(text, instrument):
        case Taken(int(level)):
            return answer(instrument, session, Answered(key, str(level)))
        case Proposed(levels):
            return Turn(session, (Propose(key, levels),))
        case Misfit("out_of_range"):
            return notice(session, "out_of_range", asked)
    return notice(session, "not_understood", asked)


def finished_card(session: Session, key: str) -> tuple[Prompt, ...]:
    """The summary of a goal, unless its year is still to be asked."""
    response = session.responses.get(key)
    if response is not None and response.year is None and key not in session.skipped:
        return ()
    return (Summary(item_of(key), ((key, said(session, key)),), response.year if response else None),)


def _kept(session: Session, response: Response) -> tuple[Session, Response]:
    return with_response(session, response), response


def _years(session: Session) -> tuple[int, ...]:
    return tuple(session.year + ahead for ahead in HORIZON)
