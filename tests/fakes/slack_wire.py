"""A request's body, in any of the three forms Slack takes, as arguments with their JSON types."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.bot_api_wire import Upload, decode

WIRED = {"string": "String", "number": "Integer"}


def arguments(kind: str, body: bytes, query: str, types: Mapping[str, str]) -> dict[str, Any]:
    """Arguments by name. ValueError if the body cannot be read.

    Everything in a form or an address is text: what the types call a boolean comes as 1 or 0, a list as JSON.
    """
    wire = {name: [WIRED.get(type_, "JSON")] for name, type_ in types.items()}
    given = decode("", query.encode(), wire)
    given |= decode(kind, body, wire)
    if kind.startswith("application/json"):
        # Lists may come as JSON within JSON.
        return {name: _opened(value, types.get(name, "string")) for name, value in given.items()}
    return {name: _true_or_false(value, types.get(name, "string")) for name, value in given.items()}


def basic(header: str | None) -> dict[str, str]:
    """The client's id and secret, where they come in the Authorization header."""
    if not (header and header.startswith("Basic ")):
        return {}
    client_id, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return {"client_id": client_id, "client_secret": secret}


def form(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _opened(value: Any, type_: str) -> Any:
    if isinstance(value, str) and type_ in ("array", "object", "any"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _true_or_false(value: Any, type_: str) -> Any:
    if type_ == "boolean" and not isinstance(value, Upload) and value in (0, 1):
        return bool(value)
    return value
