"""Many synthetic cities: how long their snapshot takes, and a city's benchmark from it. Both are checked as well."""

import asyncio
import random
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from bot.reports import benchmarking, printing, readings, results
from bot.reports.results import Result
from bot.wording.catalogues import translations
from model import library
from model.comparison import Peer, Snapshot, compare, size_band
from model.instrument import Form
from model.responses import Aspect, NonResponse, Source
from storage import cities, revisions, sessions, snapshots, waves
from storage.database import Database, Transaction, write
from storage.sqlite import SQLite
from storage.statements import Statement, inserting
from storage.tables import CITY, RESPONSE, SESSION, WAVE
from tests.bench.content import Taken

CITIES = 10_000
CHECKED = 60
"""Cities of the store whose snapshot is held against what each gives by itself."""
TRIES = 5
ON = date(2026, 10, 1)
TODAY = date(2026, 11, 23)

_CITY = Statement(inserting(CITY, leave_out=""))
_WAVE = Statement(inserting(WAVE, returning=(WAVE.c.id,)))
_SESSION = Statement(inserting(SESSION, returning=(SESSION.c.id,)))
_RESPONSE = Statement(inserting(RESPONSE))
_OPENED, _SHARED, _CLOSED = (datetime(2026, month, 1, tzinfo=UTC) for month in (6, 7, 8))
_PLACES = (("ES", "Europe", "high"), ("KR", "Asia", "high"), ("KE", "Africa", "lower-middle"), ("BR", "Americas", ""))
_SIZES = (60_000, 300_000, 800_000, 2_400_000, 9_000_000)


def fill(transaction: Transaction, count: int, seed: int = 8) -> None:
    """So many cities with a closed wave of the short form each, in the benchmark since before the snapshot's date."""
    chance = random.Random(seed)
    told = library.instrument(*library.DEFAULT)
    asked = [item.code for capability in told.capabilities() for item in capability.asked("short")]
    for number in range(count):
        _city(transaction, f"bench-{number:05}", chance)
        wave = _row(
            transaction,
            _WAVE,
            city_id=f"bench-{number:05}",
            instrument=told.code,
            version=told.version,
            digest=told.digest,
            form="short",
            opened_at=_OPENED,
            closed_at=_CLOSED,
            closes_at=None,
        )
        usual, people = chance.gauss(2.6, 0.8), 3 if number < CHECKED else 1
        for _ in range(people):
            who = sessions.join(transaction, f"bench-{number:05}", "Noor", "coordinator", None, _OPENED)
            session = _row(transaction, _SESSION, respondent_id=who, wave_id=wave, state="{}", updated_at=_OPENED)
            for code in asked:
                _say(transaction, session, code, usual, chance)


def _city(transaction: Transaction, city: str, chance: random.Random) -> None:
    country, region, income = chance.choice(_PLACES)
    transaction.run(
        _CITY,
        id=city,
        name=city,
        country=country,
        population=chance.choice(_SIZES),
        region=region,
        income=income,
        timezone="UTC",
        synthetic=True,
        shared_at=_SHARED,
        created_at=_OPENED,
    )


def _say(transaction: Transaction, session: int, code: str, usual: float, chance: random.Random) -> None:
    luck = chance.random()
    non_response = "dont_know" if luck < 0.02 else "not_applicable" if luck < 0.04 else None
    transaction.run(
        _RESPONSE,
        session_id=session,
        item=code,
        aspect=Aspect.AS_IS.value,
        level=None if non_response else min(5, max(0, round(chance.gauss(usual, 0.9)))),
        non_response=NonResponse(non_response).value if non_response else None,
        year=None,
        source=Source.RESPONDENT.value,
        certainty=None,
        comment="",
        at=_OPENED,
    )


def _row(transaction: Transaction, statement: Statement, **values: object) -> int:
    row = transaction.one(statement, **values)
    assert row is not None
    return int(row.id)


def one_by_one(transaction: Transaction, form: Form, on: date, only: int | None = None) -> Snapshot:
    """The same snapshot as `take_snapshot` has to give, from each city's own result; `only` the first ones."""
    peers = []
    for city in cities.every(transaction)[:only]:
        held = [wave for wave in waves.of_city(transaction, city.id) if wave.closed_at]
        result = results.of_wave(transaction, city, held[0], form, on)
        if result.scorecard.overall.score is not None:
            told: Mapping[str, float] = {code: value for code, value in result.scores.items() if value is not None}
            size = size_band(city.population)
            peers.append(Peer(city.id, size, city.region, city.income, told, city.synthetic))
    return Snapshot(on, tuple(peers))


def times(folder: Path, count: int = CITIES) -> list[Taken]:
    """Taking the snapshot, and a benchmark from it, the median of a few; raises AssertionError for wrong numbers."""
    revisions.upgrade(f"sqlite:///{folder / 'peers.sqlite3'}")
    database = SQLite(f"sqlite:///{folder / 'peers.sqlite3'}")
    try:
        write(database, lambda tx: fill(tx, count))
        return [*_taken(database, count)]
    finally:
        database.close()


def _taken(database: Database, count: int) -> list[Taken]:
    kind: benchmarking.Kind = (*library.DEFAULT, "short")
    begun = time.perf_counter()
    assert benchmarking.ensure(database, kind, ON)
    snapshot_took = time.perf_counter() - begun
    kept = database.read(lambda tx: snapshots.find(tx, *kind, ON))
    assert kept is not None
    first = database.read(lambda tx: one_by_one(tx, "short", ON, CHECKED))
    assert first.peers
    assert kept.peers[: len(first.peers)] == first.peers, "the snapshot is not what the cities give by themselves"
    some = [_result(database, number) for number in range(1, count, max(1, count // TRIES))]
    begun = time.perf_counter()
    benchmarking.benchmarks(database, some[-1], ("all",), TODAY)
    first_took = time.perf_counter() - begun
    check(database, some[0], kept)
    tries = sorted(_seconds(database, one) for one in some)
    return [
        Taken(f"the snapshot of {count:,} cities", snapshot_took, 2.0),
        Taken("the first benchmark from it in a process, which arranges it", first_took, 0),
        Taken("a city's benchmark from it, with the ledger", tries[len(tries) // 2], 0.020),
        Taken("the picture of it, drawn before", asyncio.run(_pictured(database, some[0])), 0.020),
    ]


async def _pictured(database: Database, result: Result) -> float:
    """How long a picture takes that was drawn before; raises AssertionError where another comes back."""
    (told,) = benchmarking.benchmarks(database, result, ("all",), TODAY)
    instrument, words = library.instrument(*library.DEFAULT), translations("en")
    chart = readings.chart("peers", result, told, instrument, words)
    assert chart is not None
    drawn = await printing.draw(chart)
    begun = time.perf_counter()
    again = readings.chart("peers", result, told, instrument, words)
    assert again is not None
    assert await printing.draw(again) is drawn, "it was drawn anew"
    took = time.perf_counter() - begun
    printing.close()
    return took


def check(database: Database, result: Result, kept: Snapshot) -> None:
    """Raises AssertionError unless a city is told what `compare` gives, which looks at every peer."""
    (told,) = benchmarking.benchmarks(database, result, ("all",), TODAY)
    city = result.city
    own = Peer(city.id, size_band(city.population), city.region, city.income, {})
    assert told == compare(own, result.scores, kept, "all")


def _result(database: Database, number: int) -> Result:
    (city,) = database.read(lambda tx: cities.find(tx, f"bench-{number:05}"))
    found = database.read(lambda tx: results.of_city(tx, city, TODAY))
    assert found is not None
    return found


def _seconds(database: Database, result: Result) -> float:
    begun = time.perf_counter()
    benchmarking.benchmarks(database, result, ("all",), TODAY)
    return time.perf_counter() - begun
