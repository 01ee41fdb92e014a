"""One pure step: a session and an event in, a turn out. Nothing here waits, stores, sends or speaks."""

import msgspec

from flows import answering, following, meetings, reporting
from flows.around import NOWHERE, Around
from flows.arriving import joining, newcomers, officers
from flows.asking import consent, review, survey
from flows.events import (
    Asked,
    Away,
    Ended,
    Event,
    Given,
    HandedOn,
    Left,
    Looked,
    Moved,
    NotMine,
    Nudged,
    Placed,
    Reminded,
    Returned,
    Shared,
    Silenced,
    Skipped,
    Snoozed,
    Spoke,
    Started,
    Took,
    Typed,
    WentBack,
)
from flows.events.appointing import Appointing
from flows.events.asides import Edited, Hurried, Recalled, Weighed
from flows.events.differing import Viewed
from flows.events.gathering import Gathering
from flows.margin import beside, recalling
from flows.pace import left, minutes, paced
from flows.prompts import CardPrompt, Notice
from flows.prompts.questions import Languages
from flows.results import comparing
from flows.session import Session
from flows.together import desk, handing, reminding, team, views
from flows.turn import Turn, notice
from model.instrument import Instrument
from model.responses import Response

_OF_THE_COORDINATOR = Looked | Given | Nudged | Moved | Ended
_BESIDE = Hurried | Recalled | Weighed
_OF_REMINDERS = Reminded | Snoozed | Away | Silenced | Placed


def is_about_others(session: Session, event: Event) -> bool:
    """Whether a step on this event must know of the team (see `Around`)."""
    if isinstance(event, Asked):
        return event.report in {"team", "goals"}
    return isinstance(event, _OF_THE_COORDINATOR | NotMine | HandedOn | Took | _BESIDE) or bool(session.handing)


def step(instrument: Instrument, session: Session, event: Event, around: Around = NOWHERE) -> Turn:
    """What follows from an event: the session after it, the responses to keep, the prompts to say.

    `instrument` is in the session's language. Never raises for anything a person can do, and is never silent.
    """
    session = following.put_down(session, event)
    about = following.take(instrument, desk.dropped(session), event, around)
    about = about or _at_desk(instrument, session, event, around)
    anywhere = about or _anywhere(instrument, session, event, around)
    if anywhere is not None:
        return anywhere
    if not session.open:
        return _closed(session, event, around)
    if consent.is_due(session):
        began = _beginning(instrument, session, event, around)
        return began if consent.is_due(began.session) else _asked_on(instrument, began)
    event, alone = beside.as_meant(session, event), session if isinstance(event, Edited) else _put_down(session)
    turn = (
        _of_the_campaign(instrument, session, event, around)
        or beside.take(instrument, alone, event, around)
        or answering.take(instrument, alone, event)
    )
    if any(isinstance(kept, Response) for kept in turn.keeps):
        turn = msgspec.structs.replace(turn, session=paced(turn.session, around.now))
    if isinstance(event, _OF_THE_COORDINATOR) or beside.is_quiet(event, turn):
        return turn  # said about the survey, not in it: what is asked there stays where it is
    turn = beside.after(instrument, turn, around)
    return turn if consent.is_due(turn.session) else _asked_on(instrument, turn, fresh=isinstance(event, WentBack))


def _anywhere(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after an event that needs no open survey; None for all others."""
    if isinstance(event, Gathering):
        return notice(session, "in_a_group")
    if isinstance(event, Appointing):
        return meetings.take(instrument, session, event, around)
    arriving = joining.take(instrument, session, event, around)
    if arriving is not None:
        return arriving
    match event:
        case Asked():
            return reporting.report(instrument, desk.dropped(session), event, around)
        case Shared(agreed) if session.joined:  # its city may share its result when there is one: after the close
            return comparing.share(session, around, agreed=agreed)
        case Spoke(language):
            return _spoke(instrument, session, language, around)
    if isinstance(event, Left | Returned | _OF_REMINDERS):
        return reminding.take(instrument, session, event, around)
    return None


def _closed(session: Session, event: Event, around: Around) -> Turn:
    """The turn after the close: nothing is changed any more, but one's own words and files can be seen."""
    seen = isinstance(event, Recalled) and session.consented
    return recalling.recall(session, around) if seen else notice(session, "closed")


def _beginning(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    if isinstance(event, Started) and not session.consented:
        kick_off = meetings.may_book_kick_off(session, event, around)
        items, takes = len(survey.statements(instrument, session)), minutes(session, len(left(instrument, session)))
        return Turn(session, consent.welcome(session, items, takes, kick_off=kick_off))
    return consent.take(session, event)


def _of_the_campaign(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after an event about others or about time; None for one of the survey itself."""
    match event:
        case NotMine():
            return handing.ask(instrument, session, event, around)
        case HandedOn():
            return handing.choose(instrument, session, event, around)
        case Took():
            return handing.take(instrument, session, event, around)
        case Typed(text) if session.handing and not text.startswith("/"):
            return handing.send(instrument, session, text.strip(), around)
        case Skipped() if session.handing:
            return handing.send(instrument, session, "", around)
        case Looked() | Given() | Nudged() | Moved() | Ended():
            return team.take(instrument, session, event, around)
    return None


def _put_down(session: Session) -> Session:
    """Whoever does something else meanwhile hands nothing on: what they type next is an answer, not a note."""
    session = views.put_down(session)
    return msgspec.structs.replace(session, handing="") if session.handing else session


def _at_desk(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after something about the disagreement desk; whoever said why they differ is asked on."""
    turn = desk.take(instrument, session, event, around)
    if turn is None or not isinstance(event, Viewed | Typed) or not turn.prompts:
        return turn
    on = turn.session.open and not turn.session.finished and not consent.is_due(turn.session)
    return _asked_on(instrument, turn) if on else turn


def _asked_on(instrument: Instrument, turn: Turn, *, fresh: bool = False) -> Turn:
    """The turn with the next question at its end, or with the end of the survey."""
    if any(prompt.is_question for prompt in turn.prompts):
        return turn
    prompt = answering.question(instrument, turn.session)
    if prompt is not None:
        asked = msgspec.structs.replace(prompt, fresh=True) if fresh and isinstance(prompt, CardPrompt) else prompt
        return msgspec.structs.replace(turn, prompts=(*turn.prompts, asked))
    end = review.ended(instrument, turn.session)
    prompts = (*turn.prompts, *end.prompts) or (Notice("nothing_due"),)
    return Turn(end.session, prompts, turn.keeps)


def _spoke(instrument: Instrument, session: Session, language: str, around: Around) -> Turn:
    """The turn after a choice of language: everything from here on is said in it."""
    if language not in instrument.languages:
        return notice(session, "language_unknown", Languages(instrument.languages))
    after = msgspec.structs.replace(session, language=language)
    outside = newcomers.question(after, around)
    inside = answering.question(instrument, after) if session.open and not officers.is_one(session) else None
    prompt = outside or inside
    again = msgspec.structs.replace(prompt, fresh=True) if isinstance(prompt, CardPrompt) else prompt
    return Turn(after, (again,) if again else (Notice("language_kept"),))
