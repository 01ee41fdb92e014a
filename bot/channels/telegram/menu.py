"""The menu of commands in Telegram's clients: a menu a kind of chat and language."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.channels.telegram import limits
from bot.channels.telegram.outcomes import in_short
from bot.channels.telegram.text import cut
from bot.wording.catalogues import translations
from bot.wording.labels import commands
from model import library

OF_OTHERS = frozenset({"assign", "deadline", "invite", "slot", "conclude", "requests", "weigh", "here", "workshop"})
"""What only coordinators, experts and officers can do: /help tells it to them, and nobody else is to try it."""
IN_GROUPS = ("progress", "scores", "benchmark", "help")
"""What anybody may ask where several people read the answer: nothing that is one person's."""
OF_ADMINISTRATORS = ("here", "workshop", *IN_GROUPS)
"""Whoever runs a group is most likely who runs the city's round."""

_log = logging.getLogger(__name__)


def menus(language: str) -> Sequence[tuple[BotCommandScope, list[BotCommand]]]:
    """Each kind of chat with its menu in a language."""
    known = commands(translations(language).gettext)
    return (
        (BotCommandScopeAllPrivateChats(), menu(known, [name for name in known if name not in OF_OTHERS])),
        (BotCommandScopeAllGroupChats(), menu(known, IN_GROUPS)),
        (BotCommandScopeAllChatAdministrators(), menu(known, OF_ADMINISTRATORS)),
    )


def menu(known: Mapping[str, str], names: Sequence[str]) -> list[BotCommand]:
    """These commands, as far as there are such, and as far as Telegram takes them."""
    there = [BotCommand(name, cut(known[name], limits.DESCRIPTION)) for name in names if name in known]
    return there[: limits.COMMANDS]


async def set_menus(bot: Bot) -> None:
    """Sets every menu. Where Telegram does not take one, the bot works without."""
    languages = library.instrument(*library.DEFAULT).languages
    wanted = [(language, *one) for language in languages for one in menus(language)]
    tasks = [
        bot.set_my_commands(of_scope, scope=scope, language_code=None if language == "en" else language)
        for language, scope, of_scope in wanted
    ]
    for failed in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(failed, TelegramError):
            _log.warning("A menu of commands could not be set (%s)", in_short(failed))
        elif isinstance(failed, BaseException):
            raise failed
