"""What a button of one of the rooms beside the survey says: the first room that knows it tells."""

from collections.abc import Callable

from bot.wording.labels import desks, figures, followings, gatherings, margins, sheeting
from flows.events import Event
from flows.prompts import Prompt
from model.instrument import Instrument


def label(event: Event, prompt: Prompt, instrument: Instrument, _: Callable[[str], str]) -> str | None:
    """The label of a button; None for one of the survey itself."""
    return (
        desks.label(event, prompt, _)
        or sheeting.label(event, prompt, _)
        or margins.label(event, prompt, _)
        or figures.label(event, prompt, _)
        or gatherings.label(event, prompt, instrument, _)
        or followings.label(event, prompt, instrument.language, _)
    )
