"""Within the survey: what follows from an answer, a button below a question, a text or a file."""

import msgspec

from flows.asking import consent, goals, review, survey
from flows.events import (
    Answered,
    Consented,
    Continued,
    Dated,
    Event,
    Explained,
    Finished,
    Reopened,
    Resumed,
    Sent,
    Skipped,
    Started,
    Typed,
    WentBack,
)
from flows.margin import again
from flows.path import due, is_asked, position, way
from flows.prompts import CardPrompt, Notice, Prompt
from flows.prompts.questions import AskReason
from flows.session import Session, aspect_of, card_of, with_response
from flows.turn import Turn, notice
from model.instrument import Instrument
from model.responses import Aspect, NonResponse


def take(instrument: Instrument, session: Session, event: Event) -> Turn:  # noqa: C901  # a closed list
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
        case Typed(text, card):
            return _replied(instrument, session, text.strip(), card) or _typed(instrument, session, text.strip())
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


def _resumed(instrument: Instrument, session: Session) -> Turn:
    prompt = question(instrument, session)
    if session.finished and prompt is None:
        return notice(session, "nothing_due")
    again = msgspec.structs.replace(prompt, fresh=True) if isinstance(prompt, CardPrompt) else prompt
    then = [again] if again else []
    if session.last_time.on and not session.responses:  # another round: nobody has stopped anywhere yet
        return Turn(session, tuple(then))
    return notice(session, "welcome_back", *then)


def _replied(instrument: Instrument, session: Session, text: str, card: str) -> Turn | None:
    """The turn after an answer in reply to a card that asks nothing now; None for anything else.

    It is for that card's question. Where the card had several, a tap has to say which.
    """
    keys = [key for key in position(instrument, way(session)) if card in {card_of(key), f"{key}!"}]
    keys = [key for key in keys if is_asked(instrument, session, key)]
    if not keys or text.startswith("/") or {session.reason_for, due(instrument, session)} & set(keys):
        return None
    if len(keys) > 1:
        again = survey.finished_card(instrument, session, keys[0])
        return Turn(session, (Notice("reply_which"), *(msgspec.structs.replace(one, fresh=True) for one in again)))
    turn = _read(instrument, session, keys[0], text)
    if turn.keeps:
        return turn
    return msgspec.structs.replace(turn, session=msgspec.structs.replace(turn.session, cursor=keys[0]))


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
    return _read(instrument, session, key, text)


def _read(instrument: Instrument, session: Session, key: str, text: str) -> Turn:
    """The turn after a text where a level or a year is due."""
    typed = goals.typed if aspect_of(key) is Aspect.TARGET else survey.typed
    return typed(instrument, session, key, text)


def _reasoned(session: Session, text: str) -> Turn:
    """The turn after a reason: the response that wanted it is kept once more, with the text as its comment."""
    response = msgspec.structs.replace(session.responses[session.reason_for], comment=text)
    return Turn(with_response(session, response), (Notice("reason_kept"),), (response,))
