"""A workshop in a group: silent votes, one reveal, an agreed value, and whoever comes too late is told so."""

from datetime import timedelta

from flows.events import Ended
from flows.events.gathering import Revealed, Revoted, Settled, Voted, Went
from flows.prompts import Notice
from flows.prompts.gatherings import Ballot, Milestone, Minutes, Order, Tally, TimeUp
from model import library
from model.pooling import pool
from model.responses import Aspect, Source
from storage import sessions, waves, workshops
from storage.database import Database
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.gathering import Group

ITEM = "2.2.1"


def begun(database: Database, clock: Clock, said: str = "/workshop 2.2") -> tuple[Team, Group, Ballot]:
    """A coordinator, two of the team, their group, and a workshop in it."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Leo", "coordinator")
    team.join("Ana", "respondent", "mobility")
    group = Group(team)
    group.act(("Eva", "/here"))
    group.told()
    group.act(("Eva", said))
    return team, group, group.ballot()


def kept(team: Team, item: str = ITEM) -> list[tuple[str, int | None]]:
    """The responses to a statement that count, by source and level."""
    given = team.database.read(lambda tx: waves.responses(tx, team.wave)).get((item, Aspect.AS_IS), [])
    return [(response.source.value, response.level) for _, response in given]


def test_only_how_many_have_voted_is_seen_before_the_reveal(database: Database, clock: Clock) -> None:
    """Many taps are many votes and one edit; a vote is changed by tapping again; nobody's level is told."""
    team, group, ballot = begun(database, clock)
    assert (ballot.item, ballot.votes, ballot.total) == (ITEM, 0, 1)
    assert ballot.until == ballot.ends == clock() - timedelta(seconds=5) + timedelta(minutes=4)
    told = group.act(
        *((name, Voted(ballot.at, "2")) for name in ("Ana", "Ben", "Cai", "Zoe")), ("Ana", Voted(ballot.at, "3"))
    )
    assert set(told) == {"Your vote is kept. Tap another one to change it, until they are revealed."}
    said = group.told()
    assert [(type(one), one.votes) for one in said if isinstance(one, Ballot)] == [(Ballot, 4)]
    assert len(said) == 1
    group.act(("Ana", Revealed(ballot.at)))
    assert group.told() == []
    assert kept(team) == []


def test_the_votes_are_revealed_with_median_and_who_is_far_off(database: Database, clock: Clock) -> None:
    """The lower median, how many of each level, and by name who is two levels or more away from it."""
    _, group, ballot = begun(database, clock)
    group.vote(ballot.at, [("Ana", "1"), ("Ben", "3"), ("Cai", "3"), ("Dan", "5"), ("Eva", "dont_know")])
    group.act(("Eva", Revealed(ballot.at)))
    shut, tally = group.told()
    assert isinstance(shut, Ballot)
    assert isinstance(tally, Tally)
    assert (shut.open, shut.votes) == (False, 5)
    assert (tally.counts, tally.unsure, tally.median) == ((0, 1, 0, 2, 0, 1), 1, 3)
    assert tally.far == (("Ana", 1), ("Dan", 5))
    assert tally.rows[0] == (Settled(ballot.at, 3),)


def test_an_agreed_value_wins_and_the_dissent_stays(database: Database, clock: Clock) -> None:
    """Appended as agreed, whatever the coordinator or anybody else has answered; the votes of every round stay."""
    team, group, ballot = begun(database, clock)
    team.act(("Eva", "/start"))
    before = team.session("Eva")
    group.vote(ballot.at, [("Ana", "1"), ("Eva", "4")])
    group.act(("Eva", Revealed(ballot.at)), ("Eva", Revoted(ballot.at)))
    again = group.ballot()
    assert (again.round, again.votes, again.open) == (2, 0, True)
    assert group.act(("Ana", Voted(ballot.at, "2"))) == ["The votes on this are over, so nothing was changed."]
    group.vote(again.at, [("Ana", "3"), ("Eva", "3")])
    group.act(("Leo", Revealed(again.at)), ("Leo", Settled(again.at, 3)))
    *_, tally, minutes = group.told()
    assert isinstance(tally, Tally)
    assert (tally.agreed, tally.open, tally.rows) == (3, False, ())
    assert minutes == Minutes(((ITEM, 3),), 1)
    assert kept(team) == [("agreed", 3)]
    assert team.session("Eva") == before
    row = 1
    rounds = [database.read(lambda tx, n=n: workshops.votes(tx, row, ITEM, n)) for n in (1, 2)]  # type: ignore[misc]
    assert [[(one.name, one.level) for one in votes] for votes in rounds] == [
        [("Ana", 1), ("Eva", 4)],
        [("Ana", 3), ("Eva", 3)],
    ]
    given = database.read(lambda tx: waves.responses(tx, team.wave))[ITEM, Aspect.AS_IS]
    assert pool(response for _, response in given).agreed
    assert given[0][1].source is Source.AGREED
    team.check()


def test_only_a_coordinator_leads_and_others_are_told_alone(database: Database, clock: Clock) -> None:
    """Nothing changes, and nothing is said to all."""
    team, group, ballot = begun(database, clock)
    group.vote(ballot.at, [("Ana", "1")])
    group.told()
    for event in (Revealed(ballot.at), Revoted(ballot.at), Settled(ballot.at, 5), Went(ballot.at)):
        assert group.act(("Ana", event)) == ["Only your city's coordinator can decide that."]
        assert group.act(("Zoe", event)) == ["Only your city's coordinator can decide that."]
    assert group.told() == []
    group.act(("Ana", "/workshop stop"), ("Ana", "/workshop 3"))
    assert group.notices() == ["coordinator_only", "coordinator_only"]
    assert kept(team) == []


def test_of_two_coordinators_at_once_one_wins_and_one_is_told(database: Database, clock: Clock) -> None:
    """One reveal, one agreed value; the other hears that it is decided."""
    team, group, ballot = begun(database, clock)
    group.vote(ballot.at, [("Ana", "1")])
    told = group.at_once(("Eva", Revealed(ballot.at)), ("Leo", Revealed(ballot.at)))
    assert sorted(told) == ["", "That is decided already, so nothing was changed."]
    told = group.at_once(("Eva", Settled(ballot.at, 1)), ("Leo", Settled(ballot.at, 4)))
    assert len([one for one in told if one]) == 1
    assert len(kept(team)) == 1


def test_a_dimension_goes_statement_by_statement_with_an_agenda_and_a_clock(database: Database, clock: Clock) -> None:
    """The time of each, a line when it is up, and in the end what was agreed; what is open comes first next time."""
    team, group, first = begun(database, clock, "/workshop 2 minutes 3")
    items = [
        item.code for c in library.instrument(*library.DEFAULT).dimensions[1].capabilities for item in c.asked("short")
    ]
    assert (first.item, first.place, first.total) == (items[0], 1, len(items))
    assert first.ends - first.until == timedelta(minutes=3) * (len(items) - 1)
    group.act(("Ana", Voted(first.at, "4")))
    said = group.told(wait=175)
    assert [one for one in said if isinstance(one, TimeUp)] == [TimeUp(items[0], 1)]
    assert group.told(wait=600) == []
    group.act(("Eva", Revealed(first.at)), ("Eva", Settled(first.at, 4)))
    second = group.ballot()
    assert (second.item, second.place) == (items[1], 2)
    group.act(("Eva", Went(second.at)))
    group.told()
    group.act(("Eva", "/workshop stop"))
    assert group.told() == [Minutes(((items[0], 4),), len(items))]
    assert group.told(wait=600) == []
    group.act(("Eva", "/workshop 2"))
    order = next(one for one in group.told() if isinstance(one, Order))
    assert order.items == tuple(items[1:])
    team.check()


def test_a_workshop_goes_on_after_days(database: Database, clock: Clock) -> None:
    """/workshop shows the card again at the end of the chat, votes included, with its minutes begun anew."""
    _, group, ballot = begun(database, clock)
    group.vote(ballot.at, [("Ana", "1")])
    group.told(wait=3 * 24 * 3600)
    group.act(("Eva", "/workshop 3"), ("Eva", "/workshop"))
    going, again = group.told()
    assert going == Notice("workshop_going", ITEM)
    assert isinstance(again, Ballot)
    assert (again.fresh, again.votes, again.at) == (True, 1, ballot.at)
    assert again.until > clock()
    group.act(("Eva", Revealed(ballot.at)), ("Eva", "/workshop"))
    assert [one.fresh for one in group.told() if isinstance(one, Tally)] == [True]


def test_nothing_changes_once_the_round_is_closed(database: Database, clock: Clock) -> None:
    """Votes, agreement and a new workshop are refused; the next round has workshops of its own."""
    team, group, ballot = begun(database, clock)
    group.vote(ballot.at, [("Ana", "1")])
    group.act(("Eva", Revealed(ballot.at)))
    team.act(("Eva", Ended(sure=True)))
    group.told()
    told = group.act(("Eva", Settled(ballot.at, 1)), ("Ana", Voted(ballot.at, "2")))
    assert all(one.startswith("This round is closed") for one in told)
    group.act(("Eva", "/workshop 2.2"))
    assert group.notices() == ["closed"]
    assert kept(team) == []
    team.open()
    assert group.act(("Ana", Voted(ballot.at, "2"))) == ["The votes on this are over, so nothing was changed."]
    group.act(("Eva", "/workshop 2.2"))
    fresh = group.ballot()
    assert (fresh.item, fresh.at != ballot.at) == (ITEM, True)


def test_what_a_workshop_is_about_is_understood_or_said(database: Database, clock: Clock) -> None:
    """Codes of nothing, minutes that are none, nobody's votes."""
    _, group, ballot = begun(database, clock)
    assert group.act(("Eva", Revealed(ballot.at))) == ["Nobody has voted yet."]
    group.act(
        *(("Eva", said) for said in ("/workshop stop", "/workshop stop", "/workshop", "/workshop 9", "/workshop 2.2.2"))
    )
    group.act(
        *(("Eva", said) for said in ("/workshop 2 minutes 0", "/workshop 2 minutes 61", "/workshop all of it, please"))
    )
    assert group.notices() == [
        *("workshop_none", "workshop_how", "nothing_of_that_code", "nothing_of_that_code"),
        *("workshop_minutes", "workshop_minutes", "workshop_how"),
    ]


def test_an_agreement_may_complete_a_dimension(database: Database, clock: Clock) -> None:
    """The group hears of it as if somebody had answered, and the progress counts it."""
    team, group, _ = begun(database, clock, "/workshop 2")
    for _ in range(5):
        ballot = workshop_at(team)
        group.act(("Ana", Voted(ballot, "3")), ("Eva", Revealed(ballot)), ("Eva", Settled(ballot, 3)))
    assert [one.dimension for one in group.told() if isinstance(one, Milestone)] == ["2"]


def workshop_at(team: Team) -> str:
    """The ballot that is open, as the store has it."""
    group = team.database.read(lambda tx: sessions.find(tx, CHANNEL, "the group"))
    assert group is not None
    going = team.database.read(lambda tx: workshops.going(tx, group.address))
    assert going is not None
    return going.workshop.at


def test_who_only_ever_voted_in_a_group_is_written_to_once_they_write(database: Database, clock: Clock) -> None:
    """Until then their chat is out of reach: a bot cannot write first."""
    team, group, ballot = begun(database, clock)
    group.act(("Zoe", Voted(ballot.at, "3")))
    found = database.read(lambda tx: sessions.find(tx, CHANNEL, team.chat("Zoe")))
    assert found is not None
    assert not found.reachable
    team.act(("Zoe", "/start"))
    found = database.read(lambda tx: sessions.find(tx, CHANNEL, team.chat("Zoe")))
    assert found is not None
    assert found.reachable
    assert team.told()["Zoe"]


def test_a_new_round_of_another_form_has_its_own_statements_and_the_city_its_own_clock(
    database: Database, clock: Clock
) -> None:
    """What is voted on is what the present round asks; the hour on the card is that of the city, also once it moves."""
    team, group, _ = begun(database, clock)
    team.act(("Eva", Ended(sure=True)), ("Eva", "/timezone Tokyo"))
    team.open("full")
    group.act(("Eva", "/workshop 2.2"))
    assert group.ballot().total == len(library.instrument(*library.DEFAULT).capability_of[ITEM].asked("full"))
    team.act(("Eva", "/timezone Lisbon"))
    standing = database.read(lambda tx: sessions.find(tx, CHANNEL, "the group"))
    assert standing is not None
    assert standing.session.timezone == "Europe/Lisbon"
