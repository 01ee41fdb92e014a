"""A result beside its peers: the snapshot of a fixed date, and what the rules let be told of it."""

from datetime import UTC, date, datetime, time

from bot.reports.results import Result, of_wave
from model.comparison import Benchmark, Cut, Peer, Snapshot, compare, size_band, snapshot_date
from model.instrument import Form
from storage import cities, snapshots, waves
from storage.database import Transaction
from storage.waves import Wave


def benchmark(transaction: Transaction, result: Result, cut: Cut, today: date) -> tuple[Benchmark, Snapshot | None]:
    """A result beside its peers in the latest snapshot; the snapshot to be kept, where it had to be taken first."""
    wave = result.wave
    on = snapshot_date(today)
    kept = snapshots.find(transaction, wave.instrument, wave.version, wave.form, on)
    snapshot = kept or take_snapshot(transaction, wave.instrument, wave.version, wave.form, on)
    own = _peer(result)
    return compare(own, result.scores, snapshot, cut), None if kept else snapshot


def take_snapshot(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> Snapshot:
    """The peers as they stood at the beginning of a date: opted in, gates passed, their latest closed wave only."""
    until = datetime.combine(on, time(), UTC)
    peers = []
    for city in cities.every(transaction):
        if city.shared_at is None or city.shared_at > until:
            continue
        closed = [w for w in waves.of_city(transaction, city.id) if w.closed_at is not None and w.closed_at <= until]
        if closed and _comparable(closed[0], instrument, version, form):
            result = of_wave(transaction, city, closed[0], form, on)
            if result.scorecard.overall.score is not None:
                peers.append(_peer(result))
    return Snapshot(on, tuple(peers))


def _comparable(wave: Wave, instrument: str, version: str, form: Form) -> bool:
    """Same instrument version and form; a full form counts in the short one by its key indicators."""
    return (wave.instrument, wave.version) == (instrument, version) and (wave.form == form or form == "short")


def _peer(result: Result) -> Peer:
    city = result.city
    return Peer(
        city=city.id,
        size=size_band(city.population),
        region=city.region,
        income=city.income,
        scores={code: value for code, value in result.scores.items() if value is not None},
        synthetic=city.synthetic,
    )
