"""Events as the text that a button carries."""

from collections.abc import Mapping

import msgspec

from flows.events import (
    Answered,
    AnyEvent,
    Asked,
    Away,
    Consented,
    Continued,
    Dated,
    Ended,
    Event,
    Explained,
    Finished,
    Given,
    HandedOn,
    Looked,
    Moved,
    NotMine,
    Nudged,
    Reopened,
    Resumed,
    Shared,
    Silenced,
    Skipped,
    Snoozed,
    Spoke,
    Started,
    Took,
    WentBack,
)
from flows.events.appointing import Booked, Unbooked
from flows.events.arrivals import Applied, Crossed, Decided
from flows.events.asides import (
    Affirmed,
    Allowed,
    Assured,
    Carried,
    Confirmed,
    Hurried,
    Hushed,
    Noted,
    Refiled,
    Remarking,
    Removed,
    Rested,
    Weighed,
)
from flows.events.differing import Agreed, Inquired, Viewed
from flows.events.following import Acted, Became, Introduced, Partnered
from flows.events.gathering import Revealed, Revoted, Settled, Voted, Went
from flows.events.sheeting import Imported

LONGEST = 64
"""Bytes that Telegram allows in a button's callback_data; Slack allows more."""

_SEPARATOR = ":"
_PARTS = 4


class _Form(msgspec.Struct, frozen=True):
    """A kind of event, and which of its fields a button carries as key and as value."""

    event: type[AnyEvent]
    key: str = ""
    value: str = ""


# A letter or two a kind of event. They are never used again for another meaning: buttons stay in people's chats for
# years.
_FORMS: Mapping[str, _Form] = {
    "a": _Form(Answered, "key", "value"),
    "d": _Form(Dated, "key", "year"),
    "o": _Form(Reopened, "key"),
    "e": _Form(Explained, "key"),
    "s": _Form(Skipped, "key"),
    "b": _Form(WentBack),
    "c": _Form(Continued),
    "m": _Form(Resumed),
    "f": _Form(Finished),
    "y": _Form(Consented, value="agreed"),
    "h": _Form(Shared, value="agreed"),
    "l": _Form(Spoke, value="language"),
    "r": _Form(Asked, "about", "report"),
    "n": _Form(NotMine, "key"),
    "p": _Form(HandedOn, "key", "to"),
    "t": _Form(Took, "handing", "agreed"),
    "g": _Form(Nudged, "to"),
    "k": _Form(Looked, "at"),
    "v": _Form(Given, "to", "code"),
    "x": _Form(Moved, value="day"),
    "z": _Form(Ended, value="sure"),
    "w": _Form(Snoozed, value="day"),
    "B": _Form(Away, value="until"),
    "q": _Form(Silenced),
    "K": _Form(Booked, "slot"),
    "U": _Form(Unbooked, "slot"),
    "I": _Form(Started, "code"),
    "O": _Form(Crossed, "code"),
    "A": _Form(Applied, value="wish"),
    "D": _Form(Decided, "request", "agreed"),
    "H": _Form(Hurried, value="minutes"),
    "R": _Form(Rested),
    "Q": _Form(Confirmed, value="agreed"),
    "M": _Form(Remarking, "about", "kind"),
    "X": _Form(Hushed),
    "P": _Form(Allowed, value="agreed"),
    "N": _Form(Noted, "key"),
    "S": _Form(Assured, "key", "certainty"),
    "T": _Form(Affirmed, "key"),
    "C": _Form(Carried, value="agreed"),
    "F": _Form(Refiled, "files", "to"),
    "E": _Form(Removed, "about", "what"),
    "W": _Form(Weighed, value="text"),
    "G": _Form(Voted, "at", "value"),
    "L": _Form(Revealed, "at"),
    "J": _Form(Revoted, "at"),
    "V": _Form(Settled, "at", "level"),
    "Y": _Form(Went, "at"),
    "u": _Form(Imported, "sheet", "choice"),
    "i": _Form(Inquired, "code"),
    "ia": _Form(Agreed, "code", "said"),
    "iv": _Form(Viewed, "code", "how"),
    "j": _Form(Acted, "item", "deed"),
    "jb": _Form(Became, "item", "state"),
    "jp": _Form(Partnered, value="wish"),
    "ji": _Form(Introduced, "partner", "item"),
}

_LETTERS: Mapping[type[Event], str] = {form.event: letter for letter, form in _FORMS.items()}


class TooLongError(ValueError):
    """An event that no button can carry: too long in UTF-8, or with what separates its parts in one of them."""


def encode(session: str, event: Event) -> str:
    """The text a button carries: session, kind, key, value; at most `LONGEST` bytes. Raises TooLongError."""
    letter = _LETTERS.get(type(event))
    if letter is None:
        raise TypeError(f"{type(event).__name__} is never a button")
    form = _FORMS[letter]
    text = _SEPARATOR.join((session, letter, _told(event, form.key), _told(event, form.value)))
    if len(text.encode()) > LONGEST or text.count(_SEPARATOR) != _PARTS - 1:
        raise TooLongError(type(event).__name__)
    return text


def _told(event: Event, field: str) -> str:
    value = getattr(event, field) if field else ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def decode(text: str) -> tuple[str, AnyEvent] | None:
    """The session and the event that a button carried; None where it is none of ours."""
    parts = text.split(_SEPARATOR)
    if len(parts) != _PARTS or parts[1] not in _FORMS:
        return None
    session, letter, key, value = parts
    form = _FORMS[letter]
    fields = {name: told for name, told in ((form.key, key), (form.value, value)) if name}
    try:
        return session, msgspec.convert(fields, form.event, strict=False)  # "1" is a truth, "2030" a number
    except msgspec.ValidationError:
        return None
