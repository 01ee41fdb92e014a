"""People's words: what counts, who may be quoted, and what moved since they said it."""

from dataclasses import replace
from datetime import date

from bot.reports.results.moving import moves
from flows.turn import Remark, Weighing
from model import library
from model.instrument import Instrument
from model.pooling import Pooled
from model.scoring import Scorecard, score
from storage import priorities, remarks, waves
from storage.database import Database, write
from tests.acting import Team
from tests.conftest import Clock

HARD, WELL = Remark("1.1", "challenge", "Money"), Remark("1.1", "success", "People")
BEFORE = date(2026, 11, 23)


def test_the_last_word_of_a_person_counts_and_only_theirs(database: Database, clock: Clock) -> None:
    """Both kinds beside each other, each person for themselves; what is removed is gone however often it was said."""
    team = Team(database, clock)
    ana, ben = (team.join(name).respondent for name in ("Ana", "Ben"))

    def keep(who: int, *said: Remark) -> None:
        for one in said:
            write(database, lambda tx: remarks.keep(tx, team.wave.id, who, one, clock()))  # noqa: B023  # done at once

    keep(ana, HARD, WELL, Remark("1.1", "challenge", "Time"))
    keep(ben, HARD, Remark("", "consent", "yes"))
    told = database.read(lambda tx: remarks.of_wave(tx, team.wave.id))
    assert {(one.respondent, one.kind, one.text, one.quotable) for one in told} == {
        (ana, "challenge", "Time", False),
        (ana, "success", "People", False),
        (ben, "challenge", "Money", True),
    }
    write(database, lambda tx: remarks.remove(tx, team.wave.id, ana, "1.1", "challenge"))
    assert [one.text for one in database.read(lambda tx: remarks.of_respondent(tx, team.wave.id, ana))] == ["People"]
    assert len(database.read(lambda tx: remarks.of_respondent(tx, team.wave.id, ben))) == 1


def test_consent_holds_in_the_next_wave_until_it_is_withdrawn(database: Database, clock: Clock) -> None:
    """Nobody is asked again, so the last word of all waves counts."""
    team = Team(database, clock)
    ana = team.join("Ana").respondent
    write(database, lambda tx: remarks.keep(tx, team.wave.id, ana, Remark("", "consent", "yes"), clock()))
    write(database, lambda tx: waves.close_wave(tx, team.wave.id, clock()))
    wave = team.open()
    write(database, lambda tx: remarks.keep(tx, wave.id, ana, HARD, clock()))
    assert [one.quotable for one in database.read(lambda tx: remarks.of_wave(tx, wave.id))] == [True]
    write(database, lambda tx: remarks.keep(tx, wave.id, ana, Remark("", "consent", "no"), clock()))
    assert [one.quotable for one in database.read(lambda tx: remarks.of_wave(tx, wave.id))] == [False]


def test_importance_and_effort_are_kept_each_for_itself(database: Database, clock: Clock) -> None:
    """What is said later of one leaves the other as it was."""
    team = Team(database, clock)
    for said in (Weighing("3.4", 3), Weighing("3.4", effort=1), Weighing("3.4.1", 2, 2), Weighing("3.4", 2)):
        write(database, lambda tx, s=said: priorities.keep(tx, team.wave.id, s, clock()))  # type: ignore[misc]
    found = database.read(lambda tx: priorities.of_wave(tx, team.wave.id))
    assert found == {"3.4": (2, 1), "3.4.1": (2, 2)}


def card(told: Instrument, level: int, **others: int) -> Scorecard:
    """A short form with this level everywhere but for the codes given (with _ for the points)."""
    codes = [one.code for capability in told.capabilities() for one in capability.asked("short")]
    given = {code: others.get("c" + code.replace(".", "_"), level) for code in codes}
    return score(told, "short", {code: Pooled(level=value, applicable=True, n=1) for code, value in given.items()}, {})


def test_what_moved_is_told_by_capability_the_largest_first() -> None:
    """Points won and lost; what stayed is not among them."""
    told = library.instrument(*library.DEFAULT)
    moved = moves(BEFORE, "short", (told, card(told, 3)), (told, card(told, 3, c1_2_1=5, c3_4_1=2)))
    assert moved.most == (("1.2", 40.0), ("3.4", -20.0))
    assert (round(moved.overall or 0, 6), round(moved.by_code["1"], 6)) == (0.8, 8.0)


def test_only_the_same_statements_are_compared() -> None:
    """A statement that was written anew takes its capability, its dimension and the whole out of the comparison."""
    then = library.instrument(*library.DEFAULT)
    first = then.dimensions[0].capabilities[0]
    edited = replace(first.indicators[0], statement="Something else.")
    changed = replace(first, indicators=(edited, *first.indicators[1:]))
    whole = then.dimensions[0]
    dimension = replace(whole, capabilities=(changed, *whole.capabilities[1:]))
    now = replace(then, dimensions=(dimension, *then.dimensions[1:]))
    moved = moves(BEFORE, "short", (then, card(then, 3)), (now, card(then, 4)))
    assert moved.overall is None
    assert {"1", "1.1"} & set(moved.by_code) == set()
    assert {"1.2", "2", "2.1"} <= set(moved.by_code)


def test_what_did_not_show_before_has_not_moved() -> None:
    """A first score is no gain."""
    told = library.instrument(*library.DEFAULT)
    nothing = score(told, "short", {}, {})
    moved = moves(BEFORE, "short", (told, nothing), (told, card(told, 4)))
    assert (moved.overall, moved.by_code) == (None, {})
