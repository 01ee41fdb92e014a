"""A reader of the part of JSON Schema that Slack's types are written in."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]
Found = list[str]
Rule = Callable[[Mapping[str, Any], str], Found]

SPECIFICATION: dict[str, Any] = json.loads((Path(__file__).parent / "slack_web_api_8_2_0.json").read_bytes())
DEFINITIONS: dict[str, Schema] = SPECIFICATION["definitions"]
METHODS: dict[str, Schema] = SPECIFICATION["methods"]
PYTHON: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
SHOWN_LENGTH = 40


def departures(schema: Schema, value: object, where: str, rules: Mapping[str, Rule]) -> Found:
    """Every departure of a value from a schema, and from the rules of the definitions it goes through."""
    if "$ref" in schema:
        name = schema["$ref"]
        found = departures(DEFINITIONS[name], value, where, rules)
        rule = rules.get(name)
        # A rule may rely upon the types being right.
        return found or (rule(value, where) if rule and isinstance(value, dict) else [])
    if "anyOf" in schema:
        return _of_any(schema["anyOf"], value, where, rules)
    if "const" in schema and value != schema["const"]:
        return [f"{where}: {shown(value)}, and only {schema['const']!r} is allowed"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {shown(value)} is none of {schema['enum']}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [f"{where}: {shown(value)} where {' or '.join(kinds)} is expected"]
    return [*_of_object(schema, value, where, rules), *_of_array(schema, value, where, rules)]


def shown(value: object) -> str:
    """A value, short, as a fault names it."""
    return f"{type(value).__name__} {repr(value)[:SHOWN_LENGTH]}"


def _is(value: object, kind: str) -> bool:
    # A bool is an int in Python, and not in JSON.
    return isinstance(value, PYTHON[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _of_object(schema: Schema, value: object, where: str, rules: Mapping[str, Rule]) -> Found:
    if not isinstance(value, dict):
        return []
    fields: Schema = schema.get("properties", {})
    found = [f"{where}.{name}: required and missing" for name in schema.get("required", []) if name not in value]
    for name, each in value.items():
        if name in fields:
            found += departures(fields[name], each, f"{where}.{name}", rules)
        elif schema.get("additionalProperties", {}) is False:
            found.append(f"{where}.{name}: unknown field")
    return found


def _of_array(schema: Schema, value: object, where: str, rules: Mapping[str, Rule]) -> Found:
    if not isinstance(value, list) or "items" not in schema:
        return []
    return [
        fault for i, each in enumerate(value) for fault in departures(schema["items"], each, f"{where}[{i}]", rules)
    ]


def _of_any(schemas: list[Schema], value: object, where: str, rules: Mapping[str, Rule]) -> Found:
    """The faults of the alternative that comes nearest, of those whose `type` the value has."""
    said = value.get("type") if isinstance(value, dict) else None
    kinds = {kind for schema in schemas for kind in _kinds(schema)}
    if kinds and isinstance(value, dict) and said not in kinds:
        return [f"{where}.type: {said!r} is none of {sorted(kinds)}"]
    meant = [schema for schema in schemas if said in set(_kinds(schema))] or schemas
    return min((departures(schema, value, where, rules) for schema in meant), key=len)


def _kinds(schema: Schema) -> Iterator[str]:
    """Every `type` that objects of a schema may carry."""
    if "$ref" in schema:
        yield from _kinds(DEFINITIONS[schema["$ref"]])
    for each in schema.get("anyOf", []):
        yield from _kinds(each)
    kind = schema.get("properties", {}).get("type", {})
    if "const" in kind:
        yield kind["const"]
