"""Forms as Slack's modals, and what was filled in as values again."""

from collections.abc import Iterator

from bot.channels.slack.blocks import Block, plain_text, section
from bot.channels.slack.limits import FILES, INPUT, LABEL, OPTION, OPTION_VALUE, OPTIONS, TITLE
from bot.channels.slack.parsing import Payload
from bot.channels.slack.sharing import attached
from bot.channels.slack.text import whole
from bot.forms import Choice, Field, Files, Form, Lines, Values
from bot.messages import Message
from flows.events import Attached

FORM = "form"
"""What the modals of our forms are called."""
FIELD = "value"
"""The one action within each field; the field itself is the block."""


def as_view(form: Form, close: str) -> Block:
    """A form as a modal; which one it is travels in its metadata."""
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": ":".join((form.session, form.kind, form.about, form.language)),
        "title": plain_text(form.title, TITLE),
        "submit": plain_text(form.submit, TITLE),
        "close": plain_text(close, TITLE),
        "blocks": [*_head(form), *map(_field, form.fields)],
    }


def as_word(message: Message, title: str, close: str) -> Block:
    """A message as a modal that has nothing to fill in."""
    told = "\n\n".join(part for part in (message.title, message.body, message.note) if part)
    return {
        "type": "modal",
        "callback_id": "word",
        "title": plain_text(title, TITLE),
        "close": plain_text(close, TITLE),
        "blocks": [section(told)],
    }


def form_of(view: Payload) -> tuple[str, str, str, str]:
    """Session, kind, about and language of the form that a modal was. Raises ValueError for another modal."""
    session, kind, about, language = str(view["private_metadata"]).split(":")
    return session, kind, about, language


def values(view: Payload, workspace: str) -> Values:
    """What stands in each field; what was left empty is missing."""
    told: dict[str, str | tuple[Attached, ...]] = {}
    for field, actions in view["state"]["values"].items():
        value = actions.get(FIELD) or {}
        files = value.get("files")
        if files is not None:
            sent = (attached(workspace, one, "", view["id"] if len(files) > 1 else "") for one in files)
            told[field] = tuple(one for one in sent if isinstance(one, Attached))
            continue
        said = (value.get("selected_option") or {}).get("value") or value.get("value") or ""
        if said:
            told[field] = said
    return told


def _head(form: Form) -> Iterator[Block]:
    """The whole title, where the modal's own is too short for it."""
    if len(form.title) > TITLE:
        yield section(form.title)


def _field(field: Field) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.id,
        "label": plain_text(field.label, LABEL),
        "element": _element(field) | {"action_id": FIELD},
    }
    if field.hint:
        block["hint"] = plain_text(field.hint, LABEL)
    if not isinstance(field, Lines) or field.optional:
        block["optional"] = True
    return block


def _element(field: Field) -> Block:
    match field:
        case Choice():
            offered = [one for one in field.options if one[0] and len(one[0]) <= OPTION_VALUE][:OPTIONS]
            options = {value: {"text": plain_text(label, OPTION), "value": value} for value, label in offered}
            chosen = {"initial_option": options[field.chosen]} if field.chosen in options else {}
            return {"type": "static_select", "options": list(options.values()), **chosen}
        case Lines():
            # One more than is kept, so that it is we who say in words what is too long.
            # What was written in the chat may be longer than that, and must not keep the form from being sent.
            longest = {"max_length": min(max(field.longest + 1, len(field.text)), INPUT)}
            text = {"initial_value": field.text[: whole(field.text, INPUT)]} if field.text else {}
            return {"type": "plain_text_input", "multiline": True, **longest, **text}
        case Files():
            return {"type": "file_input", "max_files": min(field.most, FILES)}
