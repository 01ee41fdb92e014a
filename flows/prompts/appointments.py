"""The prompts of the two meetings: what is booked and free, invitations, reminders, slides, conclusions."""

from typing import Literal

from typing_extensions import override

from flows.around import Meeting, MeetingKind
from flows.events import Asked
from flows.events.appointing import Booked, Unbooked
from flows.prompts import Prompt, Rows

SHOWN = 8
"""Times of a kind that a card of buttons offers; the next ones come once these are taken or over."""

Method = Literal["REQUEST", "CANCEL"]
"""What a calendar file does, in the words of its standard."""


class Meetings(Prompt, frozen=True):
    """The city's meetings, and times that are free; `zone` is where the reader lives. Only who leads `may_book`.

    `over` are those booked that are held already; `conclusions` pairs of a dimension's code ("" for all) and a text.
    """

    booked: tuple[Meeting, ...]
    free: tuple[Meeting, ...]
    zone: str = "UTC"
    may_book: bool = True
    over: tuple[str, ...] = ()
    conclusions: tuple[tuple[str, str], ...] = ()

    @property
    def before_kick_off(self) -> bool:
        """Whether the model has not been presented yet."""
        return all(one.id not in self.over for one in self.booked if one.kind == "kick_off")

    @property
    @override
    def rows(self) -> Rows:
        slides = tuple((Asked("slides", kind),) for kind in dict.fromkeys(one.kind for one in self.booked))
        if not self.may_book:
            return slides
        cancel = tuple((Unbooked(one.id),) for one in self.booked if one.id not in self.over)
        return (*slides, *cancel, *((Booked(one.id),) for one in self.free))


class Agenda(Prompt, frozen=True):
    """What an expert has offered and is still to come, and the cities that have booked it."""

    times: tuple[Meeting, ...]
    zone: str = "UTC"

    @property
    @override
    def rows(self) -> Rows:
        return tuple((Unbooked(one.id),) for one in self.times)


class MeetingPaper(Prompt, frozen=True):
    """An invitation to a meeting or what takes it back, with a calendar file; `change` is what happened.

    `own` where it is told to the city, which may cancel it; the expert only hears of it.
    """

    meeting: Meeting
    method: Method
    change: Literal["booked", "moved", "cancelled", "withdrawn"]
    own: bool = True

    @property
    @override
    def rows(self) -> Rows:
        if not self.own:
            return ()
        if self.method == "CANCEL":
            return ((Asked("meetings"),),)
        return ((Asked("slides", self.meeting.kind),), (Asked("meetings"),))


class MeetingSoon(Prompt, frozen=True):
    """A meeting is tomorrow, in a quarter of an hour, or has begun."""

    meeting: Meeting
    when: Literal["day", "soon", "now"]


class Concludes(Prompt, frozen=True):
    """An expert has concluded something; `item` is a dimension's code, or empty for the whole city."""

    expert: str
    text: str
    item: str = ""


class Deck(Prompt, frozen=True):
    """The slides of a meeting, made at delivery; `city` is an id, or empty for the reader's own."""

    kind: MeetingKind
    city: str = ""


AnyAppointment = Meetings | Agenda | MeetingPaper | MeetingSoon | Concludes | Deck
"""Every kind of prompt about meetings."""
