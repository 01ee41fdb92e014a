"""What a person did, whichever channel it came through: a closed list."""

from flows.events.appointing import AnyAppointing
from flows.events.arrivals import AnyArrival
from flows.events.asides import AnyAside
from flows.events.asides import Attached as Attached
from flows.events.following import AnyFollowing
from flows.events.gathering import AnyGathering
from flows.events.happening import Event as Event
from flows.events.reports import REPORTS as REPORTS
from flows.events.reports import Report as Report


class Started(Event, frozen=True):
    """Came in, perhaps with an invitation's code."""

    code: str = ""


class Typed(Event, frozen=True):
    """Wrote something that is no command; `card` is the one that it replies to."""

    text: str
    card: str = ""


class Consented(Event, frozen=True):
    """Agreed, or not, that answers are kept."""

    agreed: bool


class Answered(Event, frozen=True):
    """Gave a level ("0" to "5") or a non-response's code for the question `key`."""

    key: str
    value: str


class Dated(Event, frozen=True):
    """Gave the year of the goal `key`."""

    key: str
    year: int


class Reopened(Event, frozen=True):
    """Wants to answer `key` again."""

    key: str


class Explained(Event, frozen=True):
    """Wants to know what the levels of `key` look like."""

    key: str


class Skipped(Event, frozen=True):
    """Leaves `key` for later; empty for whatever is being asked."""

    key: str = ""


class WentBack(Event, frozen=True):
    """Wants the question before this one."""


class Continued(Event, frozen=True):
    """Wants to go on where they stopped."""


class Resumed(Event, frozen=True):
    """Wants to be asked again what was skipped."""


class Finished(Event, frozen=True):
    """Is done, and leaves out what was skipped."""


class Asked(Event, frozen=True):
    """Wants to see a report; `about` narrows it."""

    report: Report
    about: str = ""


class Spoke(Event, frozen=True):
    """Chose a language."""

    language: str


class Shared(Event, frozen=True):
    """Lets the city's result into the benchmark, or takes it out."""

    agreed: bool


class Sent(Event, frozen=True):
    """Sent something that is neither text nor evidence: a sticker, a contact."""

    kind: str


class Left(Event, frozen=True):
    """Blocked the bot."""


class Returned(Event, frozen=True):
    """Let the bot write again."""


class NotMine(Event, frozen=True):
    """Says that a statement, or all that is open of a capability, is for somebody else to answer."""

    key: str


class HandedOn(Event, frozen=True):
    """Chose the colleague (an id, or "" to let the coordinator find one) to hand `key` on to; None asks for a note."""

    key: str
    to: str
    note: str | None = None


class Took(Event, frozen=True):
    """Accepted or refused what a colleague handed on."""

    handing: str
    agreed: bool


class Nudged(Event, frozen=True):
    """The coordinator reminds somebody of the team now."""

    to: str


class Looked(Event, frozen=True):
    """The coordinator looks at somebody of the team."""

    at: str


class Given(Event, frozen=True):
    """The coordinator gives a department's statements, a capability or one statement (`code`) to somebody."""

    to: str
    code: str


class Moved(Event, frozen=True):
    """The coordinator moves the close: to a day in words, or by "+7" days."""

    day: str


class Ended(Event, frozen=True):
    """The coordinator wants to close the wave; only `sure` does it."""

    sure: bool


class Snoozed(Event, frozen=True):
    """Wants to be reminded on another day, in words."""

    day: str


class Away(Event, frozen=True):
    """Is away until a day, in words; "" to be asked which."""

    until: str


class Silenced(Event, frozen=True):
    """Wants no more reminders."""


class Placed(Event, frozen=True):
    """Tells where they live, so that the hours are theirs: a city or a time zone, in words."""

    place: str


class Reminded(Event, frozen=True):
    """A reminder fell due. Nobody did anything; the diary says so."""

    reason: str


AnyEvent = (
    Started
    | Typed
    | Consented
    | Answered
    | Dated
    | Reopened
    | Explained
    | Skipped
    | WentBack
    | Continued
    | Resumed
    | Finished
    | Asked
    | Spoke
    | Shared
    | Sent
    | Left
    | Returned
    | NotMine
    | HandedOn
    | Took
    | Nudged
    | Looked
    | Given
    | Moved
    | Ended
    | Snoozed
    | Away
    | Silenced
    | Placed
    | Reminded
    | AnyAside
    | AnyAppointing
    | AnyFollowing
    | AnyGathering
    | AnyArrival
)
