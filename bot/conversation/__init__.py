"""`hear`, the only place that knows both the store and the flows: an update comes in, and its turn is durable."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from bot.conversation.afterwards import follow_up
from bot.conversation.cleaning import clean, cleaned
from bot.conversation.desks import settle
from bot.conversation.entering import admit, crossing, found, in_open_wave
from bot.conversation.following import follow
from bot.conversation.groups import gather
from bot.conversation.inbound import NOBODY
from bot.conversation.inbound import Inbound as Inbound
from bot.conversation.losing import lose, regain
from bot.conversation.margin import as_reply, note_down, own
from bot.conversation.meetings import arrange
from bot.conversation.mirroring import mirror
from bot.conversation.others import affect, instrument_of
from bot.conversation.planning import changes_plan, plan
from bot.conversation.surroundings import around
from bot.conversation.welcoming import join, welcome
from bot.durable import kept
from flows.engine import step
from flows.events import (
    Asked,
    Continued,
    Event,
    Left,
    Resumed,
    Returned,
    Sent,
    Skipped,
    Started,
    Typed,
    WentBack,
)
from flows.events.arrivals import Crossed, Linked, Migrated
from flows.events.asides import Assured, Edited, Noted
from flows.events.reports import ALONE
from flows.kept.settling import Inquiring, Settling, Viewing
from flows.kept.sheets import Receiving, SheetMark
from flows.kept.wishes import Doing, Introducing, Parting, Partnering
from flows.margin.editing import remembered
from flows.prompts import Notice, Prompt
from flows.session import card_of
from flows.turn import (
    Booking,
    Captioning,
    Concluding,
    Deciding,
    Erasing,
    Evidence,
    Founding,
    Inviting,
    Kept,
    Linking,
    Publishing,
    Refiling,
    Remark,
    Requesting,
    Sharing,
    Unbooking,
    Weighing,
    Withdrawing,
)
from model import library
from model.responses import Response
from storage import addresses, cities, diary, inbox, moves, outbox, sessions
from storage.database import Database, Transaction, UnavailableError
from storage.sessions import Standing

Clock = Callable[[], datetime]
"""The time now, aware, in UTC; injected, so that tests can let days pass."""

TRIES = 3
"""How often an update may fail before it is put aside, so that it does not block the line."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while the store cannot be written."""

_ANSWERS = (Typed, Skipped, WentBack, Continued, Sent)
"""What is only understood with the question before it."""

_log = logging.getLogger(__name__)


async def hear(database: Database, inbound: Inbound, clock: Clock) -> str:
    """Plays a turn and returns when it is durable; an update heard before changes nothing.

    What comes back is in words, and only for the one who acted, where a platform can tell one of several; mostly "".

    While the store cannot be written it keeps trying: the platform must not be told "received" before. A turn that
    fails three times for any other cause is parked with its traceback, and the respondent is told.
    """
    failures, pause = 0, 0.5
    while True:
        try:
            return await kept(database, lambda tx: _play(tx, inbound, clock()))
        except UnavailableError as error:
            _log.warning("The store cannot be written (%s); trying again in %.0f s", error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception:
            failures += 1
            _log.exception("Update %s failed (%d of %d)", inbound.update, failures, TRIES)
            if failures == TRIES:
                await kept(database, partial(_park, inbound, traceback.format_exc(), clock()))
                return ""


def _play(transaction: Transaction, inbound: Inbound, now: datetime) -> str:
    """One turn, in one transaction; what is only for the one who acted."""
    if not inbox.admit(transaction, inbound.update, now):
        return ""
    if isinstance(inbound.event, Migrated):
        moves.move(transaction, inbound.channel, inbound.chat, inbound.event.to)
        return ""
    if inbound.group:
        told = msgspec.structs.replace(inbound, name=clean(inbound.name))
        return gather(transaction, told, cleaned(inbound.event), now)
    _play_alone(transaction, inbound, now)
    return ""


def _play_alone(transaction: Transaction, inbound: Inbound, now: datetime) -> None:
    """One turn of somebody in a chat of their own."""
    language = inbound.language if inbound.language in library.instrument(*library.DEFAULT).languages else "en"
    name = clean(inbound.name)
    standing = addresses.meet(
        transaction, inbound.channel, inbound.chat, now, name=name, language=language, timezone=inbound.timezone
    )
    if isinstance(inbound.event, Left | Returned):
        (lose if isinstance(inbound.event, Left) else regain)(transaction, standing.address, now)
    elif not standing.reachable:  # known from a group until now
        regain(transaction, standing.address, now)
    event = as_reply(transaction, standing, cleaned(inbound.event), inbound.replies)
    current = in_open_wave(transaction, standing, now)
    if current is not standing or _is_called(transaction, standing):
        # An answer was one to the wave that is closed: the newer one asks its own first question.
        outbox.owe(transaction, current.address, current.session, [Notice("new_wave")], now)
        standing, event = current, Resumed() if _was_an_answer(event) else event
    if inbound.session not in {"", standing.session.id}:
        outbox.owe(transaction, standing.address, standing.session, [Notice("old_button")], now)
        return
    if isinstance(event, Started | Linked | Crossed) and event.code:
        entered = _enter(transaction, standing, event, now)
        if entered is None:
            return
        standing, event = entered, Started()
    act(transaction, standing, event, now, inbound)


def _was_an_answer(event: Event) -> bool:
    """Whether something was said to the question that was last asked; what names its own matter is heard anyway."""
    return isinstance(event, _ANSWERS) or (isinstance(event, Started) and not event.code)


def _is_called(transaction: Transaction, standing: Standing) -> bool:
    """Whether somebody writes before they could be told that their wave is open; they are told now."""
    return not standing.session.responses and diary.cancel(transaction, "opened", standing.row)


def _enter(
    transaction: Transaction, standing: Standing, event: Started | Linked | Crossed, now: datetime
) -> Standing | None:
    """Where a code leads, an invitation's or another chat's; None where it leads nowhere, which is said."""
    if isinstance(event, Linked):
        entered, told = join(transaction, standing, event.code, now)
    else:
        asked = None if isinstance(event, Crossed) else crossing(transaction, standing, event.code, now)
        if asked is not None:
            outbox.owe(transaction, standing.address, standing.session, [asked], now)
            return None
        entered, told = admit(transaction, standing, event.code, now), Notice("invitation_refused")
        if entered is not None:
            return entered
    outbox.owe(transaction, standing.address, (entered or standing).session, [told], now)
    return entered


def act(transaction: Transaction, standing: Standing, event: Event, now: datetime, inbound: Inbound = NOBODY) -> None:
    """The step itself, and all that comes of it; also where it comes of something that somebody did before."""
    instrument = instrument_of(standing)
    message = own(standing, inbound.own)
    event = msgspec.structs.replace(event, message=message) if isinstance(event, Edited) else event
    turn = step(instrument, standing.session, event, around(transaction, standing, instrument, event, now))
    turn = msgspec.structs.replace(turn, session=remembered(standing.session, turn, event, message))
    prompts = turn.prompts
    for thing in turn.keeps:
        standing, told = _keep(transaction, standing, thing, now)
        prompts += told
    sessions.keep(transaction, standing, turn.session, now)
    # A question is never asked in front of others; files and the desk may hold what people answered.
    place = inbound.place if isinstance(event, Asked) and event.report not in ALONE else ""
    outbox.owe(transaction, standing.address, turn.session, prompts, now, _tapped(inbound), place)
    if standing.elsewhere:
        mirror(transaction, standing, turn.session, prompts, now)
    if changes_plan(standing.session, turn.session):
        plan(transaction, msgspec.structs.replace(standing, session=turn.session), now)
    follow_up(transaction, standing, turn, now)


def _tapped(inbound: Inbound) -> outbox.Tapped:
    """Where the card of a tapped question stands, as the platform itself has just told."""
    beside = isinstance(inbound.event, Noted | Assured)  # their buttons stand below a message of their own
    key = "" if beside else getattr(inbound.event, "key", "")
    return outbox.Tapped(card_of(key), inbound.message) if key and inbound.message else outbox.NOTHING_TAPPED


def _keep(  # noqa: C901  # a closed list
    transaction: Transaction, standing: Standing, kept: Kept, now: datetime
) -> tuple[Standing, tuple[Prompt, ...]]:
    """Keeps one of the things a turn wants kept; what it does to others may have something to say."""
    match kept:
        case Response():
            sessions.append(transaction, standing.row, kept, now)
        case Evidence() | Refiling() | Captioning() | Erasing() | Remark() | Weighing() | Receiving() | SheetMark():
            note_down(transaction, standing, kept, now)
        case Sharing(agreed):
            cities.share(transaction, standing.city, now if agreed else None)
        case Founding(facts):
            return found(transaction, standing, facts, now), ()
        case Booking() | Unbooking() | Publishing() | Withdrawing() | Concluding():
            return standing, arrange(transaction, standing, kept, now)
        case Doing() | Partnering() | Parting() | Introducing():
            return standing, follow(transaction, standing, kept, now)
        case Requesting() | Deciding() | Inviting() | Linking():
            return standing, welcome(transaction, standing, kept, now)
        case Inquiring() | Settling() | Viewing():
            return standing, settle(transaction, standing, kept, now)
        case _:
            return standing, affect(transaction, standing, kept, now)
    return standing, ()


def _park(inbound: Inbound, report: str, now: datetime, transaction: Transaction) -> None:
    """Puts an update aside that cannot be heard, and says so to whoever sent it."""
    inbox.park(transaction, inbound.update, report, now)
    chat = inbound.group or inbound.chat
    standing = addresses.meet(transaction, inbound.channel, chat, now, name="" if inbound.group else inbound.name)
    told: list[Prompt] = [Notice("broken")]
    outbox.owe(transaction, standing.address, standing.session, told, now)
