"""The beginning: welcome, consent, and the facts of a city that nobody registered before."""

import msgspec

from flows.events import Consented, Event, Typed
from flows.prompts import Notice, Prompt, Welcome
from flows.prompts.questions import AskCity, AskConsent
from flows.session import CityFacts, Session
from flows.turn import Founding, Gathering, Turn, notice
from model.countries import read_country
from model.domains import Misfit, read_population, read_yes_no
from model.zones import zone_of_country

LONGEST_NAME = 60
"""Characters of a city's name: the longest official ones are shorter, and a chart's title holds it."""


def welcome(session: Session, items: int, minutes: int, *, kick_off: bool = False) -> tuple[Prompt, ...]:
    """What a newcomer hears first: so many statements, so many minutes; `kick_off` whether one could be booked."""
    leads = session.role == "coordinator" and session.joined
    return Welcome(items, session.city.name, minutes, leads), question(session, kick_off=kick_off)


def is_due(session: Session) -> bool:
    """Whether the survey itself cannot begin yet."""
    return not (session.consented and session.joined)


def question(session: Session, *, kick_off: bool = False) -> Prompt:
    """What is to be asked before the survey can begin."""
    if not session.consented:
        return AskConsent(kick_off)
    if not session.city.name:
        return AskCity("name")
    return AskCity("population" if session.city.country else "country", session.city.name)


def take(session: Session, event: Event) -> Turn:
    """The turn after an event while the survey has not begun."""
    match event:
        case Consented(agreed):
            return _consented(session, agreed=agreed)
        case Typed(text) if text.strip().startswith("/"):
            return notice(session, "unknown_command", question(session), about=text.split()[0])
        case Typed(text) if not session.consented:
            answer = read_yes_no(text, session.language)
            if isinstance(answer, Misfit):
                return notice(session, "not_understood", question(session))
            return _consented(session, agreed=answer)
        case Typed(text):
            return _city_fact(session, text.strip())
    return Turn(session, (question(session),))


def _consented(session: Session, *, agreed: bool) -> Turn:
    # Whoever wants nothing kept is not reminded of it either.
    wishes = msgspec.structs.replace(session.reminders, stopped=not agreed)
    after = msgspec.structs.replace(session, consented=agreed, reminders=wishes)
    if not agreed:
        return Turn(after, notice(after, "no_consent").prompts, (Gathering(),) if session.joined else ())
    if session.joined and not session.placed and session.timezone in {"", "UTC"}:  # nobody has told the city's yet
        return Turn(after, (Notice("timezone_asked"),))
    return _asked_on(after)


def _city_fact(session: Session, text: str) -> Turn:
    city = told(session.city, text, session.language)
    if isinstance(city, Notice):
        return Turn(session, (city, question(session)))
    return _asked_on(msgspec.structs.replace(session, city=city))


def told(city: CityFacts, text: str, language: str) -> CityFacts | Notice:
    """A city with one more fact, from what was typed; or what is wrong with it."""
    if not city.name:
        if not text or len(text) > LONGEST_NAME:
            return Notice("name_too_long", str(LONGEST_NAME))
        return msgspec.structs.replace(city, name=" ".join(text.split()))
    if not city.country:
        country = read_country(text, language)
        return Notice("country_unknown") if country is None else msgspec.structs.replace(city, country=country)
    people = read_population(text)
    if isinstance(people, Misfit):
        return Notice("population_odd")
    return msgspec.structs.replace(city, population=people)


def _asked_on(session: Session) -> Turn:
    """The next question; once all is known of a new city, it is founded instead, and the engine asks on."""
    if session.consented and session.city.population and not session.joined:
        zone = session.timezone or zone_of_country(session.city.country)
        founder = msgspec.structs.replace(session, joined=True, timezone=zone)
        return Turn(founder, () if zone else (Notice("timezone_asked"),), (Founding(session.city),))
    return Turn(session, () if not is_due(session) else (question(session),))
