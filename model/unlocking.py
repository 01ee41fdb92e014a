"""What unlocks most: which indicators to ask next so that the most scores of a city show, and what holds them back."""

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import msgspec

from model.instrument import Capability, Form, Instrument
from model.scoring import CAPABILITY_GATE, DIMENSION_GATE


def unlocking(
    instrument: Instrument,
    form: Form,
    answered: Collection[str],
    open_items: Sequence[str],
    most: int,
    out: Collection[str] = (),
) -> tuple[str, ...]:
    """At most `most` of `open_items`, those whose answers show the most capabilities; a capability's stand together.

    Capabilities that this many answers can open come first: the one with the fewest to go, of equals the one whose
    dimension then has the fewest to go, of equals the first in the instrument. Then follow those that can only come
    nearer, fewest first, and what opens nothing only where nothing else is left. `answered` is what the city has
    answered; an indicator that does not apply may stand there, or exactly in `out`, which leaves the denominator.
    """
    settled, wanted = frozenset(answered) | frozenset(out), frozenset(open_items)
    gates = _gates(instrument, form, answered, out)
    asked = (i.code for capability in instrument.capabilities() for i in capability.asked(form))
    usable = [code for code in asked if code in wanted]
    useful: dict[str, list[str]] = {}
    for code in usable:
        if code not in settled:
            useful.setdefault(instrument.capability_of[code].code, []).append(code)
    chosen = _opened(gates, useful, max(0, most))
    taken = {code for codes in chosen.values() for code in codes}
    # What opens nothing still adds to the coverage, unless the city has it already.
    spare = sorted((code for code in usable if code not in taken), key=settled.__contains__)
    for code in spare[: max(0, most - len(taken))]:
        chosen.setdefault(instrument.capability_of[code].code, []).append(code)
    return tuple(code for codes in chosen.values() for code in codes)


def holding_back(
    instrument: Instrument, form: Form, answered: Collection[str], out: Collection[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """For each dimension that does not show yet, in order: the indicators of which some answers are still needed.

    They are the unanswered ones of every capability of it that does not show, capability by capability: the one with
    the fewest answers to go first, equals in the order of the instrument. A capability needs some of its own, the
    dimension some of the capabilities. A dimension that shows is left out, and so is one in which nothing applies.
    """
    found: dict[str, tuple[str, ...]] = {}
    settled = frozenset(answered) | frozenset(out)
    for dimension, gate in zip(instrument.dimensions, _gates(instrument, form, answered, out), strict=True):
        missing = sorted(
            (c for c in dimension.capabilities if gate.needs.get(c.code)), key=lambda c: gate.needs[c.code]
        )
        if not gate.shows:
            codes = (i.code for capability in missing for i in capability.asked(form))
            found[dimension.code] = tuple(code for code in codes if code not in settled)
    return found


class _Gate(msgspec.Struct):
    """A dimension's gate: how many answers each capability that applies still needs, and how many must show."""

    needs: dict[str, int]
    must_show: int

    @property
    def shows(self) -> bool:
        """Whether enough capabilities show, or none applies."""
        return not self.answers_to_go()

    def answers_to_go(self, but: str = "") -> int:
        """The fewest answers that make the dimension show, as if capability `but` showed already."""
        needs = sorted(0 if code == but else need for code, need in self.needs.items())
        return sum(needs[: self.must_show])


def _gates(instrument: Instrument, form: Form, answered: Collection[str], out: Collection[str]) -> list[_Gate]:
    """The gates of all dimensions as the city stands."""
    given, beside = frozenset(answered), frozenset(out)
    found = []
    for dimension in instrument.dimensions:
        needs = {c.code: _need(c, form, given, beside) for c in dimension.capabilities}
        applicable = {code: need for code, need in needs.items() if need is not None}
        found.append(_Gate(applicable, _share(DIMENSION_GATE, len(applicable))))
    return found


def _opened(gates: Sequence[_Gate], useful: dict[str, list[str]], left: int) -> dict[str, list[str]]:
    """The best `left` of the useful indicators, by capability; they are taken out of `useful`."""
    chosen: dict[str, list[str]] = {}
    while left and (best := _best(gates, useful, left)):
        needs, code = best
        chosen[code] = useful.pop(code)[: min(left, needs[code])]
        left -= len(chosen[code])
        needs[code] -= len(chosen[code])
    return chosen


def _best(gates: Sequence[_Gate], useful: Mapping[str, Sequence[str]], left: int) -> tuple[dict[str, int], str] | None:
    """The capability to take next, in its gate's needs: one that `left` answers open before one they bring nearer."""
    ranked = [
        ((need > min(left, len(useful[code])), need, gate.shows, gate.answers_to_go(but=code)), (gate.needs, code))
        for gate in gates
        for code, need in gate.needs.items()
        if need and useful.get(code)
    ]
    return min(ranked, key=lambda rank: rank[0])[1] if ranked else None


def _need(capability: Capability, form: Form, answered: Collection[str], out: Collection[str]) -> int | None:
    """How many more answers make a capability show; None where nothing of it applies."""
    applicable = [i.code for i in capability.asked(form) if i.code not in out]
    given = sum(code in answered for code in applicable)
    return max(0, _share(CAPABILITY_GATE, len(applicable)) - given) if applicable else None


def _share(gate: Fraction, of: int) -> int:
    """The fewest of so many that pass a gate."""
    return math.ceil(gate * of)
