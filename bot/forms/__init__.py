"""Forms, for platforms that have them: what stands in one, and the events that come of it. Nothing here writes."""

import asyncio

from bot.conversation import Clock
from bot.conversation.others import instrument_of
from bot.forms.fields import Choice as Choice
from bot.forms.fields import Field as Field
from bot.forms.fields import Files as Files
from bot.forms.fields import Form as Form
from bot.forms.fields import Kind as Kind
from bot.forms.fields import Lines as Lines
from bot.forms.returning import Faults as Faults
from bot.forms.returning import Values as Values
from bot.forms.returning import event as event
from bot.forms.showing import Sheet, show
from bot.messages import Message
from bot.wording import word
from flows.arriving.officers import is_one
from flows.prompts import Notice, Prompt
from flows.prompts.doorway import Lobby, Office
from flows.prompts.questions import AskConsent
from flows.session import Session
from model import library
from storage import sessions
from storage.database import Database, Transaction
from storage.sessions import Standing


async def form(database: Database, clock: Clock, channel: str, chat: str, kind: str, about: str) -> Form | Message:
    """The form of this kind as it stands for whoever is in this chat, or a message where it would make no sense."""
    return await asyncio.to_thread(database.read, lambda tx: _form(tx, clock, channel, chat, kind, about))


def _form(transaction: Transaction, clock: Clock, channel: str, chat: str, kind: str, about: str) -> Form | Message:
    now = clock()
    standing = sessions.look(transaction, channel, chat)
    if standing is None:
        stranger = Session("", now.year)
        return word(Lobby(), stranger, library.instrument(*library.DEFAULT, stranger.language))
    instrument, kept_out = instrument_of(standing), _kept_out(standing)
    shown = kept_out or show(kind, about, Sheet(transaction, standing, instrument, now))
    return shown if isinstance(shown, Form) else word(shown, standing.session, instrument)


def _kept_out(standing: Standing) -> Prompt | None:
    """What is said to whoever can answer nothing now; None for all others."""
    session = standing.session
    if standing.wave is None:
        return Office(session.role) if is_one(session) else Lobby()
    if not session.open:
        return Notice("closed")
    return None if session.consented else AskConsent()
