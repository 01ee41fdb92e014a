"""A statement as the disagreement desk sees it, and what is kept of what happens there."""

from typing import Literal

import msgspec

ViewKind = Literal["view", "nameless", "silent"]
"""Why somebody differs, in a sentence: with their name, without it, or not said."""

QUOTED = {"challenge", "success"}
"""Kinds of remarks of which one is asked once whether the report may quote them; a sentence why has its own choice."""


class Opinion(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why somebody gave `value` (a level or a non-response's code), in a sentence; `name` only where they chose it."""

    value: str
    text: str
    name: str = ""


class Matter(msgspec.Struct, frozen=True, omit_defaults=True):
    """How respondents see one statement, never who of them; and what has been done about it.

    `levels` are all that were given (0-5), the lowest first, `excluded` how many say that it does not apply; `spread`
    and `within_1` as in `Pooled`. `agreed` is a level or "not_applicable", "" where nothing is agreed, `reason` why,
    `entered` how many values have been agreed on one after the other; `votes` how many voted for each level 0-5 in the
    workshop that agreed on it. `concerned` are the people who answered, `asked` those who were asked why, `waiting`
    those who will be by day; of them `said` have said it, `silent` would rather not, `changed` have another answer now.
    """

    code: str
    levels: tuple[int, ...] = ()
    excluded: int = 0
    median: int | None = None
    spread: float = 0.0
    within_1: float = 0.0
    disputed: bool = False
    agreed: str = ""
    reason: str = ""
    entered: int = 0
    votes: tuple[int, ...] = ()
    views: tuple[Opinion, ...] = ()
    concerned: int = 0
    asked: int = 0
    waiting: int = 0
    said: int = 0
    silent: int = 0
    changed: int = 0

    @property
    def is_open(self) -> bool:
        """Whether people differ about it and nothing is agreed."""
        return self.disputed and not self.agreed

    @property
    def left(self) -> int:
        """How many of those who answered have not said anything yet."""
        return self.concerned - self.said - self.silent - self.changed

    @property
    def is_heard(self) -> bool:
        """Whether everybody who was asked has said something, or would rather not."""
        return self.asked > 0 and not self.waiting and self.said + self.silent + self.changed >= self.asked


class Inquiring(msgspec.Struct, frozen=True):
    """Those who answered an item are to be asked why."""

    item: str


class Settling(msgspec.Struct, frozen=True):
    """A value (a level or "not_applicable") is agreed on, unless somebody has `entered` another one meanwhile."""

    item: str
    value: str
    reason: str
    entered: int


class Viewing(msgspec.Struct, frozen=True):
    """Somebody says why they differ; None takes back what they said."""

    item: str
    kind: ViewKind | None
    text: str = ""


AtDesk = Inquiring | Settling | Viewing
