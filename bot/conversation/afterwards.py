"""What a turn means for others once it is kept: dimensions and waves that are complete, answers that changed."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation.completing import complete
from bot.conversation.desks import changed
from bot.conversation.milestones import celebrate
from bot.reports.following import partnering
from flows.kept.settling import Settling
from flows.path import is_complete
from flows.session import Session, key_of
from flows.turn import Remark, Turn
from model.responses import Response
from storage.database import Transaction
from storage.sessions import Standing


def follow_up(transaction: Transaction, standing: Standing, turn: Turn, now: datetime) -> None:
    """Tells those whom it concerns; `standing` is as it was before the turn."""
    if not standing.session.open and any(isinstance(thing, Response | Remark | Settling) for thing in turn.keeps):
        partnering.refresh(transaction, standing.city, now)  # a value agreed on after the close counts too
    if standing.wave is None:
        return
    given = [thing for thing in turn.keeps if isinstance(thing, Response)]
    if given:
        celebrate(transaction, standing.city, standing.wave, now)
        changed(transaction, standing, turn.session, [one.item for one in given], now)
    if turn.session.finished and (not standing.session.finished or _adds(standing.session, given)):
        complete(transaction, standing.wave, now, standing.respondent)


def _adds(before: Session, given: Sequence[Response]) -> bool:
    """Whether something is answered that was not; a changed answer completes nothing, and to look takes its time."""
    return any(not is_complete(before, key_of(one.item, one.aspect)) for one in given)
