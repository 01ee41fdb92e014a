"""What is said of workbooks that come back: their buttons."""

from collections.abc import Callable

from flows.events import Event
from flows.events.sheeting import Imported
from flows.prompts import Prompt
from flows.prompts.sheets import SheetPreview

Translate = Callable[[str], str]


def label(event: Event, prompt: Prompt, _: Translate) -> str | None:
    """The label of a button below a preview; None for any other."""
    if not isinstance(event, Imported) or not isinstance(prompt, SheetPreview):
        return None
    total, clashing = prompt.total, prompt.clashing
    if event.choice == "cancel":
        return _("Leave all as it is")
    if event.choice == "all":
        return _("Take all of the workbook")
    if clashing:
        return _("Take %(count)s, keep my newer answers") % {"count": total}
    return _("Take it over (%(count)s)") % {"count": total}
