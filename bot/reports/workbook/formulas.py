"""The method as formulas of a cell: only what Excel from 2010 on, LibreOffice and Google Sheets calculate alike.

Each takes cells and spans of cells as text and gives a formula without its equals sign; "" stands for nothing.
"""

from collections.abc import Sequence

from model.instrument import Band
from model.scoring import POINTS

DIGITS = 9
"""As `model.scoring` rounds means."""


def text(words: str) -> str:
    """A text inside a formula."""
    return '"' + words.replace('"', '""') + '"'


def counted(keys: str, key: str, span: str, wanted: str) -> str:
    """How many responses with a key hold something in another column."""
    return f"COUNTIFS({keys},{key},{span},{wanted})"


def lower_middle(count: str, cells: Sequence[str]) -> str:
    """Which of the cells, from 0, the lower median of so many falls into, each cell counting those equal."""
    first = cells[0]
    below = [f"(SUM({first}:{cell})<INT(({count}+1)/2))" for cell in cells[:-1]]
    return "+".join(below)


def value(agreed: str, has: str, of_it: str, count: str, median: str) -> str:
    """The agreed value where there is one, else the lower median of those who gave a level."""
    return f'IF({agreed}>0,IF({has}=0,"",{of_it}),IF({count}=0,"",{median}))'


def points(level: str) -> str:
    """A level as a score."""
    return f'IF(ISNUMBER({level}),{level}*{POINTS},"")'


def low(applies: str, score: str) -> str:
    """A statement's score if what is missing were level 0."""
    return f'IF({applies}=0,"",IF(ISNUMBER({score}),{score},0))'


def high(applies: str, score: str) -> str:
    """A statement's score if what is missing were level 5."""
    return f'IF({applies}=0,"",IF(ISNUMBER({score}),{score},100))'


def mean(span: str) -> str:
    """The mean of the numbers in a span."""
    return f"ROUND(AVERAGE({span}),{DIGITS})"


def mean_if_any(count: str, span: str) -> str:
    """The mean of what applies, where anything does."""
    return f'IF({count}=0,"",{mean(span)})'


def capability(answered: str, applicable: str, scores: str) -> str:
    """A capability's score, from two thirds of its applicable statements on."""
    return f'IF(AND({applicable}>0,3*{answered}>=2*{applicable}),{mean(scores)},"")'


def dimension(scores: str, applicable: str) -> str:
    """A dimension's score, from three quarters of its applicable capabilities on."""
    whole = f'COUNTIF({applicable},">0")'
    return f'IF(AND({whole}>0,4*COUNT({scores})>=3*{whole}),{mean(scores)},"")'


def dimension_goal(goals: str, applicable: str) -> str:
    """A dimension's goal, from three quarters of its applicable capabilities on."""
    known = f'COUNTIFS({applicable},">0",{goals},">=0")'
    enough = f'AND({known}>0,4*{known}>=3*COUNTIF({applicable},">0"))'
    return f'IF({enough},ROUND(AVERAGEIFS({goals},{applicable},">0",{goals},">=0"),{DIGITS}),"")'


def overall(numbers: str, count: int) -> str:
    """The mean of the dimensions where all of them have the number."""
    return f'IF(COUNT({numbers})={count},{mean(numbers)},"")'


def share(part: str, whole: str) -> str:
    """A share of the whole, where there is one."""
    return f'IF({whole}=0,"",{part}/{whole})'


def difference(more: str, less: str) -> str:
    """The gap between two numbers that are both there."""
    return f'IF(AND(ISNUMBER({more}),ISNUMBER({less})),{more}-{less},"")'


def band(score: str, bands: Sequence[Band]) -> str:
    """The word for a score; the cut points belong to the lower band."""
    words = text(bands[-1].name)
    for one in reversed(bands[:-1]):
        words = f"IF({score}<={one.up_to},{text(one.name)},{words})"
    return f'IF(ISNUMBER({score}),{words},"")'
