"""What several people say in one chat: who they are, what the step makes of it, and what is kept and owed."""

from datetime import datetime, timedelta

import msgspec

from bot.conversation.completing import complete
from bot.conversation.entering import in_open_wave
from bot.conversation.inbound import Inbound
from bot.conversation.milestones import catch_up, celebrate
from bot.conversation.others import instrument_of
from bot.conversation.surroundings import answered, members
from bot.conversation.workshops import end, going, hold, votes
from bot.wording import word
from flows import groups as flow
from flows.events import Asked, Event
from flows.events.gathering import AtBallot, Convened, Expelled, Voted
from flows.groups.around import Company, Gathered, Hosting, Vote, Workshop
from flows.prompts import Notice
from flows.session import CityFacts
from model import library
from model.responses import Response
from storage import addresses, cities, groups, leftovers, outbox, sessions, teams, waves, workshops
from storage.database import Transaction
from storage.sessions import Standing
from storage.workshops import Going

WINDOW = 5
"""Seconds of votes that change a card once: twenty messages a minute are all that a group takes."""
LONGEST_NAME = 60
"""Characters of a person's name that are kept beside a vote."""


def gather(transaction: Transaction, inbound: Inbound, event: Event, now: datetime) -> str:
    """One turn in a group, in one transaction; what comes back is only for the one who acted."""
    language = inbound.language if inbound.language in library.instrument(*library.DEFAULT).languages else "en"
    who = _who(transaction, inbound, event, now, language)
    group = addresses.meet(transaction, inbound.channel, inbound.group, now, language=language)
    if not group.reachable and not isinstance(event, Expelled):
        addresses.mark(transaction, group.address, reachable=True)
    tapped = inbound.session != ""
    if inbound.session not in {"", group.session.id}:
        said = Gathered(whisper=Notice("group_button"))
    else:
        held = going(transaction, group)
        company = _company(transaction, group, who, held, inbound, event, now)
        said = flow.step(instrument_of(group), company, event, tapped=tapped)
        group = _keep(transaction, group, who, held, said, now)
    due = _window(now) if said.soon else now
    outbox.owe(transaction, group.address, group.session, said.prompts, due, place=inbound.place)
    if isinstance(event, Expelled):
        addresses.mark(transaction, group.address, reachable=False)
        leftovers.drop(transaction, group.address)
    if any(isinstance(kept, Response) for kept in said.keeps):
        celebrate(transaction, group.city, group.wave, now)
        complete(transaction, group.wave or 0, now)
    return _whispered(said, group, who, language)


def leave(transaction: Transaction, address: int, now: datetime) -> bool:
    """The bot cannot write in a group any more: nothing is owed there, and whoever leads the city hears of it.

    False for an address that is no group's.
    """
    city = groups.city(transaction, address)
    if city is None:
        return False
    _take(transaction, address, now)
    addresses.mark(transaction, address, reachable=False)
    leftovers.drop(transaction, address)
    for one in teams.reached(transaction, "coordinator", city):
        outbox.owe(transaction, one.address, one.session, [Notice("group_lost", one.session.city.name)], now)
    return True


def _who(transaction: Transaction, inbound: Inbound, event: Event, now: datetime, language: str) -> Standing | None:
    """The one who acts, in their city's open wave; who is not known yet becomes so by a vote."""
    found = sessions.find(transaction, inbound.channel, inbound.chat)
    if found is None and isinstance(event, Voted):
        name = inbound.name[:LONGEST_NAME]
        return addresses.meet(
            transaction, inbound.channel, inbound.chat, now, name=name, language=language, reachable=False
        )
    if found is not None and found.session.role == "coordinator":
        return in_open_wave(transaction, found, now)
    return found


def _company(
    transaction: Transaction,
    group: Standing,
    who: Standing | None,
    held: Going | None,
    inbound: Inbound,
    event: Event,
    now: datetime,
) -> Company:
    """The surroundings of a step; the team is only looked up where the city's way is asked for."""
    wave = waves.find(transaction, group.wave) if group.wave else None
    leads = who.city if who and who.respondent and who.session.role == "coordinator" else ""
    company = Company(
        now,
        me=who.address if who else 0,
        name=inbound.name[:LONGEST_NAME],
        leads=leads,
        leads_name=who.session.city.name if who and leads else "",
        city=group.city,
        city_name=group.session.city.name if group.city else "",
        form=wave.form if wave else "short",
        open=group.session.open,
    )
    if isinstance(event, AtBallot) and held:
        return msgspec.structs.replace(company, workshop=held.workshop, votes=votes(transaction, held))
    if isinstance(event, Convened) and group.wave:
        if held:
            company = msgspec.structs.replace(company, workshop=held.workshop, votes=votes(transaction, held))
        agreed, before = workshops.agreed(transaction, group.wave), workshops.held(transaction, group.address)
        return msgspec.structs.replace(company, agreed=agreed, held=before)
    if isinstance(event, Asked) and event.report == "progress" and group.wave:
        mates = teams.mates(transaction, group.wave)
        team = members(transaction, group.city, instrument_of(group), mates, now)
        given = answered(transaction, mates, group.wave)
        return msgspec.structs.replace(company, team=team, answered=given)
    return company


def _keep(
    transaction: Transaction, group: Standing, who: Standing | None, held: Going | None, said: Gathered, now: datetime
) -> Standing:
    """Keeps what a step wants kept; the group as it stands then."""
    for kept in said.keeps:
        match kept:
            case Hosting(on):
                group = _host(transaction, group, who, now) if on else group
                if not on:
                    _take(transaction, group.address, now)
            case Workshop():
                hold(transaction, group, held, kept, now)
            case Vote() if held:
                workshops.vote(transaction, held.row, held.workshop, kept, now)
            case Response() if who:
                sessions.append(transaction, who.row, kept, now)
    return group


def _host(transaction: Transaction, group: Standing, who: Standing | None, now: datetime) -> Standing:
    """The group is in the wave of the city that is led by the one who acts, and speaks their language."""
    wave = waves.current(transaction, who.city) if who else None
    if who is None or wave is None:
        return group
    groups.give(transaction, group.address, group.row, who.city, wave.id, who.respondent, now)
    city = cities.find(transaction, who.city)[0]
    session = msgspec.structs.replace(
        group.session,
        language=who.session.language,
        role="respondent",  # it has no respondent, and no rights of anybody
        year=wave.opened_at.year,
        city=CityFacts(city.name, city.country, city.population),
        joined=True,
        consented=True,
        timezone=city.timezone,
    )
    sessions.keep(transaction, group, session, now)
    catch_up(transaction, group.address, city.id)
    found = sessions.find(transaction, *addresses.place(transaction, group.address))
    assert found is not None
    return found


def _take(transaction: Transaction, address: int, now: datetime) -> None:
    """The group is nobody's any more."""
    end(transaction, address, now)
    groups.take(transaction, address, addresses.row(transaction, address))


def _window(now: datetime) -> datetime:
    """The end of the present few seconds: all votes in them change the card together."""
    return now + timedelta(seconds=WINDOW - now.timestamp() % WINDOW)


def _whispered(said: Gathered, group: Standing, who: Standing | None, language: str) -> str:
    """What only the one who acted is told, in their own language."""
    if said.whisper is None:
        return ""
    told = who.session.language if who else language
    session = msgspec.structs.replace(group.session, language=told)
    return word(said.whisper, session, library.instrument(*library.DEFAULT, told)).body
