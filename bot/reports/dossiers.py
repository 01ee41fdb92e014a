"""All that a report or a workbook tells of a city, read at one moment: the result, and the city beside its peers."""

import asyncio
from datetime import date

import msgspec

from bot.reports import benchmarking, results
from bot.reports.results import Result
from model.comparison import CUTS, Benchmark
from storage import cities
from storage.database import Database, Transaction


class Dossier(msgspec.Struct, frozen=True):
    """A city's result with how certain it is, and its benchmarks: beside all cities, then cut by cut."""

    result: Result
    benchmarks: tuple[Benchmark, ...]

    @property
    def benchmark(self) -> Benchmark:
        """Beside all cities."""
        return self.benchmarks[0]


async def gather(database: Database, city: str, today: date) -> Dossier | None:
    """The dossier of a city (its id); None where it never had a wave. What it tells of its peers is remembered."""
    return await asyncio.to_thread(_gather, database, city, today)


def _gather(database: Database, city: str, today: date) -> Dossier | None:
    result = database.read(lambda tx: _read(tx, city, today))
    return None if result is None else Dossier(result, benchmarking.benchmarks(database, result, CUTS, today))


def _read(transaction: Transaction, city: str, today: date) -> Result | None:
    found = [one for one in cities.find(transaction, city) if one.id == city]
    result = results.of_city(transaction, found[0], today) if found else None
    return None if result is None else results.certain(transaction, result)
