"""What comes of people coming in: requests reach the programme, its decisions the city; invitations; second chats."""

import logging
from datetime import datetime, timedelta

from flows.around import Wanted
from flows.prompts import Notice, Prompt
from flows.prompts.doorway import Admitted, Decision, Forward, LinkCode, Requested
from flows.session import CityFacts, Request
from flows.turn import Arriving, Deciding, Inviting, Linking, Requesting
from storage import addresses, cities, guesses, invitations, links, officers, outbox, requests, sessions
from storage.cities import City
from storage.database import Transaction
from storage.invitations import LIFETIME, Invitation
from storage.requests import Kept
from storage.sessions import Standing

LONGEST_NUMBER = 10
"""A request's number has fewer digits, or no store can look it up."""

_log = logging.getLogger(__name__)


def welcome(transaction: Transaction, standing: Standing, kept: Arriving, now: datetime) -> tuple[Prompt, ...]:
    """Does what a turn wants; what comes back is said to the one who acted."""
    match kept:
        case Requesting(request):
            _ask(transaction, standing, request, now)
            return ()
        case Deciding(request, agreed):
            return _judge(transaction, standing, request, now, agreed=agreed)
        case Inviting(name, department):
            wanted = Invitation(standing.city, "respondent", name, department or None, standing.session.language)
            return (invite(transaction, wanted, now),)
        case Linking():
            code = links.issue(transaction, standing.row, now)
            return (LinkCode(code, links.LIFETIME // timedelta(minutes=1)),)


def invite(transaction: Transaction, wanted: Invitation, now: datetime, lifetime: timedelta = LIFETIME) -> Forward:
    """A new invitation, as a text to forward."""
    code = invitations.issue(transaction, wanted, now, lifetime)
    found = cities.find(transaction, wanted.city)[0].name if wanted.city else ""
    until = (now + lifetime).date().isoformat()
    return Forward(code, until, wanted.name, wanted.role, found, wanted.department or "")


def wanted(transaction: Transaction, kept: Kept) -> Wanted:
    """A request as an officer sees it."""
    known = _city_of(transaction, kept.request.city) is not None
    return Wanted(str(kept.id), kept.request, kept.at.date().isoformat(), known=known)


def decide(transaction: Transaction, request: int, by: str, now: datetime, *, agreed: bool) -> Decision | None:
    """Accepts or declines a request, and tells who made it; the first decision holds. None where there is none."""
    kept = requests.find(transaction, request)
    if kept is None:
        return None
    if not requests.decide(transaction, request, by, accepted=agreed):
        again = requests.find(transaction, request)
        assert again is not None
        return Decision(kept.request, bool(again.accepted), again.decided_by, late=True)
    if not agreed:
        _tell(transaction, kept, Notice("declined", kept.request.city.name), now)
        return Decision(kept.request, agreed=False, by=by)
    there = _city_of(transaction, kept.request.city)
    city = there or cities.add(transaction, kept.request.city, now)
    language = addresses.session(transaction, kept.address).language
    invitation = Invitation(city.id, "coordinator", kept.request.name, language=language)
    code = invitations.issue(transaction, invitation, now)
    _tell(transaction, kept, Admitted(city.name, code, (now + LIFETIME).date().isoformat()), now)
    return Decision(kept.request, agreed=True, by=by, city=city.id, known=there is not None)


def join(transaction: Transaction, standing: Standing, code: str, now: datetime) -> tuple[Standing | None, Notice]:
    """Where a code of another chat leads, and what is said about it; None where this chat stays what it is."""
    row = None if guesses.is_barred(transaction, standing.address, now) else links.find(transaction, code, now)
    if row is None:
        led_nowhere(transaction, standing.address, now)
        return None, Notice("link_refused")
    if row == standing.row:
        return None, Notice("link_here")
    if standing.respondent is not None:
        return None, Notice("link_has_place")
    if not links.use(transaction, code, standing.address):
        return None, Notice("link_refused")
    for other in addresses.others(transaction, row, standing.address):
        outbox.owe(transaction, other, addresses.session(transaction, other), [Notice("linked_another")], now)
    addresses.join(transaction, standing.address, row)
    joined = sessions.find(transaction, *addresses.place(transaction, standing.address))
    assert joined is not None
    return joined, Notice("linked")


def led_nowhere(transaction: Transaction, address: int, now: datetime) -> None:
    """A code led nowhere: noted and logged, without the code; while too many did, they are only logged."""
    if guesses.is_barred(transaction, address, now):
        _log.warning("Address %d tries more codes; none is looked up", address)
        return
    guesses.note(transaction, address, now)
    _log.warning("A code from address %d led nowhere", address)


def _ask(transaction: Transaction, standing: Standing, request: Request, now: datetime) -> None:
    made = requests.add(transaction, standing.address, request, now)
    kept = requests.find(transaction, made)
    assert kept is not None
    for one in officers.every(transaction):
        if one.home is not None:
            outbox.owe(transaction, one.home, one.session, [Requested(wanted(transaction, kept))], now)


def _judge(
    transaction: Transaction, standing: Standing, request: str, now: datetime, *, agreed: bool
) -> tuple[Prompt, ...]:
    by = next((one.name for one in officers.every(transaction) if one.respondent == standing.respondent), "")
    if not request.isdecimal() or len(request) >= LONGEST_NUMBER:
        return (Notice("no_request"),)
    return (decide(transaction, int(request), by, now, agreed=agreed) or Notice("no_request"),)


def _tell(transaction: Transaction, kept: Kept, prompt: Prompt, now: datetime) -> None:
    outbox.owe(transaction, kept.address, addresses.session(transaction, kept.address), [prompt], now)


def _city_of(transaction: Transaction, facts: CityFacts) -> City | None:
    """The city of that name and country, where it takes part already."""
    found = cities.find(transaction, facts.name)
    return next((one for one in found if one.country == facts.country and not one.synthetic), None)
