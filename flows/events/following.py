"""What people do about what follows from a result: the action list, and other cities to learn from."""

from flows.events.happening import Event


class Following(Event, frozen=True):
    """Anything about actions or partners, beside looking at the list."""


class Planned(Following, frozen=True):
    """The coordinator says of an action who leads, by when or what became of it, as typed: code first."""

    text: str = ""


class Acted(Following, frozen=True):
    """The same by a tap; `deed` is a state, "who", "@" and a respondent's id, "when", a day in ISO form, "note"."""

    item: str
    deed: str


class Became(Following, frozen=True):
    """Says what became of an action of the wave before; `state` is "" where it is left open."""

    item: str
    state: str


class Partnered(Following, frozen=True):
    """About being found by other cities: to look, "join", "confirm", "leave", "drop", or "contact" and a new one."""

    wish: str = ""


class Introduced(Following, frozen=True):
    """Wants to hear of a city (by its reference) that is strong in a capability."""

    partner: str
    item: str


AnyFollowing = Planned | Acted | Became | Partnered | Introduced
"""Every kind of it."""
