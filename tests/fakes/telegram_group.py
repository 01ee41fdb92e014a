"""A group on Telegram: several people and the bot, with privacy mode on, so that it hears only what is meant for it."""

import time
from typing import Any

from typing_extensions import override

from tests.fakes.telegram_account import BOT, Account, Chat, Shown
from tests.fakes.telegram_person import Person


class Member(Person):
    """Somebody in a group: says and taps there, and sees what all see."""

    @override
    def _is_delivered(self, message: dict[str, Any]) -> bool:
        """Privacy mode: commands, unless they name another bot, and replies to the bot; and nothing once it is out."""
        if not self._chat.written or self._chat.blocked:
            return False
        if message.get("reply_to_message", {}).get("from") == BOT:
            return True
        command = str(message.get("text", "")).split(maxsplit=1)[:1]
        name, _, addressee = (command[0] if command else "").partition("@")
        return name.startswith("/") and addressee in {"", str(BOT["username"])}


class Group:
    """The group itself; the bot is not in it before `bring`."""

    def __init__(self, account: Account, id: int, title: str) -> None:
        self._account = account
        with account.changed:
            self._chat = account.chats.setdefault(id, Chat(id, title, "", group=True))
        self.id, self.name = id, title

    def member(self, person: Person) -> Member:
        """A person as they act in here."""
        return Member(self._account, self._chat, self._account.chats[person.id])

    def bring(self, by: Person) -> None:
        """Somebody brings the bot in."""
        self._turn(by, inside=True)

    def expel(self, by: Person) -> None:
        """Somebody takes the bot out: every send is refused from now on."""
        self._turn(by, inside=False)

    @property
    def screen(self) -> list[Shown]:
        """The bot's messages as they stand now."""
        return Person(self._account, self._chat).screen

    def _turn(self, by: Person, *, inside: bool) -> None:
        with self._account.changed:
            self._chat.written, self._chat.blocked = inside, not inside
            outside, member = {"user": BOT, "status": "left"}, {"user": BOT, "status": "member"}
            old, new = (outside, member) if inside else (member, outside)
            user = self._account.chats[by.id].user
            head = {"chat": self._chat.place, "from": user, "date": int(time.time())}
            self._account.updates.push("my_chat_member", head | {"old_chat_member": old, "new_chat_member": new})
