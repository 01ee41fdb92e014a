"""What the bot means to say, without words; and the events that its buttons carry."""

from typing import ClassVar, Literal, get_args

import msgspec
from typing_extensions import override

from flows.events import REPORTS, Answered, Asked, Continued, Event, Reopened, Shared
from flows.events.asides import Hushed, Remarking
from flows.prompts.notices import NoticeKind as NoticeKind
from flows.session import card_of

Rows = tuple[tuple[Event, ...], ...]
"""Buttons, row by row; each carries its event."""
CODES_A_ROW = 3
"""Codes of statements that a phone shows beside each other."""


class Prompt(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Anything the bot means to say. Prompts of one `card` replace each other in place."""

    is_question: ClassVar[bool] = False
    """Whether it waits for an answer."""
    unasked: ClassVar[bool] = False
    """Whether it comes because time has passed: never said twice, and not to whoever does not want to be disturbed."""

    @property
    def card(self) -> str | None:
        """The card that this prompt is a state of; None for one that stands for itself."""
        return None

    @property
    def rows(self) -> Rows:
        """The buttons below it."""
        return ()


class CardPrompt(Prompt, frozen=True, kw_only=True):
    """A state of a card; `fresh` puts it at the end of the conversation instead of where the card stands."""

    fresh: bool = False


class Welcome(Prompt, frozen=True):
    """What this is, how long it takes, who sees what; `city` where an invitation told it.

    `minutes` is what all of it takes, goals included; `leads` whether the newcomer brings colleagues in.
    """

    items: int
    city: str = ""
    minutes: int = 10
    leads: bool = False


class Summary(CardPrompt, frozen=True):
    """A finished card: what was said of each key of a capability (a level, a non-response's code, or "").

    `about` is what has come to its end with it: people may say what is hard or works well there.
    """

    capability: str
    answers: tuple[tuple[str, str], ...]
    year: int | None = None
    about: str = ""

    @property
    @override
    def card(self) -> str:
        return card_of(self.answers[0][0])

    @property
    @override
    def rows(self) -> Rows:
        buttons = [Reopened(key) for key, _ in self.answers]
        rows = tuple(tuple(buttons[at : at + CODES_A_ROW]) for at in range(0, len(buttons), CODES_A_ROW))
        if not self.about:
            return rows
        return (*rows, (Remarking(self.about, "challenge"), Remarking(self.about, "success")), (Hushed(),))


class Changed(CardPrompt, frozen=True):
    """An answer changed, said aloud; the button undoes it. Of quick changes that are still owed the last is said."""

    key: str
    was: str
    now: str

    @property
    @override
    def card(self) -> str:
        return f"{self.key}!"

    @property
    @override
    def rows(self) -> Rows:
        return ((Answered(self.key, self.was),),)


class Thanks(Prompt, frozen=True):
    """The survey is complete, or a colleague's `part` of it; with what its respondent said, and nobody else.

    `answered` counts the statements with an answer of theirs; `parts` are dimensions, or of few statements the
    capabilities, with the mean of their levels (0-5) and how many there are; `unsure` the statements that they do not
    know about; `evidence` counts pieces; `leads` whether they are the city's coordinator.
    """

    city: str
    part: bool = False
    answered: int = 0
    parts: tuple[tuple[str, float, int], ...] = ()
    unsure: tuple[str, ...] = ()
    evidence: int = 0
    leads: bool = False


class AskSharing(Prompt, frozen=True):
    """May the city's result join the benchmark?"""

    @property
    @override
    def rows(self) -> Rows:
        return ((Shared(agreed=True),), (Shared(agreed=False),))


class Progress(Prompt, frozen=True):
    """How far: (dimension, answered, asked) each, and the minutes that are left."""

    dimensions: tuple[tuple[str, int, int], ...]
    minutes: int

    @property
    @override
    def rows(self) -> Rows:
        return ((Continued(),),) if self.minutes else ()


class Scores(Prompt, frozen=True):
    """The city's scores, filled in at delivery.

    In `public` nothing is told that may be a single person's answer: no capability, and nobody's words.
    """

    public: bool = False

    @property
    @override
    def rows(self) -> Rows:
        return ((Asked("benchmark"),),)


ChartKind = Literal["radar", "peers", "gaps", "levels", "heat", "moves", "dimensions"]
"""What can be drawn of a result, in the order in which it is shown."""


class Chart(Prompt, frozen=True):
    """A picture of the city's result, filled in at delivery, or its numbers as a `table` of text.

    Where there is nothing to draw, nothing is said, except to somebody who `asked` for it.
    """

    kind: ChartKind
    cut: str = "all"
    asked: bool = False
    table: bool = False

    @property
    @override
    def rows(self) -> Rows:
        is_long = self.kind in {"gaps", "levels", "heat", "moves"}
        return ((Asked("charts", f"{self.kind} table"),),) if is_long and not self.table else ()


class Charts(Prompt, frozen=True):
    """The charts to choose from; `unknown` is what was asked for and is none of them."""

    unknown: str = ""

    @property
    @override
    def rows(self) -> Rows:
        buttons = [Asked("charts", kind) for kind in get_args(ChartKind)]
        return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


class Benchmark(Prompt, frozen=True):
    """The city beside its peers, filled in at delivery; `cut` is all, size, region or income.

    With a `dimension` (its code) its capabilities are told, otherwise the whole and the dimensions.
    """

    cut: str = "all"
    dimension: str = ""


class Privacy(Prompt, frozen=True):
    """Who sees what, and whether the city is in the benchmark: `since` a fixed date, past where it `is_in` already.

    `next` is the fixed date from which a decision of whoever `leads` counts; empty `since` for a city that shares
    nothing.
    """

    joined: bool
    leads: bool = False
    since: str = ""
    is_in: bool = False
    next: str = ""

    @property
    @override
    def rows(self) -> Rows:
        return ((Shared(agreed=not self.since),),) if self.leads else ()


class Model(Prompt, frozen=True):
    """The complete model as a PDF, filled in at delivery."""


class Report(Prompt, frozen=True):
    """The city's report as a PDF, filled in at delivery; before enough shows, what is still needed."""


class Help(Prompt, frozen=True):
    """What one can say."""

    @property
    @override
    def rows(self) -> Rows:
        return ((Continued(), *(Asked(report) for report in REPORTS[:2])),)


class Notice(Prompt, frozen=True):
    """Something the respondent should know; never raised."""

    kind: NoticeKind
    about: str = ""
