"""What the maker and the reader of a workbook agree on: the marks that say whose it is, and the columns of a sheet."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from model.instrument import Form

FORMAT = "maturitybot workbook 1"
"""Changed whenever an older reader could misunderstand a newer workbook."""
ABOUT = "about"
"""The hidden sheet that says whose workbook it is: a name and a value a row, those of `About`."""
KEYS_ROW = 0
"""The hidden first row of a sheet to fill holds the columns' keys: columns may be moved, widened or hidden."""
LARGEST = 20_000_000
"""Bytes of a workbook that are unpacked at the most, all its parts together: a small file may be a bomb."""

Column = Literal[
    "code",
    "statement",
    "department",
    "level",
    "certainty",
    "comment",
    "evidence",
    "goal",
    "year",
    "city",
    "was",
    "was_goal",
    "was_year",
    "was_certainty",
    "was_comment",
]
"""`level`, `certainty`, `comment`, `evidence`, `goal` and `year` are for people to fill. `city` shows what the city
says so far; the hidden `was...` hold what the cells held when it was made: `was` "0" to "5" or a non-response's code,
`was_certainty` its code, "" for nothing. `evidence` holds what was sent so far, one a line: a link as it is, a file's
name. A capability has a row of its own, with its goal; sheets to fill are those with these keys."""
COLUMNS: tuple[Column, ...] = get_args(Column)


class About(msgspec.Struct, frozen=True):
    """Whose workbook it is: what it asks, of whom, and when it was made.

    `respondent` is whose answers it holds, 0 for a blank one of nobody; `department` is set where it only has that
    department's statements; `digest` is the instrument's.
    """

    instrument: str
    version: str
    digest: str
    form: Form
    city: str
    wave: int
    respondent: int
    department: str
    language: str
    made_at: datetime
    format: str = FORMAT
