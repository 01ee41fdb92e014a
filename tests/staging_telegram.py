"""The people of a campaign who have Telegram: our channel whole, against the fake of the Bot API, in virtual time."""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from itertools import count
from types import TracebackType
from typing import Self

from bot.channels.telegram import NAME, Telegram, Webhook, pace
from bot.conversation import Clock, hear
from bot.delivery import Speaker
from bot.messages import Button, Message, Outcome, Sent
from bot.relay import Relay
from bot.serving import Heard, _listen
from bot.settings import Settings
from storage.database import Database
from tests.fakes.telegram import FakeTelegram, Person
from tests.fakes.telegram_group import Group, Member
from tests.serving import free_port
from tests.serving_telegram import PUBLIC, SECRET
from tests.staging_home import Look


class Phones:
    """Who has Telegram; each line is played by a process of its own that polls or is called, answers and ends."""

    name, title = NAME, "Telegram"

    def __init__(self, *, webhook: bool = False) -> None:
        self._telegram = FakeTelegram()
        self._settings = Settings(http_port=free_port() if webhook else 0)
        self._webhook = Webhook(PUBLIC, SECRET) if webhook else None
        if webhook:
            self._telegram.caller.proxy = f"http://127.0.0.1:{self._settings.http_port}"
        self._telegram.deliver_twice = True
        self._people: dict[str, Person] = {}
        self._groups: dict[str, Group] = {}
        self._toasts: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._telegram.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._telegram.__exit__(kind, error, at)

    def give(self, names: Iterable[str]) -> None:
        """These people are on Telegram from now on."""
        for name in names:
            self._people[name] = self._telegram.person(1001 + len(self._people), name, "en")

    def gather(self, names: Sequence[str]) -> None:
        """These people have a group, into which the first of them brings the bot."""
        group = self._groups["the group"] = self._telegram.group("the group")
        self._people |= {f"{name}@group": group.member(self._people[name]) for name in names}
        group.bring(self._people[names[0]])

    def __contains__(self, name: str) -> bool:
        return name in self._people or name in self._groups

    @property
    def waits(self) -> bool:
        """Whether something was said that is yet to be heard."""
        return bool(self._telegram.updates_pending)

    def say(self, name: str, text: str) -> None:
        """Presses the button that begins so, or else writes the text."""
        person = self._people[name]
        if not text.startswith("/"):
            with contextlib.suppress(LookupError):
                person.tap(text.strip("[]"))
                return
        person.say(text)

    def turn(self, name: str, *, blocked: bool) -> None:
        """Blocks the bot, or lets it write again."""
        (self._people[name].block if blocked else self._people[name].unblock)()

    def play(self, database: Database, clock: Clock, look: Look) -> None:
        """Everything that was said is heard, and everything that is owed is sent."""
        asyncio.run(self._play(database, clock, look))
        assert not self._telegram.faults, self._telegram.faults

    async def _play(self, database: Database, clock: Clock, look: Look) -> None:
        telegram = Telegram(self._telegram.token, self._telegram.url, self._webhook)
        telegram._pace = pace.fresh(count(0, 1_000).__next__)  # not the wall's clock: nothing waits
        try:
            if self._telegram.updates_pending:
                await self._hear(telegram, database, lambda inbound: hear(database, inbound, clock))
            alone = [one for one in self._people.values() if not isinstance(one, Member)]
            channel = _Watched(telegram, [*alone, *self._groups.values()], look)
            await Relay(database, channel, Speaker(database, clock).word, clock).drain()
        finally:
            await telegram.close()
        for name, person in self._people.items():
            await self._whisper(name, person, look)

    async def _whisper(self, name: str, person: Person, look: Look) -> None:
        """Shows what only the one who tapped was told."""
        if not isinstance(person, Member):
            return
        for text in person.toasts[self._toasts.get(name, 0) :]:
            await look(f"{person.name} alone", Message(body=text), Message(body=text))
        self._toasts[name] = len(person.toasts)

    async def _hear(self, telegram: Telegram, database: Database, heard: Heard) -> None:
        """Until nothing is pending any more."""
        routes, listening = telegram.routes(database, heard), asyncio.Event()
        tasks = [asyncio.create_task(_listen(routes, self._settings, listening))] if routes else []
        if routes:
            await listening.wait()
        tasks.append(asyncio.create_task(telegram.run(database, heard)))
        while self._telegram.updates_pending and not any(task.done() for task in tasks):  # noqa: ASYNC110  # the fake has no event
            await asyncio.sleep(0.005)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Watched:
    """The channel, and somebody who looks at the screen after each message."""

    name = NAME

    def __init__(self, telegram: Telegram, people: Sequence[Person | Group], look: Look) -> None:
        self._telegram, self._look = telegram, look
        self._people = {str(person.id): person for person in people}

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """Sends it, and shows what stands in the chat now."""
        outcome = await self._telegram.send(chat, message, replaces)
        if isinstance(outcome, Sent) and outcome.message:
            person = self._people[chat]
            (shown,) = [one for one in person.screen if one.id == int(outcome.message)]
            files = "(picture)\n" if shown.photo else f"({shown.document})\n" if shown.document else ""
            buttons = tuple(tuple(Button(label, "") for label in row) for row in shown.buttons)
            await self._look(
                f"{person.name} on Telegram", message, Message(body=files + shown.text + shown.caption, buttons=buttons)
            )
        return outcome
