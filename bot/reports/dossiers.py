"""All that a report or a workbook tells of a city, read at one moment: the result, and the city beside its peers."""

import asyncio
from datetime import date

import msgspec

from bot.durable import kept
from bot.reports import benchmarking, results
from bot.reports.results import Result
from model.comparison import CUTS, Benchmark, Snapshot
from storage import cities, snapshots
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
    """The dossier of a city (its id); None where it never had a wave. May keep the snapshot it had to take."""
    found = await asyncio.to_thread(database.read, lambda tx: _read(tx, city, today))
    if found is None:
        return None
    dossier, taken = found
    if taken is not None:
        wave = dossier.result.wave
        await kept(database, lambda tx: snapshots.keep(tx, wave.instrument, wave.version, wave.form, taken))
    return dossier


def _read(transaction: Transaction, city: str, today: date) -> tuple[Dossier, Snapshot | None] | None:
    found = [one for one in cities.find(transaction, city) if one.id == city]
    result = results.of_city(transaction, found[0], today) if found else None
    if result is None:
        return None
    compared = [benchmarking.benchmark(transaction, result, cut, today) for cut in CUTS]
    dossier = Dossier(results.certain(transaction, result), tuple(one for one, _ in compared))
    return dossier, compared[0][1]
