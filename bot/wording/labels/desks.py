"""What the buttons of the disagreement desk say."""

from collections.abc import Callable

from flows.events import Asked, Event
from flows.events.asides import Removed
from flows.events.differing import Agreed, Inquired, Viewed
from flows.prompts import Prompt
from flows.prompts.desks import DeskCard, DeskList, ViewKept

Translate = Callable[[str], str]


def label(event: Event, prompt: Prompt, _: Translate) -> str | None:
    """The label of a button; None for one of anything else."""
    match event:
        case Asked("desk", about):
            return _at_desk(about, prompt, _)
        case Inquired():
            asked = isinstance(prompt, DeskCard) and prompt.matter.asked
            return _("Ask the others again") if asked else _("Ask those concerned")
        case Agreed(said=""):
            return _("Never mind")
        case Agreed(said=value):
            return _("Agree on %(level)s") % {"level": value} if value.isdigit() else _("Not applicable")
        case Viewed(how=how):
            return _of_view(how, prompt, _)
        case Removed(what, code) if what in {"view", "nameless"}:
            return _("Take it back") if isinstance(prompt, ViewKept) else _("Remove: why, %(code)s") % {"code": code}
    return None


def _at_desk(about: str, prompt: Prompt, _: Translate) -> str:
    if isinstance(prompt, DeskList):
        narrowed, turned, before = about.partition("+")
        if turned:
            return _("More") if int(before) > prompt.before else _("Those before")
        return narrowed
    return _("All that differ") if isinstance(prompt, DeskCard) else _("Where you differ")


def _of_view(how: str, prompt: Prompt, _: Translate) -> str:
    if isinstance(prompt, ViewKept):
        names = {"view": _("Put my name to it"), "nameless": _("Take my name off"), "again": _("Say it differently")}
        return names[how]
    return {"view": _("With my name"), "nameless": _("Without my name"), "silent": _("Rather not")}[how]
