"""What stands in an export: each column and what it means, the values it may have, each indicator's statement."""

from collections.abc import Iterable, Iterator, Mapping

from bot.reports.exports import COLUMNS
from model.instrument import Instrument
from model.responses import Aspect, Certainty, NonResponse, Source

HEAD = ("part", "name", "value", "meaning")
"""A `part` is a column, a value of a column, or a dimension, capability or indicator of an instrument's version."""
Row = tuple[str, str, str, str]

_COLUMNS = {
    "city": "The city's id.",
    "wave": "The round of asking, as a number that counts over all cities.",
    "instrument": "What was asked.",
    "version": "Which version of it.",
    "respondent": "Who answered, as a number that stays the same through all rounds; never a name.",
    "department": "The respondent's department; empty for none.",
    "dimension": "The dimension that the response belongs to.",
    "capability": "The capability that it belongs to.",
    "indicator": "The indicator; empty where a whole capability is meant (its goal, or a comment on it).",
    "aspect": "Where the city stands, or where it wants to be; empty for a comment on a whole capability.",
    "level": "The level that was given, 0 to 5; empty where there is none.",
    "target_year": "The year by which a goal is to be reached.",
    "non_response": "Why there is no level.",
    "source": "Who gave it.",
    "certainty": "How sure the respondent is; empty where it was not said.",
    "comment": "What the respondent wrote about it.",
    "at": "When it was given, in UTC (ISO 8601).",
    "current": "Whether it is the one that counts: none of the same person's came after it.",
    "evidence": "The files and links behind the answer: a list as JSON, their number in a table.",
    "evidence_names": "In a table only: their names or links, between vertical bars.",
    "evidence_digests": "In a table only: the SHA-256 of each copy, as which it lies in the folder `evidence`.",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "aspect": {Aspect.AS_IS: "Where the city stands today.", Aspect.TARGET: "Where it wants to be."},
    "source": {
        Source.RESPONDENT: "The respondent.",
        Source.AGREED: "The coordinator, with the value that was agreed on; it wins over those of respondents.",
    },
    "non_response": {
        NonResponse.DONT_KNOW: "Does not know; counts as missing.",
        NonResponse.NOT_APPLICABLE: "Says that it does not apply; leaves the denominator of the score.",
        NonResponse.DECLINED: "Left it out; counts as missing.",
        NonResponse.HANDED_ON: "Handed it on to a colleague; counts as missing until they answer.",
    },
    "certainty": {
        Certainty.MEASURED: "It was measured.",
        Certainty.DOCUMENTED: "A document says so.",
        Certainty.ESTIMATED: "It is an estimate.",
    },
    "current": {"true": "It counts.", "false": "The same person changed it later; kept for the record."},
}


def rows(instruments: Iterable[Instrument]) -> Iterator[Row]:
    """The codebook, one row each, in the order of COLUMNS."""
    instruments = list(instruments)
    for name in COLUMNS:
        yield ("column", name, "", _COLUMNS[name])
        for value, meaning in _VALUES.get(name, {}).items():
            yield ("value", name, str(value), meaning)
        if name == "level":
            yield from (("value", name, str(one.level), f"{one.name}: {one.meaning}") for one in instruments[0].scale)
        if name == "department":
            yield from (("value", name, code, title) for code, title in instruments[0].departments.items())
    for one in instruments:
        yield from _asked(one)


def _asked(instrument: Instrument) -> Iterator[Row]:
    version = f"{instrument.code} {instrument.version}"
    for dimension in instrument.dimensions:
        yield ("dimension", dimension.code, version, dimension.title)
        for capability in dimension.capabilities:
            yield ("capability", capability.code, version, capability.title)
            for one in capability.indicators:
                yield ("indicator", one.code, version, one.statement)
