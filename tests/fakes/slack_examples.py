"""Requests to Slack: each with what is wrong with it, or at a limit and one past it."""

from typing import Any

Params = dict[str, Any]


def plain_text(text: str) -> Params:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Params:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Params:
    return {"type": "section", "text": mrkdwn(text)} | more


def button(text: str = "x", **more: Any) -> Params:
    return {"type": "button", "text": plain_text(text)} | more


def options(count: int, text: str = "x", value: str = "") -> list[dict[str, Any]]:
    return [{"text": plain_text(text), "value": f"{i}{value}"} for i in range(count)]


def posted(*blocks: dict[str, Any], **more: Any) -> Params:
    return {"channel": "C1", "text": "x", "blocks": list(blocks)} | more


def actions(*elements: dict[str, Any]) -> Params:
    return posted({"type": "actions", "elements": list(elements)})


def select(**more: Any) -> Params:
    return actions({"type": "static_select"} | more)


def opened(*blocks: dict[str, Any], **more: Any) -> Params:
    view = {"type": "modal", "title": plain_text("x"), "submit": plain_text("x"), "blocks": list(blocks)}
    return {"trigger_id": "1", "view": view | more}


def asked(element: dict[str, Any], **more: Any) -> Params:
    return opened({"type": "input", "label": plain_text("x"), "element": element} | more)


def published(*blocks: dict[str, Any]) -> Params:
    return {"user_id": "U1", "view": {"type": "home", "blocks": list(blocks)}}


def table(rows: int, columns: int = 1) -> Params:
    return posted({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows})


PICTURE = {"type": "image", "image_url": "https://x/y.png"}
FILE_INPUT = {"type": "file_input"}
TEXT_INPUT = {"type": "plain_text_input"}


def _unsubmitted() -> Params:
    params = asked(TEXT_INPUT)
    del params["view"]["submit"]
    return params


# fmt: off
WRONG: list[tuple[str, Params, str]] = [
    ("chat.sing", {}, "chat.sing: unknown method"),
    ("chat.postMessage", {"text": "x"}, "chat.postMessage.channel: required and missing"),
    ("chat.postMessage", posted(section(), colour="red"), "chat.postMessage.colour: unknown argument"),
    ("chat.postMessage", posted(section(), channel=5), "chat.postMessage.channel: int 5 where string is expected"),
    ("chat.postMessage", posted(section(), unfurl_links="no"), "chat.postMessage.unfurl_links: str 'no' where bool"),
    ("chat.postMessage", posted(section(), attachments=[]), "chat.postMessage.attachments: this fake reads blocks"),
    ("chat.postMessage", {"channel": "C1", "text": " "}, "chat.postMessage.text: there is nothing to be said"),
    ("chat.postMessage", {"channel": "C1", "blocks": [section()]}, "chat.postMessage.text: a notification would be"),
    ("chat.postMessage", {"channel": "C1", "text": "1 < 2"}, "chat.postMessage.text: unescaped '<'"),
    ("chat.update", {"channel": "C1", "text": "x"}, "chat.update.ts: required and missing"),
    ("chat.postMessage", posted({"type": "poem"}), "chat.postMessage.blocks[0].type: 'poem' is none of"),
    ("chat.postMessage", posted({"type": "header"}), "chat.postMessage.blocks[0].text: required and missing"),
    ("chat.postMessage", posted(section("1 < 2")), "chat.postMessage.blocks[0].text.text: unescaped '<'"),
    ("chat.postMessage", posted(section(), {"type": "section"}), "chat.postMessage.blocks[1]: needs text, or fields"),
    ("chat.postMessage", posted({"type": "header", "text": mrkdwn("x")}), "chat.postMessage.blocks[0].text.type: str"),
    ("chat.postMessage", posted(section(block_id="b"), section(block_id="b")), "chat.postMessage.blocks: block_id 'b'"),
    ("chat.postMessage", actions(button(action_id="a"), button(action_id="a")), "chat.postMessage.blocks[0]: action_id 'a'"),
    ("chat.postMessage", actions(button(style="loud")), "chat.postMessage.blocks[0].elements[0].style: str 'loud' is none"),
    ("chat.postMessage", select(options=[]), "chat.postMessage.blocks[0].elements[0].options: 0 long, 1-100"),
    ("chat.postMessage", select(), "chat.postMessage.blocks[0].elements[0]: exactly one of"),
    ("chat.postMessage", select(options=options(1) * 2), "chat.postMessage.blocks[0].elements[0].options: a value stands"),
    ("chat.postMessage", posted(PICTURE), "chat.postMessage.blocks[0].alt_text: required and missing"),
    ("views.open", opened(section(), type="window"), "views.open.view.type: str 'window', and only 'modal'"),
    ("views.open", opened(section()) | {"interactivity_pointer": "1"}, "views.open: exactly one of"),
    ("views.open", {"view": opened(section())["view"]}, "views.open: exactly one of"),
    ("views.open", opened(), "views.open.view.blocks: 0 long"),
    ("views.open", asked(TEXT_INPUT | {"initial_value": "xx", "max_length": 1}), "views.open.view.blocks[0].element.initial"),
    ("views.open", asked(button()), "views.open.view.blocks[0].element.type: 'button' is none of"),
    ("views.open", opened({"type": "markdown", "text": "x"}), "views.open.view.blocks[0]: no markdown in a modal"),
    ("views.publish", opened(section()) | {"user_id": "U1"}, "views.publish.trigger_id: unknown argument"),
    ("views.publish", {"user_id": "U1"}, "views.publish.view: required and missing"),
    ("views.update", {"view": opened(section())["view"]}, "views.update: exactly one of"),
    ("files.getUploadURLExternal", {"filename": "x"}, "files.getUploadURLExternal.length: required and missing"),
    ("files.completeUploadExternal", {"files": [{"title": "x"}]}, "files.completeUploadExternal.files[0].id: required"),
    ("files.completeUploadExternal", {"files": []}, "files.completeUploadExternal.files: empty"),
    ("oauth.v2.access", {"client_id": "1", "client_secret": "2", "grant_type": "x"}, "oauth.v2.access.grant_type: str 'x'"),
    ("views.open", _unsubmitted(), "views.open.view.submit: required where something is asked"),
]
"""A method, a request, and how its first fault begins."""

LIMITS: list[tuple[str, Params, Params]] = [
    ("chat.postMessage", {"channel": "C1", "text": "x" * 40_000}, {"channel": "C1", "text": "x" * 40_001}),
    ("chat.postMessage", posted(*[section()] * 50), posted(*[section()] * 51)),
    ("chat.postMessage", posted(*[section("x" * 2640)] * 5), posted(*[section("x" * 2640)] * 4, section("x" * 2641))),
    ("chat.postMessage", posted(section("x" * 3000)), posted(section("x" * 3001))),
    ("chat.postMessage", posted(section("x")), posted(section(" "))),
    ("chat.postMessage", posted(section(fields=[mrkdwn("x")] * 10)), posted(section(fields=[mrkdwn("x")] * 11))),
    ("chat.postMessage", posted(section(fields=[mrkdwn("x" * 2000)])), posted(section(fields=[mrkdwn("x" * 2001)]))),
    ("chat.postMessage", posted(section(block_id="x" * 255)), posted(section(block_id="x" * 256))),
    ("chat.postMessage", posted({"type": "header", "text": plain_text("\N{GRINNING FACE}" * 150)}), posted({"type": "header", "text": plain_text("x" * 151)})),
    ("chat.postMessage", posted({"type": "context", "elements": [mrkdwn("x")] * 10}), posted({"type": "context", "elements": [mrkdwn("x")] * 11})),
    ("chat.postMessage", actions(*[button()] * 25), actions(*[button()] * 26)),
    ("chat.postMessage", actions(button("x" * 75)), actions(button("x" * 76))),
    ("chat.postMessage", actions(button(value="x" * 2000)), actions(button(value="x" * 2001))),
    ("chat.postMessage", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256))),
    ("chat.postMessage", actions(button(url="x" * 3000)), actions(button(url="x" * 3001))),
    ("chat.postMessage", select(options=options(100)), select(options=options(101))),
    ("chat.postMessage", select(options=options(1, "x" * 75)), select(options=options(1, "x" * 76))),
    ("chat.postMessage", select(options=options(1, value="x" * 149)), select(options=options(1, value="x" * 150))),
    ("chat.postMessage", select(options=options(1), placeholder=plain_text("x" * 150)), select(options=options(1), placeholder=plain_text("x" * 151))),
    ("chat.postMessage", select(options=options(2), initial_option=options(2)[1]), select(options=options(2), initial_option=options(3)[2])),
    ("chat.postMessage", posted(PICTURE | {"alt_text": "x" * 2000}), posted(PICTURE | {"alt_text": "x" * 2001})),
    ("chat.postMessage", table(100), table(101)),
    ("chat.postMessage", table(2, 20), table(2, 21)),
    ("chat.postMessage", posted({"type": "markdown", "text": "x" * 12_000}), posted({"type": "markdown", "text": "x" * 12_001})),
    ("views.open", opened(*[section()] * 100), opened(*[section()] * 101)),
    ("views.open", opened(section(), title=plain_text("x" * 24)), opened(section(), title=plain_text("x" * 25))),
    ("views.open", opened(section(), submit=plain_text("x" * 24)), opened(section(), submit=plain_text("x" * 25))),
    ("views.open", opened(section(), close=plain_text("x" * 24)), opened(section(), close=plain_text("x" * 25))),
    ("views.open", opened(section(), private_metadata="x" * 3000), opened(section(), private_metadata="x" * 3001)),
    ("views.open", opened(section(), callback_id="x" * 255), opened(section(), callback_id="x" * 256)),
    ("views.open", asked(TEXT_INPUT, label=plain_text("x" * 2000)), asked(TEXT_INPUT, label=plain_text("x" * 2001))),
    ("views.open", asked(TEXT_INPUT, hint=plain_text("x" * 2000)), asked(TEXT_INPUT, hint=plain_text("x" * 2001))),
    ("views.open", asked(TEXT_INPUT | {"max_length": 3000}), asked(TEXT_INPUT | {"max_length": 3001})),
    ("views.open", asked(FILE_INPUT | {"max_files": 10}), asked(FILE_INPUT | {"max_files": 11})),
    ("views.open", asked(FILE_INPUT), posted({"type": "input", "label": plain_text("x"), "element": FILE_INPUT})),
    ("views.open", asked({"type": "radio_buttons", "options": options(10)}), asked({"type": "radio_buttons", "options": options(11)})),
    ("views.publish", published(*[section()] * 100), published(*[section()] * 101)),
    ("files.getUploadURLExternal", {"filename": "x", "length": 1, "alt_txt": "x" * 2000}, {"filename": "x", "length": 1, "alt_txt": "x" * 2001}),
]
"""A method, a request at a limit and one past it."""
# fmt: on
