"""A home's sections, the most important first: each a heading, a few lines, and what can be done about them."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from bot.home.answers import dimension
from bot.home.reading import Found
from bot.messages import Button, Message, Offer
from bot.reports import results
from bot.reports.results.gating import needed
from bot.wording import section, word
from bot.wording.catalogues import translations
from bot.wording.labels import label
from bot.wording.offering import whole
from flows import wire
from flows.around import Member
from flows.arriving.officers import is_one
from flows.events import Asked, Continued, Event, Nudged, Started, Took
from flows.pace import left, minutes
from flows.path import due
from flows.prompts import Help
from flows.prompts.doorway import Lobby, Office
from flows.prompts.teamwork import UNMOVED
from flows.session import Session, item_of
from flows.together import team
from flows.together.reminding import zone
from model import library
from model.instrument import Instrument

MOST_NUDGES = 10
"""People whom a coordinator reminds from home, those with most to do first; /team has all of them."""
A_ROW = 5
"""Buttons beside each other."""
MOST_OFFERED = 3
"""Hand-ons that are answered from home; each has its message in the chat as well."""
_NEUTRAL = Help()
"""Labels depend on what they stand below; here on nothing."""


def sections(found: Found | None, now: datetime, language: str) -> Iterator[Message]:
    """All sections of somebody's home; whoever is in no city learns how to begin."""
    if found is None:
        known = library.instrument(*library.DEFAULT).languages
        stranger = Session("", now.year, language if language in known else "en")
        yield word(Lobby(), stranger, library.instrument(*library.DEFAULT, stranger.language))
        return
    session, instrument = found.standing.session, found.instrument
    if is_one(session) or found.standing.wave is None:
        yield word(Office(session.role) if is_one(session) else Lobby(), session, instrument)
        return
    closes = found.standing.closes
    day = closes.astimezone(zone(session)).date().isoformat() if closes else ""
    told = {"name": found.name, "department": found.department, "closes": day}
    yield section("HomePerson", session, instrument, told)
    yield _open(found)
    if not session.consented:
        return
    if found.around is not None:
        yield _board(found)
    if found.result is not None:
        yield _result(found)
    for one in instrument.dimensions:
        mine = dimension(found, one)
        if mine is not None:
            yield mine


def _open(found: Found) -> Message:
    """What is open, in minutes, and what colleagues hand on."""
    session, instrument = found.standing.session, found.instrument
    over = not session.open or (session.finished and due(instrument, session) is None)
    still = 0 if over else len(left(instrument, session))
    facts = {"left": still, "minutes": minutes(session, still), "offered": found.offered[:MOST_OFFERED]}
    said = section("HomeOpen", session, instrument, facts)
    if not session.consented:
        return structs.replace(said, buttons=((_button(found, Started()),),) if session.open else ())
    going = ((_button(found, Continued()),),) if still else ()
    answers = [
        tuple(_taking(found, offer.items, Took(offer.id, agreed)) for agreed in (True, False))
        for offer in found.offered[:MOST_OFFERED]
    ]
    return structs.replace(said, buttons=(*going, *answers), offers=_next(found) if still else ())


def _next(found: Found) -> tuple[Offer, ...]:
    """The capability that is asked now, as a form."""
    key = due(found.instrument, found.standing.session)
    gettext = translations(found.standing.session.language).gettext
    return (whole(found.instrument.capability_of[item_of(key)].code, gettext),) if key else ()


def _board(found: Found) -> Message:
    """The team as the coordinator sees it, and whom to remind."""
    assert found.around is not None
    session, instrument = found.standing.session, found.instrument
    said = word(team.board(instrument, session, found.around), session, instrument)
    waiting = [one for one in found.around.team if _can_be_nudged(one, found.around.me)] if session.open else []
    waiting.sort(key=lambda one: -one.minutes)
    nudges = [_button(found, Nudged(one.id), one.name) for one in waiting[:MOST_NUDGES]]
    rows = [tuple(nudges[at : at + A_ROW]) for at in range(0, len(nudges), A_ROW)]
    return structs.replace(said, buttons=(*rows, (_button(found, Asked("team")),)))


def _can_be_nudged(member: Member, me: str) -> bool:
    return member.id not in {"", me} and member.disposition not in {*UNMOVED, "invited", "unreachable"}


def _result(found: Found) -> Message:
    """The city's scores as far as they show, and what is still needed for the rest."""
    assert found.result is not None
    session = found.standing.session
    told = results.instrument_of(found.result, session.language)
    open_ = session.open and found.result.wave.id == found.standing.wave
    facts = {"result": found.result, "needed": tuple(needed(found.result).items()) if open_ else ()}
    said = section("HomeResult", session, told, facts)
    row = tuple(_button(found, event) for event in (Asked("scores"), Asked("benchmark")))
    return structs.replace(said, buttons=(row,))


def _taking(found: Found, items: tuple[str, ...], event: Took) -> Button:
    """A yes or no to a hand-on, with what it is about: several may stand below each other."""
    button = _button(found, event)
    return structs.replace(button, label=f"{items[0]}{' …' if len(items) > 1 else ''}: {button.label}")


def _button(found: Found, event: Event, name: str = "") -> Button:
    session, instrument = found.standing.session, found.instrument
    gettext = translations(session.language).gettext
    told = gettext("Remind %(name)s") % {"name": _cut(name)} if name else _label(event, instrument, session)
    return Button(told, wire.encode(session.id, event))


def _cut(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"


def _label(event: Event, instrument: Instrument, session: Session) -> str:
    return label(event, _NEUTRAL, instrument, translations(session.language).gettext)
