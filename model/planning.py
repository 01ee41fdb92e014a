"""What somebody types about an action: who leads it, by when, what became of it, or a note."""

import re
from datetime import date

import msgspec

from model.actions import State
from model.days import read_day
from model.domains import Misfit
from model.likeness import plain

AHEAD = 3660
"""Days that an action may take: goals lie two to five years out, and some take longer."""

_STATES: dict[State, tuple[str, ...]] = {
    "done": ("done", "finished", "hecho", "hecha", "terminado", "terminada"),
    "begun": ("begun", "started", "going on", "under way", "en marcha", "empezado", "empezada", "en curso"),
    "dropped": ("dropped", "cancelled", "descartado", "descartada", "abandonado", "abandonada"),
    "open": ("not begun", "not started", "sin empezar", "no empezado", "no empezada"),
}
_NOTE = ("note", "nota")
_NOBODY = ("nobody", "no one", "nadie")
_NEVER = ("no date", "without a date", "without date", "sin fecha")
_YEAR = re.compile(r"(?:(?:the )?end of |fin(?:es|al|ales)? del? )?(\d{4})", re.IGNORECASE)
_BY = r"(?:by|until|before|hasta|antes del?)"
"""Says that a day follows."""
_FOR = r"para(?: el| la)?"
"""May also belong to a name: "Oficina para el Clima"."""


class Plan(msgspec.Struct, frozen=True):
    """What was said; None where nothing was. `owner` is "" for nobody, `undated` that there is no day any more."""

    owner: str | None = None
    due: date | None = None
    state: State | None = None
    note: str | None = None
    undated: bool = False


def read_plan(text: str, today: date, language: str) -> Plan | Misfit:
    """What a text says of an action, in `language` ("en", "es") or in English.

    A misfit is about its day.
    """
    said = " ".join(text.split())
    stated = _stated(said)
    if stated is not None:
        return stated
    owner, day = _parted(said, today, language)
    due = read_due(day, today, language) if day else None
    if isinstance(due, Misfit):
        return due
    if plain(owner) in _NEVER:
        return Plan(undated=True)
    named = None if not owner else "" if plain(owner) in _NOBODY else owner
    return Plan(owner=named, due=due)


def read_due(text: str, today: date, language: str) -> date | Misfit:
    """The day by which something is to be done: a month or a year is its end."""
    said = text.strip(" .,")
    if year := _YEAR.fullmatch(said):
        said = f"{year[1]}-12-31"
    found = read_day(said, today, language, AHEAD)
    if isinstance(found, Misfit) and found.reason == "not_understood":
        ends = (read_day(f"{end} {said}", today, language, AHEAD) for end in ("end of", "fin de"))
        return next((day for day in ends if not isinstance(day, Misfit)), found)
    return found


def read_state(text: str) -> State | None:
    """The state that a text names, with nothing else beside it."""
    return next((state for state, words in _STATES.items() if plain(text) in words), None)


def _stated(said: str) -> Plan | None:
    """A state with what is noted beside it, or a note alone; None for anything else."""
    for state, words in (*_STATES.items(), (None, _NOTE)):
        for word in words:
            found = re.fullmatch(rf"{re.escape(word)}(?:\s*[:,.–-]\s*|\s+|$)(.*)", said, re.IGNORECASE)
            if found:
                return Plan(state=state, note=found[1].strip() or None)
    return None


def _parted(said: str, today: date, language: str) -> tuple[str, str]:
    """Who leads, and the words for the day; "" where a text has none of them."""
    found = re.fullmatch(rf"(.*)(?:^|\s+|,\s*){_BY}\s+(.+)", said, re.IGNORECASE)
    if found:
        return found[1].strip(" ,"), found[2]
    found = re.fullmatch(rf"(.*)(?:^|\s+|,\s*){_FOR}\s+(.+)", said, re.IGNORECASE)
    if found and (re.search(r"\d", found[2]) or not isinstance(read_due(found[2], today, language), Misfit)):
        return found[1].strip(" ,"), found[2]
    if re.match(r"\d", said) and not isinstance(read_due(said, today, language), Misfit):
        return "", said
    return said, ""
