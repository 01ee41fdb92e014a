"""What a city is strong in and what it says works there: kept for the partner search, and found for a reader."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from bot.reports.results import of_wave
from flows.prompts.following import Found, Partners
from model.partners import matches, reference, strong
from storage import cities, partners, remarks, waves
from storage.cities import City
from storage.database import Transaction
from storage.partners import Member
from storage.waves import Wave

SHOWN = 2
"""Successes that are shown of a city and capability."""
Words = tuple[str, str]
"""What works, in somebody's words, after the capability or dimension that it is about."""


class Terms(msgspec.Struct, frozen=True):
    """What others would see of a city: its strong capabilities, and what its people say works there."""

    strengths: tuple[str, ...]
    words: tuple[Words, ...]
    closed: bool
    synthetic: bool


def refresh(transaction: Transaction, city: str, now: datetime) -> None:
    """Computes the kept scores of a city anew; of one that takes no part there are none."""
    member = partners.find(transaction, city) if city else None
    if member is not None:
        join(transaction, city, member.contact, now)


def join(transaction: Transaction, city: str, contact: str, now: datetime) -> None:
    """Lets a city be found with this contact, and with the scores of its latest closed wave."""
    found = _the(transaction, city)
    wave, scores = _scored(transaction, found, now.date()) if found else (None, {})
    if found is not None:
        partners.keep(transaction, city, contact, wave.id if wave else None, scores, now)


def terms(transaction: Transaction, city: str, today: date) -> Terms | None:
    """What others would see of a city; None for one that there is not."""
    found = _the(transaction, city)
    if found is None:
        return None
    wave, scores = _scored(transaction, found, today)
    words = _words(transaction, wave.id) if wave else {}
    shown = strong(scores)
    said = dict.fromkeys(one for code in shown for one in _about(words, code))
    return Terms(shown, tuple(said), wave is not None, found.synthetic)


def board(transaction: Transaction, city: str, prompt: Partners) -> Partners:
    """The board with the cities found for each weak capability; empty where the city takes no part."""
    own = partners.find(transaction, city)
    wave = waves.find(transaction, own.wave) if own and own.wave else None
    if own is None or wave is None:
        return prompt
    members = {one.candidate.city: one for one in partners.every(transaction, wave.instrument, wave.version)}
    met = _met(transaction, city)
    told: dict[int, Mapping[str, Sequence[Words]]] = {}

    def shown(code: str, other: str) -> Found:
        member = members[other]
        assert member.wave is not None
        if member.wave not in told:
            told[member.wave] = _words(transaction, member.wave)
        return _found(member, _about(told[member.wave], code), met.get((other, code), ""))

    found = matches(city, (one.candidate for one in members.values()))
    rows = tuple((one.code, tuple(shown(one.code, other) for other in one.cities)) for one in found)
    return msgspec.structs.replace(prompt, contact=own.contact, found=rows)


def _found(member: Member, words: tuple[Words, ...], met: str) -> Found:
    one = member.candidate
    contact = member.contact if met else ""
    return Found(reference(one.city), one.name, one.synthetic, words, met, contact)


def _met(transaction: Transaction, city: str) -> Mapping[tuple[str, str], str]:
    """The days (ISO) on which a city was introduced to others, by the other and the capability."""
    found = partners.introduced(transaction, city)
    return {(one.partner if one.city == city else one.city, one.item): one.at.date().isoformat() for one in found}


def _the(transaction: Transaction, city: str) -> City | None:
    return next((one for one in cities.find(transaction, city) if one.id == city), None)


def _scored(transaction: Transaction, city: City, today: date) -> tuple[Wave | None, Mapping[str, float]]:
    """A city's latest closed wave, and the scores of its capabilities there, where they show."""
    wave = next((one for one in waves.of_city(transaction, city.id) if one.closed_at is not None), None)
    if wave is None:
        return None, {}
    card = of_wave(transaction, city, wave, wave.form, today).scorecard
    return wave, {one.code: one.score for one in card.capabilities if one.score is not None}


def _words(transaction: Transaction, wave: int) -> Mapping[str, Sequence[Words]]:
    """What people say works, by the capability or dimension it is about, where they let it be quoted."""
    found: dict[str, list[Words]] = {}
    for one in remarks.of_wave(transaction, wave):
        if one.kind == "success" and one.quotable:
            found.setdefault(one.item, []).append((one.item, one.text))
    return found


def _about(words: Mapping[str, Sequence[Words]], code: str) -> tuple[Words, ...]:
    """What works in a capability; else in its dimension, which is all that the short form asks about."""
    return tuple((words.get(code) or words.get(code.partition(".")[0]) or ())[-SHOWN:])
