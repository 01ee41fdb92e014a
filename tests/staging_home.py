"""What the stage asks of a platform on which people of a campaign are: one small interface for all of them."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol

from bot.conversation import Clock
from bot.messages import Message
from storage.database import Database

Look = Callable[[str, Message, Message], Awaitable[None]]
"""What is done with a message to somebody, and with what they see of it."""


class Home(Protocol):
    """A platform, and who of a campaign is there; somebody who is on two is NAME@Slack on the second."""

    name: str
    title: str

    def give(self, names: Iterable[str]) -> None:
        """These people are there from now on."""

    def gather(self, names: Sequence[str]) -> None:
        """These people have a place where all of them and the bot are."""

    def __contains__(self, name: str) -> bool: ...

    def say(self, name: str, text: str) -> None:
        """Presses the button that begins so, or else writes the text."""

    def turn(self, name: str, *, blocked: bool) -> None:
        """Cannot be written to any more, or can be again."""

    @property
    def waits(self) -> bool:
        """Whether something was said that is yet to be heard."""

    def play(self, database: Database, clock: Clock, look: Look) -> None:
        """A process of its own connects, hears what was said, sends what is owed, and ends."""
