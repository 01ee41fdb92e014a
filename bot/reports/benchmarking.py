"""A result beside its peers: the one way to them, for chat, slides, papers and the command line alike.

What a city is shown is remembered before it is said, so that no two tellings together give another city away.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from bot.reports.results import Result
from model import library
from model.comparison import Benchmark, Cut, Peer, Snapshot, size_band, snapshot_date
from model.instrument import Form
from model.ledger import Told, told
from model.means import Means, Value
from model.pooling import pool
from model.responses import Aspect, NonResponse, Response, Source
from model.telling import History, latest, tell
from storage import entrants, shown, snapshots
from storage.cities import City
from storage.database import Database, Transaction, write
from storage.entrants import Voice

Kind = tuple[str, str, Form]
"""Instrument, version and form: what a snapshot is of."""
_Known = tuple[list[Told], list[date]]
_Found = tuple[tuple[Benchmark, ...], tuple[Told, ...]]


def benchmarks(database: Database, result: Result, cuts: Sequence[Cut], today: date) -> tuple[Benchmark, ...]:
    """A result beside its peers, cut by cut; call it in a worker thread. What is told is remembered when it returns.

    Takes the snapshot of the latest fixed date where nobody has taken it yet.
    """
    kind = _kind(result)
    ensure(database, kind, snapshot_date(today))

    def compared(transaction: Transaction) -> tuple[_Known, _Found]:
        known = _known(transaction, result, today)
        return known, _compared(transaction, result, cuts, known)

    before, (found, new) = database.read(compared)
    if not new:
        return found

    def remember(transaction: Transaction) -> tuple[Benchmark, ...]:
        shown.lock(transaction, result.city.id)
        now = _known(transaction, result, today)
        told, learned = (found, new) if now == before else _compared(transaction, result, cuts, now)
        for one in learned:
            shown.keep(transaction, result.city.id, *kind, one, today)
        return told

    return write(database, remember)


def ensure(database: Database, kind: Kind, on: date) -> bool:
    """Sees to it that there is a snapshot of a date; False where there was one."""
    if on in database.read(lambda tx: snapshots.dates(tx, *kind)):
        return False
    taken = database.read(lambda tx: take_snapshot(tx, *kind, on))  # reading takes its time, and nobody waits for it
    return write(database, lambda tx: snapshots.keep(tx, *kind, taken))


def take_snapshot(transaction: Transaction, instrument: str, version: str, form: Form, on: date) -> Snapshot:
    """The peers as they stood at the beginning of a date: opted in, gates passed, their latest closed wave only."""
    until = datetime.combine(on, time(), UTC)
    means = Means(library.instrument(instrument, version), form)
    said = entrants.said(transaction, instrument, version, form, until)
    peers = []
    for one in entrants.entrants(transaction, instrument, version, form, until):
        scores = means.of({item: _value(voices) for item, voices in said.get(one.wave, {}).items()})
        if "overall" in scores:
            peers.append(_peer(one.city, scores))
    return Snapshot(on, tuple(peers))


def _known(transaction: Transaction, result: Result, today: date) -> _Known:
    """What was told, and what there is to tell: the same of both gives the same answers."""
    kind = _kind(result)
    known = shown.of_city(transaction, result.city.id, *kind)
    return known, latest([on for on in snapshots.dates(transaction, *kind) if on <= today])


def _compared(transaction: Transaction, result: Result, cuts: Sequence[Cut], seen: _Known) -> _Found:
    """The benchmarks of these cuts, one told after the other, and what of it was never told before."""
    kind, own = _kind(result), _peer(result.city, {})
    known, dates = seen
    taken = {on: snapshots.arranged(transaction, *kind, on) for on in {*dates, *(one.on for one in known)}}
    found: list[Benchmark] = []
    new: list[Told] = []
    for cut in cuts:
        found.append(tell(own, result.scores, History(dates, taken, (*known, *new)), cut))
        learned = told(found[-1])
        if learned is not None and not any(_holds(one, learned) for one in (*known, *new)):
            new.append(learned)
    return tuple(found), tuple(new)


def _holds(other: Told, one: Told) -> bool:
    """Whether all of `one` was told before, by `other`."""
    return (one.on, one.cut, one.group) == (other.on, other.cut, other.group) and one.codes <= other.codes


def _kind(result: Result) -> Kind:
    return result.wave.instrument, result.wave.version, result.wave.form


def _peer(city: City, scores: Mapping[str, float]) -> Peer:
    return Peer(
        city=city.id,
        size=size_band(city.population),
        region=city.region,
        income=city.income,
        scores=scores,
        synthetic=city.synthetic,
    )


@lru_cache(maxsize=100_000)
def _value(voices: tuple[Voice, ...]) -> Value:
    """What a city says of an item; there are not many different ways to."""
    pooled = pool(
        Response(
            "",
            Aspect.AS_IS,
            level=level,
            non_response=NonResponse(non_response) if non_response else None,
            source=Source(source),
        )
        for source, level, non_response in voices
    )
    return pooled.level, pooled.applicable
