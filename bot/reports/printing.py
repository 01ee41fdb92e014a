"""Charts and PDFs: made in a process of their own, so that nobody waits for them."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from bot.reports.charts import Chart

_books: dict[tuple[str, str], bytes] = {}
"""The complete model by digest and language: as often as it is asked for, it is the same."""


async def draw(chart: Chart) -> bytes:
    """The chart as PNG."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), _draw, chart)


async def book(digest: str, code: str, version: str, language: str) -> bytes:
    """The complete model as PDF; `digest` is that of the instrument named."""
    if (digest, language) not in _books:
        loop = asyncio.get_running_loop()
        _books[digest, language] = await loop.run_in_executor(_pool(), _print, code, version, language)
    return _books[digest, language]


def close() -> None:
    """Lets the process go, if there is one."""
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=False, cancel_futures=True)
        _pool.cache_clear()


@cache
def _pool() -> ProcessPoolExecutor:
    # Spawned: a fork of a process with threads may hang. Started with the first chart: most runs make none.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _draw(chart: Chart) -> bytes:
    """Runs in that process, which alone loads matplotlib."""
    from bot.reports.drawing import render

    return render(chart)


def _print(code: str, version: str, language: str) -> bytes:
    """Runs in that process, which alone loads typst."""
    from bot.reports.model_pdf import model_pdf
    from bot.wording.catalogues import translations
    from model import library

    return model_pdf(library.instrument(code, version, language), translations(language))
