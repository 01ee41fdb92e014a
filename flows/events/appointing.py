"""What people do about meetings, beside asking for them."""

from flows.events.happening import Event


class Appointing(Event, frozen=True):
    """Anything about a meeting or what is concluded in it."""


class Booked(Appointing, frozen=True):
    """The coordinator books a meeting at a published time, or moves the one booked before to it."""

    slot: str


class Unbooked(Appointing, frozen=True):
    """The coordinator cancels a meeting, or an expert takes a published time back."""

    slot: str


class Published(Appointing, frozen=True):
    """An expert offers a time for a meeting: its kind, day, hour, perhaps a place, and link, as typed."""

    text: str


class Concluded(Appointing, frozen=True):
    """An expert concludes something about a city, named first, as typed."""

    text: str


AnyAppointing = Booked | Unbooked | Published | Concluded
"""Every kind of it."""
