"""What stands beside a chart in a chat: its title and reading, and its table where there is room for it."""

from gettext import NullTranslations
from typing import Any

from bot.reports.charts import Chart
from bot.reports.readings.tables import lines
from bot.reports.results import Result

ROOM = 1000
"""Characters below a picture: Telegram allows 1,024."""


def facts(
    result: Result, chart: tuple[Chart, str] | None, words: NullTranslations, *, table: bool = False
) -> dict[str, Any]:
    """What the words beside a chart are filled with: the chart and its reading (None where nothing can be drawn)."""
    drawn, reading = chart or (None, "")
    return {
        "result": result,
        "chart_title": drawn.title if drawn else "",
        "reading": reading,
        "table": lines(drawn, words) if drawn and table else (),
    }
