"""/scores goes down to a statement, and whoever names nothing that exists is told what does."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import commands
from flows.engine import step
from flows.events import Asked
from flows.groups import step as said_in_a_group
from flows.groups.around import Company
from flows.prompts import Chart, Notice, Prompt, Scores
from flows.prompts.figures import CapabilityScores, DimensionScores, OwnScores, StatementScore
from flows.results import seeing
from tests.conftest import Clock
from tests.people import JOINED, instrument

FULL = msgspec.structs.replace(JOINED, form="full")


def told(about: str, session: object = FULL) -> tuple[Prompt, ...]:
    return seeing.scores(instrument(), session, about)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["3", " 3 ", "3.", ": 3", "3?"])
def test_a_dimension_leads_to_its_capabilities(typed: str) -> None:
    """However hurriedly it is typed; its buttons go down, and back to the whole."""
    (found,) = told(typed)
    assert found == DimensionScores("3", ("3.1", "3.2", "3.3", "3.4", "3.5"))
    events = [event for row in found.rows for event in row]
    assert events == [*(Asked("scores", code) for code in found.below), Asked("scores")]


@pytest.mark.parametrize("typed", ["3.2", "3,2", "3.2."])
def test_a_capability_leads_to_the_statements_that_the_form_asks(typed: str) -> None:
    """Nine in the full form, the key one in the short form; up to its dimension."""
    (full,), (short,) = told(typed), told(typed, JOINED)
    assert full == CapabilityScores("3.2", tuple(f"3.2.{number}" for number in range(1, 10)), above="3")
    assert short == CapabilityScores("3.2", ("3.2.1",), above="3")
    assert Asked("scores", "3") in full.rows[-1]


def test_a_statement_leads_back_to_its_capability() -> None:
    """One that the short form does not ask has no score there, which is said."""
    assert told("3.2.2") == (StatementScore("3.2.2", above="3.2"),)
    assert told("3.2.2", JOINED) == (Notice("not_in_short_form", "3.2.2"),)


def test_without_a_code_it_is_the_whole_and_own_is_by_own_weights() -> None:
    """And whoever is in no city is told so."""
    assert told("") == (Scores(), Chart("radar"))
    assert told("own") == told("OWN ") == (OwnScores(),)
    assert told("3", msgspec.structs.replace(JOINED, joined=False)) == (Notice("no_city"),)


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    """Never silence, never an exception; what is no code is repeated to whoever typed it."""
    turn = step(instrument(), FULL, Asked("scores", typed))
    assert turn.prompts
    assert turn.session == FULL
    if isinstance(turn.prompts[0], Notice):
        assert turn.prompts[0].kind == "no_such_part"


def test_typing_and_tapping_are_the_same(clock: Clock) -> None:
    """The command carries its code, and a group is only shown the whole."""
    assert commands.read("/scores 3.2") == Asked("scores", "3.2")
    company = Company(clock(), city="valencia-es", city_name="Valencia")
    assert said_in_a_group(instrument(), company, Asked("scores")).prompts[0] == Scores(public=True)
    assert said_in_a_group(instrument(), company, Asked("scores", "3.2")).prompts == (Notice("group_scores"),)
