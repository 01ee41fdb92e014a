"""What people do beside answering, and how it travels: the letters of its buttons and its commands."""

from collections.abc import Callable, Mapping

from flows.events import AnyEvent, Aside, Asked, Reopened
from flows.session import key_of
from model.responses import Aspect


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
    """Adds a comment: a code and a text as typed; the text that waits in the session where only `key` is given."""

    text: str = ""
    key: str = ""


class Assured(Aside, frozen=True):
    """How sure an answer is, as a word; of the last answer where no `key` is given."""

    certainty: str
    key: str = ""


class Weighed(Aside, frozen=True):
    """The coordinator says how much a capability matters and costs, in words."""

    text: str = ""


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


# As in `wire`: one letter a kind of event, never used again for another meaning.
READERS: Mapping[str, Callable[[str, str], AnyEvent]] = {
    "H": lambda _, minutes: Hurried(minutes),
    "R": lambda *_: Rested(),
    "Q": lambda _, agreed: Confirmed(agreed == "1"),
    "M": lambda about, kind: Remarking(about, kind or "challenge"),
    "X": lambda *_: Hushed(),
    "P": lambda _, agreed: Allowed(agreed == "1"),
    "N": lambda key, _: Noted(key=key),
    "S": lambda key, certainty: Assured(certainty, key),
    "T": lambda key, _: Affirmed(key),
    "C": lambda _, agreed: Carried(agreed == "1"),
    "F": Refiled,
    "E": lambda about, what: Removed(what, about),
    "W": lambda _, text: Weighed(text),
}


def fields(event: Aside) -> tuple[str, str, str]:  # noqa: C901  # a closed list, one line a kind
    """Letter, key and value of an event that a button carries."""
    match event:
        case Hurried(minutes):
            return "H", "", minutes
        case Rested():
            return "R", "", ""
        case Confirmed(agreed):
            return "Q", "", str(int(agreed))
        case Remarking(about, kind):
            return "M", about, kind
        case Hushed():
            return "X", "", ""
        case Allowed(agreed):
            return "P", "", str(int(agreed))
        case Noted(key=key):
            return "N", key, ""
        case Assured(certainty, key):
            return "S", key, certainty
        case Affirmed(key):
            return "T", key, ""
        case Carried(agreed):
            return "C", "", str(int(agreed))
        case Refiled(files, to):
            return "F", files, to
        case Removed(what, about):
            return "E", about, what
        case Weighed(text):
            return "W", "", text
    raise TypeError(f"{type(event).__name__} is never a button")


def _goals(about: str) -> AnyEvent:
    """`/goals` lists them, `/goals 3.4` opens one again."""
    return Reopened(key_of(about.rstrip("+"), Aspect.TARGET)) if about else Asked("goals")


COMMANDS: Mapping[str, Callable[[str], AnyEvent]] = {
    "now": Hurried,
    "note": Noted,
    "sure": Assured,
    "goals": _goals,
    "weigh": Weighed,
    "mydata": lambda _: Recalled(),
}
