"""`hear`, the only place that knows both the store and the flows: an update comes in, and its turn is durable."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from bot.durable import kept
from flows.engine import step
from flows.events import AnyEvent, Asked, Attached, Event, Left, Resumed, Returned, Started, Typed
from flows.prompts import Notice, Prompt
from flows.session import CityFacts, Session, card_of
from flows.turn import Evidence, Founding, Kept, Sharing
from model import library
from model.instrument import Instrument
from model.responses import Response
from storage import addresses, cities, inbox, invitations, outbox, sessions, waves
from storage.cities import City
from storage.database import Database, Transaction, UnavailableError
from storage.sessions import Standing
from storage.waves import Wave

Clock = Callable[[], datetime]
"""The time now, aware, in UTC; injected, so that tests can let days pass."""

TRIES = 3
"""How often an update may fail before it is put aside, so that it does not block the line."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while the store cannot be written."""

_log = logging.getLogger(__name__)


class Inbound(msgspec.Struct, frozen=True):
    """An update from a platform, understood. `session` and `message` tell of the button tapped, "" for all else."""

    update: str
    channel: str
    chat: str
    event: AnyEvent
    session: str = ""
    message: str = ""
    name: str = ""
    language: str = ""


async def hear(database: Database, inbound: Inbound, clock: Clock) -> None:
    """Plays a turn and returns when it is durable; an update heard before changes nothing.

    While the store cannot be written it keeps trying: the platform must not be told "received" before. A turn that
    fails three times for any other cause is parked with its traceback, and the respondent is told.
    """
    failures, pause = 0, 0.5
    while True:
        try:
            await kept(database, lambda tx: _play(tx, inbound, clock()))
        except UnavailableError as error:
            _log.warning("The store cannot be written (%s); trying again in %.0f s", error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception:
            failures += 1
            _log.exception("Update %s failed (%d of %d)", inbound.update, failures, TRIES)
            if failures == TRIES:
                await kept(database, partial(_park, inbound, traceback.format_exc(), clock()))
                return
        else:
            return


def _play(transaction: Transaction, inbound: Inbound, now: datetime) -> None:
    """One turn, in one transaction."""
    if not inbox.admit(transaction, inbound.update, now):
        return
    language = inbound.language if inbound.language in library.instrument(*library.DEFAULT).languages else "en"
    name = _clean(inbound.name)
    standing = addresses.meet(transaction, inbound.channel, inbound.chat, now, name=name, language=language)
    if isinstance(inbound.event, Left | Returned):
        addresses.mark(transaction, standing.address, reachable=isinstance(inbound.event, Returned))
    event: Event = _cleaned(inbound.event)
    current = _in_open_wave(transaction, standing, now)
    if current is not standing:
        # What was said, was said to the wave that is closed: the newer one asks its own first question.
        outbox.owe(transaction, current.address, current.session, [Notice("new_wave")], now)
        standing, event = current, event if isinstance(event, Asked) else Resumed()
    if inbound.session not in {"", standing.session.id}:
        outbox.owe(transaction, standing.address, standing.session, [Notice("old_button")], now)
        return
    if isinstance(event, Started) and event.code:
        admitted = _admit(transaction, standing, event.code, now)
        if admitted is None:
            outbox.owe(transaction, standing.address, standing.session, [Notice("invitation_refused")], now)
            return
        standing, event = admitted, Started()
    turn = step(_instrument(standing), standing.session, event)
    for thing in turn.keeps:
        standing = _keep(transaction, standing, thing, now)
    sessions.keep(transaction, standing, turn.session, now)
    outbox.owe(transaction, standing.address, turn.session, turn.prompts, now, _tapped(inbound))


def _cleaned(event: AnyEvent) -> Event:
    """An event without what a store cannot hold."""
    match event:
        case Typed(text):
            return Typed(_clean(text))
        case Attached(kind, reference, caption):
            return Attached(kind, reference, _clean(caption))
    return event


def _clean(text: str) -> str:
    """A text without NUL characters and lone surrogates, which PostgreSQL and UTF-8 do not have."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _tapped(inbound: Inbound) -> outbox.Tapped:
    """Where the card of a tapped question stands, as the platform itself has just told."""
    key = getattr(inbound.event, "key", "")
    return outbox.Tapped(card_of(key), inbound.message) if key and inbound.message else outbox.NOTHING_TAPPED


def _instrument(standing: Standing) -> Instrument:
    code, version = (standing.instrument, standing.version) if standing.instrument else library.DEFAULT
    return library.instrument(code, version, standing.session.language)


def _keep(transaction: Transaction, standing: Standing, kept: Kept, now: datetime) -> Standing:
    """Keeps one of the things a turn wants kept."""
    match kept:
        case Response():
            sessions.append(transaction, standing.row, kept, now)
        case Evidence():
            sessions.file(transaction, standing.row, kept, now)
        case Sharing(agreed):
            cities.share(transaction, standing.city, now if agreed else None)
        case Founding(facts):
            return _found(transaction, standing, facts, now)
    return standing


def _found(transaction: Transaction, standing: Standing, facts: CityFacts, now: datetime) -> Standing:
    """A new city with this person as its coordinator, and its first wave."""
    city = cities.add(transaction, facts, now)
    wave = waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), standing.session.form, now)
    name = addresses.name(transaction, standing.address)
    respondent = sessions.join(transaction, city.id, name, standing.session.role, None, now)
    sessions.assign(transaction, standing.row, respondent, wave.id)
    return msgspec.structs.replace(standing, city=city.id, respondent=respondent)


def _admit(transaction: Transaction, standing: Standing, code: str, now: datetime) -> Standing | None:
    """Where an invitation leads; None where it leads nowhere, and nobody is told why."""
    redeemed = invitations.redeem(transaction, code, standing.address, now)
    if redeemed is None:
        return None
    invitation = redeemed.invitation
    if redeemed.again:
        return standing
    if invitation.city == standing.city:
        session = msgspec.structs.replace(standing.session, role=invitation.role)
        sessions.keep(transaction, standing, session, now)
        return msgspec.structs.replace(standing, session=session)
    city = cities.find(transaction, invitation.city)[0]
    wave = waves.current(transaction, city.id)
    if wave is None:
        wave = waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), "short", now)
    name = invitation.name or addresses.name(transaction, standing.address)
    respondent = sessions.join(transaction, city.id, name, invitation.role, invitation.department, now)
    newcomer = Session(id="", year=0, language=invitation.language or standing.session.language, role=invitation.role)
    return _enter(transaction, standing.address, respondent, city, wave, newcomer, now)


def _in_open_wave(transaction: Transaction, standing: Standing, now: datetime) -> Standing:
    """The same person in their city's newer wave, where theirs is closed and another is open."""
    wave = waves.current(transaction, standing.city) if standing.city and not standing.session.open else None
    if wave is None or wave.closed_at is not None or standing.respondent is None:
        return standing
    city = cities.find(transaction, standing.city)[0]
    return _enter(transaction, standing.address, standing.respondent, city, wave, standing.session, now)


def _enter(
    transaction: Transaction, address: int, respondent: int, city: City, wave: Wave, before: Session, now: datetime
) -> Standing:
    """A new session of a respondent in a wave; language, role and consent are those of the session `before`."""
    begun = sessions.begin(transaction, before.language, now)
    row = sessions.row_of(begun)
    entered = Standing(address, row, begun, respondent, city.id, wave.instrument, wave.version)
    session = msgspec.structs.replace(
        begun,
        role=before.role,
        consented=before.consented,
        form=wave.form,
        year=wave.opened_at.year,
        open=wave.closed_at is None,
        city=CityFacts(city.name, city.country, city.population),
        joined=True,
    )
    sessions.assign(transaction, row, respondent, wave.id)
    sessions.keep(transaction, entered, session, now)
    addresses.move(transaction, address, session)
    return msgspec.structs.replace(entered, session=session)


def _park(inbound: Inbound, report: str, now: datetime, transaction: Transaction) -> None:
    """Puts an update aside that cannot be heard, and says so to whoever sent it."""
    inbox.park(transaction, inbound.update, report, now)
    standing = addresses.meet(transaction, inbound.channel, inbound.chat, now, name=inbound.name)
    told: list[Prompt] = [Notice("broken")]
    outbox.owe(transaction, standing.address, standing.session, told, now)
