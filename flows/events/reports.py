"""What can be looked at at any time, by the names that buttons carry."""

from typing import Literal, get_args

Report = Literal[
    "progress",
    "scores",
    "charts",
    "benchmark",
    "privacy",
    "team",
    "goals",
    "actions",
    "model",
    "report",
    "workbook",
    "meetings",
    "slides",
    "help",
    "language",
    "contact",
    "requests",
    "desk",
]
REPORTS: tuple[Report, ...] = get_args(Report)
ALONE: frozenset[Report] = frozenset({"report", "workbook", "desk"})
"""What only ever comes to whoever asked alone, wherever it was asked: it shows what single people answered."""
