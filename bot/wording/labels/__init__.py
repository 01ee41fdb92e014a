"""What a button says: short enough for a phone, and never without its meaning."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.wording.catalogues import locale_of
from bot.wording.labels import comparing, margins
from bot.wording.labels.comparing import group_name as group_name
from bot.wording.labels.rooms import label as of_a_room
from flows.events import (
    Answered,
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
from flows.events.arrivals import Crossed, Decided
from flows.prompts import Changed, Prompt, Summary
from flows.prompts.appointments import Agenda, Meetings
from flows.prompts.doorway import AskCross
from flows.prompts.questions import AskReason
from flows.prompts.teamwork import AskNote, AskWhom, Team
from flows.session import aspect_of, item_of
from model.instrument import Instrument
from model.responses import Aspect

_LANGUAGES = {"en": "English", "es": "Español"}
"""Each language by its own name, so that whoever needs it can read it."""

Translate = Callable[[str], str]


def commands(_: Translate) -> dict[str, str]:
    """What each command of the menu does, in the menu's order."""
    return {
        "start": _("begin, or come back"),
        "continue": _("go on where you stopped"),
        "back": _("the question before"),
        "skip": _("leave this question for later"),
        "progress": _("how far you are"),
        "scores": _("your city's scores"),
        "charts": _("your city's result in pictures"),
        **comparing.commands(_),
        "team": _("who is how far (coordinators)"),
        "assign": _("give somebody a capability: /assign 3.4 NAME"),
        "deadline": _("move the close: /deadline 14 December"),
        "notmine": _("hand on what is not yours"),
        "later": _("be reminded on another day"),
        "away": _("no messages while you are away"),
        **margins.commands(_),
        "timezone": _("where you live: /timezone Madrid"),
        "invite": _("invite a colleague: /invite NAME mobility (coordinators)"),
        "model": _("the complete model as a PDF"),
        "report": _("your city's report as a PDF"),
        "workbook": _("an Excel workbook: answers to fill in, results, charts"),
        "meetings": _("the two video meetings: look, book, move, cancel"),
        "slot": _("offer a time for a meeting (experts)"),
        "conclude": _("conclude something about a city (experts)"),
        "request": _("ask for your city to take part"),
        "requests": _("cities that want to take part (programme)"),
        "link": _("go on in another chat as well"),
        "here": _("in a group or channel: give it to your city (coordinators)"),
        "workshop": _("in a group or channel: vote and agree, /workshop 2.2 (coordinators)"),
        "contact": _("whom to ask"),
        "language": _("another language"),
        "help": _("what you can type"),
    }


def disposition_name(disposition: str, _: Translate) -> str:
    """How far somebody is, in a word or two."""
    return {
        "invited": _("invited"),
        "started": _("not begun"),
        "partial": _("under way"),
        "completed": _("done"),
        "refused": _("does not take part"),
        "silenced": _("wants no reminders"),
        "unresponsive": _("does not answer"),
        "unreachable": _("cannot be written to"),
        "away": _("away"),
    }[disposition]


def value_name(instrument: Instrument, value: str) -> str:
    """A level with its name, or a non-response's name, from what a button carries."""
    if value.isdigit():
        return f"{value} {instrument.scale[int(value)].name}"
    said = instrument.non_responses.get(value)
    return said.name if said else value


def language_name(language: str) -> str:
    """A language by its own name."""
    return _LANGUAGES.get(language, language)


def label(event: Event, prompt: Prompt, instrument: Instrument, _: Translate) -> str:  # noqa: C901  # a closed list
    """The label of a button that carries `event` below `prompt`."""
    beside = of_a_room(event, prompt, instrument, _)
    if beside is not None:
        return beside
    match event:
        case Answered(_key, value):
            name = value_name(instrument, value)
            return _("Undo: back to %(answer)s") % {"answer": name} if isinstance(prompt, Changed) else name
        case Dated(_key, year):
            return str(year)
        case Reopened(key):
            several = isinstance(prompt, Summary) and len(prompt.answers) > 1
            if several:
                return key
            text = _("Change %(code)s") if aspect_of(key) is Aspect.AS_IS else _("Change goal %(code)s")
            return text % {"code": item_of(key)}
        case Skipped():
            if isinstance(prompt, AskNote):
                return _("Without a note")
            return _("Skip the reason") if isinstance(prompt, AskReason) else _("Skip")
        case Consented(agreed):
            return _("Yes, keep my answers") if agreed else _("No, thank you")
        case Shared(agreed):
            return comparing.sharing(prompt, _, agreed=agreed)
        case Spoke(language):
            return language_name(language)
        case NotMine(code):
            if isinstance(prompt, AskWhom):
                return _("All that is open in %(code)s") % {"code": code}
            return _("Not mine")
        case HandedOn(_key, to):
            return _person(prompt, to) or _("I do not know: the coordinator")
        case Took(_handing, agreed):
            return _("I will answer it") if agreed else _("Not mine either")
        case Looked(at):
            return _person(prompt, at)
        case Given(_to, code):
            return instrument.departments.get(code.removeprefix("@"), code)
        case Moved():
            return _("A week longer")
        case Ended(sure):
            return _("Close it now") if sure else _("Close early")
        case Away(until):
            locale = locale_of(instrument.language)
            told = format_date(date.fromisoformat(until), "EEE d MMM", locale) if until else ""
            return _("Until %(day)s") % {"day": told} if until else _("I am away")
        case Snoozed(day):
            return _("Tomorrow") if day == "tomorrow" else _("Next Monday")
        case Booked(slot) | Unbooked(slot):
            cancel = _("Take back: %(meeting)s") if isinstance(prompt, Agenda) else _("Cancel: %(meeting)s")
            told = cancel if isinstance(event, Unbooked) else "%(meeting)s"
            return told % {"meeting": _meeting(prompt, slot, instrument, _)}
        case Decided(_request, agreed):
            return _("Accept") if agreed else _("Decline")
        case Asked(report):
            return {
                "meetings": _("The meetings"),
                "benchmark": _("Compare with other cities"),
                "privacy": _("Who sees what"),
                "progress": _("Progress"),
                "model": _("The complete model"),
                "team": _("The team"),
                "requests": _("Open requests"),
            }.get(report, _("Scores"))
    return {
        Explained: _("What do the levels look like?"),
        WentBack: _("Back"),
        Continued: _("Stay") if isinstance(prompt, AskCross) else _("Go on"),
        Crossed: _("Go over"),
        Resumed: _("Answer what I skipped"),
        Finished: _("Finish without them"),
        Nudged: _("Remind now"),
        Silenced: _("No more reminders"),
        Started: _("Begin"),
    }[type(event)]


def meeting_name(kind: str, _: Translate) -> str:
    """What a meeting is called."""
    return _("Results and conclusions with an expert") if kind == "wrap_up" else _("Presentation of the model")


def _meeting(prompt: Prompt, slot: str, instrument: Instrument, _: Translate) -> str:
    """A meeting on a button: what, and when where the reader lives."""
    if not isinstance(prompt, Meetings | Agenda):
        return slot
    several = (*prompt.booked, *prompt.free) if isinstance(prompt, Meetings) else prompt.times
    for one in several:
        if one.id == slot:
            name = _("Results") if one.kind == "wrap_up" else _("Presentation")
            locale = locale_of(instrument.language)
            return f"{name}, {format_datetime(one.starts, 'EEE d MMM, HH:mm', ZoneInfo(prompt.zone), locale)}"
    return slot


def _person(prompt: Prompt, respondent: str) -> str:
    """The name of a person on a prompt's buttons."""
    people = prompt.people if isinstance(prompt, AskWhom) else prompt.members if isinstance(prompt, Team) else ()
    return next((one.name for one in people if one.id == respondent), "")
