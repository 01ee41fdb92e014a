"""How certain a score is: what one respondent's absence would change, and how sure those who answered were."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from model.instrument import Form, Instrument
from model.pooling import Pooled, pool
from model.responses import Aspect, Certainty, Response, Source
from model.scoring import Score, Scorecard, score
from model.weighting import Range

Given = Mapping[tuple[str, Aspect], Sequence[tuple[int, Response]]]
"""The responses that count, by item and aspect, each with its respondent."""


class Shares(msgspec.Struct, frozen=True):
    """How many of the levels given were measured, documented, estimated, or came without a word of it."""

    measured: int = 0
    documented: int = 0
    estimated: int = 0
    unsaid: int = 0

    @property
    def total(self) -> int:
        """All levels given."""
        return self.measured + self.documented + self.estimated + self.unsaid


def pooled(given: Given, aspect: Aspect) -> Mapping[str, Pooled]:
    """The city's value of every item that somebody gave this aspect of, by code."""
    return {item: pool(one for _, one in said) for (item, found), said in given.items() if found is aspect}


def scored(instrument: Instrument, form: Form, given: Given) -> Scorecard:
    """The scorecard of a city from its responses."""
    return score(instrument, form, pooled(given, Aspect.AS_IS), pooled(given, Aspect.TARGET))


def without_each(instrument: Instrument, form: Form, given: Given) -> Mapping[str, Range]:
    """The lowest and highest that each score would be if one respondent had not answered, by code.

    A value the city agreed on stays: it is nobody's own. What one absence would hold back is left out of the range;
    where there are fewer than two respondents there is no range at all.
    """
    people = sorted({who for said in given.values() for who, one in said if one.source is Source.RESPONDENT})
    if len(people) < 2:
        return {}
    cards = [scored(instrument, form, _without(given, who)) for who in people]
    found: dict[str, list[float]] = {}
    for one in (one for card in cards for one in scores(card) if one.score is not None):
        found.setdefault(one.code, []).append(one.score or 0.0)
    return {code: Range(min(several), max(several)) for code, several in found.items()}


def shares(instrument: Instrument, form: Form, given: Given) -> Mapping[str, Shares]:
    """How sure those were who gave a level, by dimension and "overall"; only of what the form asks."""
    asked = {i.code for capability in instrument.capabilities() for i in capability.asked(form)}
    counts: dict[str, dict[str, int]] = {}
    for (item, aspect), said in given.items():
        if aspect is not Aspect.AS_IS or item not in asked:
            continue
        for _, one in said:
            if one.level is not None and one.source is Source.RESPONDENT:
                for code in (instrument.dimension_of[item].code, "overall"):
                    of_it = counts.setdefault(code, dict.fromkeys((*Certainty, "unsaid"), 0))
                    of_it[one.certainty or "unsaid"] += 1
    return {code: Shares(**{str(name): count for name, count in of_it.items()}) for code, of_it in counts.items()}


def scores(card: Scorecard) -> Iterable[Score]:
    """The overall score, then each dimension and each capability."""
    return (card.overall, *card.dimensions, *card.capabilities)


def _without(given: Given, who: int) -> Given:
    """The responses of everybody else, and what was agreed."""
    left = {
        key: [(voice, one) for voice, one in said if voice != who or one.source is Source.AGREED]
        for key, said in given.items()
    }
    return {key: said for key, said in left.items() if said}
