"""A person's other chats: a card that stands there too shows what was answered here."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from flows.prompts import CardPrompt, Prompt
from flows.session import Session
from storage import addresses, cards, outbox
from storage.database import Transaction
from storage.sessions import Standing


def mirror(
    transaction: Transaction, standing: Standing, session: Session, prompts: Iterable[Prompt], now: datetime
) -> None:
    """Owes the states of cards to the person's other chats where these cards stand; nothing new is begun there."""
    shown = [prompt for prompt in prompts if isinstance(prompt, CardPrompt)]
    if not shown:
        return
    for other in addresses.others(transaction, standing.row, standing.address):
        for prompt in shown:
            if cards.stands(transaction, other, f"{session.id}/{prompt.card}"):
                there = msgspec.structs.replace(prompt, fresh=False)
                outbox.owe(transaction, other, session, [there], now)
