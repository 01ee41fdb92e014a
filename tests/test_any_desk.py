"""Anybody doing anything at the desk in any order: never silent, and no name stands where its person did not put it."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.conversation.matters import matters
from flows import wire
from flows.around import Around, Mine
from flows.engine import step
from flows.events import Answered, AnyEvent, Asked, Ended, Reopened, Typed
from flows.events.asides import Removed
from flows.events.differing import Agreed, Inquired, Viewed
from flows.kept.settling import Matter
from flows.packing import pack, unpack
from flows.prompts import Prompt
from flows.prompts.desks import VALUES, AskSettled, AskView
from flows.session import Desk, Inquiry, with_response
from flows.together.desk import look
from model.responses import Aspect, Response
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.people import JOINED, instrument

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CODES = st.sampled_from(("1.1.1", "1.1.1", "1.2.1", "5.5.1", "1.1", "", "x", "9.9.9"))
TEXTS = st.sampled_from(
    ("3", "running", "Nobody has to follow it.", "because", "", " ", "/foo", "x" * 501, "not applicable", "4 it runs")
)
EVENTS = st.one_of(
    st.builds(Inquired, CODES),
    st.builds(Agreed, CODES, TEXTS),
    st.builds(Viewed, CODES, st.sampled_from(("view", "nameless", "silent", "again", "", "loudly"))),
    st.builds(Typed, TEXTS, st.sampled_from(("", "view/1.1.1", "view/9.9.9", "desk/1.1.1", "1.1"))),
    st.builds(Removed, st.sampled_from(("view", "nameless", "silent")), CODES),
    st.builds(Asked, st.just("desk"), st.sampled_from(("", "1.1.1", "1", "+10", "1+", "x+y", "+99999", "1.1.1+3"))),
    st.builds(Answered, CODES, st.sampled_from(("0", "5", "not_applicable"))),
    st.builds(Reopened, CODES),
)
MATTERS = (
    Matter("1.1.1", (1, 4), 0, 1, 3.0, 0.5, disputed=True, concerned=2),
    Matter("1.2.1", (3, 3), 0, 3, 0.0, 1.0, agreed="3", reason="It runs.", entered=1, concerned=2),
)


@given(
    st.lists(EVENTS, max_size=12),
    st.sampled_from(("coordinator", "respondent", "expert")),
    st.booleans(),
    st.booleans(),
)
def test_any_order_of_events(events: list[AnyEvent], role: str, is_open: bool, asked: bool) -> None:
    """Something is always said or kept, whatever waits is known, and each prompt and its buttons can be carried."""
    session = replace(JOINED, role=role, open=is_open)
    for code, level in (("1.1.1", 1), ("1.2.1", 3)):
        session = with_response(session, Response(code, Aspect.AS_IS, level=level))
    if asked:
        session = replace(session, desk=Desk({"1.1.1": Inquiry(NOW, "1")}, about="1.1.1"))
    around = Around(NOW, me="1", matters=MATTERS, mine=Mine((("1.1.1", "nameless", "It is talk."),)))
    for event in events:
        turn = step(instrument(), session, event, around)
        assert turn.prompts or turn.keeps, event
        session = turn.session
        waiting = {one.item for one in turn.prompts if isinstance(one, AskView | AskSettled)}
        assert waiting <= {"1.1.1", "1.2.1"}
        assert session.desk.value in {"", *VALUES}
        assert not session.desk.settling or role == "coordinator"
        for prompt in turn.prompts:
            check(session.id, prompt)


def check(session: str, prompt: Prompt) -> None:
    assert unpack(pack(prompt)) == prompt
    for event in (one for row in prompt.rows for one in row):
        assert wire.decode(wire.encode(session, event)) == (session, event)


NAMES = ("Eva", "Ana", "Ben")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(("ask", "view", "nameless", "again", "silent", "say", "take back", "answer", "agree", "close")),
    ),
    max_size=16,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ACTS)
def test_a_name_stands_only_where_its_person_put_it(database: Database, acts: list[tuple[str, str]]) -> None:
    """Whatever three people do: their last choice of name is the one that counts, and nobody else's is ever shown."""
    team = Team(database, Clock())
    team.join("Eva", "coordinator")
    for name, level in (("Ana", "1"), ("Ben", "5")):
        team.join(name)
        team.act((name, Answered("1.1.1", level)))
    chosen: set[str] = set()
    for name, does in acts:
        team.told()
        team.act((name, _event(name, does)))
        assert team.told(), (name, does)
        if does == "view":
            chosen.add(name)
        elif does == "nameless":
            chosen.discard(name)
        (seen,) = [one for one in team.database.read(lambda tx: matters(tx, team.wave.id)) if one.code == "1.1.1"]
        assert {one.name for one in seen.views} <= {"", *chosen}
        assert all(one.name in {"", one.text.split()[-1]} for one in seen.views), "a name beside somebody else's words"
        team.check()


def _event(name: str, does: str) -> AnyEvent | str:
    """What somebody does; what they say ends with their name, so that it can be told whose it is."""
    match does:
        case "ask":
            return Inquired("1.1.1")
        case "say":
            return f"I see it like this, says {name}"
        case "take back":
            return Removed("view", "1.1.1")
        case "answer":
            return Answered("1.1.1", "3")
        case "agree":
            return Agreed("1.1.1", "3 it is half")
        case "close":
            return Ended(sure=True)
    return Viewed("1.1.1", does)


def test_nobody_of_no_city_has_a_desk() -> None:
    """It is said, and nothing is asked of whoever has no city."""
    outside = replace(JOINED, joined=False)
    (said,) = look(instrument(), outside, "", Around(NOW)).prompts
    assert getattr(said, "kind", "") == "no_city"
