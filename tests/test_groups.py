"""Groups: given to a city and taken back, what they are told, and what is never said there."""

import pytest

from bot.conversation.losing import lose
from bot.rehearsal import rehearse
from flows.events import Answered, AnyEvent, Asked, Ended, Typed
from flows.events.gathering import Added, Expelled
from flows.prompts import Benchmark, Chart, Notice, Scores
from flows.prompts.figures import InShort
from flows.prompts.gatherings import CityProgress, GroupHelp, Milestone
from model import library
from storage import copies, groups, sessions, teams
from storage.database import Database, write
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.gathering import CHAT, Group
from tests.test_wording import say


def begun(database: Database, clock: Clock, *, alone: bool = False) -> tuple[Team, Group]:
    """A team of three, or its coordinator alone, and a group that the coordinator has given to the city."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    if not alone:
        team.join("Ana", "respondent", "mobility")
        team.join("Ben", "respondent", "environment")
    group = Group(team)
    group.act(("Eva", "/here"))
    assert group.notices() == ["group_linked"]
    return team, group


def of_dimension(code: str) -> list[str]:
    """The statements of a dimension in the short form."""
    told = library.instrument(*library.DEFAULT)
    (dimension,) = (one for one in told.dimensions if one.code == code)
    return [item.code for capability in dimension.capabilities for item in capability.asked("short")]


def test_only_a_coordinator_gives_a_group_to_their_city(database: Database, clock: Clock) -> None:
    """Others are refused, in the group and kindly; until then everybody hears how to begin."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ana", "respondent", "mobility")
    group = Group(team)
    group.act(("Ana", Added()))
    assert group.notices() == ["group_hello"]
    group.act(("Ana", "/progress"), ("Ana", "/workshop 2.2"), ("Zoe", "/here"), ("Ana", "/here"))
    assert group.notices() == ["group_how", "group_how", "group_coordinators", "group_coordinators"]
    group.act(("Eva", "/here"), ("Eva", "/here"), ("Ana", "/here off"), ("Eva", "/here off"), ("Ana", "/scores"))
    assert group.notices() == [*["group_linked"] * 2, "group_coordinators", "group_unlinked", "group_how"]


def test_a_group_of_one_city_is_not_given_to_another(database: Database, clock: Clock) -> None:
    """Its own coordinator can free it; then anybody else's city may have it."""
    _, group = begun(database, clock)
    other = Team(database, clock)
    other.join("Max", "coordinator")
    theirs = Group(other)
    theirs.act(("Max", "/here"), ("Max", "/here off"))
    assert theirs.notices() == ["group_of_another", "group_of_another"]
    group.act(("Eva", "/here off"))
    theirs.told()
    theirs.act(("Max", "/here"))
    assert theirs.notices() == ["group_linked"]


def test_anyone_may_ask_for_the_citys_way_and_result(database: Database, clock: Clock) -> None:
    """Whoever it is, also somebody the bot has never met; numbers, and nobody's name."""
    team, group = begun(database, clock)
    team.act(*(("Ana", Answered(code, "3")) for code in team.scope("Ana") or ()))
    group.told()
    group.act(("Zoe", "/progress"))
    (told,) = group.told()
    assert isinstance(told, CityProgress)
    assert (told.done, told.people) == (1, 3)
    assert sum(row[1] for row in told.dimensions) == len(team.scope("Ana") or ())
    group.act(("Zoe", "/scores"), ("Zoe", "/benchmark"), ("Zoe", Asked("benchmark")), ("Zoe", "/help"))
    assert [type(one) for one in group.told()] == [Scores, Chart, Benchmark, Chart, Benchmark, Chart, GroupHelp]
    assert database.read(lambda tx: sessions.find(tx, CHANNEL, team.chat("Zoe"))) is None


def test_whoever_leads_the_city_hears_of_a_group_that_is_lost(database: Database, clock: Clock) -> None:
    """Nobody wonders at the close why nothing was posted there."""
    team, group = begun(database, clock)
    team.told()
    address = database.read(lambda tx: sessions.find(tx, CHANNEL, group.chat))
    assert address is not None
    for _ in range(2):
        write(database, lambda tx: lose(tx, address.address, clock()))
    assert team.notices("Eva") == ["group_lost"]


@pytest.mark.parametrize("said", ["/team", "/start abc", "/assign 1.1 Ana", "/mydata", "/note 1.1.1 no", "/goals"])
def test_what_is_for_a_private_chat_is_not_said_in_front_of_others(database: Database, clock: Clock, said: str) -> None:
    """Nobody's board, answers or invitations; nothing changes."""
    team, group = begun(database, clock)
    before = team.mates()
    group.act(("Eva", said))
    assert group.notices() == ["group_private"]
    assert team.mates() == before


@pytest.mark.parametrize("event", [Answered("1.1.1", "4"), Ended(sure=True), Typed("3")])
def test_a_private_button_does_nothing_in_a_group(database: Database, clock: Clock, event: AnyEvent) -> None:
    """It is told to whoever tapped it, and to nobody else."""
    team, group = begun(database, clock)
    before = team.mates()
    assert group.act(("Ana", event)) == ["That button does nothing here any more."]
    assert group.told() == []
    assert team.mates() == before


def test_a_group_hears_of_each_dimension_once_it_is_complete(database: Database, clock: Clock) -> None:
    """By whoever has answered; once; and of all of them at the end. Never who it was."""
    team, group = begun(database, clock, alone=True)
    told = library.instrument(*library.DEFAULT)
    said = []
    for dimension in told.dimensions:
        team.act(*(("Eva", Answered(code, "3")) for code in of_dimension(dimension.code)))
        team.act(("Eva", Answered(of_dimension(dimension.code)[0], "4")))
        said += [one for one in group.told() if isinstance(one, Milestone)]
    assert [one.dimension for one in said] == [*[one.code for one in told.dimensions][:-1], ""]
    assert [one.done for one in said] == [1, 2, 3, 4, 5]


def test_what_was_complete_before_is_no_news(database: Database, clock: Clock) -> None:
    """A group given to a city late hears what is complete from then on."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.act(*(("Eva", Answered(code, "3")) for code in of_dimension("1")))
    group = Group(team)
    group.act(("Eva", "/here"))
    team.act(*(("Eva", Answered(code, "3")) for code in of_dimension("2")))
    assert [one.dimension for one in group.told() if isinstance(one, Milestone)] == ["2"]


def test_the_result_is_posted_at_the_close_by_day(database: Database, clock: Clock) -> None:
    """What the coordinator gets, when a working hour comes; a new round begins its milestones anew."""
    team, group = begun(database, clock)
    team.act(*(("Eva", Answered(code, "3")) for code in of_dimension("1")))
    group.told()
    clock.pass_(hours=12)
    team.act(("Eva", Ended(sure=True)))
    assert group.told() == []
    clock.pass_(hours=12)
    assert [type(one) for one in group.told()] == [Notice, InShort, Chart, Chart]
    team.open()
    team.act(*(("Eva", Answered(code, "3")) for code in of_dimension("1")))
    assert [one.dimension for one in group.told() if isinstance(one, Milestone)] == ["1"]


def test_a_group_that_the_bot_was_taken_out_of_is_nobodys(database: Database, clock: Clock) -> None:
    """Nothing is owed there; brought back, it waits for /here."""
    team, group = begun(database, clock)
    group.act(("Eva", "/scores"), ("Ana", Expelled()))
    assert group.told() == []
    team.act(*(("Eva", Answered(code, "3")) for code in of_dimension("1")))
    assert group.told() == []
    group.act(("Ana", Added()), ("Ana", "/progress"))
    assert group.notices() == ["group_hello", "group_how"]


def test_a_group_that_cannot_be_written_to_is_let_go(database: Database, clock: Clock) -> None:
    """As the relay learns it; a person who cannot be written to stays in their round."""
    team, group = begun(database, clock)
    standing = database.read(lambda tx: sessions.find(tx, CHANNEL, CHAT))
    assert standing is not None
    write(database, lambda tx: lose(tx, standing.address, clock()))
    assert database.read(lambda tx: groups.city(tx, standing.address)) is None
    group.act(("Eva", "/progress"))
    assert group.notices() == ["group_how"]
    eva = team.mate("Eva")
    found = database.read(lambda tx: teams.standing(tx, eva.row))
    assert found is not None
    write(database, lambda tx: lose(tx, found.address, clock()))
    assert team.mate("Eva") == eva


def test_a_group_is_nobody_of_the_team(database: Database, clock: Clock) -> None:
    """It is in the wave, and in no list of people."""
    team, group = begun(database, clock)
    assert [mate.name for mate in team.mates()] == ["Eva", "Ana", "Ben"]
    group.act(("Eva", "/progress"))
    (told,) = group.told()
    assert isinstance(told, CityProgress)
    assert told.people == 3
    team.check()


def test_what_works_in_groups_says_so_in_private(database: Database, clock: Clock) -> None:
    """/here and /workshop in one's own chat."""
    team, _ = begun(database, clock)
    team.told()
    team.act(("Eva", "/here"), ("Eva", "/workshop 2.2"))
    assert team.notices("Eva") == ["in_a_group", "in_a_group"]


def test_a_rehearsal_tells_nothing_of_groups(database: Database, clock: Clock) -> None:
    """It lists who is written to of our own accord: people, as many with a group as without."""
    team, group = begun(database, clock)
    copied = database.read(lambda tx: copies.read(tx, team.city.id, team.wave.id))
    said = rehearse(copied, team.wave, clock(), {}, lambda _: None)
    assert {one.person for one in said} == {"Eva", "Ana", "Ben"}
    group.act(("Eva", "/here off"))
    copied = database.read(lambda tx: copies.read(tx, team.city.id, team.wave.id))
    assert len(rehearse(copied, team.wave, clock(), {}, lambda _: None)) == len(said)


def test_a_groups_scores_name_no_capability_that_one_person_may_have_answered() -> None:
    """Overall and dimensions; not the weakest capability, the gaps and the counts by level."""
    alone, public = (say(Scores(public=one), "en") for one in (False, True))
    assert alone is not None
    assert public is not None
    for told in ("Weakest:", "Largest gaps", "Statements at level"):
        assert told in alone.body
        assert told not in public.body
    assert "Overall:" in public.body
