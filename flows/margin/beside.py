"""All that happens beside answering, in one place: the engine asks here before a step and after it."""

import msgspec

from flows.around import Around
from flows.events import Attached, Event
from flows.events.asides import (
    Affirmed,
    Aimed,
    Allowed,
    Assured,
    Carried,
    Confirmed,
    Edited,
    Filled,
    Hurried,
    Hushed,
    Noted,
    Recalled,
    Refiled,
    Remarking,
    Removed,
    Rested,
    Weighed,
)
from flows.events.sheeting import Imported, Unfolded
from flows.kept.sheets import Receiving
from flows.margin import (
    again,
    editing,
    filing,
    filling,
    hurrying,
    importing,
    monotony,
    noting,
    recalling,
    remarking,
    weighing,
)
from flows.prompts import Notice
from flows.prompts.interludes import AskRemark
from flows.session import Session
from flows.turn import Turn
from model.instrument import Instrument
from model.responses import Response

QUIET = Rested | Weighed | Recalled | Unfolded
"""After these nothing is asked: they end something, or are said about the survey."""


def is_quiet(event: Event, turn: Turn) -> bool:
    """Whether what is asked stays where it is: after an edit that changed no answer, while a file is looked into."""
    edited = isinstance(event, Edited) and not any(isinstance(kept, Response) for kept in turn.keeps)
    reading = any(isinstance(kept, Receiving) for kept in turn.keeps)
    return edited or reading or isinstance(event, QUIET)


def as_meant(session: Session, event: Event) -> Event:
    """What a typed text is beside an answer: a comment by its mark, or evidence where it has a link."""
    return filing.as_meant(session, noting.as_meant(session, event))


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after something beside answering; None for what belongs to the survey."""
    if remarking.is_for_it(session, event):
        return remarking.take(session, event)
    if again.is_for_it(instrument, session, event):
        read = again.read(session, event)
        if isinstance(read, Turn):
            return read
        event = read
    return _taken(instrument, session, event, around) or noting.offer(instrument, session, event)


def _taken(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:  # noqa: C901  # a closed list
    match event:
        case Hurried():
            return hurrying.take(instrument, session, event, around)
        case Rested():
            return Turn(session, (Notice("rested"),))
        case Confirmed(agreed):
            return Turn(session) if agreed else monotony.last_ones(session)
        case Attached() if importing.is_to_be_read(session, event):
            return importing.receive(session, event)
        case Attached():
            return importing.hinted(event, filing.file(instrument, session, event))
        case Unfolded():
            return importing.preview(instrument, session, event, around)
        case Imported():
            return importing.decide(instrument, session, event, around)
        case Filled():
            return filling.fill(instrument, session, event)
        case Refiled():
            return filing.refile(instrument, session, event)
        case Removed():
            return filing.remove(session, event)
        case Recalled():
            return recalling.recall(session, around)
        case Remarking(about, kind):
            return remarking.begin(instrument, session, about, kind)
        case Hushed():
            return remarking.hush(session)
        case Allowed(agreed):
            return remarking.allow(session, agreed=agreed)
        case Edited():
            return editing.take(instrument, session, event)
        case Noted():
            return noting.note(instrument, session, event)
        case Assured():
            return noting.sure(session, event)
        case Aimed(code):
            return weighing.aim(instrument, session, code)
        case Weighed():
            return weighing.weigh(instrument, session, event, around)
        case Affirmed():
            return again.affirm(instrument, session, event)
        case Carried(agreed):
            return again.carry(instrument, session, agreed=agreed)
    return None


def after(instrument: Instrument, turn: Turn, around: Around) -> Turn:
    """The turn with what an answer brings along: comments that waited, a card's offer, a question, an end on time."""
    if turn.session.remarks.asking and not any(isinstance(prompt, AskRemark) for prompt in turn.prompts):
        turn = msgspec.structs.replace(turn, session=remarking.left_alone(turn.session))
    turn = remarking.offered(instrument, noting.after(turn))
    return hurrying.after(instrument, monotony.after(turn, around), around)
