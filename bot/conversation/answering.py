"""Somebody answers all that is open, without a chat: what a rehearsal supposes of them."""

from datetime import datetime

from bot.conversation.others import affect, instrument_of
from bot.conversation.planning import plan
from flows.answering import question
from flows.around import Around
from flows.engine import step
from flows.events import Answered, Consented, Dated, Event, Finished, Resumed, Skipped
from flows.events.asides import Carried
from flows.prompts import Prompt
from flows.prompts.interludes import AskKeep
from flows.prompts.questions import Ask, AskConsent, AskGoal, AskReason, AskYear
from flows.session import Session
from flows.turn import Evidence, Founding, Sharing
from model.instrument import Instrument
from model.responses import Response
from storage import sessions, teams
from storage.database import Transaction

LEVEL = "3"
"""Which level it is changes nothing about who is written to."""
_MOST = 2000
"""Steps after which somebody is taken to be done, whatever is still asked: the full form takes a quarter of that."""


def answer_all(transaction: Transaction, row: int, now: datetime) -> None:
    """Plays somebody's answers to everything that is theirs, at one moment."""
    standing = teams.standing(transaction, row)
    if standing is None or not standing.session.open:
        return
    instrument, session = instrument_of(standing), standing.session
    around = Around(now, standing.closes, str(standing.respondent or ""))
    for _ in range(_MOST):
        if session.finished:
            break
        turn = step(instrument, session, _reply(instrument, session), around)
        for kept in turn.keeps:
            if isinstance(kept, Response):
                sessions.append(transaction, row, kept, now)
            elif not isinstance(kept, Evidence | Founding | Sharing):
                affect(transaction, standing, kept, now)
        session = turn.session
    sessions.keep(transaction, standing, session, now)
    changed = teams.standing(transaction, row)
    assert changed is not None
    plan(transaction, changed, now)


def _reply(instrument: Instrument, session: Session) -> Event:
    prompt: Prompt | None = question(instrument, session)
    match prompt:
        case AskConsent():
            return Consented(agreed=True)
        case Ask(key=key) | AskGoal(key=key):
            return Answered(key, LEVEL)
        case AskYear(key=key, years=years):
            return Dated(key, years[0])
        case AskKeep():
            return Carried(agreed=True)
        case AskReason():
            return Skipped()
    return Resumed() if session.skipped else Finished()
