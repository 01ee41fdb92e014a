"""What is said of a workbook that comes back: small news, the cells not understood, the preview, and the result."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from typing_extensions import override

from flows.events.sheeting import Imported
from flows.kept.sheets import Fault
from flows.prompts import Prompt, Rows

NewsKind = Literal[
    "reading",
    "large",
    "link",
    "plain",
    "password",
    "bomb",
    "numbers",
    "xlsb",
    "broken",
    "macros",
    "csv",
    "xls",
    "about_missing",
    "about_broken",
    "keys_missing",
    "format",
    "instrument",
    "city",
    "wave",
    "form",
    "twice",
    "taken_before",
    "left_before",
    "cancelled",
    "gone",
]
"""`large` to `broken` are about files that are kept as evidence; `macros` to `form` about what is refused."""
Lines = tuple[tuple[str, str, str], ...]
"""(key, one value, another value) each, values as buttons carry them; a goal is "4 2029"."""


class SheetNews(Prompt, frozen=True):
    """Something to know about a file that may be a workbook; `about` is a round, a city, a day."""

    kind: NewsKind
    about: str = ""


class SheetFaults(Prompt, frozen=True):
    """The cells that are not understood, and how many `more` there are."""

    faults: tuple[Fault, ...]
    more: int = 0
    years: str = ""


class Counted(Prompt, frozen=True, kw_only=True):
    """How much a workbook changes, of each kind; `left` is how much is left out, by the reason why."""

    new: int = 0
    changed: int = 0
    goals: int = 0
    comments: int = 0
    sure: int = 0
    links: int = 0
    left: Mapping[str, int] = {}

    @property
    def total(self) -> int:
        """All of it."""
        return self.new + self.changed + self.goals + self.comments + self.sure + self.links


class SheetPreview(Counted, frozen=True):
    """What a workbook (its id) would change: counts, by capability, the first changes, and what clashes with the chat.

    `clashes` are (key, what the chat says, what the workbook says), `clashing` how many of them there are; `missing`
    the items whose rows are gone; `others` where it was made for somebody else.
    """

    is_question: ClassVar[bool] = True

    sheet: str
    capabilities: tuple[tuple[str, int], ...] = ()
    changes: Lines = ()
    clashes: Lines = ()
    clashing: int = 0
    missing: tuple[str, ...] = ()
    others: bool = False

    @property
    @override
    def rows(self) -> Rows:
        take = ((Imported(self.sheet, "keep"),),) if self.total else ()
        win = ((Imported(self.sheet, "all"),),) if self.clashing else ()
        return (*take, *win, (Imported(self.sheet, "cancel"),)) if take or win else ()


class SheetTaken(Counted, frozen=True):
    """What was taken over from a workbook."""


AnySheet = SheetNews | SheetFaults | SheetPreview | SheetTaken
"""Every kind of prompt of this room."""
