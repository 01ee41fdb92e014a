"""Snapshots on both engines: who is in one, that it is never changed, and that one pass gives what each city gives."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import msgspec
import pytest

from bot.reports import benchmarking
from bot.reports.benchmarking import Kind, take_snapshot
from flows.session import CityFacts
from model import library
from model.comparison import Peer, Snapshot
from model.instrument import Form
from model.responses import Aspect, Response, Source
from storage import cities, entrants, sessions, snapshots, waves
from storage.cities import City
from storage.database import Database, Transaction, write
from tests.bench import peers as bench
from tests.eight import SECOND, city_of_eight

KIND: Kind = (*library.DEFAULT, "short")
FULL: Kind = (*library.DEFAULT, "full")
JULY, OCTOBER, JANUARY = date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)
OPENED, CLOSED = datetime(2026, 8, 3, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)


def begun(transaction: Transaction, of: str, wave: int, at: datetime = OPENED) -> int:
    """The row of a new respondent's session in a wave of a city."""
    row = sessions.row_of(sessions.begin(transaction, "en", at))
    sessions.assign(transaction, row, sessions.join(transaction, of, "Eva", "coordinator", None, at), wave)
    return row


def city(
    transaction: Transaction, name: str, level: int = 3, *, opened: datetime = OPENED, form: Form = "short"
) -> City:
    """A city whose coordinator gave one level throughout, in a wave that closed four weeks later."""
    known = cities.find(transaction, name)
    made = known[0] if known else cities.add(transaction, CityFacts(name, "ES", 300_000), opened)
    told = library.instrument(*library.DEFAULT)
    wave = waves.open_wave(transaction, made.id, told, form, opened)
    row = begun(transaction, made.id, wave.id, opened)
    for capability in told.capabilities():
        for one in capability.asked(form):
            sessions.append(transaction, row, Response(one.code, Aspect.AS_IS, level=level), opened)
    waves.close_wave(transaction, wave.id, opened + timedelta(days=28))
    return made


def shared(transaction: Transaction, name: str, level: int = 3, at: datetime = CLOSED, form: Form = "short") -> City:
    """The same, in the benchmark since a moment."""
    made = city(transaction, name, level, form=form)
    cities.share(transaction, made.id, at)
    return made


def taken(database: Database, on: date = OCTOBER, kind: Kind = KIND) -> dict[str, float]:
    """Overall scores by city, as a snapshot taken now would hold them."""
    found = database.read(lambda tx: take_snapshot(tx, *kind, on))
    return {one.city: one.scores["overall"] for one in found.peers}


def take_snapshot_of(kind: Kind, transaction: Transaction) -> Snapshot:
    return take_snapshot(transaction, *kind, JANUARY)


def by_itself(kind: Kind, transaction: Transaction) -> Snapshot:
    return bench.one_by_one(transaction, kind[2], JANUARY)


def test_one_pass_over_all_cities_gives_what_each_gives_by_itself(database: Database) -> None:
    """Scores, gates, groups and order are the same as from the cities' own results, with one respondent or three."""
    write(database, lambda tx: bench.fill(tx, 150))
    found = database.read(lambda tx: take_snapshot(tx, *KIND, bench.ON))
    assert found == database.read(lambda tx: bench.one_by_one(tx, "short", bench.ON))
    assert 100 < len(found.peers) < 150


@pytest.mark.parametrize("form", ["full", "short"])
def test_a_city_of_eight_with_two_rounds_is_in_it_as_it_is(database: Database, form: Form) -> None:
    """Disagreement, non-responses and agreed values are pooled as in the city's own result; the later round counts."""
    several = [city_of_eight(database, f"City {seed}", form=form, seed=seed) for seed in range(6)]
    for one in several:
        write(database, lambda tx, at=one.id: cities.share(tx, at, SECOND))  # type: ignore[misc]
    for kind in (FULL, KIND) if form == "full" else (KIND,):
        found = database.read(partial(take_snapshot_of, kind))
        assert found == database.read(partial(by_itself, kind))
        assert found.peers


def test_who_joins_later_is_in_the_next_one(database: Database) -> None:
    """Opted in and closed by the morning of the date; nobody else."""

    def several(transaction: Transaction) -> None:
        shared(transaction, "In", 3)
        shared(transaction, "Late", 4, at=datetime(2026, 10, 1, 0, 0, 1, tzinfo=UTC))
        city(transaction, "Private", 5)
        at = city(transaction, "Open late", 2, opened=datetime(2026, 9, 10, tzinfo=UTC)).id
        cities.share(transaction, at, CLOSED)

    write(database, several)
    assert taken(database) == {"in-es": 60.0}
    assert taken(database, JANUARY) == {"in-es": 60.0, "late-es": 80.0, "open-late-es": 40.0}
    assert taken(database, JULY) == {}


def test_only_the_latest_closed_wave_counts(database: Database) -> None:
    """A later wave of another form is not made up for by an older one of the right form."""

    def several(transaction: Transaction) -> None:
        rounds: tuple[tuple[str, tuple[Form, Form]], ...] = (
            ("Both short", ("short", "short")),
            ("Then full", ("short", "full")),
            ("Then short", ("full", "short")),
        )
        for name, forms in rounds:
            for step, form in enumerate(forms):
                opened = OPENED - timedelta(days=60 * (1 - step))
                made = city(transaction, name, 2 + step, opened=opened, form=form)
            cities.share(transaction, made.id, OPENED)

    write(database, several)
    assert taken(database) == {"both-short-es": 60.0, "then-full-es": 60.0, "then-short-es": 60.0}
    assert taken(database, kind=FULL) == {"then-full-es": 60.0}


def test_a_city_below_a_gate_is_not_in_it(database: Database) -> None:
    """Without an overall score there is nothing to compare."""

    def half(transaction: Transaction) -> None:
        made = shared(transaction, "Half").id
        wave = waves.of_city(transaction, made)[0]
        session = begun(transaction, made, wave.id)
        told = library.instrument(*library.DEFAULT)
        for capability in told.dimension_of["2"].capabilities[:2]:
            code = capability.asked("short")[0].code
            gone = Response(code, Aspect.AS_IS, source=Source.AGREED)
            sessions.append(transaction, session, gone, OPENED)

    write(database, half)
    assert taken(database) == {}


def test_what_is_agreed_after_the_date_is_not_in_its_snapshot(database: Database) -> None:
    """A snapshot that is taken late is the same as one taken in time."""

    def agree(transaction: Transaction) -> None:
        made = shared(transaction, "In").id
        wave = waves.of_city(transaction, made)[0]
        session = begun(transaction, made, wave.id)
        code = library.instrument(*library.DEFAULT).capability_of["1.1"].asked("short")[0].code
        agreed = Response(code, Aspect.AS_IS, level=5, source=Source.AGREED)
        sessions.append(transaction, session, agreed, datetime(2026, 11, 2, tzinfo=UTC))

    write(database, agree)
    assert taken(database) == {"in-es": 60.0}
    assert taken(database, JANUARY)["in-es"] > 60


def test_a_snapshot_that_was_kept_is_never_changed(database: Database) -> None:
    """Neither by a second one of its date, nor by a city that leaves or comes; the next date has both."""
    write(database, lambda tx: [shared(tx, f"City {number}") for number in range(6)])
    assert benchmarking.ensure(database, KIND, OCTOBER)
    before = database.read(lambda tx: snapshots.find(tx, *KIND, OCTOBER))
    write(database, lambda tx: cities.share(tx, "city-0-es", None))
    write(database, lambda tx: shared(tx, "New"))
    assert not benchmarking.ensure(database, KIND, OCTOBER)
    other = Snapshot(OCTOBER, (Peer("x", "", "", "", {}),))
    assert not write(database, lambda tx: snapshots.keep(tx, *KIND, other))
    assert not write(database, lambda tx: snapshots.drop_untold(tx, *KIND, OCTOBER))
    assert database.read(lambda tx: snapshots.find(tx, *KIND, OCTOBER)) == before
    assert before is not None
    assert {one.city for one in before.peers} == {f"city-{number}-es" for number in range(6)}
    assert set(taken(database, JANUARY)) == {*(f"city-{number}-es" for number in range(1, 6)), "new-es"}


def test_joining_twice_is_joining_once(database: Database) -> None:
    """Since when a city shares its result does not move by saying so again."""

    def twice(transaction: Transaction) -> City:
        made = shared(transaction, "In").id
        cities.share(transaction, made, datetime(2026, 11, 1, tzinfo=UTC))
        return cities.find(transaction, made)[0]

    assert write(database, twice).shared_at == CLOSED


def test_every_kind_in_use_is_known(database: Database) -> None:
    """Where cities were asked the full form there is a short one to compare in too."""
    assert database.read(entrants.in_use) == []
    write(database, lambda tx: city(tx, "In", form="full"))
    assert database.read(entrants.in_use) == [FULL, KIND]


def test_an_arranged_snapshot_is_read_once(database: Database) -> None:
    """A process keeps it, as it is never changed; one that may still be filled is not kept."""
    write(database, lambda tx: [shared(tx, f"City {number}") for number in range(4)])
    benchmarking.ensure(database, KIND, OCTOBER)
    assert database.read(lambda tx: snapshots.arranged(tx, *KIND, OCTOBER)) is not database.read(
        lambda tx: snapshots.arranged(tx, *KIND, OCTOBER)
    )
    assert write(database, lambda tx: snapshots.drop_untold(tx, *KIND, OCTOBER))
    write(database, lambda tx: shared(tx, "City 5"))
    benchmarking.ensure(database, KIND, OCTOBER)
    first = database.read(lambda tx: snapshots.arranged(tx, *KIND, OCTOBER))
    assert database.read(lambda tx: snapshots.arranged(tx, *KIND, OCTOBER)) is first
    assert first.scores("all", "", "overall", "city-0-es") == [60.0] * 4
    assert first.scores("all", "", "overall", "elsewhere") == [60.0] * 5


def test_the_same_peer_read_from_the_store_is_the_same(database: Database) -> None:
    """Nothing is rounded or lost on the way."""
    write(database, lambda tx: bench.fill(tx, 40))
    benchmarking.ensure(database, KIND, bench.ON)
    found = database.read(lambda tx: snapshots.find(tx, *KIND, bench.ON))
    assert msgspec.to_builtins(found) == msgspec.to_builtins(
        database.read(lambda tx: take_snapshot(tx, *KIND, bench.ON))
    )
