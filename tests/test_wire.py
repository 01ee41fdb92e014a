"""Buttons that nobody of ours made."""

import pytest

from flows import commands, wire
from flows.events import AnyEvent, Started, Typed
from flows.events.arrivals import Linked


@pytest.mark.parametrize(
    "carried", ["", "s:a:1.1.1", "s:?:1.1.1:4", "s:d:1.1.1/target:soon", "s:r::everything", "s:y::2"]
)
def test_a_button_that_is_none_of_ours_means_nothing(carried: str) -> None:
    """Cut short, an unknown letter, a year that is none, a report there never was, neither yes nor no."""
    assert wire.decode(carried) is None


def test_what_people_type_is_never_a_button() -> None:
    """A text would not fit into a button, and a programmer who tries is told."""
    with pytest.raises(TypeError, match="Typed"):
        wire.encode("s", Typed("4"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("K7QM-2XWP", Linked("K7QM-2XWP")),
        (" 0123456789abcdefghijkL ", Started("0123456789abcdefghijkL")),
        ("internationalisierung1", Typed("internationalisierung1")),
        ("PLAN-2030 is written", Typed("PLAN-2030 is written")),
    ],
)
def test_a_code_that_stands_alone_is_understood(typed: str, meant: AnyEvent) -> None:
    """Nobody has to know a command to use an invitation or to join two chats; a word is no code."""
    assert commands.read(typed) == meant
