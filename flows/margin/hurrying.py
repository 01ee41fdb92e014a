"""A few minutes: the questions that unlock most in them, and an end on time."""

import re
from datetime import timedelta

import msgspec

from flows.around import Around
from flows.asking import survey
from flows.events.asides import Hurried
from flows.pace import fitting, left, minutes
from flows.path import due, is_complete
from flows.prompts import CardPrompt
from flows.prompts.interludes import Breather
from flows.prompts.interludes import Hurry as Begun
from flows.session import Hurry, Session, aspect_of
from flows.turn import Turn, notice
from model.instrument import Instrument
from model.responses import Aspect
from model.unlocking import unlocking

USUAL = 4
"""Minutes that somebody has who does not say how many."""
LONGEST = 240
"""Minutes that one may have at once."""


def take(instrument: Instrument, session: Session, event: Hurried, around: Around) -> Turn:
    """The turn after "I have four minutes": the questions for them, the most useful first."""
    span = _span(event.minutes)
    if span is None:
        return notice(session, "minutes_not_understood", about=event.minutes)
    most = fitting(session, span)
    still = [key for key in left(instrument, session) if key not in session.skipped]
    items = [key for key in still if aspect_of(key) is Aspect.AS_IS]
    given = {key for key in session.responses if aspect_of(key) is Aspect.AS_IS and is_complete(session, key)}
    chosen = unlocking(instrument, session.form, around.answered | given, items, most)
    # Goals unlock nothing, so they come last.
    keys = (*chosen, *(key for key in still if key not in items))[:most]
    if not keys:
        return notice(session, "nothing_due")
    until = around.now + timedelta(minutes=span) if around.now else None
    after = msgspec.structs.replace(session, hurry=Hurry(keys, until), cursor="", reason_for="")
    return Turn(after, (Begun(len(keys), minutes(session, len(keys))),))


def after(instrument: Instrument, turn: Turn, around: Around) -> Turn:
    """The turn with a kind end where the questions of the stretch are answered, or its time is over."""
    session, hurry = turn.session, turn.session.hurry
    if not hurry.keys or session.reason_for or _is_amid_a_goal(instrument, session):
        return turn
    open_keys = [key for key in hurry.keys if not is_complete(session, key) and key not in session.skipped]
    late = around.now is not None and hurry.until is not None and around.now >= hurry.until
    if open_keys and not late:
        return turn
    asked = next((prompt for prompt in turn.prompts if prompt.is_question), None)
    if asked is not None:
        # Whoever comes back later is asked, and not stopped; where something else is asked, the end waits for that.
        return msgspec.structs.replace(turn, session=_without_hurry(session)) if isinstance(asked, CardPrompt) else turn
    ended = _without_hurry(session)
    rest = left(instrument, ended)
    if not rest:
        return msgspec.structs.replace(turn, session=ended)
    statements = survey.statements(instrument, ended)
    done = sum(is_complete(session, key) for key in hurry.keys)
    answered = sum(is_complete(ended, key) for key in statements)
    told = Breather(done, answered, len(statements), minutes(ended, len(rest)))
    return Turn(ended, (*turn.prompts, told), turn.keeps)


def _without_hurry(session: Session) -> Session:
    return msgspec.structs.replace(session, hurry=Hurry())


def _span(text: str) -> int | None:
    """So many minutes; None for what is none."""
    if not text:
        return USUAL
    found = re.fullmatch(r"(\d{1,4})(?:\s*[^\W\d]+\.?)?", text)
    return int(found[1]) if found and 1 <= int(found[1]) <= LONGEST else None


def _is_amid_a_goal(instrument: Instrument, session: Session) -> bool:
    """Whether a goal has its level and not yet its year."""
    key = due(instrument, session)
    return key is not None and aspect_of(key) is Aspect.TARGET and key in session.responses
