"""What the buttons below a result say."""

from collections.abc import Callable

from flows.events import Asked, Event
from flows.prompts import Prompt
from flows.prompts.figures import CapabilityScores, DimensionScores, OwnScores, StatementScore

Translate = Callable[[str], str]


def label(event: Event, prompt: Prompt, _: Translate) -> str | None:
    """The label of a button; None for one that says the same below every prompt."""
    if not isinstance(prompt, DimensionScores | CapabilityScores | StatementScore | OwnScores):
        return None
    match event:
        case Asked("scores", ""):
            return _("All scores")
        case Asked("scores", code) if code in getattr(prompt, "below", ()):
            return code
        case Asked("scores", code):
            return _("Back to %(code)s") % {"code": code}
        case Asked("goals"):
            return _("Goals")
    return None
