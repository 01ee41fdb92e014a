"""What happens in a group: a chat of several people that a coordinator gives to their city, and its workshops."""

from flows.events.happening import Event


class Gathering(Event, frozen=True):
    """Anything that only happens in a group."""


class Here(Gathering, frozen=True):
    """Gives the group to the city of the coordinator who says so; `about` "off" takes it back."""

    about: str = ""


class Added(Gathering, frozen=True):
    """Somebody brought the bot into the group."""


class Expelled(Gathering, frozen=True):
    """Somebody took the bot out of the group."""


class Convened(Gathering, frozen=True):
    """Wants a workshop about a dimension, capability or statement, with its minutes; or to see it again, or to stop."""

    about: str = ""


class AtBallot(Gathering, frozen=True):
    """A button of a workshop. `at` is the ballot it belongs to: workshop, place in its agenda, round."""

    at: str


class Voted(AtBallot, frozen=True):
    """Gave a level ("0" to "5") or "dont_know"."""

    value: str


class Revealed(AtBallot, frozen=True):
    """Wants everybody to see how the votes fell."""


class Revoted(AtBallot, frozen=True):
    """Wants another round of votes."""


class Settled(AtBallot, frozen=True):
    """Keeps the level that the group has agreed on."""

    level: int


class Went(AtBallot, frozen=True):
    """Leaves the statement as it is, for the next one."""


AnyGathering = Here | Added | Expelled | Convened | Voted | Revealed | Revoted | Settled | Went
