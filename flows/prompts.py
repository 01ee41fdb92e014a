"""What the bot means to say, without words; and the events that its buttons carry."""

from typing import Literal

import msgspec

from flows.events import (
    REPORTS,
    Answered,
    Asked,
    Consented,
    Continued,
    Dated,
    Event,
    Explained,
    Finished,
    Reopened,
    Resumed,
    Shared,
    Skipped,
    Spoke,
    WentBack,
)
from flows.session import aspect_of, item_of
from model.instrument import LEVELS
from model.responses import Aspect

Rows = tuple[tuple[Event, ...], ...]
"""Buttons, row by row; each carries its event."""

NoticeKind = Literal[
    "welcome_back",
    "no_consent",
    "out_of_range",
    "year_out_of_range",
    "not_understood",
    "year_not_understood",
    "name_too_long",
    "country_unknown",
    "population_odd",
    "closed",
    "old_button",
    "invitation_refused",
    "already_joined",
    "nothing_due",
    "nothing_before",
    "unknown_command",
    "language_unknown",
    "evidence_kept",
    "no_place_for_file",
    "not_an_answer",
    "reason_kept",
    "shared",
    "private",
    "coordinator_only",
    "no_city",
    "language_kept",
    "broken",
]


class Prompt(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Anything the bot means to say. Prompts of one `card` replace each other in place."""

    @property
    def card(self) -> str | None:
        """The card that this prompt is a state of; None for one that stands for itself."""
        return None

    @property
    def rows(self) -> Rows:
        """The buttons below it."""
        return ()


class CardPrompt(Prompt, frozen=True):
    """A state of a card; `fresh` puts it at the end of the conversation instead of where the card stands."""

    fresh: bool = False


class Welcome(Prompt, frozen=True):
    """What this is, how long it takes, who sees what; `city` where an invitation told it."""

    items: int
    city: str = ""


class AskConsent(Prompt, frozen=True):
    """May the answers be kept?"""

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Consented(agreed=True),), (Consented(agreed=False),))


class AskCity(Prompt, frozen=True):
    """A fact of the city: its name, country or population; `city` once it is known."""

    fact: Literal["name", "country", "population"]
    city: str = ""


class Ask(CardPrompt, frozen=True):
    """An item's as-is level; `number` of `total` in this form. `explained`: with what the levels look like."""

    key: str
    number: int
    total: int
    explained: bool = False
    current: str = ""

    @property
    def card(self) -> str:  # noqa: D102
        return item_of(self.key).rpartition(".")[0] or self.key

    @property
    def rows(self) -> Rows:  # noqa: D102
        levels = tuple((Answered(self.key, str(level)),) for level in LEVELS)
        others = (Answered(self.key, "dont_know"), Answered(self.key, "not_applicable"))
        explain = () if self.explained else ((Explained(self.key),),)
        return (*levels, others, (WentBack(), Skipped(self.key)), *explain)


class AskGoal(CardPrompt, frozen=True):
    """A capability's target level; `today` is the mean of its levels now, None where nothing is known."""

    key: str
    number: int
    total: int
    today: float | None = None

    @property
    def card(self) -> str:  # noqa: D102
        return self.key

    @property
    def rows(self) -> Rows:  # noqa: D102
        worth_offering = [level for level in LEVELS if level >= (self.today or 0) and level > 0]
        return (*((Answered(self.key, str(level)),) for level in worth_offering), (WentBack(), Skipped(self.key)))


class AskYear(CardPrompt, frozen=True):
    """The year by which a goal is to be reached."""

    key: str
    level: int
    years: tuple[int, ...]

    @property
    def card(self) -> str:  # noqa: D102
        return self.key

    @property
    def rows(self) -> Rows:  # noqa: D102
        return (tuple(Dated(self.key, year) for year in self.years), (Skipped(self.key),))


class Summary(CardPrompt, frozen=True):
    """A finished card: what was said of each key of a capability (a level, a non-response's code, or "")."""

    capability: str
    answers: tuple[tuple[str, str], ...]
    year: int | None = None

    @property
    def card(self) -> str:  # noqa: D102
        is_goal = aspect_of(self.answers[0][0]) is Aspect.TARGET
        return self.answers[0][0] if is_goal else self.capability

    @property
    def rows(self) -> Rows:  # noqa: D102
        return tuple((Reopened(key),) for key, _ in self.answers)


class Changed(Prompt, frozen=True):
    """An answer changed, said aloud; the button undoes it."""

    key: str
    was: str
    now: str

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Answered(self.key, self.was),),)


class Propose(Prompt, frozen=True):
    """Which of two levels did a text mean?"""

    key: str
    levels: tuple[int, ...]

    @property
    def rows(self) -> Rows:  # noqa: D102
        return (*((Answered(self.key, str(level)),) for level in self.levels), (Explained(self.key),))


class AskReason(Prompt, frozen=True):
    """Why an item does not apply, or why a target lies below today's level."""

    key: str
    why: Literal["not_applicable", "below_today"]

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Skipped(self.key),),)


class Review(Prompt, frozen=True):
    """All is asked, and some was skipped."""

    skipped: tuple[str, ...]

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Resumed(),), (Finished(),))


class Thanks(Prompt, frozen=True):
    """The survey is complete."""

    city: str


class AskSharing(Prompt, frozen=True):
    """May the city's result join the benchmark?"""

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Shared(agreed=True),), (Shared(agreed=False),))


class Progress(Prompt, frozen=True):
    """How far: (dimension, answered, asked) each, and the minutes that are left."""

    dimensions: tuple[tuple[str, int, int], ...]
    minutes: int

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Continued(),),) if self.minutes else ()


class Scores(Prompt, frozen=True):
    """The city's scores, filled in at delivery."""

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Asked("benchmark"),),)


class Benchmark(Prompt, frozen=True):
    """The city beside its peers, filled in at delivery; `cut` is all, size, region or income."""

    cut: str = "all"


class Help(Prompt, frozen=True):
    """What one can say."""

    @property
    def rows(self) -> Rows:  # noqa: D102
        return ((Continued(), *(Asked(report) for report in REPORTS[:2])),)


class Languages(Prompt, frozen=True):
    """Which language?"""

    languages: tuple[str, ...]

    @property
    def rows(self) -> Rows:  # noqa: D102
        return tuple((Spoke(language),) for language in self.languages)


class Notice(Prompt, frozen=True):
    """Something the respondent should know; never raised."""

    kind: NoticeKind
    about: str = ""


AnyPrompt = (
    Welcome
    | AskConsent
    | AskCity
    | Ask
    | AskGoal
    | AskYear
    | Summary
    | Changed
    | Propose
    | AskReason
    | Review
    | Thanks
    | AskSharing
    | Progress
    | Scores
    | Benchmark
    | Help
    | Languages
    | Notice
)
