"""What people type: a command after a slash, or text."""

import re
from collections.abc import Callable, Mapping

from flows.events import (
    AnyEvent,
    Asked,
    Away,
    Continued,
    Given,
    Moved,
    NotMine,
    Placed,
    Skipped,
    Snoozed,
    Spoke,
    Started,
    Typed,
    WentBack,
)
from flows.events.appointing import Concluded, Published
from flows.events.arrivals import Applied, Invited, Linked
from flows.events.asides import Aimed, Assured, Hurried, Noted, Recalled, Weighed
from flows.events.differing import Agreed
from flows.events.following import Partnered, Planned
from flows.events.gathering import Convened, Here

_COMMANDS: Mapping[str, Callable[[str], AnyEvent]] = {
    "start": Started,
    "continue": lambda _: Continued(),
    "back": lambda _: WentBack(),
    "skip": lambda _: Skipped(),
    "progress": lambda about: Asked("progress", about),
    "scores": lambda about: Asked("scores", about),
    "charts": lambda about: Asked("charts", about),
    "benchmark": lambda about: Asked("benchmark", about),
    "privacy": lambda about: Asked("privacy", about),
    "team": lambda about: Asked("team", about),
    "assign": lambda about: _given(about),
    "deadline": Moved,
    "notmine": lambda about: NotMine(about),
    "later": Snoozed,
    "away": Away,
    "now": Hurried,
    "note": Noted,
    "sure": Assured,
    "goals": lambda about: Aimed(about) if about else Asked("goals"),
    "weigh": Weighed,
    "actions": lambda about: Asked("actions", about),
    "action": Planned,
    "partners": Partnered,
    "mydata": lambda _: Recalled(),
    "desk": lambda about: Asked("desk", about),
    "agree": lambda about: _agreed(about),
    "timezone": Placed,
    "invite": Invited,
    "model": lambda about: Asked("model", about),
    "report": lambda about: Asked("report", about),
    "workbook": lambda about: Asked("workbook", about),
    "meetings": lambda about: Asked("meetings", about),
    "slot": Published,
    "conclude": Concluded,
    "request": lambda _: Applied(),
    "requests": lambda _: Asked("requests"),
    "link": Linked,
    "here": Here,
    "workshop": Convened,
    "contact": lambda _: Asked("contact"),
    "language": lambda about: Spoke(about) if about else Asked("language"),
    "help": lambda about: Asked("help", about),
}


_LINK = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
"""A code that joins two chats, as it is shown."""
_INVITATION = re.compile(r"(?=.*[a-z])(?=.+[A-Z])[A-Za-z0-9_-]{22}")
"""An invitation's code: both cases in it, so that no word of a language is taken for one."""


def _given(about: str) -> Given:
    """`/assign 3.4 Eva`: what, and to whom."""
    code, _, to = about.partition(" ")
    return Given(to.strip(), code)


def _agreed(about: str) -> Agreed:
    """`/agree 3.2.1 4 because ...`: on what, and the rest as it is."""
    code, _, said = about.partition(" ")
    return Agreed(code.rstrip(":,"), said.strip())


COMMANDS = tuple(_COMMANDS)
"""What may be typed after a slash, in the order of the menu."""


def read(text: str) -> AnyEvent:
    """What a typed line means: a command, a code that stands alone, or text. An unknown command stays text."""
    if _LINK.fullmatch(text.strip()):
        return Linked(text.strip())
    if _INVITATION.fullmatch(text.strip()):
        return Started(text.strip())
    name, _, about = text.strip().partition(" ")
    if name.startswith("/") and name[1:].lower() in _COMMANDS:
        return _COMMANDS[name[1:].lower()](about.strip())
    return Typed(text)
