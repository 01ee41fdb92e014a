"""The menu of commands: one for each kind of chat and language, and nothing that stops the bot."""

from pathlib import Path

import pytest

from bot.channels.telegram.menu import IN_GROUPS, OF_ADMINISTRATORS, OF_OTHERS, menu, menus
from bot.channels.telegram.text import units
from bot.wording.catalogues import translations
from bot.wording.labels import commands
from flows.commands import COMMANDS
from model import library
from tests.fakes.bot_api import faults
from tests.fakes.telegram import FakeTelegram
from tests.serving_telegram import TelegramServer

INSTRUMENT = library.instrument(*library.DEFAULT)


def test_the_menus_are_set_in_every_language(telegram: FakeTelegram, sqlite_url: str, tmp_path: Path) -> None:
    """Commands appear in the client's menu, in English and in Spanish, in private and in groups."""
    server = TelegramServer(telegram, sqlite_url, tmp_path)
    server.start()
    telegram.person(1, "Bo", "es").wait(lambda _: len(telegram.account.commands) == 6)
    server.stop()
    scopes = {scope for scope, _ in telegram.account.commands}
    assert scopes == {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    english, spanish = (telegram.account.commands["all_private_chats", language] for language in ("", "es"))
    assert [command["command"] for command in english] == [command["command"] for command in spanish]
    assert english != spanish


def test_a_menu_that_cannot_be_set_stops_nothing(telegram: FakeTelegram, sqlite_url: str, tmp_path: Path) -> None:
    """Refused, throttled or broken: the bot answers all the same."""
    telegram.refuse("setMyCommands", status=400, times=2)
    telegram.refuse("setMyCommands", status=429, retry_after=3000, times=2)
    telegram.refuse("setMyCommands", status=500, times=2)
    server = TelegramServer(telegram, sqlite_url, tmp_path)
    server.start()
    bo = telegram.person(1, "Bo", "en")
    bo.say("/help")
    bo.wait(lambda person: person.screen)
    server.stop()
    assert telegram.account.commands == {}


@pytest.mark.parametrize("language", INSTRUMENT.languages)
def test_menus_are_within_the_limits_and_hold_nothing_of_others(language: str) -> None:
    """For each kind of chat: known commands, at most 100, with at most 256 characters each."""
    known = commands(translations(language).gettext)
    for scope, listed in menus(language):
        described = [{"command": one.command, "description": one.description} for one in listed]
        asked = {"commands": described, "scope": {"type": str(scope.type)}}
        assert faults("setMyCommands", asked) == []
        assert {one.command for one in listed} <= set(COMMANDS)
    private, groups, administrators = ([one.command for one in listed] for _, listed in menus(language))
    assert private == [name for name in known if name not in OF_OTHERS]
    assert groups == [name for name in IN_GROUPS if name in known]
    assert administrators == [name for name in OF_ADMINISTRATORS if name in known]


def test_a_hundred_commands_and_256_characters_are_the_most() -> None:
    """One more command, or one more character, is left out."""
    many = {f"c{at}": "d" * 257 for at in range(101)}
    made = menu(many, list(many))
    assert len(made) == 100
    assert {units(one.description) for one in made} <= set(range(257))
