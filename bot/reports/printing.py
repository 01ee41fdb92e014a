"""Charts, PDFs and slides: made in a process of their own, so that nobody waits for them."""

import asyncio
import hashlib
import multiprocessing
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

import msgspec

from bot.reports.charts import Chart, Form
from bot.reports.report.material import Figure
from bot.reports.results import Result
from bot.reports.results.dossiers import Dossier
from bot.reports.workbook.contents import Contents
from model.comparison import Benchmark

_books: dict[tuple[str, str], bytes] = {}
"""The complete model by digest and language: as often as it is asked for, it is the same."""


MOST_DRAWN = 128
"""Pictures kept in memory: about 40 KB each for a chat, 100 KB for a page."""
_drawn: OrderedDict[tuple[str, Form], Future[bytes]] = OrderedDict()
"""Charts by what they show, those being drawn too: a chart asked twice is drawn once, also at the same time."""


async def draw(chart: Chart, form: Form = "png") -> bytes:
    """The chart as PNG for a chat, or as SVG for a page."""
    key = (hashlib.blake2b(msgspec.json.encode(chart), digest_size=16).hexdigest(), form)
    found = _drawn.get(key)
    if found is None:
        found = _drawn[key] = _begin(chart, form)
        found.add_done_callback(lambda done: _settle(key, done))
        while len(_drawn) > MOST_DRAWN:
            _drawn.popitem(last=False)
    else:
        _drawn.move_to_end(key)
    # Shielded: whoever stops waiting does not take the picture from the others.
    return await asyncio.shield(asyncio.wrap_future(found))


def _begin(chart: Chart, form: Form) -> Future[bytes]:
    """The drawing under way; in a new process where the one before has died."""
    try:
        return _pool().submit(_draw, chart, form)
    except BrokenProcessPool:
        _pool.cache_clear()
        return _pool().submit(_draw, chart, form)


def _settle(key: tuple[str, Form], done: Future[bytes]) -> None:
    """What failed is forgotten, and drawn anew when it is asked for again."""
    if (done.cancelled() or done.exception() is not None) and _drawn.get(key) is done:
        _drawn.pop(key, None)


async def book(digest: str, code: str, version: str, language: str) -> bytes:
    """The complete model as PDF; `digest` is that of the instrument named."""
    if (digest, language) not in _books:
        loop = asyncio.get_running_loop()
        _books[digest, language] = await loop.run_in_executor(_pool(), _print, code, version, language)
    return _books[digest, language]


async def kick_off_deck(code: str, version: str, language: str, city: str) -> bytes:
    """The slides of the model for a city."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), _kick_off, code, version, language, city)


async def wrap_up_deck(result: Result, benchmark: Benchmark, language: str, conclusions: Sequence[str]) -> bytes:
    """The slides of a city's result."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool(), _wrap_up, result, benchmark, language, tuple(conclusions))


async def report(dossier: Dossier, language: str, figures: Mapping[str, Figure]) -> bytes:
    """A city's report as PDF; `figures` are its charts, drawn already."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), _report, dossier, language, dict(figures))


async def workbook(contents: Contents) -> bytes:
    """A workbook (.xlsx)."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), _workbook, contents)


def close() -> None:
    """Lets the process go, if there is one, and what it drew."""
    _drawn.clear()
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=False, cancel_futures=True)
        _pool.cache_clear()


@cache
def _pool() -> ProcessPoolExecutor:
    # Spawned: a fork of a process with threads may hang. Started with the first chart: most runs make none.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _draw(chart: Chart, form: Form) -> bytes:
    """Runs in that process, which alone loads matplotlib."""
    from bot.reports.drawing import render

    return render(chart, form)


def _print(code: str, version: str, language: str) -> bytes:
    """Runs in that process, which alone loads typst."""
    from bot.reports.model_pdf import model_pdf
    from bot.wording.catalogues import translations
    from model import library

    return model_pdf(library.instrument(code, version, language), translations(language))


def _kick_off(code: str, version: str, language: str, city: str) -> bytes:
    """Runs in that process, which alone loads what makes slides."""
    from bot.reports import decks
    from bot.wording.catalogues import translations
    from model import library

    return decks.kick_off(library.instrument(code, version, language), city, translations(language))


def _wrap_up(result: Result, benchmark: Benchmark, language: str, conclusions: Sequence[str]) -> bytes:
    """Runs in that process, which alone loads what makes slides."""
    from bot.reports import decks
    from bot.reports.results import instrument_of
    from bot.wording.catalogues import translations

    words = translations(language)
    return decks.wrap_up(result, benchmark, instrument_of(result, language), conclusions, words)


def _report(dossier: Dossier, language: str, figures: Mapping[str, Figure]) -> bytes:
    """Runs in that process, which alone loads typst."""
    from bot.reports.report import Material, report_pdf
    from bot.reports.results import instrument_of
    from bot.wording.catalogues import translations

    return report_pdf(Material(dossier, instrument_of(dossier.result, language), translations(language), figures))


def _workbook(contents: Contents) -> bytes:
    """Runs in that process, which alone loads what makes workbooks."""
    from bot.reports.workbook.making import make

    return make(contents)
