"""Coming in: by an invitation, by founding a city, or into the newer wave of one's city."""

from datetime import datetime

import msgspec

from bot.conversation.others import reassign
from bot.conversation.planning import plan
from bot.conversation.welcoming import led_nowhere
from flows.margin.again import last_time
from flows.prompts.doorway import AskCross
from flows.session import CityFacts, LastTime, Promise, Remarks, Reminders, Session
from flows.together.coverage import asked, share
from model import library
from model.pooling import pool
from model.responses import Aspect
from storage import actions, addresses, cities, guesses, invitations, sessions, teams, waves
from storage.cities import City
from storage.database import Transaction
from storage.invitations import Invitation
from storage.sessions import Standing
from storage.waves import Wave

NEVER = LastTime()
"""What is known of last time where there was none."""


def found(transaction: Transaction, standing: Standing, facts: CityFacts, now: datetime) -> Standing:
    """A new city with this person as its coordinator, and its first wave."""
    placed = standing.session.timezone if standing.session.placed else ""
    city = cities.add(transaction, facts, now, timezone=placed)
    wave = waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), standing.session.form, now)
    name = addresses.name(transaction, standing.address)
    respondent = sessions.join(transaction, city.id, name, standing.session.role, None, now)
    sessions.assign(transaction, standing.row, respondent, wave.id)
    return msgspec.structs.replace(standing, city=city.id, respondent=respondent, wave=wave.id)


def crossing(transaction: Transaction, standing: Standing, code: str, now: datetime) -> AskCross | None:
    """What is asked before an invitation takes a chat from the place it has; None where it takes it from nowhere."""
    session = standing.session
    if standing.respondent is None or guesses.is_barred(transaction, standing.address, now):
        return None
    invitation = invitations.peek(transaction, code, now)
    if invitation is None or (invitation.city or "") == standing.city:
        return None
    there = cities.find(transaction, invitation.city)[0].name if invitation.city else ""
    here = session.city.name if standing.city else ""
    return AskCross(here, there, code, leads=session.role == "coordinator" and bool(here))


def admit(transaction: Transaction, standing: Standing, code: str, now: datetime) -> Standing | None:
    """Where an invitation leads; None where it leads nowhere, and nobody is told why."""
    barred = guesses.is_barred(transaction, standing.address, now)
    redeemed = None if barred else invitations.redeem(transaction, code, standing.address, now)
    if redeemed is None:
        led_nowhere(transaction, standing.address, now)
        return None
    invitation = redeemed.invitation
    if redeemed.again:
        return standing
    if invitation.city is None:
        return _engage(transaction, standing, invitation, now)
    if invitation.city == standing.city:
        # A coordinator who tries a colleague's invitation stays the coordinator: the city would have none.
        role = "coordinator" if standing.session.role == "coordinator" else invitation.role
        session = msgspec.structs.replace(standing.session, role=role)
        if standing.respondent is not None:
            sessions.appoint(transaction, standing.respondent, role)
        sessions.keep(transaction, standing, session, now)
        return msgspec.structs.replace(standing, session=session)
    city = cities.find(transaction, invitation.city)[0]
    wave = waves.current(transaction, city.id)
    if wave is None:
        wave = waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), "short", now)
    name = invitation.name or addresses.name(transaction, standing.address)
    respondent = sessions.join(transaction, city.id, name, invitation.role, invitation.department, now)
    known = standing.session
    newcomer = Session(
        id="",
        year=0,
        language=invitation.language or known.language,
        role=invitation.role,
        timezone=known.timezone,
        placed=known.placed,
    )
    return _enter(transaction, standing.address, respondent, city, wave, newcomer, now, invitation.department or "")


def _engage(transaction: Transaction, standing: Standing, invitation: Invitation, now: datetime) -> Standing:
    """A new session of somebody who belongs to the programme, and to no city."""
    if standing.respondent is not None and not standing.city and standing.session.role == invitation.role:
        return standing
    name = invitation.name or addresses.name(transaction, standing.address)
    respondent = sessions.join(transaction, None, name, invitation.role, None, now)
    begun = sessions.begin(transaction, invitation.language or standing.session.language, now)
    engaged = Standing(standing.address, sessions.row_of(begun), begun, respondent)
    sessions.assign(transaction, engaged.row, respondent, None)
    session = msgspec.structs.replace(begun, role=invitation.role)
    sessions.keep(transaction, engaged, session, now)
    addresses.move(transaction, standing.address, session)
    return msgspec.structs.replace(engaged, session=session)


def in_open_wave(transaction: Transaction, standing: Standing, now: datetime) -> Standing:
    """The same person in their city's newer wave, where theirs is closed and another is open."""
    wave = waves.current(transaction, standing.city) if standing.city and not standing.session.open else None
    if wave is None or wave.closed_at is not None or standing.respondent is None:
        return standing
    there = teams.row(transaction, wave.id, standing.respondent)
    if there is not None:  # another chat of theirs was faster
        addresses.join(transaction, standing.address, there)
        found = teams.standing(transaction, there)
        assert found is not None
        return msgspec.structs.replace(found, address=standing.address)
    city = cities.find(transaction, standing.city)[0]
    mates = teams.mates(transaction, standing.wave or 0)
    department = next((mate.department for mate in mates if mate.respondent == standing.respondent), "")
    known = _last_time(transaction, standing, wave, now)
    before = standing.session
    if before.form != wave.form:  # the other form has other statements: they are shared out anew
        before = msgspec.structs.replace(before, scope=None)
    entered = _enter(transaction, standing.address, standing.respondent, city, wave, before, now, department, known)
    addresses.follow(transaction, standing.row, entered.row)
    return entered


def _last_time(transaction: Transaction, standing: Standing, wave: Wave, now: datetime) -> LastTime:
    """What this person said in the wave that is closed; what the city disagrees about to this day is asked anew."""
    closed = waves.find(transaction, standing.wave) if standing.wave else None
    if closed is None or closed.instrument != wave.instrument:
        return LastTime()
    pooled = {
        item: pool(response for _, response in said)
        for (item, aspect), said in waves.responses(transaction, closed).items()
        if aspect is Aspect.AS_IS
    }
    answered_on = (standing.session.pace.last or closed.closed_at or now).date()
    return last_time(
        library.instrument(wave.instrument, wave.version),
        library.instrument(closed.instrument, closed.version),
        standing.session,
        answered_on,
        now.date(),
        {item for item, value in pooled.items() if value.disputed and not value.agreed},
    )


def _enter(
    transaction: Transaction,
    address: int,
    respondent: int,
    city: City,
    wave: Wave,
    before: Session,
    now: datetime,
    department: str,
    known: LastTime = NEVER,
) -> Standing:
    """A new session of a respondent in a wave; language, role and consent are those of the session `before`.

    Who answers for a department is asked its statements.
    """
    begun = sessions.begin(transaction, before.language, now)
    row = sessions.row_of(begun)
    entered = Standing(address, row, begun, respondent, city.id, wave.instrument, wave.version, wave.id, wave.closes_at)
    session = msgspec.structs.replace(
        begun,
        role=before.role,
        consented=before.consented,
        form=wave.form,
        year=wave.opened_at.year,
        open=wave.closed_at is None,
        city=CityFacts(city.name, city.country, city.population),
        joined=True,
        scope=_scope(transaction, wave, department, before),
        timezone=before.timezone if before.placed else city.timezone,
        placed=before.placed,
        reminders=Reminders(begun=now),
        remarks=Remarks(consent=before.remarks.consent, silent=before.remarks.silent),
        last_time=known,
        promised=_promised(transaction, wave) if before.role == "coordinator" else (),
    )
    sessions.assign(transaction, row, respondent, wave.id)
    sessions.keep(transaction, entered, session, now)
    addresses.move(transaction, address, session)
    entered = msgspec.structs.replace(entered, session=session)
    plan(transaction, entered, now)
    if department and session.role != "coordinator":
        reassign(transaction, wave.id, department, session.scope or (), now, respondent)
    return entered


def _promised(transaction: Transaction, wave: Wave) -> tuple[Promise, ...]:
    """The actions of the wave before of which it is asked what became of them: those that somebody leads."""
    known = library.instrument(wave.instrument, wave.version).indicators
    led = {item: one for item, one in actions.of_city(transaction, wave.city_id).items() if actions.is_led(one)}
    return tuple(
        Promise(item, led[item].owner, due.isoformat() if (due := led[item].due) else "")
        for item in known
        if item in led
    )


def _scope(transaction: Transaction, wave: Wave, department: str, before: Session) -> tuple[str, ...] | None:
    """What somebody is asked who comes in; None for all of it.

    A department's statements are its head's, or what was theirs in the wave before; the coordinator has all that no
    head of a department who came earlier is asked, whatever department they are of themselves.
    """
    if before.role == "expert":
        return ()
    instrument = library.instrument(wave.instrument, wave.version)
    if before.role != "coordinator":
        return before.scope or (share(instrument, wave.form, department) if department else before.scope)
    heads = [mate for mate in teams.mates(transaction, wave.id) if mate.role != "coordinator" and mate.department]
    held = {code for mate in heads if mate.department != department for code in mate.session.scope or ()}
    return tuple(code for code in asked(instrument, wave.form) if code not in held) if held else None
