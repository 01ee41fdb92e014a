"""Actions and partners of a city as a delivery fills them in, without a store."""

from datetime import UTC, date, datetime

import msgspec

from bot.reports.following import acting
from bot.reports.following.acting import Fillable, Filled, Listed
from bot.reports.following.partnering import Terms
from bot.reports.results import Result, instrument_of
from flows.prompts.following import Actions, OneAction, Partners, PartnerTerms
from model.actions import Action, actions
from model.instrument import Instrument
from model.scoring import score
from storage.actions import Kept
from storage.cities import City
from storage.waves import Wave

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEPT = {
    "1.1.1": Kept("1.1.1", "Ana Ruiz, planning", date(2027, 3, 31), "begun", "The budget is agreed.", AT),
    "3.1.1": Kept("3.1.1", "Ben", None, "done", "", AT),
    "5.5.1": Kept("5.5.1", "", date(2028, 1, 31), "open", "", AT),
}


def filled(prompt: Fillable, result: Result) -> Filled:
    """A prompt filled with this result, of which two actions have somebody who leads them."""
    if isinstance(prompt, Partners):
        return Filled(prompt, {"closed": True})
    if isinstance(prompt, PartnerTerms):
        return Filled(prompt, {"terms": Terms(("1.1", "3.2"), (("1.1", "Everybody knows the plan."),), True, False)})
    heavy = actions(instrument_of(result), result.scorecard, result.weights)
    told = msgspec.structs.replace(result, actions=heavy, done=(3, 5))
    if isinstance(prompt, OneAction):
        return acting.one_action(prompt, told, KEPT)
    return acting.page(prompt, told, KEPT)


def row_of(instrument: Instrument, code: str, level: int) -> Filled:
    """A list with this statement alone, somebody with a long name leading it."""
    reference = max(instrument.indicators[code].references, key=lambda one: len(instrument.reference[one].url or ""))
    action = Action(code, level, level + 1, 5, 2031, 20.0 * (5 - level), 3, 2, 12.5, reference)
    kept = Kept(code, "A" * 60, date(2031, 12, 31), "dropped", "", AT)
    facts = {"rows": (Listed(10, action, kept),), "extras": (), "more": 0, "last": False}
    city = City("oakridge", "Oakridge", "GB", 250_000, "Europe", "high", "UTC", False, None, AT)
    wave = Wave(1, city.id, instrument.code, instrument.version, instrument.digest, "short", AT, None)
    blank = Result(city, wave, score(instrument, "short", {}, {}), 1, 1, None, AT.date())
    return Filled(Actions(), {**facts, "answered": True, "aimless": 0, "weighed": True}, blank)
