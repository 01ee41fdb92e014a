"""The figures of a run: each rate with its spread, the ratios between them, and which of those are required."""

from operator import truediv
from statistics import median

import msgspec

WAITING = 32
"""How many people wait for the store at once; also the size of the bare groups."""

MANY, ONE = f"whole answers, {WAITING} people waiting", "whole answers, one person"
DISPATCH = "python-telegram-bot, parse and dispatch"
BARE, GROUPED = "bare sqlite3, a commit an answer", f"bare sqlite3, {WAITING} answers a commit"
MEASURED = (MANY, DISPATCH, ONE, BARE, GROUPED)


class Rate(msgspec.Struct, frozen=True):
    """Answers or updates a second over all rounds."""

    name: str
    median: float
    lowest: float
    highest: float


class Ratio(msgspec.Struct, frozen=True):
    """One rate over another, as the median of the rounds; `required` is the least it may be, None for information."""

    of: str
    to: str
    value: float
    required: float | None

    @property
    def missed(self) -> bool:
        """Whether less than what is required."""
        return self.required is not None and self.value < self.required


class Figures(msgspec.Struct, frozen=True):
    """All that a run found out. `answers` is how many whole answers were given, checked one by one against the log."""

    rates: tuple[Rate, ...]
    ratios: tuple[Ratio, ...]
    rounds: int
    seconds: float
    answers: int


_RATIOS: tuple[tuple[str, str, float | None], ...] = (
    (MANY, DISPATCH, 0.25),
    (ONE, DISPATCH, None),
    (ONE, BARE, 0.4),
    (MANY, BARE, 0.4),
    (MANY, GROUPED, None),
)


def figures(measured: dict[str, list[float]], seconds: float, answers: int) -> Figures:
    """The figures of what was measured, round by round."""
    rates = tuple(Rate(name, median(found), min(found), max(found)) for name, found in measured.items())
    # Round by round, since what slows a machine down for a while slows both.
    ratios = tuple(
        Ratio(of, to, median(map(truediv, measured[of], measured[to])), required) for of, to, required in _RATIOS
    )
    return Figures(rates, ratios, len(measured[MANY]), seconds, answers)


def table(found: Figures) -> str:
    """The figures as lines for people."""
    wide = max(len(f"{ratio.of} / {ratio.to}") for ratio in found.ratios)
    lines = [f"{'a second':<{wide}}  {'median':>8}  {'lowest - highest':>18}"]
    for rate in found.rates:
        spread = f"{rate.lowest:,.0f} - {rate.highest:,.0f}"
        lines.append(f"{rate.name:<{wide}}  {rate.median:>8,.0f}  {spread:>18}")
    lines += ["", f"{'ratio (median of the rounds)':<{wide}}  {'':>8}  {'required':>18}"]
    for ratio in found.ratios:
        least = "-" if ratio.required is None else f">= {ratio.required:.2f}{' MISSED' if ratio.missed else ''}"
        lines.append(f"{f'{ratio.of} / {ratio.to}':<{wide}}  {ratio.value:>8.2f}  {least:>18}")
    return "\n".join(lines)


def sentence(missed: Ratio) -> str:
    """What was missed, for people."""
    return f"Missed: {missed.of} / {missed.to} is {missed.value:.2f}, and must be at least {missed.required:.2f}."
