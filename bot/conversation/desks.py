"""The disagreement desk as it is kept: who is asked why, what they say, and the value that is agreed on."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.conversation.matters import matter
from bot.conversation.mirroring import mirror
from bot.conversation.others import say
from flows.kept.settling import AtDesk, Inquiring, Settling, Viewing
from flows.prompts import Notice, Prompt
from flows.prompts.desks import AskView, DeskCard, Settled
from flows.session import Session
from flows.together import views
from flows.together.reminding import open_from
from model.responses import Aspect, NonResponse, Response, Source
from storage import cards, diary, outbox, remarks, sessions, teams, waves
from storage.database import Transaction
from storage.sessions import Standing


def settle(transaction: Transaction, standing: Standing, kept: AtDesk, now: datetime) -> tuple[Prompt, ...]:
    """Keeps one of these things, one after the other in a wave; what comes back is said to the one who acted."""
    if standing.wave is None or standing.respondent is None:
        return ()
    waves.lock(transaction, standing.wave)
    match kept:
        case Inquiring(item):
            return _inquire(transaction, standing, item, now)
        case Settling():
            return _agree(transaction, standing, kept, now)
        case Viewing(item, kind, text):
            remarks.view(transaction, standing.wave, standing.respondent, item, kind, text, now)
            first = kind is not None and not views.has_spoken(standing.session, item)
            return _tell(transaction, standing, item, now, first=first)


def changed(transaction: Transaction, standing: Standing, after: Session, items: Iterable[str], now: datetime) -> None:
    """Tells the coordinators that somebody who was asked why has changed their answer instead."""
    for item in items:
        if item in after.desk.asked and views.has_spoken(after, item) and not views.has_spoken(standing.session, item):
            _tell(transaction, standing, item, now, first=True)


def ask_by_day(transaction: Transaction, row: int, now: datetime) -> None:
    """Asks somebody what was to wait for their working hours, as long as no newer wave has opened."""
    other = teams.standing(transaction, row)
    latest = waves.current(transaction, other.city) if other else None
    if other is None or other.wave is None or latest is None or latest.id != other.wave or not other.address:
        return
    at = open_from(other.session, now) or now
    if at > now:
        diary.plan(transaction, "desk", row, at)
        return
    session, asked = other.session, list[Prompt]()
    for item in session.desk.waiting:
        session = msgspec.structs.replace(session, desk=msgspec.structs.replace(session.desk, waiting=()))
        if views.may_ask(session, item, now):
            session, question = views.ask(session, item, now)
            asked.append(question)
    sessions.keep(transaction, other, session, now)
    say(transaction, other, asked, now)


def _inquire(transaction: Transaction, standing: Standing, item: str, now: datetime) -> tuple[Prompt, ...]:
    """Asks everybody concerned: now, or by day where it is none there."""
    assert standing.wave is not None
    own: tuple[AskView, ...] = ()
    if views.may_ask(standing.session, item, now):
        own = (views.ask(standing.session, item, now)[1],)
    reached = len(own)
    for mate in teams.mates(transaction, standing.wave):
        if mate.respondent != standing.respondent and views.may_ask(mate.session, item, now):
            reached += _ask(transaction, mate.row, item, now)
    after = matter(transaction, standing.wave, item)
    if after is None:
        return own
    if own:  # their own session is kept after this turn
        after = msgspec.structs.replace(after, asked=after.asked + (item not in standing.session.desk.asked))
    card = DeskCard(after)
    return (card, *own) if reached else (Notice("desk_asked", item), card)


def _ask(transaction: Transaction, row: int, item: str, now: datetime) -> bool:
    """Asks one of them; False for whoever cannot be written to, or waits for it already."""
    other = teams.standing(transaction, row)
    at = open_from(other.session, now) if other else None
    if other is None or not other.address or at is None or item in other.session.desk.waiting:
        return False
    if at > now:
        sessions.keep(transaction, other, views.wait(other.session, item), now)
        diary.plan(transaction, "desk", row, at)
        return True
    session, question = views.ask(other.session, item, now)
    sessions.keep(transaction, other, session, now)
    say(transaction, other, [question], now)
    return True


def _agree(transaction: Transaction, standing: Standing, kept: Settling, now: datetime) -> tuple[Prompt, ...]:
    """Appends the value, unless somebody else was faster; those who answered hear of it by day."""
    assert standing.wave is not None
    before = matter(transaction, standing.wave, kept.item)
    if before is None:
        return ()
    if before.entered != kept.entered:
        return (Notice("agreed_before", kept.item), DeskCard(before, fresh=True))
    level = int(kept.value) if kept.value.isdigit() else None
    excluded = None if level is not None else NonResponse.NOT_APPLICABLE
    response = Response(
        kept.item, Aspect.AS_IS, level=level, non_response=excluded, source=Source.AGREED, comment=kept.reason
    )
    sessions.append(transaction, standing.row, response, now)
    again = bool(before.agreed) and before.agreed != kept.value
    told = Settled(kept.item, kept.value, kept.reason, again, fresh=True)
    for mate in teams.mates(transaction, standing.wave):
        answered = bool(views.stand(mate.session, kept.item))
        concerned = mate.role == "coordinator" or answered
        home = teams.home(transaction, mate.row) if concerned and mate.respondent != standing.respondent else None
        if home is not None:
            theirs = msgspec.structs.replace(told, answered=answered)
            outbox.owe(transaction, home, mate.session, [theirs], open_from(mate.session, now) or now)
    after = matter(transaction, standing.wave, kept.item)
    assert after is not None
    return (DeskCard(after, now=True, fresh=True),)


def _tell(transaction: Transaction, standing: Standing, item: str, now: datetime, *, first: bool) -> tuple[Prompt, ...]:
    """Shows the coordinators the card as it is now: where it stands, or at the end once everybody has spoken."""
    assert standing.wave is not None
    after = matter(transaction, standing.wave, item)
    if after is None:
        return ()
    heard = first and after.is_heard
    card = DeskCard(after, news="heard" if heard else "view" if first else "", fresh=heard)
    for mate in teams.mates(transaction, standing.wave):
        if mate.role != "coordinator":
            continue
        if mate.respondent == standing.respondent:
            _show(transaction, standing.address, standing.session, card, now)
            continue
        other = teams.standing(transaction, mate.row)
        if other is not None and (first or cards.stands(transaction, other.address, f"{other.session.id}/{card.card}")):
            say(transaction, other, [card], now)
            mirror(transaction, other, other.session, [card], now)
    return ()


def _show(transaction: Transaction, address: int, session: Session, card: DeskCard, now: datetime) -> None:
    """The card of a coordinator who has spoken themselves changes where it stands."""
    if cards.stands(transaction, address, f"{session.id}/{card.card}"):
        outbox.owe(transaction, address, session, [msgspec.structs.replace(card, fresh=False, news="")], now)
