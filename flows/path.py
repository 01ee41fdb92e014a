"""The way through an instrument: which questions a form asks, in which order, and which is due."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from flows.session import Session, aspect_of, item_of, key_of
from model.instrument import Form, Instrument
from model.responses import Aspect, NonResponse
from model.routing import applies

_WAYS = 4096
"""Ways kept at hand: one a form for most, one a person where a city's departments share the statements."""


class Way(msgspec.Struct, frozen=True):
    """What decides which questions somebody is asked: the form, the indicators that are theirs, and who sets goals."""

    form: Form
    scope: tuple[str, ...] | None = None
    goals: bool = True


def way(session: Session) -> Way:
    """The way of a session: its coordinator sets the city's goals, others answer for what is theirs."""
    return Way(session.form, session.scope, session.role == "coordinator")


@lru_cache(_WAYS)
def path(instrument: Instrument, way: Way) -> tuple[str, ...]:
    """Every question key on a way: a dimension's indicators, then the goals of its capabilities."""
    return tuple(_keys(instrument, way))


def _keys(instrument: Instrument, way: Way) -> Iterator[str]:
    mine = None if way.scope is None else frozenset(way.scope)
    for dimension in instrument.dimensions:
        for capability in dimension.capabilities:
            yield from (one.code for one in capability.asked(way.form) if mine is None or one.code in mine)
        if way.goals:
            yield from (key_of(capability.code, Aspect.TARGET) for capability in dimension.capabilities)


@lru_cache(_WAYS)
def position(instrument: Instrument, way: Way) -> Mapping[str, int]:
    """Where each key stands in the path, from 0."""
    return {key: place for place, key in enumerate(path(instrument, way))}


@lru_cache(_WAYS)
def numbers(instrument: Instrument, way: Way) -> Mapping[str, tuple[int, int]]:
    """Number and total as told to people: statements along the way, goals within their dimension."""
    statements = [key for key in path(instrument, way) if aspect_of(key) is Aspect.AS_IS]
    told = {key: (place, len(statements)) for place, key in enumerate(statements, 1)}
    for dimension in instrument.dimensions:
        goals = [key_of(capability.code, Aspect.TARGET) for capability in dimension.capabilities]
        told |= {key: (place, len(goals)) for place, key in enumerate(goals, 1)}
    return told


def is_complete(session: Session, key: str) -> bool:
    """Whether a question has its answer; a goal needs level and year."""
    response = session.responses.get(key)
    if response is None or response.non_response is NonResponse.HANDED_ON:
        return False
    return response.aspect is Aspect.AS_IS or response.level is None or response.year is not None


def is_asked(instrument: Instrument, session: Session, key: str) -> bool:
    """Whether a question applies: its `ask_if` holds, or for a goal: the capability is not all out of place here."""
    if aspect_of(key) is Aspect.TARGET:
        return not _out_of_place(instrument, session, item_of(key))
    indicator = instrument.indicators[key]
    if indicator.ask_if is None:
        return True
    levels = {code: response.level for code, response in session.responses.items()}
    return applies(indicator, levels, position(instrument, way(session))) is True


def _out_of_place(instrument: Instrument, session: Session, capability: str) -> bool:
    asked = instrument.capability_of[capability].asked(session.form)
    said = [session.responses.get(indicator.code) for indicator in asked]
    return all(r is not None and r.non_response is NonResponse.NOT_APPLICABLE for r in said)


def due(instrument: Instrument, session: Session) -> str | None:
    """The question to ask now: the one chosen out of turn, else the first that is open and not skipped."""
    if session.cursor and is_asked(instrument, session, session.cursor):
        return session.cursor
    for key in session.hurry.keys:
        if not is_complete(session, key) and key not in session.skipped and is_asked(instrument, session, key):
            return key
    responses, skipped = session.responses, session.skipped
    # Asked several times a turn, mostly of questions that have their answer: those are passed by first.
    for key, is_goal in _steps(instrument, way(session)):
        response = responses.get(key)
        # What came back from a colleague is asked again.
        if (
            response is not None
            and response.non_response is not NonResponse.HANDED_ON
            and (not is_goal or response.level is None or response.year is not None)
        ):
            continue
        if key not in skipped and is_asked(instrument, session, key):
            return key
    return None


@lru_cache(_WAYS)
def _steps(instrument: Instrument, way: Way) -> tuple[tuple[str, bool], ...]:
    """The path, each key with whether it asks for a goal."""
    return tuple((key, aspect_of(key) is Aspect.TARGET) for key in path(instrument, way))


def before(instrument: Instrument, session: Session, key: str | None) -> str | None:
    """The question asked before `key` (before the end for None); None at the very first."""
    keys, places = path(instrument, way(session)), position(instrument, way(session))
    end = len(keys) if key is None else places.get(key, len(keys))
    return next((k for k in reversed(keys[:end]) if is_asked(instrument, session, k)), None)
