"""Anything that happens to the conversation: what all events are."""

import msgspec


class Event(msgspec.Struct, frozen=True, tag=True):
    """Anything a person did."""
