"""Waves: one round of asking, pinned to the instrument it asks, and the responses that count in it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.turn import Evidence
from model.responses import Aspect, Response, Source
from storage import cities, evidence, sessions, waves
from storage.database import Database, Transaction, write
from storage.waves import InstrumentChangedError, Wave
from tests.conftest import Clock
from tests.people import CITY, instrument, meet

LEVEL = [Response("1.1.1", Aspect.AS_IS, level=level) for level in range(6)]


def open_wave(database: Database, clock: Clock) -> Wave:
    """A wave of a new city."""

    def work(transaction: Transaction) -> Wave:
        city = cities.add(transaction, CITY, clock())
        return waves.open_wave(transaction, city.id, instrument(), "short", clock())

    return write(database, work)


def join(database: Database, clock: Clock, wave: Wave, chat: str, *said: Response) -> tuple[int, int]:
    """Somebody from a department who says this in a wave: their respondent and their session's row."""
    standing = meet(database, clock(), chat)

    def work(transaction: Transaction) -> int:
        respondent = sessions.join(transaction, wave.city_id, chat, "respondent", "mayor", clock())
        sessions.assign(transaction, standing.row, respondent, wave.id)
        for response in said:
            sessions.append(transaction, standing.row, response, clock())
        return respondent

    return write(database, work), standing.row


def test_a_wave_is_pinned_to_its_instrument(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """It comes back from the store as it was opened, and its digest is the instrument's."""
    opened = open_wave(database, clock)
    again = reopen()
    assert again.read(lambda tx: waves.current(tx, opened.city_id)) == opened
    assert (opened.digest, opened.opened_at, opened.closed_at) == (instrument().digest, clock(), None)
    assert again.read(lambda tx: waves.current(tx, "nowhere")) is None


def test_a_wave_is_closed_once(database: Database, clock: Clock) -> None:
    """Closing it again changes nothing; what is closed is not open any more, and its sessions neither."""
    first, second = open_wave(database, clock), open_wave(database, clock)
    join(database, clock, first, "ana")
    assert write(database, lambda tx: waves.close_wave(tx, first.id, clock()))
    clock.pass_(days=1)
    assert not write(database, lambda tx: waves.close_wave(tx, first.id, clock()))
    assert database.read(waves.still_open) == [second]
    assert not meet(database, clock(), "ana").session.open
    assert meet(database, clock(), "ben").session.open


def test_the_latest_wave_of_a_city_is_the_current_one(database: Database, clock: Clock) -> None:
    """Waves are told the latest first."""
    first = open_wave(database, clock)
    second = write(database, lambda tx: waves.open_wave(tx, first.city_id, instrument(), "full", clock()))
    assert database.read(lambda tx: waves.of_city(tx, first.city_id)) == [second, first]
    assert database.read(lambda tx: waves.current(tx, first.city_id)) == second


def test_the_last_response_of_each_respondent_counts(database: Database, clock: Clock) -> None:
    """The log tells all of them in order and marks the last ones; the value agreed on stands beside them."""
    wave, other = open_wave(database, clock), open_wave(database, clock)
    agreed = Response("1.1.1", Aspect.AS_IS, level=2, source=Source.AGREED)
    goal = Response("1.1", Aspect.TARGET, level=4, year=2029)
    ana, _ = join(database, clock, wave, "ana", LEVEL[1], LEVEL[3], goal)
    ben, _ = join(database, clock, wave, "ben", LEVEL[5], agreed)
    join(database, clock, other, "cid", LEVEL[0])
    entries = database.read(lambda tx: waves.log(tx, wave.city_id))
    assert [entry.response for entry in entries] == [LEVEL[1], LEVEL[3], goal, LEVEL[5], agreed]
    assert [entry.current for entry in entries] == [False, True, True, True, True]
    assert {(entry.department, entry.at) for entry in entries} == {("mayor", clock())}
    assert database.read(lambda tx: waves.responses(tx, wave)) == {
        ("1.1.1", Aspect.AS_IS): [(ana, LEVEL[3]), (ben, LEVEL[5]), (ben, agreed)],
        ("1.1", Aspect.TARGET): [(ana, goal)],
    }


def test_evidence_is_told_by_respondent_and_item(database: Database, clock: Clock) -> None:
    """Two files for one answer are told once, and another wave's not at all."""
    wave, other = open_wave(database, clock), open_wave(database, clock)
    ana, row = join(database, clock, wave, "ana")
    for reference in ("file-1", "file-2"):
        photo = Evidence("1.1.1", "photo", reference)
        write(database, lambda tx, p=photo: evidence.keep(tx, row, 0, p, clock()))  # type: ignore[misc]
    assert database.read(lambda tx: waves.with_evidence(tx, wave.id)) == {(ana, "1.1.1")}
    assert database.read(lambda tx: waves.with_evidence(tx, other.id)) == set()


def test_an_instrument_that_was_edited_is_refused(database: Database, clock: Clock) -> None:
    """The unchanged one is taken; the edited one is told with the wave, the city and what to do."""
    wave = open_wave(database, clock)
    waves.check_unchanged(wave, instrument("es"))
    with pytest.raises(InstrumentChangedError, match=f"wave {wave.id} of {wave.city_id} .* maturitybot wave close"):
        waves.check_unchanged(wave, replace(instrument(), digest="other"))
