"""Properties of the pure step: whatever people do, in whatever order, a conversation comes of it."""

from collections import Counter
from collections.abc import Iterator

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from flows import packing, wire
from flows.asking.survey import said
from flows.events import (
    REPORTS,
    Answered,
    Asked,
    Attached,
    Consented,
    Continued,
    Dated,
    Event,
    Explained,
    Finished,
    Left,
    Reopened,
    Resumed,
    Returned,
    Sent,
    Shared,
    Skipped,
    Spoke,
    Started,
    Typed,
    WentBack,
)
from flows.events.asides import Filled
from flows.path import Way, path, way
from flows.prompts import Changed
from flows.prompts.questions import AskReason
from flows.session import Session, key_of
from flows.turn import Sharing, Turn
from model.responses import Response
from tests.people import CITY, answered, asked, instrument, play, reply

thorough = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
VALUES = ["0", "1", "2", "3", "4", "5", "dont_know", "not_applicable"]
TEXTS = [
    *(
        "",
        "  ",
        "3",
        "5",
        "-1",
        "7",
        "3.5",
        "2,0",
        "٣",
        "²",
        "1.2.3",
        "/nope",
        "/",
        "🦄",
        "a\0b",
    ),
    *("planned", "under discussion", "we talk about it now and then", "don't know", "does not apply", "yes", "no"),
    *("planificado", "se habla de ello a veces", "hay un piloto en dos barrios", "no sé", "no aplica", "sí", "está"),
    *("in 3 years", "en 3 años", "2029", "2026", "1999", "Spain", "España", "Atlantis", "250k", "1,2 millones", "0"),
]

# Two keys of one capability come up often, so that events meet each other.
keys = some.sampled_from([*path(instrument(), Way("full")), *["1.1.1", "1.1+"] * 25])
any_key = keys | some.sampled_from(["", "+", "1.1", "1.1.1+", "9.9.9", "9.9+", "é", "1.1.1 "])
any_value = some.sampled_from([*VALUES, "declined", "handed_on", "", "6", "-1", "03", "x", "three"])
texts = some.sampled_from(TEXTS) | some.text(max_size=20)
flags = some.booleans()
events: some.SearchStrategy[Event] = some.one_of(
    some.builds(Started, some.sampled_from(["", "code"])),
    some.builds(Typed, texts),
    some.builds(Consented, flags),
    some.builds(Answered, any_key, any_value),
    some.builds(Answered, keys, any_value),
    some.builds(Dated, any_key, some.integers(2024, 2034)),
    some.builds(Reopened, any_key),
    some.builds(Explained, any_key),
    some.builds(Skipped, any_key),
    some.builds(Skipped, some.just("")),
    some.sampled_from([WentBack(), Continued(), Resumed(), Finished(), Left(), Returned(), Sent("sticker")]),
    some.builds(Asked, some.sampled_from(REPORTS), texts),
    some.builds(Spoke, some.sampled_from(["en", "es", "tlh", ""])),
    some.builds(Shared, flags),
    some.builds(Attached, some.just("photo"), some.just("file-1"), texts),
    some.builds(
        Filled,
        some.sampled_from(["1.1", "1.2", "5.5", "1.1.1", "", "9.9"]),
        some.lists(some.tuples(any_key, any_value), max_size=9).map(tuple),
        some.none() | texts,
    ),
)
roles, forms, languages = (
    some.sampled_from(["coordinator", "respondent"]),
    some.sampled_from(["short", "full"]),
    some.sampled_from(["en", "es"]),
)
newcomers = some.builds(Session, some.just("zz"), some.just(2026), language=languages, role=roles, form=forms)
invited = some.builds(
    Session,
    *(some.just("zz"), some.just(2026)),
    language=languages,
    role=roles,
    form=forms,
    city=some.just(CITY),
    joined=some.just(True),
    consented=flags,
)


@some.composite
def under_way(draw: some.DrawFn) -> Session:
    """A session in which something was answered already, or everything."""
    session = draw(newcomers | invited)
    values = draw(some.lists(some.sampled_from(VALUES), min_size=1, max_size=5))
    told = answered(session, draw(some.sampled_from([0, 1, 4, 9, 20, 500])), values)
    return told[-1][1].session if told else session


sessions = newcomers | invited | under_way()
sequences = some.lists(events, min_size=1, max_size=25)


def turns(session: Session, did: list[Event]) -> Iterator[tuple[Session, Event, Turn]]:
    """Each step of a conversation: before, event, turn."""
    for event in did:
        turn = play(session, event)
        yield session, event, turn
        session = turn.session


@thorough
@given(sessions, sequences)
def test_any_events_in_any_order_are_answered(session: Session, did: list[Event]) -> None:
    """No event raises, and none but leaving and returning is met with silence."""
    for _, event, turn in turns(session, did):
        assert turn.prompts or isinstance(event, Left | Returned), event


@thorough
@given(sessions, sequences)
def test_every_prompt_and_button_travels_as_text(session: Session, did: list[Event]) -> None:
    """What packs unpacks to the same, and a button of at most 64 bytes brings its event back."""
    for _, _, turn in turns(session, did):
        for prompt in turn.prompts:
            assert packing.unpack(packing.pack(prompt)) == prompt
            for event in (event for row in prompt.rows for event in row):
                carried = wire.encode(session.id, event)
                assert len(carried.encode()) <= wire.LONGEST
                assert wire.decode(carried) == (session.id, event)


@thorough
@given(newcomers | invited, sequences)
def test_the_responses_are_the_last_ones_kept(session: Session, did: list[Event]) -> None:
    """A session's responses are the fold of all that was kept, the last one of a key counting."""
    fold: dict[str, Response] = {}
    for _, _, turn in turns(session, did):
        fold |= {key_of(kept.item, kept.aspect): kept for kept in turn.keeps if isinstance(kept, Response)}
        assert turn.session.responses == fold


@thorough
@given(sessions, sequences)
def test_a_session_survives_its_row_between_any_two_steps(session: Session, did: list[Event]) -> None:
    """A session that was written and read gives the same turn as one that stayed in memory."""
    for before, event, turn in turns(session, did):
        again = msgspec.json.decode(msgspec.json.encode(before), type=Session)
        assert again == before
        assert play(again, event) == turn


@thorough
@given(sessions, sequences)
def test_a_closed_session_keeps_nothing(session: Session, did: list[Event]) -> None:
    """Once its wave is closed, a session changes in nothing but its language; its city may share its result then."""
    session = msgspec.structs.replace(session, open=False)
    for before, _, turn in turns(session, did):
        assert all(isinstance(kept, Sharing) for kept in turn.keeps)
        assert msgspec.structs.replace(turn.session, language=before.language) == before


@thorough
@given(sessions, sequences, some.lists(some.sampled_from(VALUES), min_size=1, max_size=7))
def test_answering_what_is_due_comes_to_an_end(session: Session, did: list[Event], values: list[str]) -> None:
    """Whatever happened before, whoever then answers what is asked is finished within four steps a question."""
    *_, (_, _, turn) = turns(session, did)
    most = 4 * len(path(instrument(), way(session)))
    told = answered(turn.session, most, values)
    assert turn.session.finished or told[-1][1].session.finished


@thorough
@given(sessions, sequences)
def test_the_same_answer_twice_is_one_response(session: Session, did: list[Event]) -> None:
    """A second tap on the same button keeps nothing and changes no response."""
    for _, event, turn in turns(session, did):
        if isinstance(event, Answered):
            again = play(turn.session, event)
            assert again.keeps == ()
            assert again.session.responses == turn.session.responses


@thorough
@given(under_way(), sequences, keys, some.sampled_from(VALUES))
def test_undo_brings_the_old_answer_back(session: Session, did: list[Event], key: str, value: str) -> None:
    """The button below "2 -> 3" makes it 2 again."""
    for before, _, turn in turns(session, [*did, Answered(key, value)]):
        for changed in (prompt for prompt in turn.prompts if isinstance(prompt, Changed)):
            ((undo,),) = changed.rows
            assert said(play(turn.session, undo).session, changed.key) == said(before, changed.key)


@thorough
@given(
    invited, some.integers(0, 60), some.integers(1, 4), some.lists(some.sampled_from(VALUES), min_size=1, max_size=5)
)
def test_going_back_asks_nothing_twice(session: Session, done: int, steps: int, values: list[str]) -> None:
    """After going back and answering, what follows was open, and each question comes once."""
    told = answered(session, done, values)
    turn = play(told[-1][1].session if told else session, *[WentBack()] * steps)
    question = asked(turn)
    assert question is not None
    turn = play(turn.session, reply(question, values[0]))
    counted = Counter((type(q), getattr(q, "key", "")) for q, _ in answered(turn.session, 500, values))
    assert max(counted.values(), default=1) == 1
    open_before = {key for kind, key in counted if kind is not AskReason} - {""}
    assert all(not said(turn.session, key) or key.endswith("+") for key in open_before)
