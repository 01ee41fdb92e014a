"""Telegram's limits, one by one: at the limit it goes out as it is, one past it never leaves."""

import asyncio
import re
from typing import Any

import pytest

from bot.channels.telegram import limits
from bot.channels.telegram.reading import Poller
from bot.channels.telegram.sending import fitting, keyboard
from bot.channels.telegram.text import as_caption, as_text, cut, units
from bot.channels.telegram.webhook import Webhook
from bot.commands.common import now
from bot.messages import Button, Document, Message, Picture
from bot.wording import word
from flows import wire
from flows.around import Member
from flows.events import Answered, Given
from flows.margin.filing import LARGEST
from flows.prompts.teamwork import Person
from flows.session import CityFacts, Session
from model import library
from storage import cities, invitations
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes import bot_api_limits as theirs
from tests.fakes.bot_api import faults
from tests.fakes.bot_api_html import plain, read
from tests.fakes.bot_api_wire import Upload

INSTRUMENT = library.instrument(*library.DEFAULT)
PNG = b"\x89PNG"


def said(text: str) -> list[str]:
    """What Telegram finds wrong with a text."""
    return faults("sendMessage", {"chat_id": 5, "text": text, "parse_mode": "HTML"})


def captioned(text: str) -> list[str]:
    """What Telegram finds wrong with a caption."""
    return faults("sendPhoto", {"chat_id": 5, "photo": "file", "caption": text, "parse_mode": "HTML"})


def test_our_limits_are_telegrams() -> None:
    """The constants of the channel are those that the specification's rules are made of."""
    assert (limits.TEXT, limits.CAPTION) == (theirs.TEXT_LENGTH, theirs.CAPTION_LENGTH)
    assert (limits.ENTITIES, wire.LONGEST) == (theirs.ENTITIES, theirs.CALLBACK_DATA_BYTES)
    assert (limits.BUTTONS, limits.ROW) == (theirs.BUTTONS, theirs.ROW_BUTTONS)
    assert (limits.TOAST, limits.COMMANDS) == (theirs.TOAST_LENGTH, theirs.COMMANDS)
    assert limits.DESCRIPTION == theirs.COMMAND_DESCRIPTION_LENGTH
    assert (limits.PHOTO, limits.DOCUMENT) == (theirs.PHOTO_BYTES, theirs.DOCUMENT_BYTES)
    assert theirs.UPDATES[-1] == limits.UPDATES
    assert limits.CONNECTIONS in theirs.CONNECTIONS


@pytest.mark.parametrize("letter", ["x", "<", "&", "ж", "한", "😀"])
def test_a_text_is_whole_at_its_limit_and_cut_one_past_it(letter: str) -> None:
    """4,096 characters after parsing; a character outside the basic plane is two, and an escaped one is one."""
    most = limits.TEXT // units(letter)
    assert plain(as_text(Message(body=letter * most)), "HTML") == letter * most
    assert said(as_text(Message(body=letter * most))) == []
    assert said(letter.replace("&", "&amp;").replace("<", "&lt;") * (most + 1)) != []
    longer = as_text(Message(body=letter * (most + 1)))
    assert said(longer) == []
    assert plain(longer, "HTML").endswith(" …")


@pytest.mark.parametrize("letter", ["x", "&", "한", "😀"])
def test_a_caption_is_whole_at_its_limit_and_cut_one_past_it(letter: str) -> None:
    """1,024, likewise."""
    most = limits.CAPTION // units(letter)
    assert plain(as_caption(Message(body=letter * most)), "HTML") == letter * most
    assert captioned(as_caption(Message(body=letter * (most + 1)))) == []
    assert captioned("x" * (limits.CAPTION + 1)) != []


def test_title_body_and_note_together_are_within_the_limit() -> None:
    """The body gives way; the title and the note say what it is and where it comes from."""
    message = Message("t" * 40, "b" * (limits.TEXT - 40 - 30 - 4), "n" * 30)
    assert units(plain(as_text(message), "HTML")) == limits.TEXT
    longer = as_text(Message(message.title, f"{message.body}b", message.note))
    assert said(longer) == []
    assert plain(longer, "HTML").endswith("n" * 30)


def test_a_text_has_two_marked_places_at_the_most() -> None:
    """Far below 100, whatever people write; one past 100 is what Telegram would drop."""
    hostile = "<b>x</b>" * 101
    assert read(as_text(Message(hostile, hostile, hostile))).entities == 2
    assert said(hostile) != []
    assert said("<b>x</b>" * limits.ENTITIES) == []


def pressed(data: str) -> list[str]:
    """What Telegram finds wrong with a button."""
    rows = [[{"text": "x", "callback_data": data}]]
    return faults("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": rows}})


@pytest.mark.parametrize("letter", ["x", "ж", "한", "😀"])
def test_a_button_carries_64_bytes_and_not_one_more(letter: str) -> None:
    """In any script: what does not fit is refused where buttons are made, and never leaves."""
    room = wire.LONGEST - len(wire.encode("1z", Answered("1.1.1", "")).encode())
    fitting_value = letter * (room // len(letter.encode()))
    carried = wire.encode("1z", Answered("1.1.1", fitting_value + "x" * (room % len(letter.encode()))))
    assert len(carried.encode()) == wire.LONGEST
    assert pressed(carried) == []
    assert wire.decode(carried) is not None
    assert pressed(f"{carried}x") != []
    with pytest.raises(wire.TooLongError):
        wire.encode("1z", Answered("1.1.1", f"{fitting_value}{letter}"))


@pytest.mark.parametrize("value", ["a:b", ":"])
def test_what_would_be_read_as_another_button_is_refused(value: str) -> None:
    """The sign between the parts is in none of them."""
    with pytest.raises(wire.TooLongError):
        wire.encode("1z", Answered("1.1.1", value))


@pytest.mark.parametrize(
    "department", ["отдел городского транспорта и дорог", "교통도로기획운영총괄본부부서실팀반장님"]
)
def test_a_department_too_long_for_a_button_is_left_out_of_the_buttons_only(
    department: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A model in Cyrillic or Korean: the card comes, the others can be tapped, and this one can be typed."""
    member = Member("12", "Ana", "mobility", "respondent", "partial", 3, 12, 4)
    message = word(Person(member, (department, "mobility")), Session("1z", 2026), INSTRUMENT)
    events = [button.event for row in message.buttons for button in row]
    assert wire.encode("1z", Given("12", "@mobility")) in events
    assert all(len(event.encode()) <= wire.LONGEST for event in events)
    assert len(events) == 3
    assert "Given" in caplog.text
    assert department not in caplog.text


def rows_of(count: int, wide: int) -> Message:
    """A message with so many buttons, so many in a row."""
    buttons = [Button(str(at), f"1z:a:1:{at}") for at in range(count)]
    return Message(body="x", buttons=tuple(tuple(buttons[at : at + wide]) for at in range(0, count, wide)))


@pytest.mark.parametrize(("count", "wide", "left"), [(8, 8, 8), (9, 9, 9), (100, 8, 100), (101, 8, 100), (101, 1, 100)])
def test_a_keyboard_has_rows_of_8_and_100_buttons(count: int, wide: int, left: int) -> None:
    """A wider row goes on below; what is past the hundredth is left out."""
    made = keyboard(rows_of(count, wide))
    assert made is not None
    assert [button.text for row in made.inline_keyboard for button in row] == [str(at) for at in range(left)]
    assert faults("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": made.to_dict()}) == []


def test_nine_in_a_row_and_a_hundred_and_one_are_too_many_for_telegram() -> None:
    """The rule that the test before rests on."""
    for rows in ([[{"text": "x", "callback_data": "x"}] * 9], [[{"text": "x", "callback_data": "x"}]] * 101):
        assert faults("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": rows}}) != []


def test_a_toast_has_200_characters() -> None:
    """What is shown when a tap is answered is cut like any text."""
    asked: dict[str, Any] = {"callback_query_id": "1"}
    assert faults("answerCallbackQuery", asked | {"text": cut("x" * 200, limits.TOAST)}) == []
    assert cut("x" * 200, limits.TOAST) == "x" * 200
    assert faults("answerCallbackQuery", asked | {"text": cut("x" * 201, limits.TOAST)}) == []
    assert faults("answerCallbackQuery", asked | {"text": "x" * 201}) != []


def test_a_links_code_is_what_telegram_lets_through(database: Database) -> None:
    """64 characters of A-Z a-z 0-9 _ - at the most, behind `?start=`."""
    city = write(database, lambda tx: cities.add(tx, CityFacts("Valencia", "ES", 800_000), now()))
    code = write(database, lambda tx: invitations.issue(tx, Invitation(city.id, "coordinator", "Ana"), now()))
    assert re.fullmatch(rf"[A-Za-z0-9_-]{{1,{limits.START}}}", code)


def test_a_picture_of_10_mb_is_one_and_a_larger_one_a_document() -> None:
    """And the words are said in any case."""
    largest, larger = PNG.ljust(limits.PHOTO), PNG.ljust(limits.PHOTO + 1)
    whole = Message(body="x", picture=Picture("chart", largest, "a chart"))
    assert fitting(whole) == whole
    assert fitting(Message(body="x", picture=Picture("chart", larger, "a chart"))) == Message(
        body="x", document=Document("chart.png", larger)
    )
    assert faults("sendPhoto", {"chat_id": 5, "photo": Upload("chart.png", larger)}) != []


def test_a_document_of_50_mb_goes_and_a_larger_one_stays() -> None:
    """Its words are said without it."""
    largest = Message(body="x", document=Document("model.pdf", bytes(limits.DOCUMENT)))
    assert fitting(largest) == largest
    assert fitting(Message(body="x", document=Document("model.pdf", bytes(limits.DOCUMENT + 1)))) == Message(body="x")


def test_files_of_20_mb_are_fetched() -> None:
    """What Telegram hands out is what we copy; see the evidence's own tests for one byte more."""
    assert LARGEST == 20 * 1024 * 1024


async def _asked(bot: Poller, seen: list[dict[str, Any]]) -> None:
    async def post(_endpoint: str, asked: dict[str, Any], **_: Any) -> list[Any]:
        seen.append(asked)
        return []

    object.__setattr__(bot, "_post", post)
    await bot.updates(None, 1, ["message"])


def test_a_poll_asks_for_100_updates() -> None:
    """The most that Telegram gives at once."""
    seen: list[dict[str, Any]] = []
    asyncio.run(_asked(Poller("1:x"), seen))
    assert seen[0]["limit"] == 100
    assert faults("getUpdates", {"limit": 100}) == []
    assert faults("getUpdates", {"limit": 101}) != []


def test_a_webhooks_secret_is_one_that_telegram_takes() -> None:
    """The one that is made at start, too."""
    asked = {"url": "https://bot.example.org/x", "max_connections": limits.CONNECTIONS}
    assert faults("setWebhook", asked | {"secret_token": Webhook("https://bot.example.org").secret}) == []
    assert faults("setWebhook", asked | {"secret_token": "x" * 257}) != []
