"""What somebody says first after a new round has opened, and what is theirs after one is closed."""

from flows.events import Attached, Ended
from flows.events.asides import Removed
from flows.prompts import Notice
from flows.prompts.interludes import Filed, MyData
from flows.prompts.questions import Ask
from model import library
from storage import evidence, waves
from storage.database import Database, write
from tests.acting import Team
from tests.conftest import Clock


def closed(database: Database, clock: Clock) -> Team:
    """A city whose first wave is over; Eva has answered, commented and sent a photo."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.act(("Eva", "4"), ("Eva", "/note 1.1.1 We began late."), ("Eva", Attached("photo", "f1", "1.1.1")))
    team.act(("Eva", Ended(sure=True)))
    team.told()
    return team


def opened(team: Team) -> None:
    """Another wave, into which nobody was taken yet: Eva comes in when she writes."""
    told = library.instrument(*library.DEFAULT)
    team.wave = write(team.database, lambda tx: waves.open_wave(tx, team.city.id, told, "short", team.clock(), None))


def sent(team: Team) -> list[evidence.Kept]:
    """Eva's evidence in the current wave."""
    row = team.mate("Eva").row
    return team.database.read(lambda tx: evidence.of_session(tx, row))


def test_what_does_not_answer_the_last_question_is_heard_in_the_new_round(database: Database, clock: Clock) -> None:
    """A command or a file names its own matter; a text was an answer to the round that is closed."""
    for said, kind in (("/timezone Lisbon", "timezone_kept"), ("/invite Ana mobility", ""), ("4", "")):
        team = closed(database, clock)
        opened(team)
        team.act(("Eva", said))
        told = team.told()["Eva"]
        assert Notice("new_wave") in told
        assert [one.kind for one in told if isinstance(one, Notice)][1:] == ([kind] if kind else [])
        assert any(type(one).__name__ == "Forward" for one in told) is said.startswith("/invite")
        assert team.session("Eva").responses == {}
    team = closed(database, clock)
    opened(team)
    team.act(("Eva", Attached("photo", "f2")))
    assert [type(one) for one in team.told()["Eva"] if not isinstance(one, Notice)] == [Filed, Ask]
    assert [one.reference for one in sent(team)] == ["f2"]


def test_what_is_kept_of_somebody_is_shown_after_the_close_too(database: Database, clock: Clock) -> None:
    """Their words and files are theirs; nothing of the closed round changes."""
    team = closed(database, clock)
    team.act(("Eva", "/mydata"))
    shown, _ = team.told()["Eva"]  # the same as a file follows
    assert isinstance(shown, MyData)
    assert (shown.comments, [one[0] for one in shown.files]) == ((("1.1.1", "We began late."),), [1])
    team.act(("Eva", Removed("file", "1")))
    assert team.notices("Eva") == ["closed"]
    assert len(sent(team)) == 1
