"""Charts as values, and as PNG: drawn in a process of their own, so that nobody waits for a picture."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import msgspec


class Axis(msgspec.Struct, frozen=True):
    """One dimension on a radar: scores (0-100), None where there is none."""

    label: str
    today: float | None
    goal: float | None
    peers: float | None


class Radar(msgspec.Struct, frozen=True):
    """Where a city stands, where it wants to be, and the median of its peers."""

    title: str
    axes: tuple[Axis, ...]
    legend: tuple[str, str, str]
    footer: str


class Strip(msgspec.Struct, frozen=True):
    """One score beside its peers: median always, the quartiles where the rules allow them (0-100)."""

    label: str
    own: float | None
    median: float
    quartiles: tuple[float, float] | None


class Strips(msgspec.Struct, frozen=True):
    """A city beside its peers, a strip a dimension."""

    title: str
    strips: tuple[Strip, ...]
    legend: tuple[str, str, str]
    footer: str


Chart = Radar | Strips


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
