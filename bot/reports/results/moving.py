"""What moved since the round before: scores of the same statements, then and now."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from model.instrument import Form, Instrument
from model.rounding import whole
from model.scoring import Score, Scorecard

_OVERALL = "overall"


class Moves(msgspec.Struct, frozen=True):
    """Score points (0-100) won or lost by code: overall, dimensions and capabilities; and when it was before.

    A score is compared where it showed both times and the statements behind it are the same.
    """

    since: date
    overall: float | None
    by_code: Mapping[str, float]

    @property
    def most(self) -> tuple[tuple[str, float], ...]:
        """The capabilities that moved, the largest move first."""
        capabilities = [(code, move) for code, move in self.by_code.items() if "." in code and whole(move)]
        return tuple(sorted(capabilities, key=lambda one: (-abs(one[1]), one[0])))


def moves(since: date, form: Form, then: tuple[Instrument, Scorecard], now: tuple[Instrument, Scorecard]) -> Moves:
    """What moved between two scorecards of one form."""
    before = {one.code: one.score for one in _scores(then[1])}
    same = frozenset(_unchanged(then[0], now[0], form))
    changed = {
        one.code: one.score - score
        for one in _scores(now[1])
        if one.score is not None and (score := before.get(one.code)) is not None and one.code in same
    }
    overall = changed.pop(_OVERALL, None)
    return Moves(since, overall, changed)


def _scores(card: Scorecard) -> list[Score]:
    return [card.overall, *card.dimensions, *card.capabilities]


def _unchanged(then: Instrument, now: Instrument, form: Form) -> Iterator[str]:
    """The codes behind which the same statements stand in both; the overall score's where that is so of all."""
    old = {c.code: [i.statement for i in c.asked(form)] for c in then.capabilities()}
    whole = True
    for dimension in now.dimensions:
        alike = {c.code: old.get(c.code) == [i.statement for i in c.asked(form)] for c in dimension.capabilities}
        yield from (code for code, is_alike in alike.items() if is_alike)
        if all(alike.values()):
            yield dimension.code
        whole = whole and all(alike.values())
    if whole:
        yield _OVERALL
