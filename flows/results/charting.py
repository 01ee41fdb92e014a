"""Charts on demand: which one is meant, or all to choose from."""

from typing import get_args

from flows.prompts import Chart, ChartKind, Charts, Notice
from flows.session import Session
from flows.turn import Turn
from model.comparison import CUTS

TABLE = "table"
"""The word after a chart's name that asks for its numbers as text."""


def take(session: Session, about: str) -> Turn:
    """The turn after `/charts`, with what was typed after it: a kind, a cut of peers, and whether as a table."""
    if not session.joined:
        return Turn(session, (Notice("no_city"),))
    said = about.casefold().split()
    kind = next((kind for kind in get_args(ChartKind) if kind in said), None)
    if kind is None:
        return Turn(session, (Charts(about.strip()),))
    cut = next((cut for cut in CUTS if cut in said), "all")
    return Turn(session, (Chart(kind, cut, asked=True, table=TABLE in said),))
