"""What comes of a result: actions are kept, a city takes part in the partner search, two cities are introduced."""

from datetime import datetime
from typing import Literal

from bot.reports.following import partnering
from flows.around import Around, Member
from flows.kept.wishes import Doing, Following, Introducing, Parting, Partnering
from flows.prompts import Notice, Prompt
from flows.prompts.following import Introduction
from flows.together.reminding import open_from
from model.partners import reference, suits
from storage import actions, diary, outbox, partners, teams, waves
from storage.database import Transaction
from storage.partners import Introduced
from storage.sessions import Standing
from storage.teams import Reached


def around_following(transaction: Transaction, standing: Standing, now: datetime) -> Around:
    """The surroundings of a turn about actions or partners."""
    assert standing.wave is not None
    member = partners.find(transaction, standing.city)
    mates = teams.mates(transaction, standing.wave)
    return Around(
        now,
        standing.closes,
        str(standing.respondent or ""),
        team=tuple(Member(str(one.respondent), one.name, one.department, one.role) for one in mates),
        acts={
            item: Doing(item, one.owner, one.due, one.state, one.note)
            for item, one in actions.of_city(transaction, standing.city).items()
        },
        contact=member.contact if member else None,
    )


def follow(transaction: Transaction, standing: Standing, kept: Following, now: datetime) -> tuple[Prompt, ...]:
    """Keeps what a turn wants; what comes back is said to the one who acted."""
    match kept:
        case Doing():
            if standing.wave is not None:
                actions.keep(transaction, standing.wave, kept, now)
            return ()
        case Partnering(contact):
            partnering.join(transaction, standing.city, contact, now)
            return ()
        case Parting():
            left = partners.leave(transaction, standing.city)
            return (Notice("partner_left" if left else "partner_not_in"),)
        case Introducing():
            return (_introduce(transaction, standing, kept, now),)


def _introduce(transaction: Transaction, standing: Standing, kept: Introducing, now: datetime) -> Prompt:
    """Introduces two cities; the other one's coordinators hear of it in their working hours."""
    own = partners.find(transaction, standing.city)
    wave = waves.find(transaction, own.wave) if own and own.wave else None
    members = partners.every(transaction, wave.instrument, wave.version) if wave else []
    other = next((one for one in members if reference(one.candidate.city) == kept.partner), None)
    if own is None or other is None or not suits(own.candidate, other.candidate, kept.item):
        return Notice("partner_gone")
    city, there = standing.city, other.candidate.city
    met = [one for one in partners.introduced(transaction, city) if {one.city, one.partner} == {city, there}]
    before = next((one for one in met if one.item == kept.item), None)
    made = None if before else partners.introduce(transaction, city, there, kept.item, standing.respondent, now)
    if made is None:
        return Notice("introduced_before", (before.at if before else now).date().isoformat())
    diary.plan(transaction, "introduced", made, now)
    told = bool(teams.reached(transaction, "coordinator", there))
    who = other.candidate
    return Introduction(who.name, other.contact, kept.item, "asked", told, who.synthetic)


def tell(transaction: Transaction, row: int, now: datetime) -> None:
    """Tells the coordinators of two cities of their introduction, by day; but not the one who asked for it."""
    made = partners.introduction(transaction, row)
    if made is None:
        return
    readers = [(one, made.partner) for one in teams.reached(transaction, "coordinator", made.city)]
    readers = [(one, other) for one, other in readers if one.respondent != made.by]
    readers += [(one, made.city) for one in teams.reached(transaction, "coordinator", made.partner)]
    at = max((open_from(one.session, now) or now for one, _ in readers), default=now)
    if at > now:
        diary.plan(transaction, "introduced", row, at)
        return
    for reader, other in readers:
        _say(transaction, made, reader, other, now)


def _say(transaction: Transaction, made: Introduced, reader: Reached, other: str, now: datetime) -> None:
    member = partners.find(transaction, other)
    if member is None:  # it has left the search meanwhile, and is not named any more
        return
    who = member.candidate
    role: Literal["asked", "found"] = "asked" if other == made.partner else "found"
    told = Introduction(who.name, member.contact, made.item, role, synthetic=who.synthetic)
    outbox.owe(transaction, reader.address, reader.session, [told], now)
