"""What the buttons of a group say."""

from collections.abc import Callable

from flows.events import Asked, Event
from flows.events.gathering import Revealed, Revoted, Settled, Voted, Went
from flows.prompts import Prompt
from flows.prompts.gatherings import GroupHelp, Tally
from model.instrument import Instrument

Translate = Callable[[str], str]


def label(event: Event, prompt: Prompt, instrument: Instrument, _: Translate) -> str | None:  # noqa: C901  # a closed list
    """The label of a button; None for one of a chat of one's own."""
    match event:
        case Voted(value=value):
            if value.isdigit():
                return f"{value} {instrument.scale[int(value)].name}"
            return instrument.non_responses[value].name
        case Revealed():
            return _("Reveal")
        case Revoted():
            return _("Vote again")
        case Settled(level=level) if isinstance(prompt, Tally) and level != prompt.median:
            return str(level)
        case Settled(level=level):
            return _("Agree on %(level)s") % {"level": f"{level} {instrument.scale[level].name}"}
        case Went():
            return _("Leave it open")
        case Asked(report="benchmark") if isinstance(prompt, GroupHelp):
            return _("Benchmark")
    return None
