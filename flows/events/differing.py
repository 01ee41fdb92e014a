"""Where respondents differ: what a coordinator does about it at the disagreement desk, and what those asked say."""

from flows.events.happening import Event


class Inquired(Event, frozen=True):
    """The coordinator has those asked who answered a statement (`code`) why they see it as they do."""

    code: str


class Agreed(Event, frozen=True):
    """The coordinator enters the value agreed on: a level or "not_applicable", as a button or in words with a reason.

    Where nothing is `said`, whatever was chosen before is dropped.
    """

    code: str
    said: str = ""


class Viewed(Event, frozen=True):
    """Says why with their name ("view") or without ("nameless"), would rather not ("silent"), or says it "again"."""

    code: str
    how: str


AnyAtDesk = Inquired | Agreed | Viewed
