"""The prompts that wait for an answer, and the events that their buttons carry."""

from typing import ClassVar, Literal

from typing_extensions import override

from flows.events import Answered, Consented, Dated, Explained, Finished, NotMine, Resumed, Skipped, Spoke, WentBack
from flows.events.asides import Affirmed
from flows.prompts import CardPrompt, Prompt, Rows
from flows.session import card_of
from model.instrument import LEVELS


class AskConsent(Prompt, frozen=True):
    """May the answers be kept? `kick_off` where the model could be presented before, and nobody has booked that."""

    is_question: ClassVar[bool] = True

    kick_off: bool = False

    @property
    @override
    def rows(self) -> Rows:
        return ((Consented(agreed=True),), (Consented(agreed=False),))


class AskCity(Prompt, frozen=True):
    """A fact of the city: its name, country or population; `city` once it is known."""

    is_question: ClassVar[bool] = True

    fact: Literal["name", "country", "population"]
    city: str = ""


class Ask(CardPrompt, frozen=True):
    """An item's as-is level; `number` of `total` in this form. `explained`: with what the levels look like.

    `before` is the level of last time, and `before_on` that day.
    """

    is_question: ClassVar[bool] = True

    key: str
    number: int
    total: int
    explained: bool = False
    current: str = ""
    before: str = ""
    before_on: str = ""

    @property
    @override
    def card(self) -> str:
        return card_of(self.key)

    @property
    @override
    def rows(self) -> Rows:
        levels = tuple((Answered(self.key, str(level)),) for level in LEVELS)
        others = (Answered(self.key, "dont_know"), Answered(self.key, "not_applicable"), NotMine(self.key))
        explain = () if self.explained else ((Explained(self.key),),)
        again = ((Affirmed(self.key),),) if self.before else ()
        return (*again, *levels, others, (WentBack(), Skipped(self.key)), *explain)


class AskGoal(CardPrompt, frozen=True):
    """A capability's target level; `today` is the mean of its levels now, None where nothing is known.

    `before` and `before_year` are the goal of last time, while its year is still to come.
    """

    is_question: ClassVar[bool] = True

    key: str
    number: int
    total: int
    today: float | None = None
    before: str = ""
    before_year: int = 0

    @property
    @override
    def card(self) -> str:
        return self.key

    @property
    @override
    def rows(self) -> Rows:
        worth_offering = [level for level in LEVELS if level >= (self.today or 0) and level > 0]
        again = ((Affirmed(self.key),),) if self.before else ()
        levels = tuple((Answered(self.key, str(level)),) for level in worth_offering)
        return (*again, *levels, (WentBack(), Skipped(self.key)))


class AskYear(CardPrompt, frozen=True):
    """The year by which a goal is to be reached."""

    is_question: ClassVar[bool] = True

    key: str
    level: int
    years: tuple[int, ...]

    @property
    @override
    def card(self) -> str:
        return self.key

    @property
    @override
    def rows(self) -> Rows:
        return (tuple(Dated(self.key, year) for year in self.years), (Skipped(self.key),))


class Propose(Prompt, frozen=True):
    """Which of two levels did a text mean?"""

    is_question: ClassVar[bool] = True

    key: str
    levels: tuple[int, ...]

    @property
    @override
    def rows(self) -> Rows:
        return (*((Answered(self.key, str(level)),) for level in self.levels), (Explained(self.key),))


class AskReason(Prompt, frozen=True):
    """Why an item does not apply, or why a target lies below today's level."""

    is_question: ClassVar[bool] = True

    key: str
    why: Literal["not_applicable", "below_today"]

    @property
    @override
    def rows(self) -> Rows:
        return ((Skipped(self.key),),)


class Review(Prompt, frozen=True):
    """All is asked, and some was skipped."""

    is_question: ClassVar[bool] = True

    skipped: tuple[str, ...]

    @property
    @override
    def rows(self) -> Rows:
        return ((Resumed(),), (Finished(),))


class Languages(Prompt, frozen=True):
    """Which language?"""

    is_question: ClassVar[bool] = True

    languages: tuple[str, ...]

    @property
    @override
    def rows(self) -> Rows:
        return tuple((Spoke(language),) for language in self.languages)
