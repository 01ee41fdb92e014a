"""The action list and the partner search, filled with what is known at this moment, and put into words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from bot.messages import Message
from bot.reports import results
from bot.reports.following import partnering
from bot.reports.results import Result
from bot.wording import word
from flows.prompts import Notice, Prompt
from flows.prompts.following import A_MESSAGE, Actions, OneAction, Partners, PartnerTerms
from flows.session import Session
from model.actions import TOP, Action, actions, asks_for
from model.instrument import Instrument
from storage import actions as kept_actions
from storage import cities, partners
from storage.actions import Kept
from storage.database import Transaction

EXTRAS = 10
"""Actions named that are under way and not at the top of the list."""

Fillable = Actions | OneAction | Partners | PartnerTerms


class Filled(msgspec.Struct, frozen=True):
    """A prompt with all it tells; `facts` is None where there is nothing to say."""

    prompt: Prompt
    facts: Mapping[str, Any] | None = None
    result: Result | None = None


class Listed(msgspec.Struct, frozen=True):
    """An action with its place in the list, and how it stands with it; None where nobody has said anything."""

    rank: int
    action: Action
    kept: Kept | None = None


def fill(transaction: Transaction, prompt: Fillable, city: str, today: date) -> Filled:
    """What a prompt tells of a city (its id) now."""
    match prompt:
        case Partners():
            member = partners.find(transaction, city)
            closed = member is not None and member.wave is not None
            return Filled(partnering.board(transaction, city, prompt), {"closed": closed})
        case PartnerTerms():
            terms = partnering.terms(transaction, city, today)
            return Filled(prompt, {"terms": terms}) if terms else Filled(Notice("no_city"))
    found = next((one for one in cities.find(transaction, city) if one.id == city), None)
    result = results.of_city(transaction, found, today) if found else None
    if result is None:
        return Filled(Notice("no_city"))
    kept = kept_actions.of_city(transaction, city)
    if isinstance(prompt, OneAction):
        return one_action(prompt, result, kept)
    return page(prompt, result, kept)


def say(filled: Filled, session: Session, instrument: Instrument) -> Message:
    """The message that a filled prompt becomes; an empty one where there is nothing to say."""
    if filled.facts is None and not isinstance(filled.prompt, Notice):
        return Message()
    told = results.instrument_of(filled.result, session.language) if filled.result else instrument
    return word(filled.prompt, session, told, {"result": filled.result, "asks_for": asks_for, **(filled.facts or {})})


def listed(result: Result, kept: Mapping[str, Kept], about: str = "") -> tuple[Listed, ...]:
    """The top of the action list, all of it or below a capability or dimension, with how it stands with each."""
    found = result.actions
    if about:
        every = actions(results.instrument_of(result), result.scorecard, result.weights, most=len(_codes(result)))
        found = tuple(one for one in every if one.code.startswith(f"{about}."))[:TOP]
    return tuple(Listed(rank, one, kept.get(one.code)) for rank, one in enumerate(found, 1))


def page(prompt: Actions, result: Result, kept: Mapping[str, Kept]) -> Filled:
    """A part of the list with what it names; without facts where nothing is left for it."""
    rows = listed(result, kept, prompt.about)
    shown = rows[prompt.first - 1 : prompt.first - 1 + A_MESSAGE] if prompt.first <= TOP else ()
    extras: tuple[Kept, ...] = ()
    if prompt.first > TOP and not prompt.about:
        above = {one.action.code for one in rows}
        extras = tuple(one for code, one in sorted(kept.items()) if code not in above and one.owner)
    if not shown and not extras and prompt.first > 1:
        return Filled(prompt)
    codes = (*(one.action.code for one in shown), *(one.item for one in extras[:EXTRAS]))
    facts = {
        "rows": shown,
        "extras": extras[:EXTRAS],
        "more": max(0, len(extras) - EXTRAS),
        "last": prompt.first <= TOP and len(rows) < prompt.first + A_MESSAGE,
        "answered": result.answered > 0,
        "aimless": sum(one.target is None for one in result.scorecard.capabilities),
        "weighed": bool(result.weights),
    }
    return Filled(msgspec.structs.replace(prompt, codes=codes), facts, result)


def one_action(prompt: OneAction, result: Result, kept: Mapping[str, Kept]) -> Filled:
    """A statement with its level, its goal and how it stands with it."""
    card = result.scorecard
    own = [(above, one) for above in card.capabilities for one in above.indicators if one.code == prompt.code]
    if not own:
        return Filled(Notice("nothing_of_that_code", prompt.code))
    above, one = own[0]
    every = actions(results.instrument_of(result), card, result.weights, most=len(_codes(result)))
    action = next((found for found in every if found.code == prompt.code), None)
    known = kept.get(prompt.code)
    facts = {
        "one": one,
        "goal": one.target if one.target is not None else above.target,
        "year": one.target_year if one.target is not None else above.target_year,
        "action": action,
        "kept": known,
    }
    return Filled(msgspec.structs.replace(prompt, state=known.state if known else "open"), facts, result)


def _codes(result: Result) -> list[str]:
    return [one.code for above in result.scorecard.capabilities for one in above.indicators]
