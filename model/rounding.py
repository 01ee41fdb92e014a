"""How a number is shown: in whole points, halves away from zero, as spreadsheets do; the number itself stays as it is.

One rule for chat, pictures, papers and sheets: a score of 46.5 is 47 in each of them.
"""

from decimal import ROUND_HALF_UP, Decimal

_EXACT = 6
"""Digits that are sure: means of means are kept to nine, and what lies beyond is the noise of binary fractions."""
_MINUS = "\u2212"


def whole(value: float) -> int:
    """A score, or a difference of scores, in whole points."""
    return int(_rounded(value, Decimal(1)))


def tenth(value: float) -> Decimal:
    """What is no score, such as a spread of levels, to one decimal."""
    return _rounded(value, Decimal("0.1"))


def per_cent(share: float) -> int:
    """A share (0-1) in per cent."""
    return whole(100 * share)


def change(points: float) -> str:
    """Points won or lost: with a sign, none where they round to nothing."""
    moved = whole(points)
    return f"{'+' if moved > 0 else _MINUS}{abs(moved)}" if moved else "0"


def _rounded(value: float, step: Decimal) -> Decimal:
    return Decimal(str(round(value, _EXACT))).quantize(step, ROUND_HALF_UP)
