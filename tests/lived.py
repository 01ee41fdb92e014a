"""The numbers of cities whose people answered in chat, held against the independent sum over what would be exported."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.messages import Message
from bot.reports import exports, results
from bot.reports.results import Result
from bot.reports.results.as_json import scores_as_json
from storage import cities
from storage.cities import City
from storage.database import Database, Transaction
from tests import independent_details as details
from tests.independent import recomputed
from tests.same_words import exactly, whole
from tests.test_as_json import parts
from tests.test_independent import structure

_TITLE = re.compile(r"(\w+): (\d+) of 100, \w+")


def check_numbers(database: Database, today: date) -> int:
    """Raises AssertionError unless every city has the scores, moves and actions that follow from its export."""

    def read(tx: Transaction) -> list[tuple[Result, list[dict[str, Any]]]]:
        every = [one for one in cities.every(tx) if not one.synthetic]
        told = [(results.of_city(tx, one, today), list(exports.rows(tx, one.id))) for one in every]
        return [(result, rows) for result, rows in told if result is not None and rows]

    found = database.read(read)
    for result, rows in found:
        _check(result, rows)
    return len(found)


def _check(result: Result, rows: list[dict[str, Any]]) -> None:
    told = scores_as_json(result)
    shape = structure(results.instrument_of(result), result.wave.form)
    current = details.current(rows, result.wave.id)
    card = recomputed(current, shape)
    found = parts(told)
    for code, numbers in card.items():
        assert {key: found[code][key] for key in numbers} == {key: exactly(one) for key, one in numbers.items()}, code
    assert told["respondents"] == details.voices(current)["respondents"]
    wanted = details.actions(card, shape, result.weights, details.years(current, shape, card))
    heavy = [(one["code"], one["year"], exactly(one["weight"])) for one in wanted]
    assert [(one["code"], one["year"], one["weight"]) for one in told["actions"]] == heavy
    differ = [(one["code"], one["levels"], one["agreed"]) for one in details.disputes(current, card)]
    assert [(one["code"], list(one["levels"]), one["agreed"]) for one in told["disputes"]] == differ
    if result.moves is not None:
        before = max(row["wave"] for row in rows if row["wave"] != result.wave.id)
        moved = details.moves(recomputed(details.current(rows, before), shape), card)
        found_moves = dict(result.moves.by_code)
        found_moves |= {} if result.moves.overall is None else {"overall": result.moves.overall}
        assert found_moves == {code: exactly(points) for code, points in moved.items()}


def said_last(sent: Iterable[tuple[Any, str, Message]], city: str) -> str | None:
    """The overall score that chat told last of a city."""
    seen = [_TITLE.match(message.title) for *_, message in sent]
    return next((one[2] for one in reversed(seen) if one and one[1] == city), None)


def overall(database: Database, city: City) -> str:
    """A city's overall score in whole points, from its export."""
    rows = database.read(lambda tx: list(exports.rows(tx, city.id)))
    result = database.read(lambda tx: results.of_city(tx, city, date(2026, 12, 31)))
    assert result is not None
    card = recomputed(details.current(rows, result.wave.id), structure(results.instrument_of(result), result.wave.form))
    score = card["overall"]["score"]
    return "" if score is None else whole(score)
