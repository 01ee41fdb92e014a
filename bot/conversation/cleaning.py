"""What people and platforms send, without what a store cannot hold."""

import msgspec

from flows.events import AnyEvent, Event


def cleaned(event: AnyEvent) -> Event:
    """An event without it."""
    said = {name: value for name in event.__struct_fields__ if isinstance(value := getattr(event, name), str)}
    odd = {name: known for name, value in said.items() if (known := clean(value)) != value}
    return msgspec.structs.replace(event, **odd) if odd else event


def clean(text: str) -> str:
    """A text without NUL characters and lone surrogates, which PostgreSQL and UTF-8 do not have."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
