"""Whoever comes without an invitation: what this is, and a request that their city may take part."""

import re
from typing import Literal

import msgspec

from flows.around import Around
from flows.asking import consent
from flows.events import Asked, Attached, Event, Left, Returned, Sent, Spoke, Started, Typed, WentBack
from flows.events.arrivals import Applied
from flows.prompts import Notice, Prompt
from flows.prompts.doorway import AskRequest, AskSend, Lobby
from flows.session import CityFacts, Request, Session
from flows.turn import Requesting, Turn, notice
from model.domains import Misfit, read_yes_no

LONGEST_FACT = 100
"""Characters of a name or position: longer ones are a text sent by mistake."""
LONGEST_EMAIL = 254
"""Characters of an e-mail address (RFC 5321)."""
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_PERSON: tuple[Literal["name", "position", "email"], ...] = ("name", "position", "email")


def take(session: Session, event: Event, around: Around) -> Turn | None:
    """The turn of somebody who is in no city; None for what is not about coming in."""
    if isinstance(event, Applied):
        return _applied(session, event, around)
    if session.joined or isinstance(event, Asked | Left | Returned | Spoke):
        return None
    if session.request is not None:
        return _telling(session, session.request, event)
    if around.programme and not session.consented:
        return _waiting(session, event, _offered(around))
    return None


def question(session: Session, around: Around) -> Prompt | None:
    """What a newcomer is asked or offered; None where the survey itself is next."""
    if session.joined:
        return None
    if session.request is not None:
        return _asked(session.request)
    return _offered(around) if around.programme and not session.consented else None


def _offered(around: Around) -> Prompt:
    """What whoever waits at the door is told: when they asked, or how to ask."""
    return Notice("requested_before", around.wanted[0].since) if around.wanted else Lobby()


def _applied(session: Session, event: Applied, around: Around) -> Turn:
    if session.joined:
        return notice(session, "in_a_city", about=session.city.name)
    if around.wanted:
        return notice(_with(session, None), "requested_before", about=around.wanted[0].since)
    match event.wish:
        case "ask":
            return _on(session, session.request or Request())
        case "again":
            return _on(session, Request())
        case "drop":
            return _dropped(session)
    request = session.request
    if request is None or not isinstance(_asked(request), AskSend):
        return notice(session, "no_request")
    return _sent(session, request)


def _telling(session: Session, request: Request, event: Event) -> Turn:
    """The turn while somebody tells what a request needs."""
    match event:
        case Typed(text) if text.strip().startswith("/"):
            return notice(session, "unknown_command", _asked(request), about=text.split()[0])
        case Typed(text):
            return _told(session, request, " ".join(text.split()))
        case WentBack():
            return _on(session, _without_last(request))
        case Sent() | Attached():
            return notice(session, "not_an_answer", _asked(request))
        case Started():
            return notice(session, "welcome_back", _asked(request))
    return Turn(session, (_asked(request),))


def _told(session: Session, request: Request, text: str) -> Turn:
    """One more fact, from what was typed."""
    asked = _asked(request)
    if isinstance(asked, AskSend):
        agreed = read_yes_no(text, session.language)
        if isinstance(agreed, Misfit):
            return Turn(session, (asked,))
        return _sent(session, request) if agreed else _dropped(session)
    assert isinstance(asked, AskRequest)
    if asked.fact in {"city", "country", "population"}:
        city = consent.told(request.city, text, session.language)
        if isinstance(city, Notice):
            return Turn(session, (city, asked))
        return _on(session, msgspec.structs.replace(request, city=city))
    if not text or (len(text) > LONGEST_FACT and asked.fact != "email"):
        return notice(session, "text_too_long", asked, about=str(LONGEST_FACT))
    if asked.fact == "email" and (len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text)):
        return notice(session, "email_odd", asked)
    return _on(session, msgspec.structs.replace(request, **{asked.fact: text}))


def _sent(session: Session, request: Request) -> Turn:
    return Turn(_with(session, None), (Notice("requested"),), (Requesting(request),))


def _dropped(session: Session) -> Turn:
    return notice(_with(session, None), "request_dropped")


def _waiting(session: Session, event: Event, offered: Prompt) -> Turn:
    """The turn of whoever has neither an invitation nor begun a request."""
    match event:
        case Typed(text) if text.strip().startswith("/"):
            return notice(session, "unknown_command", offered, about=text.split()[0])
        case Sent() | Attached():
            return notice(session, "not_an_answer", offered)
    return Turn(session, (offered,))


def _asked(request: Request) -> Prompt:
    """The next question of a request."""
    city = request.city
    if not city.name:
        return AskRequest("city")
    if not city.population:
        return AskRequest("population" if city.country else "country", city.name)
    for fact in _PERSON:
        if not getattr(request, fact):
            return AskRequest(fact, city.name)
    return AskSend(request)


def _without_last(request: Request) -> Request:
    """A request without what was told last."""
    for fact in reversed(_PERSON):
        if getattr(request, fact):
            return msgspec.structs.replace(request, **{fact: ""})
    city = request.city
    if city.population:
        return Request(msgspec.structs.replace(city, population=0))
    return Request(CityFacts(city.name) if city.country else CityFacts())


def _on(session: Session, request: Request) -> Turn:
    return Turn(_with(session, request), (_asked(request),))


def _with(session: Session, request: Request | None) -> Session:
    return msgspec.structs.replace(session, request=request)
