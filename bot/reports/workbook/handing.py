"""The workbook that somebody asks for in chat: whose it is, and what they may see."""

import asyncio
from datetime import datetime

from bot.messages import Document, Message
from bot.reports import printing
from bot.reports.results import dossiers, instrument_of
from bot.reports.workbook import contents, naming
from bot.reports.workbook.contents import Contents, Wish
from bot.wording import word
from flows.prompts import Notice
from flows.prompts.workbooks import Workbook
from flows.session import Role
from model import library
from storage import cities, slots, teams
from storage.database import Database, Transaction
from storage.outbox import Delivery
from storage.sessions import row_of

LEADING: tuple[Role, ...] = ("coordinator", "expert")
"""Who sees all responses of a city, without names."""


async def hand_out(database: Database, prompt: Workbook, delivery: Delivery, now: datetime) -> Message:
    """The message with the workbook, made at this moment; or why there is none."""
    session = delivery.session
    plain = library.instrument(*library.DEFAULT, session.language)
    city = delivery.city or ""
    if session.role == "expert":
        city = await asyncio.to_thread(database.read, lambda tx: _booked(tx, prompt.city, delivery))
        if not city:
            return word(Notice("workbook_city"), session, plain)
    dossier = await dossiers.gather(database, city, now.date())
    if dossier is None:
        return word(Notice("no_city"), session, plain)
    wish = Wish(prompt.department, prompt.blank, session.language)
    leads = session.role in LEADING

    def read(transaction: Transaction) -> Contents:
        mates = teams.mates(transaction, dossier.result.wave.id)
        asker = next((mate for mate in mates if mate.row == row_of(session)), None)
        return contents.read(transaction, dossier, wish, asker, now, sees_all=leads)

    made = await asyncio.to_thread(database.read, read)
    document = Document(naming.name(made), await printing.workbook(made))
    facts = {"result": made.result, "count": len(made.statements), "leads": made.rows is not None}
    return word(prompt, session, instrument_of(made.result, session.language), facts, document=document)


def _booked(transaction: Transaction, wanted: str, delivery: Delivery) -> str:
    """The city (its id) of this name that has booked a meeting with the expert who asks; "" for no such city."""
    name, _ = teams.who(transaction, row_of(delivery.session))
    for city in cities.find(transaction, wanted):
        if any(one.expert.casefold() == name.casefold() for one in slots.of_city(transaction, city.id)):
            return city.id
    return ""
