"""The people of a campaign who have Slack: our channel whole, by signed requests, against its fake, in virtual time."""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette
from typing_extensions import override

from bot.channels.pace import Pace
from bot.channels.slack import ALL_A_SECOND, AT_ONCE, EVENTS, Slack, places
from bot.channels.slack.parsing import NAME
from bot.channels.slack.text import SLASH
from bot.conversation import Clock, hear
from bot.delivery import Speaker
from bot.messages import Button, Message, Outcome
from bot.relay import Relay
from bot.settings import Settings
from storage.database import Database
from tests.fakes.slack import FakeSlack, Shown, SlackPerson
from tests.fakes.slack_account import Account
from tests.fakes.slack_signed import Posted, Signed
from tests.fakes.slack_workspace import Channel
from tests.staging_home import Look

CHANNEL = "C0TOWN"
"""The one channel of a campaign, called "the channel"."""
Seen = tuple[str, list[list[str]], bool, str]
"""A message as it was when somebody last looked."""


class Desks:
    """Who has Slack; each line is played by a process of its own that is called, answers and ends."""

    name, title = NAME, "Slack"

    def __init__(self) -> None:
        self._slack = FakeSlack()
        self._slack.deliver_twice = True
        self._door = Door(self._slack.account)
        self._slack.signed = self._slack.account.deliveries.transport = self._door
        self._seats: dict[str, tuple[SlackPerson, str | None]] = {}
        self._names: dict[str, str] = {}
        self._seen: dict[str, Seen] = {}
        self._settings = Settings(
            data_dir=Path(),
            slack_api_url=self._slack.url,
            slack_bot_token=SecretStr(self._slack.token),
            slack_signing_secret=SecretStr(self._slack.signing_secret),
        )

    def __enter__(self) -> Self:
        self._slack.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._slack.__exit__(kind, error, at)

    def give(self, names: Iterable[str]) -> None:
        """These people are on Slack from now on."""
        for name in names:
            person = self._slack.person(f"U0{name.upper()}", name, "en-GB")
            self._seats |= {name: (person, None), f"{name}@Slack": (person, None)}
            self._names[person.id] = name

    def gather(self, names: Sequence[str]) -> None:
        """These people have a channel, into which the first of them brings the bot."""
        channel = self._slack.channel(CHANNEL, "town", bot=False)
        for name in names:
            person, _ = self._seats[name]
            person.join(channel.id)
            self._seats[f"{name}@channel"] = (person, channel.id)
        self._seats[names[0]][0].invite_bot(channel.id)

    def __contains__(self, name: str) -> bool:
        return name in self._seats

    @property
    def waits(self) -> bool:
        """Whether something was said that is yet to be heard."""
        return bool(self._slack.updates_pending)

    def say(self, name: str, text: str) -> None:
        """A command, as Slack has it; or presses the button that begins so; or writes, in a channel to the bot."""
        person, channel = self._seats[name]
        if text.startswith("/"):
            command, _, rest = text.removeprefix("/").partition(" ")
            own = command in SLASH
            person.command(f"/{command}" if own else "/survey", rest if own else f"{command} {rest}".strip(), channel)
            return
        with contextlib.suppress(LookupError):
            person.tap(text.strip("[]"), channel)
            return
        if channel:
            person.mention(channel, text)
        else:
            person.say(text)

    def turn(self, name: str, *, blocked: bool) -> None:
        """Is deactivated, or comes back."""
        self._seats[name][0].deactivate(gone=blocked)

    def play(self, database: Database, clock: Clock, look: Look) -> None:
        """Everything that was said is heard, and everything that is owed is sent."""
        asyncio.run(self._play(database, clock, look))
        assert not self._slack.faults, self._slack.faults
        assert not self._slack.account.deliveries.given_up, "what was said was not taken"

    async def _play(self, database: Database, clock: Clock, look: Look) -> None:
        slack = Slack(database, self._settings, clock)
        slack._pace = Pace(lambda _: (1.0, AT_ONCE), ALL_A_SECOND, count(0, 1_000).__next__)  # nothing waits
        async with self._door.opened(Starlette(routes=slack.routes(database, lambda one: hear(database, one, clock)))):
            await self._heard()
            await Relay(database, _Watched(slack, self, look), Speaker(database, clock).word, clock).drain()
            await self._heard()  # what we said ourselves, which Slack tells us too
            for channel in list(self._slack.workspace.channels.values()):
                await self._show(channel, look)
        await slack.close()

    async def _heard(self) -> None:
        while self._slack.updates_pending:  # noqa: ASYNC110  # the fake has no event
            await asyncio.sleep(0.002)

    async def said(self, chat: str, message: Message, look: Look) -> None:
        """Shows what a message has changed where it went, or in its person's direct message."""
        place = places.read(chat)
        for name in (place.channel, f"D0{place.user}"):
            channel = self._slack.workspace.channels.get(name)
            if channel is not None:
                await self._show(channel, look, message)

    async def _show(self, channel: Channel, look: Look, message: Message | None = None) -> None:
        """Shows what has changed in a channel since somebody looked: words and their file as one."""
        changed = list(self._changed(channel))
        if changed:
            body = "\n".join(part for one in changed for part in (one.text, *_files(one)) if part)
            buttons = tuple(tuple(Button(label, "") for label in row) for one in changed for row in one.buttons)
            shown = Message(body=body, buttons=buttons)
            await look(self._whose(channel, changed[0]), message or shown, shown)

    def _changed(self, channel: Channel) -> Iterator[Shown]:
        with self._slack.account.changed:
            for shown in channel.shown.values():
                now = (shown.text, shown.buttons, shown.photo, shown.document)
                if shown.author == self._slack.workspace.bot_user and self._seen.get(shown.id) != now:
                    self._seen[shown.id] = now
                    yield shown

    def _whose(self, channel: Channel, shown: Shown) -> str:
        if channel.user:
            return f"{self._names[channel.user]} on Slack"
        return f"{self._names[shown.only_for]} alone" if shown.only_for else "the channel on Slack"


class Door(Signed):
    """The way to whichever process of ours runs at the moment: signed requests, with no port in between."""

    def __init__(self, account: Account) -> None:
        super().__init__(account, f"http://bot.test{EVENTS}")
        self._inside: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient] | None = None

    @contextlib.asynccontextmanager
    async def opened(self, app: Starlette):  # type: ignore[no-untyped-def]
        """A process takes requests until it ends."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            self._let(asyncio.get_running_loop(), client)
            yield
            self._inside = None

    @override
    def post(self, posted: Posted) -> httpx.Response:
        with self.changed:
            self.changed.wait_for(lambda: self._inside or self._account.deliveries.closed)
            if self._inside is None:
                raise httpx.ConnectError("nobody is there any more")
            loop, client = self._inside
        request = client.post(self.url, content=posted.body, headers=posted.headers)
        return asyncio.run_coroutine_threadsafe(request, loop).result()

    def _let(self, loop: asyncio.AbstractEventLoop, client: httpx.AsyncClient) -> None:
        with self.changed:
            self._inside = loop, client
            self.changed.notify_all()


class _Watched:
    """The channel, and somebody who looks at the screen after each message."""

    name = NAME

    def __init__(self, slack: Slack, desks: Desks, look: Look) -> None:
        self._slack, self._desks, self._look = slack, desks, look

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """Sends it, and shows what stands there now."""
        outcome = await self._slack.send(chat, message, replaces)
        await self._desks.said(chat, message, self._look)
        return outcome


def _files(shown: Shown) -> Iterator[str]:
    if shown.photo:
        yield "(picture)"
    if shown.document:
        yield f"({shown.document})"
