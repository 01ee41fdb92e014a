"""The coordinator leads by day: nudges and digests wait for the morning, and a button means what it showed."""

from datetime import UTC, datetime, timedelta

from flows.events import Consented, Given, HandedOn, Looked, Moved, NotMine, Nudged
from flows.prompts import Notice
from flows.prompts.teamwork import AskWhom, Digest, Reminder
from flows.prompts.teamwork import Team as Board
from model import library
from storage import waves
from storage.database import Database
from tests.acting import Team, of
from tests.conftest import Clock

NIGHT, MORNING = datetime(2026, 11, 23, 21, 0, tzinfo=UTC), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_nobody_is_nudged_in_the_night(database: Database, clock: Clock) -> None:
    """The reminder comes at ten in the morning, once; the coordinator is told."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    clock.at = NIGHT
    team.told()
    team.act(("Eva", Nudged(team.id("Ana"))), ("Eva", Nudged(team.id("Ana"))))
    team.look()
    assert {who: [getattr(one, "kind", "") for one in said] for who, said in team.told().items()} == {
        "Eva": ["nudged_later", "nudged_later"]
    }
    clock.at = MORNING
    team.look()
    (told,) = team.told()["Ana"]
    assert isinstance(told, Reminder)
    assert told.reason == "nudge"


def test_a_nudge_that_would_come_after_the_close_is_not_promised(database: Database, clock: Clock) -> None:
    """A round that ends in the night has no morning left."""
    team = Team(database, clock, days=1)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    clock.at = NIGHT
    team.told()
    team.act(("Eva", "/deadline today"), ("Eva", Nudged(team.id("Ana"))))
    assert team.notices("Eva") == ["moved", "not_nudged"]


def test_the_coordinator_hears_by_day_who_takes_no_part(database: Database, clock: Clock) -> None:
    """Somebody refuses at ten in the evening: one message at ten in the morning, and none in the night."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    clock.at = NIGHT
    team.act(("Ana", Consented(agreed=False)))
    team.told()
    clock.at = NIGHT + timedelta(hours=2)
    team.look()
    assert team.told() == {}
    clock.at = MORNING
    team.look()
    (told,) = team.told()["Eva"]
    assert isinstance(told, Digest)
    assert [(one.name, one.disposition, one.minutes) for one in told.members] == [("Ana", "refused", 0)]


def test_a_week_longer_is_one_week_whoever_taps_it(database: Database, clock: Clock) -> None:
    """Two coordinators at once, who hear of the same day; and once more from a card that shows the day before."""
    team = Team(database, clock)
    for name in ("Eva", "Leo"):
        team.join(name, "coordinator")
    team.act(("Eva", "/team"))
    (board,) = [one for one in team.told()["Eva"] if isinstance(one, Board)]
    longer = board.rows[-1][0]
    assert longer == Moved("+7 2026-12-03")
    team.at_once(("Eva", longer), ("Leo", longer))
    team.act(("Eva", longer))
    told = team.told()
    notices = [one for who in ("Eva", "Leo") for one in told[who] if isinstance(one, Notice)]
    assert {one.about for one in notices} == {"2026-12-10"}
    assert [one.kind for one in told["Eva"] if isinstance(one, Notice)][-1] == "moved_before"
    found = database.read(lambda tx: waves.find(tx, team.wave.id))
    assert found is not None
    assert found.closes_at is not None
    assert (found.closes_at - clock()).days == 17


def test_a_round_without_a_close_gets_one_at_the_end_of_a_day(database: Database, clock: Clock) -> None:
    """A week from today, and once."""
    team = Team(database, clock, days=None)
    team.join("Eva", "coordinator")
    team.told()
    team.act(("Eva", Moved("+7 -")), ("Eva", Moved("+7 -")))
    assert team.notices("Eva") == ["moved", "moved_before"]
    found = database.read(lambda tx: waves.find(tx, team.wave.id))
    assert found is not None
    assert found.closes_at == datetime(2026, 11, 30, 22, 59, tzinfo=UTC)


def test_everybody_of_a_large_team_has_a_button(database: Database, clock: Clock) -> None:
    """A coordinator and eight heads are nine, and each can be looked at; all departments can be given."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    for name in ("Ana", "Ben", "Cai", "Dora", "Finn", "Gil", "Hugo", "Iker", "Nora"):
        team.join(name, "respondent", "mobility")
    team.told()
    team.act(("Eva", "/team"), ("Eva", Looked(team.id("Nora"))), ("Ana", NotMine("")))
    told = team.told()
    board, person = told["Eva"]
    names = {one.at for row in board.rows for one in row if isinstance(one, Looked)}
    assert names == {team.id(mate.name) for mate in team.mates()}
    departments = {one.code for row in person.rows for one in row if isinstance(one, Given)}
    assert len(departments) == len(library.instrument(*library.DEFAULT).departments)
    asked = next(one for one in told["Ana"] if isinstance(one, AskWhom))
    assert len([one for row in asked.rows for one in row if isinstance(one, HandedOn) and one.to]) == 9


def test_who_takes_no_part_has_no_button_to_be_reminded(database: Database, clock: Clock) -> None:
    """A button that only leads to a no is none."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Ana", Consented(agreed=False)))
    team.told()
    team.act(("Eva", Looked(team.id("Ana"))))
    (shown,) = team.told()["Eva"]
    assert not any(isinstance(one, Nudged) for row in shown.rows for one in row)


def test_a_departments_name_may_be_two_words(database: Database, clock: Clock) -> None:
    """As the board shows it, so it may be typed."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    team.act(("Eva", "/assign Urban planning Ana"))
    assert set(of("planning")) <= set(team.scope("Ana") or ())


def test_nothing_is_handed_on_to_somebody_who_takes_no_part(database: Database, clock: Clock) -> None:
    """They would never answer, and nobody else would be asked."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    for name in ("Ana", "Ben"):
        team.join(name, "respondent", "mobility")
    team.act(("Ben", Consented(agreed=False)))
    team.told()
    team.act(("Ana", NotMine("")))
    asked = next(one for one in team.told()["Ana"] if isinstance(one, AskWhom))
    assert [one.name for one in asked.people] == ["Eva"]
