"""What a city is told of its peers after all that it was told before, date by date and cut by cut."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from model.columns import Columns
from model.comparison import CUTS, Benchmark, Cut, Peer, Snapshot, compare
from model.ledger import Told, told
from model.telling import History, latest, tell
from tests.test_ledger import Group, derivable

JULY, OCTOBER, JANUARY, APRIL = date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1)
REGIONS, SIZES = ("Asia", "Africa"), ("1-5 million", "under 100,000")
OWN = Peer("own", "1-5 million", "Asia", "high", {})
SCORES: Mapping[str, float | None] = {"overall": 33.0, "1": 30.0, "1.1": 20.0}


def peer(name: str, region: str = "Asia", size: str = "1-5 million", *, known: Iterable[str] = SCORES) -> Peer:
    """A city whose scores follow from its name, of these codes."""
    return Peer(name, size, region, "high", dict.fromkeys(known, 10.0 + 3 * (ord(name[0]) - ord("a"))))


def cities(names: str, region: str = "Asia", size: str = "1-5 million") -> tuple[Peer, ...]:
    return tuple(peer(name, region, size) for name in names)


class Reader:
    """A city that asks again and again, with snapshots that are taken one after the other."""

    def __init__(self, *snapshots: Snapshot) -> None:
        places: dict[str, int] = {}
        free = count()
        self._snapshots: dict[date, Snapshot] = {}
        self._taken: dict[date, Columns] = {}
        self._place = lambda city: places[city] if city in places else places.setdefault(city, next(free))
        self.shown: list[Told] = []
        for one in snapshots:
            self.take(one.on, one.peers)

    def take(self, on: date, peers: Sequence[Peer]) -> None:
        self._snapshots[on] = Snapshot(on, tuple(peers))
        self._taken[on] = Columns(self._snapshots[on], self._place)

    def ask(self, cut: Cut = "all", own: Peer = OWN, scores: Mapping[str, float | None] = SCORES) -> Benchmark:
        """Asks, and remembers what it is told."""
        found = tell(own, scores, History(latest([*self._taken]), self._taken, self.shown), cut)
        learned = told(found)
        self.shown += [learned] if learned else []
        return found

    def groups(self, code: str) -> list[Group]:
        """Of which cities this code was told, telling by telling, worked out from the snapshots themselves."""
        return [
            frozenset(
                one.city
                for one in self._snapshots[seen.on].peers
                if one.city != OWN.city
                and code in one.scores
                and (seen.cut == "all" or getattr(one, seen.cut) == seen.group)
            )
            for seen in self.shown
            if code in seen.codes
        ]


def of(found: Benchmark, code: str = "overall") -> Any:
    return next((one for one in found.standings if one.code == code), None)


PEERS = st.lists(
    st.builds(
        peer,
        st.sampled_from([f"{letter}{number}" for letter in "abcdefg" for number in range(4)]),
        st.sampled_from(REGIONS),
        st.sampled_from(SIZES),
        known=st.sampled_from((("overall", "1", "1.1"), ("overall", "1"))),
    ),
    max_size=24,
    unique_by=lambda one: one.city,
)


@given(PEERS, st.sampled_from(CUTS), st.booleans())
def test_who_was_told_nothing_yet_is_told_what_the_rules_allow(peers: list[Peer], cut: Cut, is_in: bool) -> None:
    """The same as `compare`, which looks at every peer and remembers nothing; also where the city is itself in it."""
    itself = [msgspec.structs.replace(OWN, scores={"overall": 33.0, "1": 30.0, "1.1": 20.0})]
    there = peers + itself * is_in
    expected = compare(OWN, SCORES, Snapshot(OCTOBER, tuple(there)), cut)
    found = Reader(Snapshot(OCTOBER, tuple(there))).ask(cut)
    assert msgspec.structs.replace(found, instead=()) == expected


CHANGES = st.lists(st.tuples(st.integers(0, 13), st.sampled_from(("there", "region", "size", "known"))), max_size=3)
"""What is different on a date: which city, and whether it comes or goes, moves, or has 1.1 answered."""


def changed(peers: Sequence[Peer], changes: Iterable[tuple[int, str]]) -> list[Peer]:
    """The peers of the next date, from those of the last one: a few of them are not as they were."""
    found = {one.city: one for one in peers}
    for number, what in changes:
        name = "abcdefghijklmn"[number]
        if what == "there" and name in found:
            del found[name]
            continue
        one = found.get(
            name, peer(name, ("Asia", "Africa")[number % 2], ("1-5 million", "under 100,000")[number % 3 // 2])
        )
        region, size = ("Asia", "Africa")[one.region == "Asia"], ("1-5 million", "under 100,000")[one.size[0] == "1"]
        known = ("overall", "1", "1.1")[: 3 - ("1.1" in one.scores)]
        found[name] = {
            "there": one,
            "region": msgspec.structs.replace(one, region=region),
            "size": msgspec.structs.replace(one, size=size),
            "known": peer(name, one.region, one.size, known=known),
        }[what]
    return list(found.values())


@given(st.lists(st.tuples(CHANGES, st.lists(st.sampled_from(CUTS), min_size=1, max_size=4)), min_size=2, max_size=4))
@settings(max_examples=300)
def test_whatever_a_city_asks_over_the_dates_it_learns_of_no_single_city(
    dates: list[tuple[list[tuple[int, str]], list[Cut]]],
) -> None:
    """Cities come, go and move, cuts are asked in any order: for no code one city's number can be derived."""
    reader, peers = Reader(), changed((), [(number, "there") for number in range(12)])
    for on, (changes, cuts) in zip((JULY, OCTOBER, JANUARY, APRIL), dates, strict=False):
        peers = changed(peers, changes)
        reader.take(on, peers)
        for cut in cuts:
            reader.ask(cut)
    for code in SCORES:
        assert not [one for one in derivable({*reader.groups(code)}) if len(one) == 1]


def test_one_newcomer_is_not_to_be_read_from_the_new_figures() -> None:
    """The figures of the date before are shown, with their date, until another city has come or gone as well."""
    reader = Reader(Snapshot(JULY, cities("abcdef")))
    july = reader.ask()
    reader.take(OCTOBER, cities("abcdefg"))
    october = reader.ask()
    assert (october.on, october.newest) == (JULY, OCTOBER)
    assert october.standings == july.standings
    reader.take(JANUARY, cities("abcdefgh"))
    january = reader.ask()
    assert (january.on, january.newest, of(january).peers) == (JANUARY, None, 8)
    assert reader.ask() == january


def test_who_never_saw_the_older_figures_is_shown_the_newest() -> None:
    """One newcomer is only readable to those who know the group without it."""
    reader = Reader(Snapshot(JULY, cities("abcdef")), Snapshot(OCTOBER, cities("abcdefg")))
    assert (reader.ask().on, reader.ask().newest) == (OCTOBER, None)


def test_two_cuts_that_differ_by_one_city_are_not_both_shown() -> None:
    """It says what could be shown instead: that was worked out, not guessed."""
    reader = Reader(
        Snapshot(OCTOBER, (*cities("abcdef"), peer("g", "Africa"), *cities("hijklm", "Africa", "under 100,000")))
    )
    assert of(reader.ask("region")).peers == 6
    size = reader.ask("size")  # the six of Asia and g
    assert (size.suppressed, size.standings) == (True, ())
    assert size.instead == ("all", "region")
    assert of(reader.ask("all")).peers == 13


def test_a_code_is_left_out_where_only_its_own_cities_differ_by_one() -> None:
    """The group may be shown, but one city more has this capability than when it was told last."""
    few = (*cities("abcdef"), peer("g", known=("overall", "1")), peer("h", known=("overall", "1")))
    reader = Reader(Snapshot(JULY, few))
    assert of(reader.ask(), "1.1").peers == 6
    reader.take(OCTOBER, (*few[:6], peer("g"), few[7]))
    october = reader.ask()
    assert (october.on, of(october).peers) == (OCTOBER, 8)
    assert of(october, "1.1") is None


def test_what_has_too_few_peers_teaches_nothing() -> None:
    """It is said how many are missing, and that hinders nothing later."""
    reader = Reader(Snapshot(JULY, cities("abcd")))
    assert (of(reader.ask()).needed, reader.shown) == (1, [])
    reader.take(OCTOBER, cities("abcde"))
    assert of(reader.ask()).peers == 5


def test_figures_older_than_a_year_are_not_shown_any_more() -> None:
    """Five snapshots back is as far as anything goes."""
    dates = [date(2025 + month // 12, 1 + month % 12, 1) for month in range(0, 18, 3)]
    reader = Reader(Snapshot(dates[0], cities("abcdef")))
    reader.ask()
    for on in dates[1:5]:
        reader.take(on, cities("abcdefg"))
    assert reader.ask().on == dates[0]
    reader.take(dates[5], cities("abcdefg"))
    found = reader.ask()
    assert (found.suppressed, found.instead, found.on) == (True, (), dates[5])


def test_a_country_in_no_group_has_no_such_comparison() -> None:
    """Cities whose countries are not classified have nothing in common."""
    nowhere = msgspec.structs.replace(OWN, income="")
    others = tuple(msgspec.structs.replace(one, income="") for one in cities("abcdef"))
    found = Reader(Snapshot(JULY, (*others, *cities("hijklm")))).ask("income", nowhere)
    assert (found.suppressed, found.group) == (True, "")


def test_the_ledger_knows_what_was_told() -> None:
    """Date, cut, group and the codes with a number; nothing where no number was told."""
    reader = Reader(Snapshot(JULY, (*cities("abcde"), peer("f", known=("overall", "1")))))
    assert told(reader.ask("all")) == Told(JULY, "all", "", frozenset(SCORES))
    assert told(reader.ask("region")) is None
