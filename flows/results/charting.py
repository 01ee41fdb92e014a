"""Charts on demand: which one is meant, or all to choose from."""

from collections.abc import Iterable
from typing import get_args

from flows.prompts import Chart, ChartKind, Charts, Notice
from flows.session import Session
from flows.turn import Turn
from model.comparison import CUTS
from model.domains import Name, words_for
from model.likeness import plain

TABLE = "table"
"""The word after a chart's name that asks for its numbers as text; `model/words.yaml` knows others for it."""


def take(session: Session, about: str) -> Turn:
    """The turn after `/charts`, with what was typed after it: a kind, a cut of peers, and whether as a table."""
    if not session.joined:
        return Turn(session, (Notice("no_city"),))
    kinds: tuple[ChartKind, ...] = get_args(ChartKind)
    kind = _named(about, kinds)
    if kind is None:
        return Turn(session, (Charts(about.strip()),))
    table = _named(about, (TABLE,)) is not None
    return Turn(session, (Chart(kind, _named(about, CUTS) or "all", asked=True, table=table),))


def _named(about: str, names: Iterable[Name]) -> Name | None:
    """Which of these a text names, in any language; of two the one that is named at greater length."""
    said, words = f" {plain(about)} ", words_for(names)
    return next((words[word] for word in sorted(words, key=len, reverse=True) if f" {word} " in said), None)
