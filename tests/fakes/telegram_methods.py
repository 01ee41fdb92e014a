"""What each method of the Bot API does to the account; a request is checked before it comes here."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.fakes.bot_api_wire import ATTACHED, Upload
from tests.fakes.telegram_account import BOT, Account, Chat, Shown
from tests.fakes.telegram_updates import RefusedError

Params = dict[str, Any]
Method = Callable[[Account, Params], Any]

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
QUERY_INVALID = "Bad Request: query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLL_LIMIT = 100


def perform(account: Account, method: str, params: Params) -> Any:
    """Does the work, and returns what the Bot API calls the result. Raises `RefusedError`."""
    with account.changed:
        return METHODS[method](account, params)


def _get_me(account: Account, params: Params) -> Any:
    return BOT | dict.fromkeys(("can_join_groups", "can_read_all_group_messages", "supports_inline_queries"), False)


def _get_updates(account: Account, params: Params) -> Any:
    if account.webhook:
        raise RefusedError(409, WEBHOOK_ACTIVE)
    account.updates.allow(params.get("allowed_updates"))
    return account.updates.poll(params.get("offset", 0), params.get("limit", POLL_LIMIT), params.get("timeout", 0))


def _set_webhook(account: Account, params: Params) -> Any:
    account.webhook, account.secret = params.get("url", ""), params.get("secret_token", "")
    account.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        account.updates.held.clear()
    return True


def _get_webhook_info(account: Account, params: Params) -> Any:
    pending = len(account.updates.held)
    return {"url": account.webhook, "has_custom_certificate": False, "pending_update_count": pending}


def _send_message(account: Account, params: Params) -> Any:
    chat = account.reachable(params["chat_id"])
    shown = Shown(next(account.message_ids))
    shown.say(params["text"], params.get("parse_mode"))
    return _sent(chat, shown, params)


def _send_photo(account: Account, params: Params) -> Any:
    return _send_media(account, params, params | {"type": "photo", "media": params["photo"]})


def _send_document(account: Account, params: Params) -> Any:
    return _send_media(account, params, params | {"type": "document", "media": params["document"]})


def _send_media_group(account: Account, params: Params) -> Any:
    return [_send_media(account, params, item) for item in params["media"]]


def _send_media(account: Account, params: Params, item: Params) -> Any:
    chat = account.reachable(params["chat_id"])
    upload, media = _media(account, params, item)
    shown = Shown(next(account.message_ids))
    shown.show(upload, media)
    shown.say(item.get("caption", ""), item.get("parse_mode"))
    return _sent(chat, shown, params)


def _media(account: Account, params: Params, item: Params) -> tuple[Upload, dict[str, Any]]:
    """The file an item names - uploaded with it, attached, or known by its id - and its description."""
    upload = item["media"]
    if isinstance(upload, str):
        upload = account.files.get(upload) or params.get(upload.removeprefix(ATTACHED))
    if not isinstance(upload, Upload):
        raise RefusedError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return upload, account.photo(upload) if item["type"] == "photo" else account.document(upload)


def _sent(chat: Chat, shown: Shown, params: Params) -> dict[str, Any]:
    shown.press(params.get("reply_markup"))
    chat.shown[shown.id] = shown
    return chat.message(shown)


def _edit(changes: Callable[[Account, Params, Shown], None]) -> Method:
    """A method that edits a message, which loses its keyboard unless one comes along; an edit must change something."""

    def method(account: Account, params: Params) -> Any:
        chat = account.reachable(params.get("chat_id"))
        old = _to_edit(chat, params.get("message_id", 0))
        new = deepcopy(old)
        changes(account, params, new)
        new.press(params.get("reply_markup"))
        if new.content_and_markup == old.content_and_markup:
            raise RefusedError(400, NOT_MODIFIED)
        new.edits += 1
        chat.shown[new.id] = new
        return chat.message(new)

    return method


def _to_edit(chat: Chat, message_id: int) -> Shown:
    if message_id in chat.own:
        raise RefusedError(400, "Bad Request: message can't be edited")
    if message_id not in chat.shown:
        raise RefusedError(400, "Bad Request: message to edit not found")
    return chat.shown[message_id]


def _edit_text(account: Account, params: Params, shown: Shown) -> None:
    if shown.media:
        raise RefusedError(400, "Bad Request: there is no text in the message to edit")
    if "text" not in params:
        raise RefusedError(400, "Bad Request: this fake edits texts, not rich messages")
    shown.say(params["text"], params.get("parse_mode"))


def _edit_caption(account: Account, params: Params, shown: Shown) -> None:
    if not shown.media:
        raise RefusedError(400, "Bad Request: there is no caption in the message to edit")
    shown.say(params.get("caption", ""), params.get("parse_mode"))


def _edit_media(account: Account, params: Params, shown: Shown) -> None:
    item = params["media"]
    shown.show(*_media(account, params, item))
    shown.say(item.get("caption", ""), item.get("parse_mode"))


def _delete_message(account: Account, params: Params) -> Any:
    chat = account.chat(params["chat_id"])
    if chat.shown.pop(params["message_id"], None) or chat.own.pop(params["message_id"], None):
        return True
    raise RefusedError(400, "Bad Request: message to delete not found")


def _answer_callback_query(account: Account, params: Params) -> Any:
    chat = account.taps.get(params["callback_query_id"])
    if chat is None:
        raise RefusedError(400, QUERY_INVALID)
    chat.spinning.discard(params["callback_query_id"])
    if params.get("text"):
        chat.toasts.append(params["text"])
    return True


def _commands_of(params: Params) -> tuple[str, str]:
    scope = params.get("scope", {"type": "default"})
    named = scope["type"] if len(scope) == 1 else json.dumps(scope, sort_keys=True)
    return named, params.get("language_code", "")


def _set_my_commands(account: Account, params: Params) -> Any:
    account.commands[_commands_of(params)] = params["commands"]
    return True


def _delete_my_commands(account: Account, params: Params) -> Any:
    account.commands.pop(_commands_of(params), None)
    return True


def _get_my_commands(account: Account, params: Params) -> Any:
    return account.commands.get(_commands_of(params), [])


def _get_file(account: Account, params: Params) -> Any:
    file_id = params["file_id"]
    if file_id not in account.files:
        raise RefusedError(400, "Bad Request: invalid file_id")
    size = len(account.files[file_id].content)
    folder, number = file_id.split("-")
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": size, "file_path": f"{folder}/{number}"}


def _get_chat(account: Account, params: Params) -> Any:
    gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]
    taken = {"accepted_gift_types": dict.fromkeys(gifts, False)}
    return account.chat(params["chat_id"]).place | {"accent_color_id": 0, "max_reaction_count": 11} | taken


def _chat_action(account: Account, params: Params) -> Any:
    return bool(account.reachable(params["chat_id"]))


def _noted(account: Account, params: Params) -> Any:
    return True


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _set_webhook,
    "getWebhookInfo": _get_webhook_info,
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendDocument": _send_document,
    "sendMediaGroup": _send_media_group,
    "sendChatAction": _chat_action,
    "editMessageText": _edit(_edit_text),
    "editMessageCaption": _edit(_edit_caption),
    "editMessageMedia": _edit(_edit_media),
    "editMessageReplyMarkup": _edit(lambda account, params, shown: None),
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_callback_query,
    "setMyCommands": _set_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "getMyCommands": _get_my_commands,
    "setMyDescription": _noted,
    "setMyShortDescription": _noted,
    "setChatMenuButton": _noted,
    "getFile": _get_file,
    "getChat": _get_chat,
}
