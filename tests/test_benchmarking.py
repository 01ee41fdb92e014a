"""A city beside its peers from the store, on both engines: what was told is remembered, whoever asks, and however."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

from bot.reports import benchmarking, results
from bot.reports.benchmarking import Kind, benchmarks
from bot.reports.meetings import papers
from bot.reports.results import Result, dossiers
from flows.session import CityFacts
from model import library
from model.comparison import CUTS, Benchmark, Cut, Peer, Snapshot
from model.ledger import Told
from storage import cities, shown, snapshots, waves
from storage.database import Database, Transaction, write
from storage.opening import open_database

KIND: Kind = (*library.DEFAULT, "short")
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
SUMMER, TODAY = date(2026, 8, 10), date(2026, 11, 23)
OPENED = datetime(2026, 6, 1, tzinfo=UTC)
CODES = ["overall", *(one.code for one in library.instrument(*library.DEFAULT).dimensions)]
CODES += [one.code for one in library.instrument(*library.DEFAULT).capabilities()]


def peers(names: str, region: str = "Europe", size: str = "500,000-1 million") -> tuple[Peer, ...]:
    return tuple(Peer(name, size, region, "high", dict.fromkeys(CODES, 10.0 + 3 * ord(name))) for name in names)


def valencia(database: Database, *several: tuple[date, tuple[Peer, ...]]) -> Result:
    """A city of Europe with 800,000 people that has just begun, and snapshots as they were taken."""

    def build(transaction: Transaction) -> None:
        city = cities.add(transaction, CityFacts("Valencia", "ES", 800_000), OPENED)
        waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), "short", OPENED)
        for on, those in several:
            snapshots.keep(transaction, *KIND, Snapshot(on, those))

    write(database, build)
    (city,) = database.read(lambda tx: cities.find(tx, "Valencia"))
    result = database.read(lambda tx: results.of_city(tx, city, TODAY))
    assert result is not None
    return result


def ask(database: Database, result: Result, *cuts: Cut, today: date = TODAY) -> tuple[Benchmark, ...]:
    return benchmarks(database, result, cuts or ("all",), today)


def known(database: Database, result: Result) -> list[Told]:
    return database.read(lambda tx: shown.of_city(tx, result.city.id, *KIND))


DIFFER_BY_ONE = (*peers("abcdef"), *peers("g", "Africa"), *peers("hijklm", "Africa", "under 100,000"))
"""Europe's six, and the same six with g in their size: each may be shown, but not both."""


def test_what_is_told_is_remembered_once(database: Database) -> None:
    """Date, cut, group and codes; asking again writes nothing, and a group of too few leaves no trace."""
    result = valencia(database, (OCTOBER, DIFFER_BY_ONE))
    first = ask(database, result)
    assert known(database, result) == [Told(OCTOBER, "all", "", frozenset(CODES))]
    assert ask(database, result) == first
    assert len(known(database, result)) == 1
    other = valencia_elsewhere(database)
    assert ask(database, other, "region")[0].standings[0].needed == 5
    assert known(database, other) == []


def valencia_elsewhere(database: Database) -> Result:
    """Another city, in a region of its own."""

    def build(transaction: Transaction) -> None:
        city = cities.add(transaction, CityFacts("Suva", "FJ", 90_000), OPENED)
        waves.open_wave(transaction, city.id, library.instrument(*library.DEFAULT), "short", OPENED)

    write(database, build)
    (city,) = database.read(lambda tx: cities.find(tx, "Suva"))
    result = database.read(lambda tx: results.of_city(tx, city, TODAY))
    assert result is not None
    return result


def test_a_newcomer_is_not_told_also_after_a_restart(reopen: Callable[[], Database]) -> None:
    """The older figures are shown, with their date; the ledger is in the store and in no process."""
    database = reopen()
    result = valencia(database, (JULY, peers("abcdef")))
    assert ask(database, result, today=SUMMER)[0].on == JULY
    database = reopen()
    write(database, lambda tx: snapshots.keep(tx, *KIND, Snapshot(OCTOBER, peers("abcdefg"))))
    (found,) = ask(database, result)
    assert (found.on, found.newest, found.standings[0].peers) == (JULY, OCTOBER, 6)
    assert known(database, result) == [Told(JULY, "all", "", frozenset(CODES))]


def test_snapshots_of_days_to_come_are_not_looked_at(database: Database) -> None:
    """Whoever asks in August is told July, whatever the store holds."""
    result = valencia(database, (JULY, peers("abcdef")), (OCTOBER, peers("abcdefghi")))
    assert ask(database, result, today=SUMMER)[0].on == JULY
    assert ask(database, result)[0].on == OCTOBER


def test_two_processes_cannot_slip_past_each_other(store_url: str, reopen: Callable[[], Database]) -> None:
    """Of two cuts that differ by one city, asked at one moment, exactly one is shown."""
    database = reopen()
    result = valencia(database, (OCTOBER, DIFFER_BY_ONE))
    several = [open_database(store_url) for _ in range(4)]
    together = Barrier(len(several))

    def at_once(number: int) -> Benchmark:
        together.wait()
        return ask(several[number], result, CUTS[1 + number % 2])[0]  # size or region

    try:
        with ThreadPoolExecutor(len(several)) as threads:
            found = list(threads.map(at_once, range(len(several))))
    finally:
        for one in several:
            one.close()
    assert len({one.cut for one in found if not one.suppressed}) == 1
    assert sum(one.suppressed for one in found) == 2
    assert len(known(database, result)) == 1


def test_every_way_to_the_peers_is_remembered(database: Database) -> None:
    """Papers and slides teach as much as the chat does, and are told as little."""
    result = valencia(database, (OCTOBER, DIFFER_BY_ONE))
    dossier = asyncio.run(dossiers.gather(database, result.city.id, TODAY))
    assert dossier is not None
    by_cut = {one.cut: one for one in dossier.benchmarks}
    assert [by_cut[cut].suppressed for cut in CUTS] == [False, False, True, True]  # income: all of them
    assert [one.cut for one in known(database, result)] == ["all", "size"]
    assert ask(database, result, "region")[0].suppressed


def test_slides_remember_what_they_show(database: Database) -> None:
    """Those of the wrap-up hold the median of all peers."""
    result = valencia(database, (OCTOBER, DIFFER_BY_ONE))
    found = papers.read(database, result.city.id, "wrap_up", TODAY)
    assert found is not None
    assert found.benchmark is not None
    assert [one.cut for one in known(database, result)] == ["all"]


def test_the_snapshot_is_taken_where_nobody_has(database: Database) -> None:
    """Whoever asks first after a fixed date finds it, and finds the same the next time."""
    result = valencia(database)
    assert ask(database, result)[0].standings[0].needed == 5
    assert database.read(lambda tx: snapshots.dates(tx, *KIND)) == [OCTOBER]
    assert not benchmarking.ensure(database, KIND, OCTOBER)
