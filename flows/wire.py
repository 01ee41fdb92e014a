"""Events and prompts as text: what a button carries, what a command means, what an outbox keeps."""

from collections.abc import Callable, Mapping

import msgspec

from flows import asides, interludes, prompts, questions, teamwork
from flows.events import (
    REPORTS,
    Answered,
    AnyEvent,
    Aside,
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
    Placed,
    Reopened,
    Report,
    Resumed,
    Shared,
    Silenced,
    Skipped,
    Snoozed,
    Spoke,
    Started,
    Took,
    Typed,
    WentBack,
)
from flows.prompts import Prompt

LONGEST = 64
"""Bytes that Telegram allows in a button's callback_data; Slack allows more."""

_SEPARATOR = ":"

_REPORTS: Mapping[str, Report] = {report: report for report in REPORTS}

# One letter a kind of event, and how its fields are read back. Letters are never used again for another meaning:
# buttons stay in people's chats for years.
_READERS: Mapping[str, Callable[[str, str], AnyEvent]] = {
    **asides.READERS,
    "a": Answered,
    "d": lambda key, year: Dated(key, int(year)),
    "o": lambda key, _: Reopened(key),
    "e": lambda key, _: Explained(key),
    "s": lambda key, _: Skipped(key),
    "b": lambda *_: WentBack(),
    "c": lambda *_: Continued(),
    "m": lambda *_: Resumed(),
    "f": lambda *_: Finished(),
    "y": lambda _, agreed: Consented(agreed == "1"),
    "h": lambda _, agreed: Shared(agreed == "1"),
    "l": lambda _, language: Spoke(language),
    "r": lambda about, report: Asked(_REPORTS[report], about),
    "n": lambda key, _: NotMine(key),
    "p": HandedOn,
    "t": lambda handing, agreed: Took(handing, agreed == "1"),
    "g": lambda to, _: Nudged(to),
    "k": lambda at, _: Looked(at),
    "v": Given,
    "x": lambda _, day: Moved(day),
    "z": lambda _, sure: Ended(sure == "1"),
    "w": lambda _, day: Snoozed(day),
    "q": lambda *_: Silenced(),
}


def encode(session: str, event: Event) -> str:
    """The text a button carries: session, kind, key, value; at most `LONGEST` bytes."""
    return _SEPARATOR.join((session, *_fields(event)))


def _fields(event: Event) -> tuple[str, str, str]:  # noqa: C901  # a closed list, one line a kind
    match event:
        case Answered(key, value):
            return "a", key, value
        case Dated(key, year):
            return "d", key, str(year)
        case Reopened(key):
            return "o", key, ""
        case Explained(key):
            return "e", key, ""
        case Skipped(key):
            return "s", key, ""
        case WentBack():
            return "b", "", ""
        case Continued():
            return "c", "", ""
        case Resumed():
            return "m", "", ""
        case Finished():
            return "f", "", ""
        case Consented(agreed):
            return "y", "", str(int(agreed))
        case Shared(agreed):
            return "h", "", str(int(agreed))
        case Spoke(language):
            return "l", "", language
        case Asked(report, about):
            return "r", about, report
        case NotMine(key):
            return "n", key, ""
        case HandedOn(key, to):
            return "p", key, to
        case Took(handing, agreed):
            return "t", handing, str(int(agreed))
        case Nudged(to):
            return "g", to, ""
        case Looked(at):
            return "k", at, ""
        case Given(to, code):
            return "v", to, code
        case Moved(day):
            return "x", "", day
        case Ended(sure):
            return "z", "", str(int(sure))
        case Snoozed(day):
            return "w", "", day
        case Silenced():
            return "q", "", ""
        case Aside():
            return asides.fields(event)
    raise TypeError(f"{type(event).__name__} is never a button")


def decode(text: str) -> tuple[str, AnyEvent] | None:
    """The session and the event that a button carried; None where it is none of ours."""
    parts = text.split(_SEPARATOR)
    if len(parts) != 4 or parts[1] not in _READERS:
        return None
    session, kind, key, value = parts
    try:
        return session, _READERS[kind](key, value)
    except (KeyError, ValueError):
        return None


_COMMANDS: Mapping[str, Callable[[str], AnyEvent]] = {
    "start": Started,
    "continue": lambda _: Continued(),
    "back": lambda _: WentBack(),
    "skip": lambda _: Skipped(),
    "progress": lambda about: Asked("progress", about),
    "scores": lambda about: Asked("scores", about),
    "benchmark": lambda about: Asked("benchmark", about),
    "team": lambda about: Asked("team", about),
    "assign": lambda about: _given(about),
    "deadline": Moved,
    "notmine": lambda about: NotMine(about),
    "later": Snoozed,
    "away": Away,
    **asides.COMMANDS,
    "timezone": Placed,
    "model": lambda about: Asked("model", about),
    "language": lambda about: Spoke(about) if about else Asked("language"),
    "help": lambda about: Asked("help", about),
}


def _given(about: str) -> Given:
    """`/assign 3.4 Eva`: what, and to whom."""
    code, _, to = about.partition(" ")
    return Given(to.strip(), code)


COMMANDS = tuple(_COMMANDS)
"""What may be typed after a slash, in the order of the menu."""


def read(text: str) -> AnyEvent:
    """What a typed line means: a command, or text. An unknown command stays text, so that it can be answered."""
    name, _, about = text.strip().partition(" ")
    if name.startswith("/") and name[1:].lower() in _COMMANDS:
        return _COMMANDS[name[1:].lower()](about.strip())
    return Typed(text)


AnyPrompt = (
    prompts.Welcome
    | prompts.Summary
    | prompts.Changed
    | prompts.Thanks
    | prompts.AskSharing
    | prompts.Progress
    | prompts.Scores
    | prompts.Chart
    | prompts.Benchmark
    | prompts.Model
    | prompts.Help
    | prompts.Notice
    | questions.AskConsent
    | questions.AskCity
    | questions.Ask
    | questions.AskGoal
    | questions.AskYear
    | questions.Propose
    | questions.AskReason
    | questions.Review
    | questions.Languages
    | teamwork.AskWhom
    | teamwork.AskNote
    | teamwork.Offered
    | teamwork.Passed
    | teamwork.Team
    | teamwork.Person
    | teamwork.AskEnd
    | teamwork.Reminder
    | teamwork.Digest
    | interludes.AnyInterlude
)
"""Every kind of prompt."""

_PROMPT: msgspec.json.Decoder[Prompt] = msgspec.json.Decoder(AnyPrompt)
_PROMPTS = msgspec.json.Encoder()


def pack(prompt: Prompt) -> str:
    """A prompt as text, for as long as it is owed."""
    return _PROMPTS.encode(prompt).decode()


def unpack(text: str) -> Prompt:
    """The prompt that `pack` made a text of."""
    return _PROMPT.decode(text)
