"""One pure step: a session and an event in, a turn out. Nothing here waits, stores, sends or speaks."""

import msgspec

from flows import again, beside, consent, goals, handing, reminding, reporting, review, survey, team
from flows.around import NOWHERE, Around
from flows.asides import Hurried, Recalled, Weighed
from flows.events import (
    Answered,
    Asked,
    Away,
    Consented,
    Continued,
    Dated,
    Ended,
    Event,
    Explained,
    Finished,
    Given,
    HandedOn,
    Left,
    Looked,
    Moved,
    NotMine,
    Nudged,
    Placed,
    Reminded,
    Reopened,
    Resumed,
    Returned,
    Sent,
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
from flows.pace import paced
from flows.path import due, is_asked, position, way
from flows.prompts import CardPrompt, Notice, Prompt
from flows.questions import AskReason, Languages
from flows.session import Session, aspect_of, with_response
from flows.turn import Sharing, Turn, notice
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response

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
    if isinstance(event, Asked):
        return reporting.report(instrument, session, event, around)
    if isinstance(event, Spoke):
        return _spoke(instrument, session, event.language)
    if isinstance(event, Left | Returned | _OF_REMINDERS):
        return reminding.take(instrument, session, event, around)
    if not session.open:
        return notice(session, "closed")
    if consent.is_due(session):
        began = _beginning(instrument, session, event)
        return began if consent.is_due(began.session) else _asked_on(instrument, began)
    event = beside.as_meant(session, event)
    alone = _put_down(session)
    turn = (
        _of_the_campaign(instrument, session, event, around)
        or beside.take(instrument, alone, event, around)
        or _taken(instrument, alone, event)
    )
    if any(isinstance(kept, Response) for kept in turn.keeps):
        turn = msgspec.structs.replace(turn, session=paced(turn.session, around.now))
    if isinstance(event, _OF_THE_COORDINATOR | beside.QUIET):
        return turn  # said about the survey, not in it: what is asked there stays where it is
    turn = beside.after(instrument, turn, around)
    return turn if consent.is_due(turn.session) else _asked_on(instrument, turn, fresh=isinstance(event, WentBack))


def _beginning(instrument: Instrument, session: Session, event: Event) -> Turn:
    if isinstance(event, Started) and not session.consented:
        return Turn(session, consent.welcome(session, len(survey.statements(instrument, session))))
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
    return msgspec.structs.replace(session, handing="") if session.handing else session


def _taken(instrument: Instrument, session: Session, event: Event) -> Turn:  # noqa: C901  # a closed list
    """The turn after an event within the survey, before the next question is added."""
    match event:
        case Answered(key) | Dated(key) | Reopened(key) | Explained(key) if not _is_ours(instrument, session, key):
            return notice(session, "old_button")
        case Skipped(key) if key and not _is_ours(instrument, session, key):
            return notice(session, "old_button")
        case Answered(key) if aspect_of(key) is Aspect.TARGET:
            return goals.answer(instrument, session, event)
        case Answered():
            return survey.answer(instrument, session, event)
        case Dated():
            return goals.date(session, event)
        case Reopened(key):
            return Turn(msgspec.structs.replace(session, cursor=key, reason_for=""))
        case Explained(key) if aspect_of(key) is Aspect.AS_IS:
            return Turn(session, (survey.question(instrument, session, key, explained=True),))
        case Skipped(key):
            return review.skip(instrument, session, key)
        case WentBack():
            return review.back(instrument, session)
        case Resumed():
            return review.resume(session)
        case Finished():
            return review.finish(instrument, session)
        case Typed(text):
            return _typed(instrument, session, text.strip())
        case Shared(agreed):
            return _shared(session, agreed=agreed)
        case Consented(agreed) if not agreed:
            return consent.take(session, event)
        case Sent(kind):
            return notice(session, "file_missing" if kind == "no_file" else "not_an_answer")
        case Started() | Continued() | Consented():
            return _resumed(instrument, session)
    return Turn(session)


def _is_ours(instrument: Instrument, session: Session, key: str) -> bool:
    """Whether this form asks `key`, and it applies; or it is a goal of a single indicator, for whoever sets goals."""
    if goals.is_of_indicator(instrument, session, key):
        return is_asked(instrument, session, key)
    return key in position(instrument, way(session)) and is_asked(instrument, session, key)


def question(instrument: Instrument, session: Session) -> Prompt | None:
    """What is asked now; None where nothing is due."""
    if consent.is_due(session):
        return consent.question(session)
    if session.reason_for:
        response = session.responses.get(session.reason_for)
        excluded = response is not None and response.non_response is NonResponse.NOT_APPLICABLE
        return AskReason(session.reason_for, "not_applicable" if excluded else "below_today")
    keep = None if session.cursor else again.question(instrument, session)
    if keep is not None:
        return keep
    key = due(instrument, session)
    if key is None:
        return None
    if aspect_of(key) is Aspect.TARGET:
        return goals.question(instrument, session, key)
    return survey.question(instrument, session, key)


def _asked_on(instrument: Instrument, turn: Turn, *, fresh: bool = False) -> Turn:
    """The turn with the next question at its end, or with the end of the survey."""
    if any(prompt.is_question for prompt in turn.prompts):
        return turn
    prompt = question(instrument, turn.session)
    if prompt is not None:
        asked = msgspec.structs.replace(prompt, fresh=True) if fresh and isinstance(prompt, CardPrompt) else prompt
        return msgspec.structs.replace(turn, prompts=(*turn.prompts, asked))
    end = review.ended(turn.session)
    prompts = (*turn.prompts, *end.prompts) or (Notice("nothing_due"),)
    return Turn(end.session, prompts, turn.keeps)


def _resumed(instrument: Instrument, session: Session) -> Turn:
    prompt = question(instrument, session)
    if session.finished and prompt is None:
        return notice(session, "nothing_due")
    again = msgspec.structs.replace(prompt, fresh=True) if isinstance(prompt, CardPrompt) else prompt
    return notice(session, "welcome_back", *([again] if again else []))


def _typed(instrument: Instrument, session: Session, text: str) -> Turn:
    """The turn after a text: a reason, an answer to what is due, or nothing that was asked for."""
    if text.startswith("/"):
        return notice(session, "unknown_command", about=text.split()[0])
    # A bare level where a reason is due is a change of mind, not a reason.
    if session.reason_for and text not in survey.LEVEL_OF:
        return _reasoned(session, text)
    key = session.reason_for or due(instrument, session)
    if key is None:
        return notice(session, "nothing_due")
    typed = goals.typed if aspect_of(key) is Aspect.TARGET else survey.typed
    return typed(instrument, session, key, text)


def _reasoned(session: Session, text: str) -> Turn:
    """The turn after a reason: the response that wanted it is kept once more, with the text as its comment."""
    response = msgspec.structs.replace(session.responses[session.reason_for], comment=text)
    return Turn(with_response(session, response), (Notice("reason_kept"),), (response,))


def _shared(session: Session, *, agreed: bool) -> Turn:
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    return Turn(session, (Notice("shared" if agreed else "private"),), (Sharing(agreed),))


def _spoke(instrument: Instrument, session: Session, language: str) -> Turn:
    """The turn after a choice of language: everything from here on is said in it."""
    if language not in instrument.languages:
        return notice(session, "language_unknown", Languages(instrument.languages))
    after = msgspec.structs.replace(session, language=language)
    prompt = question(instrument, after) if session.open else None
    again = msgspec.structs.replace(prompt, fresh=True) if isinstance(prompt, CardPrompt) else prompt
    return Turn(after, (again,) if again else (Notice("language_kept"),))
