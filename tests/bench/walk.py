"""The answers that are measured, as values: people walk a form, and then walk it again with other levels."""

from collections.abc import Iterator

import msgspec

from flows.asking import goals, survey
from flows.engine import step
from flows.events import Answered, Dated, Event
from flows.path import is_asked, path, way
from flows.prompts import Prompt
from flows.prompts.questions import AskYear
from flows.session import Session, aspect_of
from flows.turn import Turn
from model.domains import HORIZON
from model.instrument import Instrument
from model.responses import Aspect

LEVELS = range(4)
"""As-is levels, one a walk; a goal is one higher, and its year moves likewise: so every answer is a change."""

assert len(LEVELS) <= len(HORIZON), "each walk names another year"


class Answer(msgspec.Struct, frozen=True):
    """What a person taps, the prompt that showed the button, the session it was seen in, and the turn it leads to."""

    event: Event
    prompt: Prompt
    before: Session
    turn: Turn


class Walk(msgspec.Struct, frozen=True):
    """The first walk through a form, and the walks that may follow it again and again."""

    first: tuple[Answer, ...]
    again: tuple[Answer, ...]

    def answers(self) -> tuple[Answer, ...]:
        """All answers, in order; after the last comes the first of `again`."""
        return self.first + self.again


def walk(instrument: Instrument, session: Session) -> Walk:
    """Everything a person answers from `session` on, whose survey has not begun."""
    first = tuple(_once(instrument, session, 0))
    again: list[Answer] = []
    for number in (*LEVELS[1:], LEVELS[0]):
        again += _once(instrument, (again or first)[-1].turn.session, number)
    found = Walk(first, tuple(again))
    assert again[-1].turn.session == first[-1].turn.session, "the walks after the first one do not come full circle"
    assert all(len(answer.turn.keeps) == 1 for answer in found.answers()), "an answer changed nothing"
    assert all(answer.turn.prompts for answer in found.answers()), "an answer was met with silence"
    return found


def _once(instrument: Instrument, session: Session, number: int) -> Iterator[Answer]:
    """One walk: every statement of the form, and the level and year of every goal."""
    for key in path(instrument, way(session)):
        if not is_asked(instrument, session, key):
            continue
        for event in _events(session, key, number):
            turn = step(instrument, session, event)
            yield Answer(event, _prompt(instrument, session, event), session, turn)
            session = turn.session


def _events(session: Session, key: str, number: int) -> tuple[Answered | Dated, ...]:
    level = LEVELS[number]
    if aspect_of(key) is Aspect.AS_IS:
        return (Answered(key, str(level)),)
    return Answered(key, str(level + 1)), Dated(key, session.year + HORIZON[number])


def _prompt(instrument: Instrument, session: Session, event: Answered | Dated) -> Prompt:
    """The card with the button for this event."""
    if isinstance(event, Dated):
        response = session.responses[event.key]
        assert response.level is not None
        return AskYear(event.key, response.level, tuple(session.year + ahead for ahead in HORIZON))
    if aspect_of(event.key) is Aspect.TARGET:
        return goals.question(instrument, session, event.key)
    return survey.question(instrument, session, event.key)
