"""Any taps of anybody in any order: nothing raises, nothing is revealed too early, one value is agreed a statement."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from flows import groups, wire
from flows.events import Event
from flows.events.gathering import Convened, Revealed, Revoted, Settled, Voted, Went
from flows.groups.around import Company, Vote, Workshop
from flows.packing import pack, unpack
from flows.prompts import Prompt
from flows.prompts.gatherings import Tally
from model import library
from model.responses import Response
from tests.people import instrument

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = {"Eva": "here", "Leo": "here", "Max": "elsewhere", "Ana": "", "Ben": ""}
"""Which city each coordinates."""
AT = st.sampled_from(("now", "now", "now", "now", "1.0.1", "1.0.2", "1.1.1", "7.9.9", "", "x"))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(tuple(PEOPLE)),
        st.sampled_from((Voted, Voted, Revealed, Revoted, Settled, Went, Convened)),
        AT,
        st.sampled_from(("0", "3", "5", "9", "dont_know", "declined", "")),
        st.sampled_from(("", "stop", "2", "2.2", "2.2.1 minutes 3", "nonsense")),
    ),
    max_size=40,
)


def event_of(kind: type[Event], at: str, value: str, about: str) -> Event:
    if kind is Voted:
        return Voted(at, value)
    if kind is Settled:
        return Settled(at, int(value) if value.isdigit() else -1)
    return Convened(about) if kind is Convened else kind(at)


@given(ACTS, st.booleans())
def test_any_order_of_taps(acts: list[tuple[str, type[Event], str, str, str]], closed: bool) -> None:
    """The workshop and its votes are carried from step to step as the store does."""
    company = Company(NOW, city="here", city_name="Here")
    votes: dict[str, list[Vote]] = {}
    agreed: list[tuple[int, str]] = []
    revealed: set[str] = set()
    for number, (name, kind, at, value, about) in enumerate(acts):
        shop = company.workshop
        here = at if at != "now" else shop.at if shop else "1.0.1"
        company = replace(
            company,
            now=NOW + timedelta(minutes=number),
            me=list(PEOPLE).index(name),
            name=name,
            leads=PEOPLE[name],
            open=not closed or number < 20,
            votes=tuple(votes.get(shop.at, ())) if shop else (),
        )
        event = event_of(kind, here, value, about)
        said = groups.step(instrument(), company, event, tapped=kind is not Convened)
        assert said.prompts or said.whisper, "never silent"
        check(company, said.prompts, event)
        if isinstance(event, Revealed) and any(isinstance(one, Tally) for one in said.prompts):
            assert here not in revealed
            revealed.add(here)
        for kept in said.keeps:
            assert company.open or (isinstance(kept, Workshop) and kept.stage == "over"), "nothing after the close"
            if isinstance(kept, Response):
                assert PEOPLE[name] == "here"
                assert shop is not None
                agreed.append((shop.number, kept.item))
            elif isinstance(kept, Vote):
                assert shop is not None
                votes[shop.at] = [*(v for v in votes.get(shop.at, []) if v.voter != kept.voter), kept]
            elif isinstance(kept, Workshop):
                over = kept.stage == "over"
                held = max(company.held, kept.number)
                company = replace(company, workshop=None if over else kept, held=held)
    assert len(agreed) == len(set(agreed)), "one agreed value a statement and workshop"


def check(company: Company, prompts: tuple[Prompt, ...], event: Event) -> None:
    """What is said travels as text, and shows no level before the reveal."""
    shop = company.workshop
    for prompt in prompts:
        assert unpack(pack(prompt)) == prompt
        assert all(len(wire.encode("zzzzzz", one).encode()) <= wire.LONGEST for row in prompt.rows for one in row)
        if isinstance(prompt, Tally):
            assert shop is not None
            assert isinstance(event, Revealed) or shop.stage == "revealed"
            assert sum(prompt.counts) + prompt.unsure == len(company.votes)


def test_an_agenda_of_any_length_has_cards_within_the_limits() -> None:
    """All statements of the longest dimension, in the full form."""
    told = library.instrument(*library.DEFAULT)
    for dimension in told.dimensions:
        company = Company(NOW, leads="here", city="here", form="full")
        said = groups.step(told, company, Convened(dimension.code))
        assert [type(one).__name__ for one in said.prompts] == ["Order", "Ballot"]


@pytest.mark.parametrize("said", ["2.2 minutes 3", "2.2 3 minutes", "2.2 3", "2.2 min 3", "2.2 3 minutos"])
def test_the_minutes_are_said_as_people_say_them(said: str) -> None:
    """Before the number or after it, or not at all."""
    company = Company(NOW, leads="valencia-es", city="valencia-es")
    workshop, *_ = groups.step(instrument(), company, Convened(said)).keeps
    assert isinstance(workshop, Workshop)
    assert (workshop.items, workshop.minutes) == (("2.2.1",), 3)
