"""The action list on the command line: what a city is to do first, and who does it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.commands.common import AsJson, CityName, UserError, now, put, say, store, the_city
from bot.reports import results
from bot.reports.following import acting
from bot.reports.following.acting import Listed
from bot.reports.results import Result
from flows.prompts.following import A_MESSAGE, Actions
from flows.session import Session
from model.actions import TOP, asks_for
from storage import actions as kept_actions
from storage.actions import Kept


def actions(city_name: CityName, *, as_json: AsJson = False) -> None:
    """What to do first: the ten statements furthest below their goal, by what they matter and cost."""
    with store() as database:
        city = the_city(database, city_name)
        result = database.read(lambda tx: results.of_city(tx, city, now().date()))
        kept = database.read(lambda tx: kept_actions.of_city(tx, city.id))
    if result is None:
        raise UserError(f"{city.name} has no wave yet, so there is nothing to do first.")
    if as_json:
        put(actions_as_json(result, kept))
        return
    session = Session(id="0", year=result.on.year)
    for first in range(1, TOP + 2, A_MESSAGE):
        told = acting.say(acting.page(Actions(first), result, kept), session, results.instrument_of(result))
        for part in (told.title, told.body, told.note):
            if part:
                say(part)


def actions_as_json(result: Result, kept: Mapping[str, Kept]) -> dict[str, Any]:
    """The list with unrounded numbers, and all that was said of actions; `done` of `planned` is the last round's."""
    done, planned = result.done
    listed = acting.listed(result, kept)
    return {
        "city": result.city.id,
        "wave": result.wave.id,
        "synthetic": result.city.synthetic,
        "last_round": {"planned": planned, "done": done},
        "actions": [_as_json(result, row) for row in listed],
        "kept": [msgspec.to_builtins(one) for _, one in sorted(kept.items())],
    }


def _as_json(result: Result, row: Listed) -> dict[str, Any]:
    instrument, one = results.instrument_of(result), row.action
    told: dict[str, Any] = {"rank": row.rank, **msgspec.to_builtins(one)}
    told["statement"] = instrument.indicators[one.code].statement
    told["asks_for"] = asks_for(instrument, one)
    told["owner"] = row.kept.owner or None if row.kept else None
    told["due"] = row.kept.due.isoformat() if row.kept and row.kept.due else None
    told["state"] = row.kept.state if row.kept else "open"
    return told
