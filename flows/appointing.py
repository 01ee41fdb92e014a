"""What people do about meetings, beside asking for them, and the letters of its buttons."""

from collections.abc import Callable, Mapping

from flows.happening import Event


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

# As in `wire`: one letter a kind of event, never used again for another meaning.
READERS: Mapping[str, Callable[[str, str], AnyAppointing]] = {
    "K": lambda slot, _: Booked(slot),
    "U": lambda slot, _: Unbooked(slot),
}


def fields(event: Appointing) -> tuple[str, str, str]:
    """Letter, key and value of an event that a button carries."""
    match event:
        case Booked(slot):
            return "K", slot, ""
        case Unbooked(slot):
            return "U", slot, ""
    raise TypeError(f"{type(event).__name__} is never a button")
