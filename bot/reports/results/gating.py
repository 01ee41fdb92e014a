"""What is still needed until a city's scores show: the statements that hold its dimensions back."""

from collections.abc import Mapping

from bot.reports.results import Result, instrument_of
from model.unlocking import holding_back


def needed(result: Result) -> Mapping[str, tuple[str, ...]]:
    """For each dimension that does not show yet: the statements of which some answers are still needed."""
    card = result.scorecard
    parts = [one for capability in card.capabilities for one in capability.indicators]
    given = [one.code for one in parts if one.answered]
    return holding_back(instrument_of(result), card.form, given, [one.code for one in parts if not one.applicable])


def shows(result: Result) -> bool:
    """Whether at least one dimension does: without any there is nothing to report."""
    return any(one.score is not None for one in result.scorecard.dimensions)
