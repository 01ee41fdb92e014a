"""What a turn means for others once it is kept: dimensions and waves that are complete, answers that changed."""

from datetime import datetime

from bot.conversation.completing import complete
from bot.conversation.desks import changed
from bot.conversation.milestones import celebrate
from bot.reports.following import partnering
from flows.kept.settling import Settling
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
    answered = [thing.item for thing in turn.keeps if isinstance(thing, Response)]
    if answered:
        celebrate(transaction, standing.city, standing.wave, now)
        changed(transaction, standing, turn.session, answered, now)
    if turn.session.finished and turn.session != standing.session:
        complete(transaction, standing.wave, now, standing.respondent)
