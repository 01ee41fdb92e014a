"""What people do beside answering: in a hurry, in their own words, with evidence, or in the next wave."""

from datetime import datetime

from flows.events.differing import AnyAtDesk
from flows.events.happening import Event
from flows.events.sheeting import AnySheeting


class Aside(Event, frozen=True):
    """Anything beside answering."""


class Hurried(Aside, frozen=True):
    """Has only so many minutes, in words; empty for a few."""

    minutes: str = ""


class Rested(Aside, frozen=True):
    """Has done enough for now."""


class Confirmed(Aside, frozen=True):
    """So many equal answers are meant (`agreed`), or their giver wants to see them once more."""

    agreed: bool


class Remarking(Aside, frozen=True):
    """Wants to say what is hard (`challenge`) or works well (`success`) about a capability or dimension."""

    about: str
    kind: str = "challenge"


class Hushed(Aside, frozen=True):
    """Never wants to be asked what is hard or works well."""


class Allowed(Aside, frozen=True):
    """Lets the report quote their remarks without a name, or not."""

    agreed: bool


class Noted(Aside, frozen=True):
    """Adds a comment: a code and a text as typed; the text that waits in the session where only `key` is given.

    `card` is the one that it replies to.
    """

    text: str = ""
    key: str = ""
    card: str = ""


class Edited(Aside, frozen=True):
    """Changed a message of theirs (`message`) to this text, or the words below a file."""

    text: str
    message: str = ""


class Assured(Aside, frozen=True):
    """How sure an answer is, as a word; of the last answer where no `key` is given."""

    certainty: str
    key: str = ""


class Aimed(Aside, frozen=True):
    """The coordinator wants to set the goal of a capability or a statement, by its code."""

    code: str


class Weighed(Aside, frozen=True):
    """The coordinator says how much a capability matters and costs, in words."""

    text: str = ""


class Attached(Aside, frozen=True):
    """Sent evidence: a photo, document, place, link or forwarded message; `reference` is how its platform finds it.

    `size` is in bytes, 0 where unknown; `media` its media type; `group` what was sent together; `card` the card that
    it replies to; `dated` when it was first written, where it was forwarded; `seen` where it was looked into, and is no
    workbook of ours.
    """

    kind: str
    reference: str
    caption: str = ""
    name: str = ""
    size: int = 0
    media: str = ""
    group: str = ""
    card: str = ""
    dated: datetime | None = None
    seen: bool = False


class Refiled(Aside, frozen=True):
    """Evidence (by its numbers, "3" or "3-5") belongs to another statement."""

    files: str
    to: str


class Removed(Aside, frozen=True):
    """Wants something gone: `what` is "file" (`about` its numbers), "comment", "challenge" or "success" (an item)."""

    what: str
    about: str


class Recalled(Aside, frozen=True):
    """Wants to see all that they said and sent."""


class Affirmed(Aside, frozen=True):
    """What was answered to `key` last time is still true."""

    key: str


class Carried(Aside, frozen=True):
    """Keeps all answers that do not age, or wants to be asked each."""

    agreed: bool


class Filled(Aside, frozen=True):
    """Answered a capability in a form, all at once: `answers` are (key, value) as in `Answered`, "" for none chosen.

    Answers that are what they were may be among them. `comment` is on the capability as a whole: "" where it was
    emptied, None where the form did not ask for one.
    """

    about: str
    answers: tuple[tuple[str, str], ...] = ()
    comment: str | None = None


AnyAside = (
    Hurried
    | Rested
    | Confirmed
    | Remarking
    | Hushed
    | Allowed
    | Noted
    | Edited
    | Assured
    | Aimed
    | Weighed
    | Attached
    | Refiled
    | Removed
    | Recalled
    | Affirmed
    | Carried
    | Filled
    | AnyAtDesk
    | AnySheeting
)
