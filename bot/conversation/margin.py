"""What a turn keeps beside answers: evidence, remarks, weights, and what somebody wants gone."""

from datetime import datetime

import msgspec

from flows.events import Attached, Event, Typed
from flows.events.asides import Noted
from flows.kept.sheets import Receiving, SheetMark
from flows.turn import Captioning, Erasing, Evidence, Kept, Refiling, Remark, Weighing
from storage import cards, evidence, priorities, remarks, sessions, sheets
from storage.database import Transaction
from storage.sessions import Standing


def note_down(  # noqa: C901  # a closed list
    transaction: Transaction, standing: Standing, kept: Kept, now: datetime
) -> None:
    """Keeps one of these things."""
    match kept:
        case Evidence():
            evidence.keep(transaction, standing.row, standing.address, kept, now)
        case Refiling(numbers, item):
            for number in numbers:
                evidence.move(transaction, standing.row, number, item)
        case Captioning(number, words, link):
            evidence.caption(transaction, standing.row, number, words, link)
        case Erasing():
            _erase(transaction, standing, kept)
        case Remark() if standing.wave and standing.respondent:
            remarks.keep(transaction, standing.wave, standing.respondent, kept, now)
        case Weighing() if standing.wave:
            priorities.keep(transaction, standing.wave, kept, now)
        case Receiving(file):
            sheets.receive(transaction, standing.row, standing.address, file, now)
        case SheetMark(sheet, state, seen):
            sheets.mark(transaction, int(sheet), state, seen, now)


def _erase(transaction: Transaction, standing: Standing, erasing: Erasing) -> None:
    for number in erasing.numbers:
        evidence.remove(transaction, standing.row, number)
    if erasing.kind == "comment":
        sessions.forget_comment(transaction, standing.row, erasing.item)
    kind = "comment" if erasing.kind == "note" else erasing.kind
    if kind in {"challenge", "success", "comment"} and standing.wave and standing.respondent:
        remarks.remove(transaction, standing.wave, standing.respondent, erasing.item, kind)


def own(standing: Standing, message: str) -> str:
    """A message of somebody's, whichever of their chats it stands in; "" for none."""
    return f"{standing.address}/{message}" if message else ""


def as_reply(transaction: Transaction, standing: Standing, event: Event, message: str) -> Event:
    """An event with what the message that it replies to asks about: evidence, words and answers are for that."""
    if not isinstance(event, Attached | Typed | Noted) or not message:
        return event
    session, _, card = cards.card_at(transaction, standing.address, message).partition("/")
    return msgspec.structs.replace(event, card=card) if session == standing.session.id else event
