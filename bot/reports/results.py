"""A city's result and its benchmark: the store's responses, pooled, scored and compared by the model."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from bot.reports.moving import Moves, moves
from model import library
from model.comparison import Benchmark, Cut, Peer, Snapshot, compare, size_band, snapshot_date
from model.instrument import Form, Instrument
from model.pooling import Pooled, pool
from model.responses import Aspect
from model.scoring import Score, Scorecard, score
from storage import cities, priorities, remarks, snapshots, waves
from storage.cities import City
from storage.database import Transaction
from storage.remarks import Conclusion
from storage.waves import Wave


class Quote(msgspec.Struct, frozen=True):
    """What is hard (`challenge`) or works well (`success`) about an item, in somebody's words."""

    item: str
    kind: str
    text: str


class Result(msgspec.Struct, frozen=True):
    """What a wave says of a city, and what every output has to say beside the numbers.

    `answered` counts indicators; `evidenced` is the share (0-1) of the responses with a file behind them; `moves` is
    set where there was a round before; `quotes` are what respondents let be quoted without their name; `weights`
    importance and effort (1-3, 0 unknown) by code; `conclusions` are the experts', in the order they were said.
    """

    city: City
    wave: Wave
    scorecard: Scorecard
    respondents: int
    answered: int
    evidenced: float | None
    on: date
    moves: Moves | None = None
    quotes: tuple[Quote, ...] = ()
    weights: Mapping[str, tuple[int, int]] = {}
    conclusions: tuple[Conclusion, ...] = ()

    @property
    def scores(self) -> Mapping[str, float | None]:
        """Overall, dimensions and capabilities, by code: what a benchmark compares."""
        return {one.code: one.score for one in _benchmarked(self.scorecard)}


def of_city(transaction: Transaction, city: City, today: date) -> Result | None:
    """A city's result in its latest wave, with what moved since the one before; None where it never had one."""
    held = waves.of_city(transaction, city.id)
    if not held:
        return None
    wave = held[0]
    result = of_wave(transaction, city, wave, wave.form, today)
    said = remarks.of_wave(transaction, wave.id)
    return msgspec.structs.replace(
        result,
        moves=_moves(transaction, result, held[1:], today),
        quotes=tuple(Quote(one.item, one.kind, one.text) for one in said if one.quotable),
        weights=priorities.of_wave(transaction, wave.id),
        conclusions=tuple(remarks.conclusions(transaction, wave.id)),
    )


def _moves(transaction: Transaction, result: Result, earlier: Sequence[Wave], today: date) -> Moves | None:
    """What moved since the latest round of the same instrument; a full form is compared with a short one as short."""
    before = next((one for one in earlier if one.closed_at and one.instrument == result.wave.instrument), None)
    if before is None or before.closed_at is None:
        return None
    form: Form = result.wave.form if before.form == result.wave.form else "short"
    now = result if form == result.wave.form else of_wave(transaction, result.city, result.wave, form, today)
    then = of_wave(transaction, result.city, before, form, today)
    return moves(
        before.closed_at.date(), form, (instrument_of(then), then.scorecard), (instrument_of(now), now.scorecard)
    )


def of_wave(transaction: Transaction, city: City, wave: Wave, form: Form, today: date) -> Result:
    """The result of one wave in one form; a wave of the full form also has one in the short form."""
    instrument = library.instrument(wave.instrument, wave.version)
    given = waves.responses(transaction, wave)
    pooled: dict[Aspect, dict[str, Pooled]] = {Aspect.AS_IS: {}, Aspect.TARGET: {}}
    for (item, aspect), said in given.items():
        pooled[aspect][item] = pool(response for _, response in said)
    card = score(instrument, form, pooled[Aspect.AS_IS], pooled[Aspect.TARGET])
    voices = {(who, item) for (item, aspect), said in given.items() if aspect is Aspect.AS_IS for who, _ in said}
    backed = waves.with_evidence(transaction, wave.id)
    return Result(
        city=city,
        wave=wave,
        scorecard=card,
        respondents=len({who for who, _ in voices}),
        answered=card.overall.answered,
        evidenced=sum(voice in backed for voice in voices) / len(voices) if voices else None,
        on=today,
    )


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


def _benchmarked(card: Scorecard) -> list[Score]:
    return [card.overall, *card.dimensions, *card.capabilities]


def instrument_of(result: Result, language: str = "en") -> Instrument:
    """The instrument that a result belongs to."""
    return library.instrument(result.wave.instrument, result.wave.version, language)
