"""What the Bot API's own specification asks of a request, and every way in which a request departs from it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tests.fakes.bot_api_limits import RULES
from tests.fakes.bot_api_wire import ATTACHED, Upload

ARRAY = "Array of "
PYTHON = {"Integer": int, "Boolean": bool, "String": str, "InputFile": Upload}


class Field(msgspec.Struct):
    """One field as documented; `value` is the only one allowed where the specification says "must be"."""

    types: list[str]
    required: bool = False
    value: str | None = None


class Kind(msgspec.Struct):
    """A documented type: either its fields, or the types it may be."""

    fields: dict[str, Field] = {}
    subtypes: list[str] = []


class Specification(msgspec.Struct):
    """The part of the specification that our bot uses."""

    version: str
    updates: list[str]
    methods: dict[str, dict[str, Field]]
    types: dict[str, Kind]


SPECIFICATION = msgspec.json.decode((Path(__file__).parent / "bot_api_10_1.json").read_bytes(), type=Specification)


def faults(method: str, params: Mapping[str, Any]) -> list[str]:
    """Every departure of a decoded request from the specification and the documented limits, each with its place."""
    fields = SPECIFICATION.methods.get(method)
    if fields is None:
        return [f"{method}: unknown method"]
    uploads = {name for name, value in params.items() if isinstance(value, Upload) and name not in fields}
    given = {name: value for name, value in params.items() if name not in uploads}
    return [*_of_fields(method, fields, given, method), *_attachments(method, uploads, given), *_updates(given, method)]


def types_of(method: str) -> dict[str, list[str]]:
    """The types each field of a method may have; nothing for an unknown method."""
    return {name: field.types for name, field in SPECIFICATION.methods.get(method, {}).items()}


def _of_fields(owner: str, fields: Mapping[str, Field], value: Mapping[str, Any], where: str) -> list[str]:
    found = [f"{where}.{name}: unknown field" for name in value if name not in fields]
    for name, field in fields.items():
        if name in value:
            found += _of_field(field, value[name], f"{where}.{name}")
        elif field.required:
            found.append(f"{where}.{name}: required and missing")
    rule = RULES.get(owner)
    return found + (rule(value, where) if rule else [])


def _of_field(field: Field, value: object, where: str) -> list[str]:
    if field.value is not None and value != field.value:
        return [f"{where}: {value!r}, and only {field.value!r} is allowed"]
    return _of_any(field.types, value, where)


def _of_any(types: list[str], value: object, where: str) -> list[str]:
    """The faults of the alternative that comes nearest."""
    if isinstance(value, list) and (elements := [name.removeprefix(ARRAY) for name in types if name.startswith(ARRAY)]):
        return [fault for i, each in enumerate(value) for fault in _of_any(elements, each, f"{where}[{i}]")]
    return min((_of_type(name, value, where) for name in types), key=len)


def _of_type(name: str, value: object, where: str) -> list[str]:
    kind = SPECIFICATION.types.get(name)
    if kind is not None and kind.subtypes:
        return _of_any(_meant(kind.subtypes, value), value, where)
    if kind is not None and isinstance(value, dict):
        return _of_fields(name, kind.fields, value, where)
    # A bool is an int in Python, and not in JSON.
    if kind is None and name in PYTHON and type(value) is PYTHON[name]:
        return []
    return [f"{where}: {_shown(value)} where {name} is expected"]


def _meant(subtypes: list[str], value: object) -> list[str]:
    """The subtypes whose discriminator the value carries, so that faults are told about the one that was meant."""
    said = value.get("type") if isinstance(value, dict) else None
    meant = [name for name in subtypes if SPECIFICATION.types[name].fields["type"].value == said]
    return meant or subtypes


def _shown(value: object) -> str:
    return f"{type(value).__name__} {repr(value)[:40]}"


def _attachments(method: str, uploads: set[str], given: Mapping[str, Any]) -> list[str]:
    """Uploaded parts that nothing refers to, and references to parts that were not uploaded."""
    wanted = {text.removeprefix(ATTACHED) for text in _texts(dict(given)) if text.startswith(ATTACHED)}
    return [
        *(f"{method}.{name}: uploaded and not referred to" for name in sorted(uploads - wanted)),
        *(f"{method}: {ATTACHED}{name} is not uploaded" for name in sorted(wanted - uploads)),
    ]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _updates(given: Mapping[str, Any], where: str) -> list[str]:
    names = given.get("allowed_updates")
    unknown = [name for name in names if name not in SPECIFICATION.updates] if isinstance(names, list) else []
    return [f"{where}.allowed_updates: {name!r} is no kind of update" for name in unknown]
