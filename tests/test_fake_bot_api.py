"""How the fake reads the Bot API: each departure from its specification has a name, and each limit its last value."""

from typing import Any

import httpx
import pytest

from tests.fakes.bot_api import faults
from tests.fakes.bot_api_html import read
from tests.fakes.bot_api_wire import Upload, decode


@pytest.mark.parametrize(
    ("method", "params", "fault"),
    [
        ("sendMessage", {"chat_id": 1}, "sendMessage.text: required and missing"),
        ("sendMessage", {"chat_id": 1, "text": 5}, "sendMessage.text: int 5 where String is expected"),
        ("getUpdates", {"limit": True}, "getUpdates.limit: bool True where Integer is expected"),
        ("getUpdates", {"allowed_updates": ["tap"]}, "getUpdates.allowed_updates: 'tap' is no kind of update"),
        ("setMyCommands", {"commands": [{"command": "go"}]}, "setMyCommands.commands[0].description: required"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "setMyCommands.scope.chat_id: required"),
        ("setChatMenuButton", {"menu_button": {"type": "door"}}, "setChatMenuButton.menu_button.type: 'door'"),
        ("editMessageText", {"chat_id": 1, "text": "Hi"}, "editMessageText: needs chat_id and message_id"),
        ("sendPhoto", {"chat_id": 1, "photo": "attach://x"}, "sendPhoto: attach://x is not uploaded"),
        ("sendPhoto", {"chat_id": 1, "photo": "id", "x": Upload("x", b"x")}, "sendPhoto.x: uploaded and not referred"),
        ("sendChatAction", {"chat_id": 1, "action": "sing"}, "sendChatAction.action: 'sing' is none of"),
        ("sendMessage", {"chat_id": 1, "text": "*b*", "parse_mode": "Markdown"}, "sendMessage.parse_mode: 'Markdown'"),
    ],
)
def test_every_kind_of_departure_has_its_place(method: str, params: dict[str, Any], fault: str) -> None:
    """A fault begins with the place it is at, however deep that is nested, and stands alone."""
    found = faults(method, params)
    assert [each[: len(fault)] for each in found] == [fault]


def _button(**fields: Any) -> dict[str, Any]:
    markup = {"inline_keyboard": [[{"text": "Yes"} | fields]]}
    return {"chat_id": 1, "text": "Hi", "reply_markup": markup}


def _rows(*sizes: int) -> dict[str, Any]:
    rows = [[{"text": "Yes", "callback_data": "y"}] * size for size in sizes]
    return {"chat_id": 1, "text": "Hi", "reply_markup": {"inline_keyboard": rows}}


def _commands(count: int, name: str = "go", description: str = "Go") -> dict[str, Any]:
    return {"commands": [{"command": name, "description": description}] * count}


@pytest.mark.parametrize(
    ("method", "allowed", "refused"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x" * 4096}, {"chat_id": 1, "text": "x" * 4097}),
        ("sendMessage", {"chat_id": 1, "text": "x"}, {"chat_id": 1, "text": " "}),
        (
            "sendMessage",
            {"chat_id": 1, "parse_mode": "HTML", "text": f"<b>{'&amp;' * 4096}</b>"},
            {"chat_id": 1, "parse_mode": "HTML", "text": f"<b>{'&amp;' * 4097}</b>"},
        ),
        (
            "sendMessage",
            {"chat_id": 1, "parse_mode": "HTML", "text": "<b>x</b>" * 100},
            {"chat_id": 1, "parse_mode": "HTML", "text": "<b>x</b>" * 101},
        ),
        (
            "sendPhoto",
            {"chat_id": 1, "photo": "id", "caption": "x" * 1024},
            {"chat_id": 1, "photo": "id", "caption": "x" * 1025},
        ),
        ("sendMessage", _button(callback_data="é" * 32), _button(callback_data="é" * 32 + "x")),
        ("sendMessage", _button(callback_data="x"), _button(callback_data="")),
        ("sendMessage", _button(url="https://x"), _button(url="https://x", callback_data="x")),
        ("sendMessage", _button(url="https://x"), _button()),
        ("sendMessage", _button(url="https://x"), _button(url="https://x", text="")),
        ("sendMessage", _rows(8), _rows(9)),
        ("sendMessage", _rows(*[8] * 12, 4), _rows(*[8] * 12, 5)),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "text": "x" * 200},
            {"callback_query_id": "1", "text": "x" * 201},
        ),
        ("setMyCommands", _commands(100), _commands(101)),
        ("setMyCommands", _commands(1, "a" * 32), _commands(1, "a" * 33)),
        ("setMyCommands", _commands(1, "go_1"), _commands(1, "Go")),
        ("setMyCommands", _commands(1, description="x" * 256), _commands(1, description="x" * 257)),
        ("setMyDescription", {"description": "x" * 512}, {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 120}, {"short_description": "x" * 121}),
        ("getUpdates", {"limit": 100}, {"limit": 101}),
    ],
)
def test_a_limit_holds_at_its_last_value_and_not_one_past(
    method: str, allowed: dict[str, Any], refused: dict[str, Any]
) -> None:
    """What is exactly at a documented limit passes, and one more is one fault."""
    assert faults(method, allowed) == []
    assert len(faults(method, refused)) == 1


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<b>GOV</b> <i>1 &lt; 2 &amp; 3</i> <a href="https://x?a=1">x</a>', None),
        ('<pre><code class="language-py">1</code></pre><blockquote expandable>q</blockquote>', None),
        ('<tg-spoiler>s</tg-spoiler><span class="tg-spoiler">s</span>', None),
        ("1 < 2", "unescaped '<'"),
        ("you & me", "unescaped '&'"),
        ("a &nbsp; b", "unescaped '&'"),
        ("2 > 1", "unescaped '>'"),
        ("<br>", "unsupported tag <br>"),
        ("<p>x</p>", "unsupported tag <p>"),
        ("<b><i>x</b></i>", "</b> closes <i>"),
        ("<b>x", "<b> is never closed"),
        ("x</b>", "</b> closes nothing"),
        ('<b class="x">x</b>', "<b class"),
        ("<a>x</a>", "<a> has attributes Telegram does not know, or lacks its own"),
        ("<code><b>x</b></code>", "<b> inside code"),
    ],
)
def test_html_is_read_as_telegram_reads_it(html: str, fault: str | None) -> None:
    """Well-formed Telegram HTML has no fault, and anything else is told by what is wrong."""
    found = read(html).faults
    assert (found == []) if fault is None else any(each.startswith(fault) for each in found), found


def test_the_three_forms_of_a_body_mean_the_same() -> None:
    """JSON, a urlencoded form and a multipart form with its files are decoded to the same parameters."""
    types = {"chat_id": ["Integer", "String"], "text": ["String"], "protect_content": ["Boolean"]}
    meant = {"chat_id": 7, "text": "12", "protect_content": True}
    json = decode("application/json", b'{"chat_id": 7, "text": "12", "protect_content": true}', types)
    form = decode("application/x-www-form-urlencoded", b"chat_id=7&text=12&protect_content=true", types)
    request = httpx.Request(
        "POST", "http://x", data={"chat_id": "7", "text": "12", "protect_content": "true"},
        files={"photo": ("p.png", b"\r\n--\r\n\x00\xff\r\n")},
    )  # fmt: skip
    multipart = decode(request.headers["content-type"], request.read(), types)
    assert json == form == meant
    assert multipart == meant | {"photo": Upload("p.png", b"\r\n--\r\n\x00\xff\r\n")}
