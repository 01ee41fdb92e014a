"""Experts of the programme: the times they offer, and what they conclude about a city."""

from collections.abc import Iterator
from datetime import UTC
from urllib.parse import urlsplit

import msgspec

from flows.around import Around, MeetingKind
from flows.events import Event
from flows.events.appointing import Concluded, Published, Unbooked
from flows.prompts import NoticeKind
from flows.prompts.appointments import Agenda
from flows.session import Role, Session
from flows.together.reminding import zone
from flows.turn import Concluding, Publishing, Turn, Withdrawing, notice
from model.instrument import Instrument
from model.moments import Misread, read_moment

KINDS: dict[str, MeetingKind] = {"kick-off": "kick_off", "wrap-up": "wrap_up"}
"""The kinds of meeting, as programmes call them."""
_TYPED: dict[str, MeetingKind] = {
    **KINDS,
    **dict.fromkeys(("presentation", "presentación", "presentacion"), "kick_off"),
    **dict.fromkeys(("results", "resultados"), "wrap_up"),
}
"""And as the buttons call them, in any language."""
PUBLISHERS: tuple[Role, ...] = ("expert", "programme")
"""Who offers times and concludes."""
LONGEST_LINK = 500
"""Characters of a link: video services need far fewer, and a calendar shows no more."""
LONGEST_CONCLUSION = 1500
"""Characters of a conclusion: a slide's worth; who has more to say says it for each dimension."""
_MISREAD: dict[str, NoticeKind] = {
    "not_understood": "slot_unreadable",
    "no_zone": "slot_without_zone",
    "unknown_zone": "slot_zone_unknown",
    "past": "slot_in_past",
    "too_far": "slot_too_far",
}


def may_publish(session: Session) -> bool:
    """Whether somebody offers times and concludes."""
    return session.role in PUBLISHERS


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
    """The turn after an expert looked at their times, offered or took back one, or concluded something."""
    if not may_publish(session):
        return notice(session, "experts_only")
    match event:
        case Published(text):
            return _publish(session, text, around)
        case Unbooked(slot):
            return _withdraw(session, slot, around)
        case Concluded(text):
            return _conclude(instrument, session, text.strip(), around)
    return Turn(session, (_agenda(session, around),))


def is_link(text: str) -> bool:
    """Whether this is an http(s) address that can be opened."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isprintable() and not any(one.isspace() for one in text)
    return plain and parts.scheme in {"http", "https"} and bool(parts.netloc) and len(text) <= LONGEST_LINK


def _agenda(session: Session, around: Around) -> Agenda:
    return Agenda(around.slots, zone(session).key)


def _publish(session: Session, text: str, around: Around) -> Turn:
    assert around.now is not None
    kind, _, rest = text.strip().partition(" ")
    when, _, link = rest.strip().rpartition(" ")
    if kind.casefold() not in _TYPED or not when:
        return notice(session, "how_to_publish")
    if not is_link(link):
        return notice(session, "slot_no_link", about=link)
    here = zone(session) if session.placed or session.timezone not in {"", "UTC"} else None
    read = read_moment(when, here, around.now, country=session.city.country, language=session.language)
    if isinstance(read, Misread):
        return notice(session, _MISREAD[read.reason], about=read.about)
    # Whoever names a place lives by its clock, until they say otherwise.
    known = here.key if here else getattr(read.tzinfo, "key", "")
    after = msgspec.structs.replace(session, timezone=known)
    return Turn(after, keeps=(Publishing(_TYPED[kind.casefold()], read.astimezone(UTC), link),))


def _withdraw(session: Session, slot: str, around: Around) -> Turn:
    if all(one.id != slot for one in around.slots):
        return notice(session, "old_button", _agenda(session, around))
    return Turn(session, keeps=(Withdrawing(slot),))


def _conclude(instrument: Instrument, session: Session, text: str, around: Around) -> Turn:
    named = sorted(_named(text, around), key=lambda one: -len(one[1]))
    best = [one for one in named if len(one[1]) == len(named[0][1])]
    if not text or (named and not text[len(named[0][1]) :].strip()):
        return notice(session, "how_to_conclude")
    if len(best) != 1:
        return notice(session, "conclusion_of_no_city", about=text.split()[0])
    city, name = best[0]
    said, item = text[len(name) :].strip(), ""
    code, colon, rest = said.partition(":")
    if colon and code in instrument.dimension_codes and rest.strip():
        said, item = rest.strip(), code
    if len(said) > LONGEST_CONCLUSION:
        return notice(session, "conclusion_too_long", about=str(LONGEST_CONCLUSION))
    return Turn(session, keeps=(Concluding(city, said, item),))


def _named(text: str, around: Around) -> Iterator[tuple[str, str]]:
    """The cities with whose id or name a text begins: id, and what was typed of it."""
    for city, name in around.cities:
        for told in {city, name}:
            begun = text[: len(told)]
            if begun.casefold() == told.casefold() and not text[len(told) : len(told) + 1].strip(" \n:"):
                yield city, begun
