"""What the buttons of actions and partners say."""

from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from bot.wording.catalogues import locale_of
from flows.events import Asked, Event
from flows.events.following import Acted, Became, Introduced, Partnered
from flows.prompts import Prompt
from flows.prompts.following import AskDue, AskOwner, ConfirmContact, Partners

Translate = Callable[[str], str]
SHORT = 24
"""Characters of a city's name on a button: the message above has all of it."""


def state_name(state: str, _: Translate) -> str:
    """What has become of an action, in a word or two."""
    return {
        "open": _("not begun"),
        "begun": _("going on"),
        "done": _("done"),
        "dropped": _("dropped"),
    }[state]


def label(event: Event, prompt: Prompt, language: str, _: Translate) -> str | None:
    """The label of a button; None for one of anything else."""
    match event:
        case Asked("actions", about):
            return about or _("All actions")
        case Acted(_item, deed):
            return _of_action(deed, prompt, language, _)
        case Became(_item, state):
            return _state(state, _) if state else _("Skip")
        case Partnered(wish):
            return _of_partners(wish, prompt, _)
        case Introduced(partner, item):
            return _("Introduce us: %(city)s (%(code)s)") % {"city": _named(prompt, partner), "code": item}
    return None


def _of_action(deed: str, prompt: Prompt, language: str, _: Translate) -> str:
    if deed.startswith("@"):
        people = prompt.people if isinstance(prompt, AskOwner) else ()
        return next((one.name for one in people if one.id == deed[1:]), deed)
    if isinstance(prompt, AskDue) and deed in prompt.days:
        return format_date(date.fromisoformat(deed), "long", locale_of(language))
    names = {"who": _("Who leads"), "when": _("By when"), "note": _("A note"), "drop": _("Leave it as it is")}
    return names.get(deed) or _state(deed, _)


def _state(state: str, _: Translate) -> str:
    name = state_name(state, _)
    return name[:1].upper() + name[1:]


def _of_partners(wish: str, prompt: Prompt, _: Translate) -> str:
    again = isinstance(prompt, ConfirmContact)
    return {
        "join": _("Take part"),
        "confirm": _("Yes, show this"),
        "contact": _("Write it again") if again else _("Change the contact"),
        "leave": _("Leave the search"),
        "drop": _("Never mind"),
    }[wish]


def _named(prompt: Prompt, partner: str) -> str:
    found = prompt.found if isinstance(prompt, Partners) else ()
    name = next((one.name for _, several in found for one in several if one.partner == partner), partner)
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"
