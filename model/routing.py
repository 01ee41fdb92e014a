"""Which items apply: an indicator with `ask_if` is asked only where another one reached a level."""

import operator
import re
from collections.abc import Callable, Collection, Mapping

from model.instrument import Indicator

_CONDITION = re.compile(r"^\s*(?P<code>\S+)\s*(?P<op>>=|<=|==|>|<)\s*(?P<level>[0-5])\s*$")
_OPERATORS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def condition(ask_if: str) -> tuple[str, Callable[[int], bool]] | None:
    """`1.1.2 >= 3` as the code it asks about and a test of its level; None where it is not such a condition."""
    parsed = comparison(ask_if)
    if parsed is None:
        return None
    code, sign, level = parsed
    test = _OPERATORS[sign]
    return code, lambda given: test(given, level)


def comparison(ask_if: str) -> tuple[str, str, int] | None:
    """`1.1.2 >= 3` as the code it asks about, the sign and the level; None where it is not such a condition."""
    found = _CONDITION.match(ask_if)
    return (found["code"], found["op"], int(found["level"])) if found else None


def applies(indicator: Indicator, levels: Mapping[str, int | None], asked: Collection[str]) -> bool | None:
    """Whether the indicator applies, given the levels known so far; None while that cannot be told.

    A condition on an indicator that this form does not ask is disregarded.
    """
    parsed = condition(indicator.ask_if) if indicator.ask_if else None
    if parsed is None or parsed[0] not in asked:
        return True
    level = levels.get(parsed[0])
    return None if level is None else parsed[1](level)
