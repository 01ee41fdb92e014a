"""What the buttons of everything beside answering say."""

from collections.abc import Callable

from flows.asides import Affirmed, Allowed, Assured, Carried, Confirmed, Hushed, Noted, Remarking, Rested
from flows.events import Event, Explained, Skipped
from flows.interludes import AskComment, AskKeep, AskRemark
from flows.prompts import Prompt
from flows.questions import Ask

Translate = Callable[[str], str]


def commands(_: Translate) -> dict[str, str]:
    """What each command beside answering does, in the menu's order."""
    return {
        "now": _("only a few minutes: /now 4"),
        "note": _("add a comment: /note 3.4.1 and your text"),
        "sure": _("how sure your last answer is"),
        "goals": _("your city's goals (coordinators)"),
        "weigh": _("what a goal matters and costs: /weigh 3.4 importance 3 effort 1"),
    }


def label(event: Event, prompt: Prompt, _: Translate) -> str | None:  # noqa: C901  # a closed list
    """The label of a button; None for one of the survey itself."""
    match event:
        case Affirmed():
            value = prompt.before if isinstance(prompt, Ask) else ""
            return _("Still true: %(level)s") % {"level": value}
        case Carried(agreed):
            count = len(prompt.answers) if isinstance(prompt, AskKeep) else 0
            return _("Keep them all (%(count)s)") % {"count": count} if agreed else _("Ask me each")
        case Confirmed(agreed):
            return _("Yes, that is so") if agreed else _("Show me the last ones")
        case Allowed(agreed):
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
        case Remarking():
            return _("Add what is hard or works well")
        case Hushed():
            return _("Never ask me this")
        case Rested():
            return _("That is enough")
    return None
