"""The fake is held to what it stands for: what Telegram refuses it refuses, and python-telegram-bot runs against it."""

import asyncio
import io
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.fakes.telegram import FakeTelegram

ANA = 1001
Talk = Callable[[Bot], Coroutine[Any, Any, Any]]


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake to which Ana has written."""
    with FakeTelegram() as fake:
        fake.person(ANA).say("/start")
        yield fake


def play(telegram: FakeTelegram, talk: Talk) -> Any:
    """Runs one conversation of python-telegram-bot's `Bot` with the fake."""

    async def run() -> Any:
        async with Bot(telegram.token, f"{telegram.url}/bot", f"{telegram.url}/file/bot") as bot:
            return await talk(bot)

    return asyncio.run(run())


def call(telegram: FakeTelegram, method: str, **params: Any) -> Any:
    """The raw answer to a JSON request."""
    return httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", json=params, timeout=5).json()


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons, each carrying its own label."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"tap:{label}") for label in labels]])


def png(width: int, height: int) -> bytes:
    """A picture of that size."""
    picture = io.BytesIO()
    Image.new("RGB", (width, height)).save(picture, "PNG")
    return picture.getvalue()


def test_a_departure_from_the_specification_is_refused_and_named(telegram: FakeTelegram) -> None:
    """A request the specification does not allow gets Telegram's 400, does nothing, and is kept by name."""
    answer = call(telegram, "sendMessage", chat_id=ANA, text="Hi", colour="red")
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert answer["description"] == "Bad Request: sendMessage.colour: unknown field"
    assert telegram.faults == ["sendMessage.colour: unknown field"]
    assert telegram.person(ANA).screen == []
    assert call(telegram, "sendPigeon")["description"] == "Bad Request: sendPigeon: unknown method"


def test_a_person_sees_taps_and_is_answered(telegram: FakeTelegram) -> None:
    """A keyboard is sent, tapped, answered, edited and tapped again where it was once, through the real `Bot`."""
    ana = telegram.person(ANA)

    async def talk(bot: Bot) -> None:
        me = await bot.get_me()
        assert me.id == 4242
        assert me.is_bot
        (start,) = await bot.get_updates()
        assert start.message
        assert start.message.entities[0].type == "bot_command"
        sent = await bot.send_message(
            ANA, "<b>Where</b> &amp; how?", parse_mode="HTML", reply_markup=keyboard("3 Here", "4")
        )
        ana.tap("3 h")
        (tap,) = await bot.get_updates(offset=start.update_id + 1, timeout=5)
        assert tap.callback_query
        assert tap.callback_query.data == "tap:3 Here"
        assert ana.spinning == 1
        await tap.callback_query.answer("Noted")
        await tap.callback_query.edit_message_text("Noted: 3", reply_markup=keyboard("Undo"))
        ana.tap_old(sent.message_id, "4")
        with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_text("Noted: 3", ANA, sent.message_id, reply_markup=keyboard("Undo"))
        (old,) = await bot.get_updates(offset=tap.update_id + 1)
        assert old.callback_query
        assert old.callback_query.data == "tap:4"
        await bot.edit_message_reply_markup(ANA, sent.message_id)

    play(telegram, talk)
    (shown,) = ana.screen
    assert (shown.text, shown.html, shown.buttons, shown.edits) == ("Noted: 3", "Noted: 3", [], 2)
    assert (ana.toasts, ana.spinning, telegram.faults) == (["Noted"], 1, [])
    with pytest.raises(LookupError, match="Noted: 3"):
        ana.tap("3")


def test_the_bot_sends_files_and_fetches_them(telegram: FakeTelegram) -> None:
    """Photos, documents and albums arrive with their captions and bytes, and what a person sends can be downloaded."""
    ana = telegram.person(ANA)
    picture = png(90, 60)

    async def talk(bot: Bot) -> bytes:
        photo = await bot.send_photo(
            ANA, picture, caption="<i>Now</i>", parse_mode="HTML", reply_markup=keyboard("Next")
        )
        assert photo.photo[0].width == 90
        await bot.send_document(ANA, b"a;b", filename="answers.csv")
        await bot.send_media_group(ANA, [InputMediaPhoto(picture), InputMediaPhoto(photo.photo[0].file_id)])
        await bot.edit_message_caption(ANA, photo.message_id, caption="Then")
        await bot.edit_message_media(InputMediaDocument(b"%PDF", filename="r.pdf"), ANA, photo.message_id)
        with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
            await bot.send_photo(ANA, png(2100, 100))
        ana.send_photo("my street")
        ana.send_sticker()
        *_, street, sticker = await bot.get_updates()
        assert street.message
        assert sticker.message
        assert sticker.message.sticker
        return bytes(await (await street.message.photo[0].get_file()).download_as_bytearray())

    assert play(telegram, talk).startswith(b"\xff\xd8")
    edited, table, *album = ana.screen
    assert (edited.document, edited.content, edited.edits) == ("r.pdf", b"%PDF", 2)
    assert (table.document, table.content) == ("answers.csv", b"a;b")
    assert [(each.photo, each.content) for each in album] == [(True, picture)] * 2
    assert telegram.faults == []


def test_the_bots_profile_is_set_and_read(telegram: FakeTelegram) -> None:
    """Commands are kept by scope and language; the other settings of a bot's profile are accepted."""

    async def talk(bot: Bot) -> None:
        scope = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands([BotCommand("pause", "Later")], scope=scope, language_code="es")
        assert (await bot.get_my_commands(scope, "es"))[0].command == "pause"
        assert await bot.get_my_commands() == ()
        assert await bot.delete_my_commands(scope, "es")
        assert await bot.set_my_description("What it is")
        assert await bot.set_my_short_description("Short")
        assert await bot.set_chat_menu_button(ANA, MenuButtonCommands())
        assert await bot.send_chat_action(ANA, "typing")
        assert (await bot.get_chat(ANA)).first_name == "Ana"
        assert await bot.set_webhook("https://example.org/hook", secret_token="s")
        assert (await bot.get_webhook_info()).url == "https://example.org/hook"
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        assert await bot.delete_webhook(drop_pending_updates=True)

    play(telegram, talk)
    assert (telegram.updates_pending, telegram.faults) == (0, [])


def test_what_cannot_be_is_refused_in_telegrams_words(telegram: FakeTelegram) -> None:
    """Strangers, blocks, unknown messages, unknown taps and wrong tokens get the answers Telegram gives."""
    ana = telegram.person(ANA)
    telegram.person(1002, "Bo", "en")

    async def talk(bot: Bot) -> None:
        with pytest.raises(Forbidden, match="can't initiate conversation with a user"):
            await bot.send_message(1002, "Hi")
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await bot.send_message(1003, "Hi")
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("Hi", ANA, 99)
        with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
            await bot.delete_message(ANA, 99)
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query("99")
        ana.block()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ANA, "Hi")
        ana.unblock()
        await bot.delete_message(ANA, (await bot.send_message(ANA, "Hi")).message_id)

    play(telegram, talk)
    assert ana.screen == []
    assert httpx.get(f"{telegram.url}/bot4242:other/getMe").status_code == 401
    with pytest.raises(InvalidToken):
        asyncio.run(Bot("4242:other", base_url=f"{telegram.url}/bot").initialize())


def test_troubles_come_when_they_are_wished_for(telegram: FakeTelegram) -> None:
    """A refused request does nothing, a dropped one does its work or not, and each trouble ends after its times."""
    ana = telegram.person(ANA)

    async def talk(bot: Bot) -> None:
        telegram.refuse("sendMessage", retry_after=7, chat=1002)
        await bot.send_message(ANA, "not refused")
        telegram.refuse("sendMessage", retry_after=7, chat=ANA)
        with pytest.raises(RetryAfter, match="7"):
            await bot.send_message(ANA, "refused")
        telegram.drop("sendMessage", times=1, after=True)
        with pytest.raises(NetworkError):
            await bot.send_message(ANA, "ambiguous")
        telegram.drop("sendMessage", after=False)
        with pytest.raises(NetworkError):
            await bot.send_message(ANA, "lost")
        telegram.refuse("sendMessage", status=502)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(ANA, "bad gateway")
        telegram.delay("sendMessage", 0.1)
        began = time.monotonic()
        await bot.send_message(ANA, "late")
        assert time.monotonic() - began >= 0.1

    play(telegram, talk)
    assert [shown.text for shown in ana.screen] == ["not refused", "ambiguous", "late"]
    assert telegram.faults == []


def test_quick_messages_run_into_flood_control(telegram: FakeTelegram) -> None:
    """Under `flood` a chat takes three messages or edits at once, the fourth waits, and other chats do not."""
    telegram.flood = True
    telegram.person(1002, "Bo").say("/start")
    answers = [call(telegram, "sendMessage", chat_id=ANA, text=f"{i}") for i in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[3]["error_code"] == 429
    assert answers[3]["parameters"] == {"retry_after": 1}
    assert call(telegram, "sendMessage", chat_id=1002, text="Hi")["ok"]


def test_waiting_in_vain_shows_the_screen(telegram: FakeTelegram) -> None:
    """A condition that never holds fails with what the person sees, and one that comes to hold returns."""
    ana = telegram.person(ANA)
    yes = keyboard("Yes").to_dict()
    with ThreadPoolExecutor() as pool:
        pool.submit(call, telegram, "sendMessage", chat_id=ANA, text="Hi", reply_markup=yes)
        ana.wait(lambda person: person.screen[-1].text == "Hi", seconds=2)
    with pytest.raises(AssertionError, match=r"2: Hi\n   \[Yes\]"):
        ana.wait(lambda person: person.screen[-1].text == "Bye", seconds=0.05)
