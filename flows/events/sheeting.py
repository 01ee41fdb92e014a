"""What becomes of a workbook that somebody sent back."""

from typing import Literal

from flows.events.happening import Event

Choice = Literal["keep", "all", "cancel"]
"""`keep` takes over what changes but leaves newer answers of the chat as they are, `all` lets the workbook win."""


class Unfolded(Event, frozen=True):
    """A workbook (its id) was read, a moment after it was sent. Nobody did anything."""

    sheet: str


class Imported(Event, frozen=True):
    """Decided what becomes of a workbook after its preview."""

    sheet: str
    choice: Choice


AnySheeting = Unfolded | Imported
