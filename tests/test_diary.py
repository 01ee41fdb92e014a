"""The diary on both engines: each reminder once, whoever looks; after a blocked chat, a night off, a moved close."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from flows.events import Consented, Ended, Left, Moved, Returned, Silenced
from flows.prompts import Notice
from flows.prompts.teamwork import Digest, Reminder
from storage import diary, sessions, teams
from storage.database import Database, Transaction, write
from storage.diary import Entry
from storage.opening import open_database
from tests.acting import Team, of
from tests.conftest import Clock

DAY = timedelta(days=1)


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """Eva leads, Ana and Ben answer; it is Monday at ten in Madrid, and the wave closes in ten days."""
    made = Team(database, clock)
    made.join("Eva", "coordinator")
    made.join("Ana", "respondent", "mobility")
    made.join("Ben", "respondent", "environment")
    made.told()
    return made


def live(team: Team, days: float) -> dict[str, list[tuple[datetime, str]]]:
    """What everybody is told while time passes, from one moment of the diary to the next."""
    until = team.clock() + days * DAY
    told: dict[str, list[tuple[datetime, str]]] = {}
    while (due := team.database.read(diary.next_due)) is not None and due <= until:
        team.clock.at = max(due, team.clock())
        team.look()
        for name, said in team.told().items():
            told.setdefault(name, []).extend(
                (team.clock(), getattr(one, "reason", "") or getattr(one, "kind", "") or type(one).__name__)
                for one in said
            )
    team.clock.at = until
    return told


def reminded(team: Team, days: float) -> dict[str, list[str]]:
    """The same, as local day and hour."""
    return {name: [f"{at:%d %H} {what}" for at, what in said] for name, said in live(team, days).items()}


def test_two_diaries_of_two_processes_remind_once(team: Team) -> None:
    """Both look at the same moment, again and again; everybody is reminded once."""
    other = open_database(team.database.url)
    try:
        twin = Team.__new__(Team)
        twin.__dict__.update(team.__dict__, database=other)
        for _ in range(2):
            team.clock.at = team.database.read(diary.next_due) or team.clock()
            team.at_once(diaries=3)
            twin.at_once(diaries=3)
        told = team.told()
        assert all([type(prompt) for prompt in told[name]] == [Reminder] * 2 for name in ("Eva", "Ana", "Ben"))
        assert [team.session(name).reminders.count for name in ("Eva", "Ana", "Ben")] == [2, 2, 2]
    finally:
        other.close()


def test_diaries_and_people_at_the_same_moment(team: Team) -> None:
    """Somebody answers while they are being reminded: both count, and neither undoes the other."""
    team.clock.at = team.database.read(diary.next_due) or team.clock()
    team.at_once(("Ana", "3"), ("Ben", "4"), ("Eva", Moved("+7")), diaries=4)
    assert [team.session(name).reminders.count for name in ("Eva", "Ana", "Ben")] == [1, 1, 1]
    assert [len(team.session(name).responses) for name in ("Ana", "Ben")] == [1, 1]
    team.check()


def test_a_server_that_was_off_for_two_days_catches_up_once(team: Team) -> None:
    """What fell due meanwhile is one reminder, at an hour in which people work; not at night."""
    team.clock.at = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)  # Friday night
    assert reminded(team, 3.5) == {name: ["30 09 before_close"] for name in ("Ana", "Ben", "Eva")}


def test_whoever_blocks_the_bot_is_told_to_the_coordinator_and_reminded_after(team: Team) -> None:
    """Nothing is said to a chat that is gone; once it is back, the reminders go on."""
    team.act(("Ana", Left()))
    told = reminded(team, 3)
    assert "Ana" not in told
    assert told["Eva"] == ["23 11 Digest", "25 09 day_2", "25 11 Digest"]
    team.act(("Ana", Returned()))
    team.told()
    assert [what[-5:] for what in reminded(team, 1)["Ana"]] == ["day_2"]


def test_whoever_has_finished_is_not_reminded_any_more(team: Team) -> None:
    """Nor are they in the digest; they hear of the close."""
    team.act(*(("Ana", "3") for _ in of("mobility")))
    team.told()
    told = reminded(team, 11)
    assert told["Ana"] == ["03 09 wave_closed"]
    assert [what.partition(" ")[2][3:] for what in told["Ben"]] == [
        "day_2",
        "before_close",
        "before_close",
        "wave_closed",
    ]


def test_whoever_wants_no_answers_kept_is_not_reminded(team: Team) -> None:
    """A no is a no; a yes later brings the reminders back."""
    team.act(("Ana", Consented(agreed=False)))
    team.told()
    assert "Ana" not in reminded(team, 3)
    team.act(("Ana", Consented(agreed=True)))
    assert "Ana" in reminded(team, 5)


def test_a_close_moved_to_tomorrow_is_reminded_of_and_kept(team: Team) -> None:
    """Earlier than the reminder that was planned: the closing day's comes at once, the close is told in the morning."""
    team.act(("Eva", "/deadline tomorrow"))
    team.told()
    told = reminded(team, 3)
    assert told["Ana"] == ["24 09 closing_day", "25 09 wave_closed"]
    assert database_is_quiet(team)


def test_a_close_moved_to_today_closes_tonight(team: Team) -> None:
    """There is nothing to remind of in the time that is left; nobody is woken to hear of the close."""
    team.act(("Eva", "/deadline today"))
    team.told()
    assert reminded(team, 3)["Ben"][-1] == "24 09 wave_closed"
    assert database_is_quiet(team)


def test_a_close_in_the_past_is_refused(team: Team) -> None:
    """Half a minute before midnight, today is over; the close stays what it was."""
    team.clock.at = datetime(2026, 11, 23, 22, 59, 30, tzinfo=UTC)
    team.act(("Eva", "/deadline today"))
    assert team.notices("Eva") == ["day_in_past"]
    assert reminded(team, 12)["Ana"][-1] == "03 09 wave_closed"


def test_at_the_close_everybody_is_told_once_and_nothing_follows(team: Team) -> None:
    """Ended by hand or by the clock, by one diary or three: one word to each, and the diary is empty."""
    team.clock.at = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
    team.at_once(("Eva", Ended(sure=True)), diaries=3)
    told = team.told()
    assert [[prompt.kind for prompt in told[name] if isinstance(prompt, Notice)] for name in ("Ana", "Ben")] == [
        ["wave_closed"],
        ["wave_closed"],
    ]
    assert database_is_quiet(team)


def test_silence_tells_the_coordinators_once(team: Team) -> None:
    """Two who want no more reminders within two hours are one digest."""
    team.act(("Ana", Silenced()))
    team.clock.pass_(hours=1)
    team.act(("Ben", Silenced()))
    team.told()
    team.clock.pass_(hours=1)
    team.look()
    (digest,) = team.told()["Eva"]
    assert isinstance(digest, Digest)
    assert [one.name for one in digest.members] == ["Ana", "Ben"]


def test_nobody_is_reminded_of_nothing(team: Team) -> None:
    """Eva gave away what was Ben's to the last statement: without a question left there is no reminder, nor a loop."""
    session = team.session("Ben")
    assert not session.finished

    def empty(tx: Transaction) -> None:
        standing = teams.standing(tx, team.mate("Ben").row)
        assert standing is not None
        sessions.keep(tx, standing, replace(standing.session, scope=()), team.clock())

    write(team.database, empty)
    assert reminded(team, 12)["Ben"] == ["03 09 wave_closed"]


def test_a_guessed_place_is_told_once(team: Team) -> None:
    """In the first reminder, to those who did not tell theirs."""
    team.act(("Ben", "/timezone Madrid"))
    team.told()
    zones: dict[str, list[str]] = {}
    for _ in range(2):
        team.clock.at = team.database.read(diary.next_due) or team.clock()
        team.look()
        for name, said in team.told().items():
            zones.setdefault(name, []).extend(one.timezone for one in said if isinstance(one, Reminder))
    assert zones == {"Eva": ["Europe/Madrid", ""], "Ana": ["Europe/Madrid", ""], "Ben": ["", ""]}


def test_what_cannot_be_looked_at_is_struck(
    team: Team, reopen: Callable[[], Database], caplog: pytest.LogCaptureFixture
) -> None:
    """An entry about nothing is passed by, and does not come back."""
    write(team.database, lambda tx: diary.plan(tx, "reminder", 999, team.clock()))
    team.look()
    assert Entry("reminder", 999) not in reopen().read(lambda tx: diary.due(tx, team.clock() + DAY))
    assert not caplog.records


def database_is_quiet(team: Team) -> bool:
    """Nothing is planned any more."""
    return team.database.read(diary.next_due) is None
