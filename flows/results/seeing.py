"""A result from the whole down to a statement: what a code after /scores means."""

import re

from flows.prompts import Chart, Notice, Prompt, Scores
from flows.prompts.figures import OWN, CapabilityScores, DimensionScores, OwnScores, StatementScore
from flows.session import Session
from model.instrument import Instrument

_CODE = re.compile(r"[\s:]*(\S*?)[.,;:!?\s]*")
"""A code as a hurried person types it: `3.2.` or `: 3.2`."""
_OWN = {OWN, "mine", "ours", "propias", "propios", "propia", "weights", "pesos"}


def scores(instrument: Instrument, session: Session, about: str) -> tuple[Prompt, ...]:
    """The city's scores, or the part that is named; whoever names nothing that exists is told what does."""
    if not session.joined:
        return (Notice("no_city"),)
    read = _CODE.fullmatch(about.casefold())
    said = read[1].replace(",", ".") if read else about
    codes = (*instrument.dimension_codes, *instrument.capability_of)
    code = next((one for one in codes if one.casefold() == said), said)
    if not code:
        return Scores(), Chart("radar")
    if code in _OWN:
        return (OwnScores(),)
    return (_part(instrument, session, code) or Notice("no_such_part", about.strip()),)


def _part(instrument: Instrument, session: Session, code: str) -> Prompt | None:
    if code in instrument.dimension_codes:
        return DimensionScores(code, tuple(one.code for one in instrument.dimension_of[code].capabilities))
    if code in instrument.indicators:
        capability = instrument.capability_of[code]
        if code not in {one.code for one in capability.asked(session.form)}:
            return Notice("not_in_short_form", code)
        return StatementScore(code, above=capability.code)
    if code in instrument.capability_of:
        below = tuple(one.code for one in instrument.capability_of[code].asked(session.form))
        return CapabilityScores(code, below, above=instrument.dimension_of[code].code)
    return None
