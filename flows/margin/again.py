"""The next wave: what was said last time is shown, and what hardly ages is offered to be kept in one go."""

from collections.abc import Collection
from datetime import date

import msgspec

from flows.asking import goals as aims
from flows.asking import survey
from flows.events import Answered, Event, Typed
from flows.events.asides import Affirmed, Carried
from flows.path import is_complete, position, way
from flows.prompts import Notice
from flows.prompts.interludes import AskKeep
from flows.session import LastTime, Session, aspect_of, item_of, with_response
from flows.turn import Turn, notice
from model.domains import Misfit, read_yes_no
from model.instrument import Instrument
from model.responses import Aspect, Response

_TWO_YEARS = 730
"""Days after which an answer that ages in two years is asked again in full."""


def last_time(
    now_asked: Instrument,
    then_asked: Instrument,
    before: Session,
    answered_on: date,
    today: date,
    unsettled: Collection[str],
) -> LastTime:
    """What a new session knows of the one before: levels of statements that still say the same.

    Those that age are asked again, and so are those in `unsettled`, about which the city disagreed.
    """
    values = {
        key: str(response.level)
        for key, response in before.responses.items()
        if aspect_of(key) is Aspect.AS_IS and response.level is not None and _is_the_same(now_asked, then_asked, key)
    }
    goals = {
        key: response
        for key, response in before.responses.items()
        if aspect_of(key) is Aspect.TARGET and response.level is not None and response.year is not None
    }
    days = (today - answered_on).days
    offered = tuple(key for key in values if key not in unsettled and _lasts(now_asked.indicators[key].ages, days))
    return LastTime(
        {**values, **{key: str(goal.level) for key, goal in goals.items()}},
        {key: goal.year for key, goal in goals.items() if goal.year is not None},
        answered_on.isoformat(),
        offered,
    )


def question(instrument: Instrument, session: Session) -> AskKeep | None:
    """The offer to keep what hardly ages; None where there is nothing of the kind, or it was decided."""
    values = session.last_time.values
    keys = _to_keep(instrument, session)
    return AskKeep(tuple((key, values[key]) for key in keys), session.last_time.on) if keys else None


def is_for_it(instrument: Instrument, session: Session, event: Event) -> bool:
    """Whether an event answers the offer in words."""
    words = isinstance(event, Typed) and not event.text.startswith("/") and not event.card
    return words and bool(_to_keep(instrument, session)) and not session.reason_for


def read(session: Session, event: Event) -> Turn | Carried:
    """What was typed where yes or no is due."""
    assert isinstance(event, Typed)
    answer = read_yes_no(event.text, session.language)
    return notice(session, "tap_one") if isinstance(answer, Misfit) else Carried(answer)


def carry(instrument: Instrument, session: Session, *, agreed: bool) -> Turn:
    """The turn after the offer: the answers are given once more, in this wave, or each is asked."""
    keys = _to_keep(instrument, session)
    after = msgspec.structs.replace(session, last_time=msgspec.structs.replace(session.last_time, offered=()))
    if not keys:
        return notice(after, "old_button")
    if not agreed:
        return Turn(after)
    values = session.last_time.values
    responses = tuple(Response(key, Aspect.AS_IS, level=int(values[key])) for key in keys)
    for response in responses:
        after = with_response(after, response)
    return Turn(after, (Notice("kept_all", str(len(keys))),), responses)


def affirm(instrument: Instrument, session: Session, event: Affirmed) -> Turn:
    """The turn after "still true": the answer of last time, or the goal with its year, is given once more."""
    value = session.last_time.values.get(event.key)
    if value is None or event.key not in position(instrument, way(session)):
        return notice(session, "old_button")
    if aspect_of(event.key) is Aspect.AS_IS:
        return survey.answer(instrument, session, Answered(event.key, value))
    if session.last_time.years.get(event.key, 0) <= session.year:
        return notice(session, "old_button")
    response = Response(item_of(event.key), Aspect.TARGET, level=int(value), year=session.last_time.years[event.key])
    after = with_response(session, response)
    return Turn(after, aims.finished_card(after, event.key), (response,))


def _to_keep(instrument: Instrument, session: Session) -> tuple[str, ...]:
    mine = position(instrument, way(session))
    return tuple(key for key in session.last_time.offered if key in mine and not is_complete(session, key))


def _is_the_same(now_asked: Instrument, then_asked: Instrument, key: str) -> bool:
    one, other = now_asked.indicators.get(key), then_asked.indicators.get(key)
    return one is not None and other is not None and one.statement == other.statement


def _lasts(ages: str, days: int) -> bool:
    return ages == "stable" or (ages == "two_years" and days < _TWO_YEARS)
