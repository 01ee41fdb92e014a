"""Actions and partners of a city as a delivery fills them in, without a store."""

from datetime import UTC, date, datetime

import msgspec

from bot.reports import acting
from bot.reports.acting import Fillable, Filled
from bot.reports.partnering import Terms
from bot.reports.results import Result, instrument_of
from flows.prompts.following import OneAction, Partners, PartnerTerms
from model.actions import actions
from storage.actions import Kept

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
        return Filled(
            prompt, {"terms": Terms((("1.1", (("1.1", "Everybody knows the plan."),)), ("3.2", ())), True, False)}
        )
    heavy = actions(instrument_of(result), result.scorecard, result.weights)
    told = msgspec.structs.replace(result, actions=heavy, done=(3, 5))
    if isinstance(prompt, OneAction):
        return acting.one_action(prompt, told, KEPT)
    return acting.page(prompt, told, KEPT)
