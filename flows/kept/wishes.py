"""What a turn wants kept of what follows from a result."""

from datetime import date

import msgspec

from model.actions import State


class Doing(msgspec.Struct, frozen=True):
    """How it stands with an action: who leads, by when, what has become of it; all of it, not what changed."""

    item: str
    owner: str = ""
    due: date | None = None
    state: State = "open"
    note: str = ""


class Partnering(msgspec.Struct, frozen=True):
    """The city lets itself be found by others that look for a partner, and gives this contact."""

    contact: str


class Parting(msgspec.Struct, frozen=True):
    """The city is not to be found any more."""


class Introducing(msgspec.Struct, frozen=True):
    """Two cities are to hear of each other because of a capability; `partner` is a reference as buttons carry it."""

    partner: str
    item: str


Following = Doing | Partnering | Parting | Introducing
"""Every kind of it."""
