"""Who is in the benchmark at a moment, and all that they answered, each in one pass over the tables."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, func, select

from model.instrument import Form
from model.responses import Aspect
from storage.cities import City
from storage.database import Transaction
from storage.statements import Statement
from storage.tables import CITY, RESPONSE, SESSION, WAVE

Voice = tuple[str, int | None, str | None]
"""One person's answer that counts: its source, the level, the kind of non-response."""
Said = Mapping[str, tuple[Voice, ...]]
"""What a city said, by item, in the order in which it was said."""


class Entrant(msgspec.Struct, frozen=True):
    """A city that shares its result, and its latest closed wave."""

    city: City
    wave: int


# The latest wave that was closed by then decides, whatever it asked: an older one of the right kind does not count.
_latest = (
    select(func.max(WAVE.c.id).label("id"))
    .select_from(WAVE.join(CITY, CITY.c.id == WAVE.c.city_id))
    .where(CITY.c.shared_at <= bindparam("until"), WAVE.c.closed_at <= bindparam("until"))
    .group_by(WAVE.c.city_id)
    .subquery()
)
_right = (
    WAVE.c.instrument == bindparam("code"),
    WAVE.c.version == bindparam("edition"),
    WAVE.c.form.in_((bindparam("asked"), bindparam("or_asked"))),
)
_WAVES = Statement(
    select(*CITY.c, WAVE.c.id.label("wave"))
    .select_from(WAVE.join(_latest, _latest.c.id == WAVE.c.id).join(CITY, CITY.c.id == WAVE.c.city_id))
    .where(*_right)
    .order_by(CITY.c.id)
)
_SAID = Statement(
    select(
        SESSION.c.wave_id,
        RESPONSE.c.session_id,
        RESPONSE.c.item,
        RESPONSE.c.source,
        RESPONSE.c.level,
        RESPONSE.c.non_response,
    )
    .select_from(RESPONSE.join(SESSION, SESSION.c.id == RESPONSE.c.session_id))
    .join(WAVE, WAVE.c.id == SESSION.c.wave_id)
    .join(_latest, _latest.c.id == WAVE.c.id)
    .where(*_right, RESPONSE.c.aspect == Aspect.AS_IS.value, RESPONSE.c.at <= bindparam("until"))
    .order_by(RESPONSE.c.id)
)
_KINDS = Statement(select(WAVE.c.instrument, WAVE.c.version, WAVE.c.form).distinct())


def entrants(transaction: Transaction, instrument: str, version: str, form: Form, until: datetime) -> list[Entrant]:
    """The cities that shared their result by then, whose latest closed wave has this version and form, by id.

    A full form counts in the short one as well.
    """
    rows = transaction.all(_WAVES, **_wanted(instrument, version, form, until))
    return [Entrant(City(*row[:-1]), row.wave) for row in rows]


def said(
    transaction: Transaction, instrument: str, version: str, form: Form, until: datetime
) -> Mapping[int, Mapping[str, tuple[Voice, ...]]]:
    """What counts of all that the entrants answered by then, by wave and item."""
    last: dict[tuple[int, str, str], tuple[int, Voice]] = {}
    same: dict[Voice, Voice] = {}  # the same few answers are given again and again
    rows = transaction.many(_SAID, **_wanted(instrument, version, form, until))
    for wave, session, item, source, level, non_response in rows:
        key, voice = (session, item, source), (source, level, non_response)
        last.pop(key, None)  # the one that counts stands where it was said
        last[key] = (wave, same.setdefault(voice, voice))
    found: dict[int, dict[str, tuple[Voice, ...]]] = {}
    for (_, item, _), (wave, voice) in last.items():
        of_wave = found.get(wave)
        if of_wave is None:
            of_wave = found[wave] = {}
        before = of_wave.get(item)
        of_wave[item] = (voice,) if before is None else (*before, voice)
    return found


def in_use(transaction: Transaction) -> list[tuple[str, str, Form]]:
    """Every instrument, version and form that a city was asked with; with a full form there is a short one too."""
    kinds = {(row.instrument, row.version, row.form) for row in transaction.all(_KINDS)}
    return sorted(kinds | {(instrument, version, "short") for instrument, version, _ in kinds})


def _wanted(instrument: str, version: str, form: Form, until: datetime) -> dict[str, object]:
    other = "full" if form == "short" else form
    return {"code": instrument, "edition": version, "asked": form, "or_asked": other, "until": until}
