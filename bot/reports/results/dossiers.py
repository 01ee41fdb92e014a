"""All that a report or a workbook tells of a city, read at one moment: the result, and the city beside its peers."""

import asyncio
from collections.abc import Mapping
from datetime import date

import msgspec

from bot.reports import benchmarking, results
from bot.reports.results import Result
from model.comparison import CUTS, Benchmark
from storage import actions, cities
from storage.actions import Kept
from storage.database import Database, Transaction


class Dossier(msgspec.Struct, frozen=True):
    """A city's result with how certain it is, and its benchmarks: beside all cities, then cut by cut.

    `doings` is how it stands with the statements that the city works on, by code.
    """

    result: Result
    benchmarks: tuple[Benchmark, ...]
    doings: Mapping[str, Kept] = {}

    @property
    def benchmark(self) -> Benchmark:
        """Beside all cities."""
        return self.benchmarks[0]


async def gather(database: Database, city: str, today: date) -> Dossier | None:
    """The dossier of a city (its id); None where it never had a wave. What it tells of its peers is remembered."""
    return await asyncio.to_thread(_gather, database, city, today)


def _gather(database: Database, city: str, today: date) -> Dossier | None:
    found = database.read(lambda tx: _read(tx, city, today))
    if found is None:
        return None
    result, doings = found
    return Dossier(result, benchmarking.benchmarks(database, result, CUTS, today), doings)


def _read(transaction: Transaction, city: str, today: date) -> tuple[Result, Mapping[str, Kept]] | None:
    found = [one for one in cities.find(transaction, city) if one.id == city]
    result = results.of_city(transaction, found[0], today) if found else None
    if result is None:
        return None
    return results.certain(transaction, result), actions.of_wave(transaction, result.wave.id)
