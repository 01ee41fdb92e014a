"""A member of a workspace: joins and leaves, sleeps and wakes, and is told what did not work."""

from collections.abc import Callable
from typing import Any

from tests.fakes.slack_account import Account
from tests.fakes.slack_delivery import Delivery
from tests.fakes.slack_workspace import User, Workspace, stamp


class Member:
    """One person of a workspace."""

    def __init__(self, account: Account, workspace: Workspace, user: User) -> None:
        self.id = user.id
        self.name = user.name
        self.team = workspace.id
        self.chat = f"{workspace.id}:{user.id}"
        self._account = account
        self._workspace = workspace
        self._user = user

    @property
    def troubles(self) -> list[str]:
        """What the client said of taps, commands and submissions that were not acknowledged in time."""
        with self._account.changed:
            return list(self._user.troubles)

    @property
    def spinning(self) -> int:
        """How many of them the bot has not acknowledged yet."""
        with self._account.changed:
            return self._user.unanswered

    def join(self, channel: str) -> None:
        """Joins a channel."""
        with self._account.changed:
            place = self._workspace.channels[channel]
            place.members.add(self.id)
            if self._workspace.bot_user in place.members:
                self._joined(channel, self.id)

    def invite_bot(self, channel: str) -> None:
        """Brings the bot into a channel; it is told that itself joined."""
        with self._account.changed:
            self._workspace.channels[channel].members.add(self._workspace.bot_user)
            self._joined(channel, self._workspace.bot_user, inviter=self.id)

    def be_quiet(self, begins: int, ends: int) -> None:
        """Does not want to be disturbed between two Unix times."""
        with self._account.changed:
            self._user.dnd = (begins, ends)

    def snooze(self, until: int) -> None:
        """Does not want to be disturbed until a Unix time."""
        with self._account.changed:
            self._user.snoozed = until

    def deactivate(self, *, gone: bool = True) -> None:
        """Leaves the organisation, or comes back."""
        with self._account.changed:
            self._user.deleted = gone

    def _joined(self, channel: str, user: str, **more: str) -> None:
        about = {"user": user, "channel": channel, "channel_type": "C", "team": self.team, "event_ts": stamp()}
        self._tell({"type": "member_joined_channel"} | about | more)

    def _ask(self, kind: str, payload: dict[str, Any], answered: Callable[[Any], None] | None = None) -> Delivery:
        return self._account.ask(self._workspace, self._user, kind, payload, answered)

    def _tell(self, event: dict[str, Any]) -> None:
        self._account.tell(self._workspace, event, self.chat)
