"""Charts as PNG: drawn in a process of their own, so that nobody waits for a picture."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from bot.reports.charts import Chart


async def draw(chart: Chart) -> bytes:
    """The chart as PNG."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), _render, chart)


def close() -> None:
    """Lets the drawing process go, if there is one."""
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=False, cancel_futures=True)
        _pool.cache_clear()


@cache
def _pool() -> ProcessPoolExecutor:
    # Spawned: a fork of a process with threads may hang. Started with the first chart: most runs draw none.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _render(chart: Chart) -> bytes:
    """Runs in the drawing process, which alone loads matplotlib."""
    from bot.reports.drawing import render

    return render(chart)
