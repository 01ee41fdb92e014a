"""A request's body, in any of the three forms Telegram takes, as parameters with their JSON types."""

import email
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

ATTACHED = "attach://"
INTEGER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart body."""

    name: str
    content: bytes = field(repr=False)


def decode(content_type: str, body: bytes, types: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Parameters by name; `types` says which of a form's texts are JSON. ValueError if the body cannot be read."""
    if content_type.startswith("application/json"):
        return _object(body)
    if content_type.startswith("multipart/form-data"):
        parts: dict[str, str | Upload] = dict(_part(part) for part in _parts(content_type, body))
    else:
        parts = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))
    return {
        name: value if isinstance(value, Upload) else _typed(value, types.get(name, ["String"]))
        for name, value in parts.items()
    }


def _object(body: bytes) -> dict[str, Any]:
    value = json.loads(body)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _typed(text: str, types: Sequence[str]) -> Any:
    """The text itself where a String is allowed, unless it is a number and may be one; what is no JSON stays text."""
    if "Integer" in types and INTEGER.fullmatch(text):
        return int(text)
    if "String" in types:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _parts(content_type: str, body: bytes) -> list[bytes]:
    boundary = email.message_from_string(f"Content-Type: {content_type}\n\n").get_boundary()
    if not boundary:
        raise ValueError("multipart without a boundary")
    # starlette's own form parser needs python-multipart, which nothing else here does.
    return (b"\r\n" + body).split(f"\r\n--{boundary}".encode())[1:-1]


def _part(part: bytes) -> tuple[str, str | Upload]:
    head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    message = email.message_from_bytes(head)
    name = message.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        raise ValueError("a part without a name")
    filename = message.get_filename()
    return name, content.decode() if filename is None else Upload(filename, content)
