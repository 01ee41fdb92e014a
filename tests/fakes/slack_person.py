"""A person with Slack in front of them: says, taps, shares, commands, fills in, and looks at what the app shows."""

import time
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from tests.fakes import slack_interactions as interactions
from tests.fakes.slack_account import File, Reply
from tests.fakes.slack_files import described, share
from tests.fakes.slack_forms import Forms
from tests.fakes.slack_modal import Sight, option, seen
from tests.fakes.slack_mrkdwn import typed
from tests.fakes.slack_replies import acknowledged
from tests.fakes.slack_workspace import Channel, Shown, stamp

LOOK_AGAIN = 0.005  # seconds between two looks at the screen


class SlackPerson(Forms):
    """What one person does in a workspace, and sees there."""

    @property
    def screen(self) -> list[Shown]:
        """The bot's messages in the direct message as they stand now, oldest first; later changes do not reach the list."""
        return self.seen_in(self._direct().id)

    def seen_in(self, channel: str) -> list[Shown]:
        """The same for any channel: what everybody sees there, and what only this person does."""
        with self._account.changed:
            shown = self._workspace.channels[channel].shown.values()
            ours = [each for each in shown if each.author == self._workspace.bot_user]
            return [copy(each) for each in ours if each.only_for in ("", self.id)]

    @property
    def home(self) -> Sight | None:
        """The home view as it stands now, if the bot has published one."""
        with self._account.changed:
            home = self._views.homes.get(self.id)
            return seen(home) if home else None

    def say(self, text: str, channel: str | None = None, thread: str = "") -> str:
        """Writes to the bot, or in a channel. Returns the message's ts, as all writing does."""
        if not text.strip():
            raise ValueError("Slack sends no empty message")
        if text.startswith("/"):
            raise ValueError(f"Slack keeps {text!r} to itself: command() says slash commands")
        return self._write(channel, typed(text), thread, {"client_msg_id": stamp()})

    def mention(self, channel: str, text: str, thread: str = "") -> str:
        """Writes in a channel, with the bot named."""
        with self._account.changed:
            said = f"<@{self._workspace.bot_user}> {typed(text)}"
            ts = self._write(channel, said, thread, {})
            place = self._workspace.channels[channel]
            about = {"type": "app_mention", "channel": channel, "event_ts": ts}
            if self._workspace.bot_user in place.members:
                self._tell(self._workspace.message(place, place.shown[ts]) | about)
            return ts

    def edit(self, ts: str, text: str) -> None:
        """Changes a message of their own."""
        with self._account.changed:
            place = self._direct()
            shown = place.shown[ts]
            before = self._workspace.message(place, shown)
            shown.say(typed(text), [])
            shown.edits += 1
            shown.edited = stamp()
            message = self._workspace.message(place, shown)
            head = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": place.id}
            times = {"ts": stamp(), "event_ts": stamp(), "channel_type": place.kind}
            self._tell(head | times | {"message": message, "previous_message": before})

    def share_file(self, name: str, content: bytes, text: str = "", channel: str | None = None) -> str:
        """Shares a file with a few words or none."""
        return self.share_files([(name, content)], text, channel)

    def share_files(self, files: Sequence[tuple[str, bytes]], text: str = "", channel: str | None = None) -> str:
        """Shares several files in one message."""
        with self._account.changed:
            kept = [self._keep(name, content) for name, content in files]
            return self._write(channel, typed(text), "", {"subtype": "file_share", "upload": False}, kept)

    def tap(self, label: str, channel: str | None = None) -> None:
        """Presses the newest visible button whose label starts so, in either case."""
        with self._account.changed:
            place = self._place(channel)
            for shown in reversed(self.seen_in(place.id)):
                for control in shown.controls:
                    if control.is_button and control.label.casefold().startswith(label.casefold()):
                        return self._act(place, shown, interactions.pressed(control))
        raise LookupError(f"no button starts with {label!r}; {self.name} sees:\n{self.drawn(channel)}")

    def tap_old(self, ts: str, label: str, channel: str | None = None) -> None:
        """Presses a button of that message which is there now or was there once."""
        with self._account.changed:
            place = self._place(channel)
            shown = place.shown.get(ts, Shown(ts, ""))
            for control in shown.earlier.values():
                if control.label.casefold().startswith(label.casefold()):
                    return self._act(place, shown, interactions.pressed(control))
        raise LookupError(f"message {ts} never had {label!r}, only {list(shown.earlier)}")

    def pick(self, menu: str, choice: str, channel: str | None = None) -> None:
        """Picks an option of the newest menu whose placeholder starts so."""
        with self._account.changed:
            place = self._place(channel)
            for shown in reversed(self.seen_in(place.id)):
                for control in shown.controls:
                    if not control.is_button and control.label.casefold().startswith(menu.casefold()):
                        chosen = option(control.element, choice)
                        return self._act(place, shown, interactions.picked(control, chosen))
        raise LookupError(f"no menu starts with {menu!r}; {self.name} sees:\n{self.drawn(channel)}")

    def command(self, command: str, text: str = "", channel: str | None = None) -> None:
        """Gives a slash command; Slack knows only those of the app's manifest."""
        if command not in self._account.commands:
            raise ValueError(f"{command} is not a valid command")
        with self._account.changed:
            place = self._place(channel)
            payload = interactions.commanded(self._account, self._workspace, self._user, place, command, text)
            reply = Reply(self._workspace, place, self.id)
            said = lambda content: acknowledged(self._account, reply, content)  # noqa: E731  # called once
            self._ask("slash_commands", payload, said)

    def shortcut(self, callback_id: str) -> None:
        """Calls a global shortcut."""
        with self._account.changed:
            self._ask("interactive", interactions.called(self._account, self._workspace, self._user, callback_id))

    def open_home(self, tab: str = "home") -> None:
        """Looks at the app's home, or with `messages` at its messages."""
        with self._account.changed:
            home = self._views.homes.get(self.id)
            known = {"view": home.described(self.team, self._workspace.bot_id)} if home and tab == "home" else {}
            head = {"type": "app_home_opened", "user": self.id, "channel": self._direct().id, "tab": tab}
            self._tell(head | {"event_ts": stamp()} | known)

    def tap_home(self, label: str) -> None:
        """Presses the button of the home view whose label starts so."""
        with self._account.changed:
            home = self.home
            if home is None:
                raise LookupError(f"the bot has published no home for {self.name}")
            self._act_in(home.view, interactions.pressed(home.control(label)))

    def wait(self, condition: Callable[["SlackPerson"], object], seconds: float = 5) -> None:
        """Returns once `condition(person)` is true; fails with the screen after that many seconds.

        A LookupError means "not yet", so a condition may look at the last message before there is one.
        """
        until = time.monotonic() + seconds
        while not self._so(condition):
            if time.monotonic() > until:
                raise AssertionError(f"not so within {seconds} s; {self.name} sees:\n{self.drawn()}")
            with self._account.changed:
                self._account.changed.wait(LOOK_AGAIN)

    def drawn(self, channel: str | None = None) -> str:
        """All that is in front of the person as lines of text."""
        shown = self.seen_in(self._place(channel).id)
        views = [each.drawn() for each in (self.home, self.modal) if each]
        failed = [f"!! {trouble}" for trouble in self.troubles]
        return "\n".join([*(each.drawn() for each in shown), *views, *failed]) or "(nothing)"

    def _so(self, condition: Callable[["SlackPerson"], object]) -> bool:
        try:
            return bool(condition(self))
        except LookupError:
            return False

    def _direct(self) -> Channel:
        with self._account.changed:
            name = f"D0{self.id}"
            return self._workspace.channels.setdefault(name, Channel(name, user=self.id))

    def _place(self, channel: str | None) -> Channel:
        return self._workspace.channels[channel] if channel else self._direct()

    def _write(
        self, channel: str | None, text: str, thread: str, more: dict[str, Any], files: Sequence[File] = ()
    ) -> str:
        with self._account.changed:
            place = self._place(channel)
            shown = Shown(stamp(), self.id, thread=thread)
            shown.show([file.about for file in files], b"")
            shown.say(text, [])
            for file in files:
                share(file, place.id, shown.id, private=bool(place.user))
            place.shown[shown.id] = shown
            about = {"channel": place.id, "channel_type": place.kind, "event_ts": shown.id}
            self._tell(self._workspace.message(place, shown) | more | about)
            return shown.id

    def _keep(self, name: str, content: bytes) -> File:
        about = described(self._account, self._workspace, name, len(content), self.id)
        self._account.files[about["id"]] = File(about, self.team, content, shared=True)
        return self._account.files[about["id"]]

    def _act(self, place: Channel, shown: Shown, action: dict[str, Any]) -> None:
        whole = place.shown[shown.id]
        payload = interactions.tapped(self._account, self._workspace, self._user, place, whole, action)
        self._ask("interactive", payload)
