"""Invitations to a meeting, and what takes them back, as calendar files (RFC 5545) that any calendar reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from typing import Literal

PRODID = "-//maturitybot//meetings//EN"
REMINDERS = (timedelta(days=1), timedelta(minutes=15))
"""How long before a meeting a calendar reminds of it."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What no line of a calendar file may hold, and what nobody meant to write."""

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with an expert, as last changed: a higher `sequence` under the same `uid` replaces what was sent.

    `starts` and `changed` are aware, in UTC. The kick-off comes before a city's survey, the wrap-up after it.
    `organizer` and `attendee` are mail addresses, left out where none is known.
    """

    uid: str
    kind: Literal["kick_off", "wrap_up"]
    city: str
    starts: datetime
    minutes: int
    link: str
    expert: str
    sequence: int
    changed: datetime
    organizer: str = ""
    attendee: str = ""


def calendar_file(meeting: Meeting, method: Literal["REQUEST", "CANCEL"], words: NullTranslations) -> bytes:
    """The calendar file that invites to a meeting, or cancels it; the same bytes for the same meeting."""
    from icalendar import Alarm, Calendar, Event, vCalAddress  # half a second that only invitations need

    event, link, called_off = Event(), "".join(_plain(meeting.link).split()), method == "CANCEL"
    event.add("uid", _plain(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed.astimezone(UTC))
    event.add("dtstart", meeting.starts.astimezone(UTC))
    event.add("dtend", meeting.starts.astimezone(UTC) + timedelta(minutes=meeting.minutes))
    event.add("summary", title(meeting, words, called_off=called_off))
    event.add("description", "\n\n".join(_description(meeting, link, words, called_off=called_off)))
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if link:
        event.add("location", link)
        event.add("url", link)
    for name, mail in (("organizer", mail_in(meeting.organizer)), ("attendee", mail_in(meeting.attendee))):
        if mail:
            event.add(name, vCalAddress(f"mailto:{mail}"))
    for before in () if called_off else REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title(meeting, words))
        alarm.add("trigger", -before)
        event.add_component(alarm)
    calendar = Calendar()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def mail_in(text: str) -> str:
    """The first mail address in a text; "" for none."""
    found = _MAIL.search(text)
    return found[0] if found else ""


def title(meeting: Meeting, words: NullTranslations, *, called_off: bool = False) -> str:
    """What a meeting is called in a calendar."""
    _ = words.gettext
    names = {
        "kick_off": _("%(city)s: presentation of the smart city model"),
        "wrap_up": _("%(city)s: results and conclusions with an expert"),
    }
    name = names[meeting.kind] % {"city": _plain(meeting.city)}
    return _("Cancelled: %(meeting)s") % {"meeting": name} if called_off else name


def _description(meeting: Meeting, link: str, words: NullTranslations, *, called_off: bool) -> Iterator[str]:
    """Paragraphs: what the meeting is for, with whom, and where."""
    _ = words.gettext
    if called_off:
        yield _("This meeting is cancelled. If there is to be another one, a new invitation follows.")
    purposes = {
        "kick_off": _(
            "What the model asks, how the survey goes in chat, what becomes of the answers, "
            "and what the city receives. There is time for questions."
        ),
        "wrap_up": _(
            "What the survey shows about the city: its strengths, its gaps, and what an expert concludes from them. "
            "There is time for questions."
        ),
    }
    yield purposes[meeting.kind]
    if meeting.expert:
        yield _("Expert: %(expert)s") % {"expert": _plain(meeting.expert)}
    if link:
        yield _("Video meeting: %(link)s") % {"link": link}
    elif not called_off:
        yield _("The link to the video meeting follows.")


def _plain(text: str) -> str:
    """The text on one line: a line break within a name or a link could pass for a line of the file."""
    return _CONTROLS.sub(" ", text).strip()
