"""Where something is said on Slack: a person's direct message, a channel, a thread, or for one person's eyes only."""

import re

import msgspec

_FORM = re.compile(r"([^:]+):([^:#|]+)(?::([^:#|]+))?(?:#([\d.]+))?(?:\|(\S+))?")


class Place(msgspec.Struct, frozen=True):
    """A place: of the workspace, a person (`user`) or a `channel`; with both, a channel where only that person sees it.

    `thread` is the message that is answered; `answer` the address Slack gave for answering a command or a tap.
    """

    workspace: str
    user: str = ""
    channel: str = ""
    thread: str = ""
    answer: str = ""

    @property
    def text(self) -> str:
        """As addresses and the outbox keep it: T:U, T:C, T:C:U, T:C#1700000000.000100, and an answer after |."""
        where = f"{self.channel}:{self.user}" if self.channel and self.user else self.channel or self.user
        thread = f"#{self.thread}" if self.thread else ""
        answer = f"|{self.answer}" if self.answer else ""
        return f"{self.workspace}:{where}{thread}{answer}"

    @property
    def person(self) -> str:
        """The chat of its person."""
        return f"{self.workspace}:{self.user}"


def read(text: str) -> Place:
    """A place from its text. Raises ValueError for what is none."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not a place on Slack")
    workspace, where, seen_by, thread, answer = found.groups(default="")
    if where.startswith(("U", "W")):
        return Place(workspace, user=where)
    return Place(workspace, seen_by, where, thread, answer)
