"""What a coordinator types about an action, in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.domains import Misfit
from model.planning import Plan, read_due, read_plan

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ana by 2027-03-31", Plan("Ana", date(2027, 3, 31))),
        ("Ana Ruiz, by June 2027", Plan("Ana Ruiz", date(2027, 6, 30))),
        ("Ana until next Friday", Plan("Ana", date(2026, 11, 27))),
        ("by 2028", Plan(due=date(2028, 12, 31))),
        ("31 March 2027", Plan(due=date(2027, 3, 31))),
        ("Ana", Plan("Ana")),
        ("nobody", Plan("")),
        ("no date", Plan(undated=True)),
        ("done We opened it in May.", Plan(state="done", note="We opened it in May.")),
        ("going on", Plan(state="begun")),
        ("not begun", Plan(state="open")),
        ("dropped: no money", Plan(state="dropped", note="no money")),
        ("note the budget is agreed", Plan(note="the budget is agreed")),
        ("Open Data Office", Plan("Open Data Office")),
        ("Donella by May 2027", Plan("Donella", date(2027, 5, 31))),
    ],
)
def test_what_is_typed_in_english_is_understood(text: str, meant: Plan) -> None:
    """A name, a day, a state or a note; a name that begins like one of them stays a name."""
    assert read_plan(text, TODAY, "en") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ana para el 31 de marzo de 2027", Plan("Ana", date(2027, 3, 31))),
        ("Ana hasta fin de año", Plan("Ana", date(2026, 12, 31))),
        ("Ana antes de junio", Plan("Ana", date(2027, 6, 30))),
        ("para junio", Plan(due=date(2027, 6, 30))),
        ("Oficina para el Clima", Plan("Oficina para el Clima")),
        ("Oficina para el Clima para el 31 de marzo", Plan("Oficina para el Clima", date(2027, 3, 31))),
        ("hecho", Plan(state="done")),
        ("en marcha con tres escuelas", Plan(state="begun", note="con tres escuelas")),
        ("sin fecha", Plan(undated=True)),
        ("nadie", Plan("")),
    ],
)
def test_what_is_typed_in_spanish_is_understood(text: str, meant: Plan) -> None:
    """The words of the language; "para" may belong to a name, where no day follows it."""
    assert read_plan(text, TODAY, "es") == meant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ana by 1999-01-01", "past"),
        ("Ana by yesterday", "past"),
        ("Ana by 2050-01-01", "out_of_range"),
        ("Ana by soonish", "not_understood"),
    ],
)
def test_a_day_that_is_none_is_said_so(text: str, reason: str) -> None:
    """Over, more than ten years away, or no day at all."""
    assert read_plan(text, TODAY, "en") == Misfit(reason)  # type: ignore[arg-type]


def test_a_month_or_a_year_is_its_last_day() -> None:
    """By June is by its end; this year's November is not over yet."""
    assert read_due("November", TODAY, "en") == date(2026, 11, 30)
    assert read_due("2026", TODAY, "en") == date(2026, 12, 31)
    assert read_due("in 6 months", TODAY, "en") == date(2027, 5, 23)


@given(st.text(max_size=60), st.sampled_from(["en", "es"]))
def test_whatever_is_typed_is_a_plan_or_a_misfit(text: str, language: str) -> None:
    """Nothing raises, and a day that is taken is to come."""
    read = read_plan(text, TODAY, language)
    assert isinstance(read, Misfit) or read.due is None or read.due >= TODAY
