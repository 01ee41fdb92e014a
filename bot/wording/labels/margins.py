"""What the buttons of everything beside answering say."""

from collections.abc import Callable

from bot.wording.labels.picturing import chart_name
from flows.events import Asked, Event, Explained, Skipped
from flows.events.arrivals import Applied
from flows.events.asides import (
    Affirmed,
    Allowed,
    Assured,
    Carried,
    Confirmed,
    Hushed,
    Noted,
    Refiled,
    Remarking,
    Removed,
    Rested,
    Weighed,
)
from flows.prompts import Prompt
from flows.prompts.interludes import AskComment, AskKeep, AskRemark, Filed, MyData
from flows.prompts.questions import Ask, AskGoal

Translate = Callable[[str], str]


def commands(_: Translate) -> dict[str, str]:
    """What each command beside answering does, in the menu's order."""
    return {
        "now": _("only a few minutes: /now 4"),
        "note": _("add a comment: /note 3.4.1 and your text"),
        "sure": _("how sure your last answer is"),
        "goals": _("your city's goals (coordinators)"),
        "weigh": _("how much a goal matters and costs: /weigh 3.4"),
        "actions": _("what to do first, and who does it: /actions 3.4.1"),
        "action": _("who leads an action, by when: /action 3.4.1 Ana by 31 March (coordinators)"),
        "partners": _("cities to learn from (coordinators)"),
        "mydata": _("what I keep of you, to remove it"),
        "desk": _("where answers differ: ask why, and settle it (coordinators)"),
        "agree": _("settle a statement: /agree 3.2.1 4 because ... (coordinators)"),
    }


def kind_name(kind: str, _: Translate) -> str:
    """What a piece of evidence without a name is called."""
    return {
        "photo": _("photo"),
        "video": _("video"),
        "voice": _("voice message"),
        "audio": _("recording"),
        "link": _("link"),
        "location": _("place"),
        "message": _("forwarded message"),
    }.get(kind, _("document"))


def label(event: Event, prompt: Prompt, _: Translate) -> str | None:  # noqa: C901  # a closed list
    """The label of a button; None for one of the survey itself."""
    match event:
        case Asked("charts", about):
            return chart_name(about, _)
        case Asked("slides", kind):
            return _("Slides: results") if kind == "wrap_up" else _("Slides: the model")
        case Applied(wish):
            return {
                "ask": _("Ask to take part"),
                "send": _("Send"),
                "again": _("Start again"),
                "drop": _("Never mind"),
            }[wish]
        case Affirmed() if isinstance(prompt, AskGoal):
            return _("Still true: %(level)s by %(year)s") % {"level": prompt.before, "year": prompt.before_year}
        case Affirmed():
            value = prompt.before if isinstance(prompt, Ask) else ""
            return _("Still true: %(level)s") % {"level": value}
        case Carried(agreed):
            count = len(prompt.answers) if isinstance(prompt, AskKeep) else 0
            return _("Keep them all (%(count)s)") % {"count": count} if agreed else _("Ask me each")
        case Confirmed(agreed):
            return _("Yes, that is so") if agreed else _("Show me the last ones")
        case Allowed(agreed):
            if isinstance(prompt, MyData):
                return _("The report may quote it") if agreed else _("Do not quote it")
            return _("Yes, without my name") if agreed else _("No")
        case Noted(key=key):
            return _("Keep as a comment to %(code)s") % {"code": key}
        case Assured(certainty):
            words = {"measured": _("Measured"), "documented": _("Documented"), "estimated": _("Estimated")}
            return words[certainty]
        case Explained() if isinstance(prompt, AskComment):
            return _("It was an answer")
        case Skipped() if isinstance(prompt, AskRemark):
            return _("Skip")
        case Remarking(kind=kind):
            return _("What is hard") if kind == "challenge" else _("What works well")
        case Hushed():
            return _("Do not ask me these")
        case Refiled(to=to):
            return _("It is for %(code)s") % {"code": to}
        case Removed(what, about):
            return _removal(what, about, prompt, _)
        case Weighed(text):
            return {"1": _("1 low"), "2": _("2 middle"), "3": _("3 high")}[text[-1]]
        case Rested():
            return _("That is enough")
    return None


def _removal(what: str, about: str, prompt: Prompt, _: Translate) -> str:
    if isinstance(prompt, Filed):
        return _("Remove it") if prompt.first == prompt.last else _("Remove them")
    if what == "file":
        return _("Remove evidence %(number)s") % {"number": about}
    if what == "comment":
        return _("Remove the comment to %(code)s") % {"code": about}
    return (_("Remove: hard, %(code)s") if what == "challenge" else _("Remove: works well, %(code)s")) % {"code": about}
