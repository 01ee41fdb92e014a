"""The decks of the two meetings: the model before the survey, the result after it (.pptx)."""

from collections.abc import Sequence
from gettext import NullTranslations

from bot.reports.results import Result
from model.comparison import Benchmark
from model.instrument import Instrument

# What makes slides takes a third of a second to load, and only whoever makes a deck needs it.


def kick_off(instrument: Instrument, city: str, words: NullTranslations) -> bytes:
    """The model for a city's heads of department, in about an hour."""
    from bot.reports.decks import of_model

    return of_model.kick_off(instrument, city, words)


def wrap_up(
    result: Result, benchmark: Benchmark, instrument: Instrument, conclusions: Sequence[str], words: NullTranslations
) -> bytes:
    """A city's result and what an expert concludes from it; scores are rounded to whole numbers."""
    from bot.reports.decks import of_results

    return of_results.wrap_up(result, benchmark, instrument, conclusions, words)
