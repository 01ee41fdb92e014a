"""Groups on Telegram: what concerns us there. With privacy mode on, commands and buttons are all that arrives."""

from telegram import ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from flows.events import AnyEvent, Typed
from flows.events.gathering import Added, Expelled

_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def membership(change: ChatMemberUpdated) -> AnyEvent | None:
    """Whether the bot was brought into a group or taken out of it; None for a change of its rights."""
    was, now = (member.status in _OUT for member in (change.old_chat_member, change.new_chat_member))
    if was == now:
        return None
    return Expelled() if now else Added()


def command(message: Message, event: AnyEvent | None) -> AnyEvent | None:
    """A command that we know; None for plain talk, for what is another bot's, and for what somebody said elsewhere."""
    return None if isinstance(event, Typed) or message.forward_origin is not None else event
