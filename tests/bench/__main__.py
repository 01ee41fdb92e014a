"""Measures, in one run and turn by turn, whole answers a second and what bounds them; `./run bench` calls it.

All on SQLite with synchronous=FULL, in files of their own on a disk. Every measurement has its turn in every round,
in another order each time, and counts with its median, because machines are noisy. Between turns, and outside of what
is timed, the outbox is emptied as the relay would. Afterwards the store must hold exactly what was answered.
"""

import argparse
import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from telegram import Bot

from model import library
from storage import revisions
from storage.sqlite import SQLite
from tests.bench import bare, bytes_in, content, peers, report
from tests.bench.answers import Answers
from tests.bench.bare import Bare
from tests.bench.bytes_in import NO_SESSION, TOKEN, Offline
from tests.bench.dispatch import Dispatch, application
from tests.bench.figures import BARE, DISPATCH, GROUPED, MANY, MEASURED, ONE, WAITING, Figures, figures, sentence, table
from tests.bench.walk import walk

ROUNDS = 10
SECONDS = 40.0
"""All measuring together; with what it takes to prepare and to check, a run stays below a minute."""
FOLDER = Path("/var/tmp")
"""Files here outlive a restart, so it is never a disk in memory, as /tmp may be."""

WARM_UP = 0.3
"""Seconds of each measurement before the first round, so that everything is loaded and compiled."""

Measure = Callable[[float], Awaitable[float]]


async def run(folder: Path, seconds: float) -> Figures:
    """The figures, from stores in `folder`, after `seconds` of measuring. Raises AssertionError for a wrong store."""
    store = folder / "answers.sqlite3"
    revisions.upgrade(f"sqlite:///{store}")
    database = SQLite(f"sqlite:///{store}")
    assert database._writing.execute("PRAGMA synchronous").fetchone() == (2,), "FULL, or nothing is durable"
    try:
        async with Bot(TOKEN, request=Offline(), get_updates_request=Offline()) as bot:
            answers = Answers(database, bot)
            await answers.invite(WAITING + 1)
            measured = await _measured(answers, store, seconds)
        answers.check()
    finally:
        database.close()
    bare.check(store)
    return figures(measured, seconds, answers.answered)


async def _measured(answers: Answers, store: Path, seconds: float) -> dict[str, list[float]]:
    """Each measurement's rates, round by round."""
    instrument = library.instrument(*library.DEFAULT)
    taken = walk(instrument, msgspec.structs.replace(answers.people[0].session, id=NO_SESSION))
    answers.give_out(taken, instrument)
    await answers.walk_once(taken)
    dispatch = Dispatch(await application(), bytes_in.rests(instrument, taken.again))
    single, grouped = (
        Bare(bare.copy(store, store.with_name(f"{name}.sqlite3")), taken.again, WAITING)
        for name in ("single", "grouped")
    )
    many, one = answers.people[:WAITING], answers.people[WAITING:]

    async def bare_rate(writer: Bare, group: int, for_seconds: float) -> float:
        return writer.measure(group, for_seconds)

    measures: dict[str, Measure] = {
        MANY: lambda s: answers.measure(many, s),
        ONE: lambda s: answers.measure(one, s),
        DISPATCH: dispatch.measure,
        BARE: lambda s: bare_rate(single, 1, s),
        GROUPED: lambda s: bare_rate(grouped, WAITING, s),
    }
    gc.collect()
    gc.freeze()  # what was prepared is not to be looked through again and again
    found: dict[str, list[float]] = {name: [] for name in MEASURED}
    for number in range(-1, ROUNDS):
        for name in MEASURED[number:] + MEASURED[:number]:
            rate = await measures[name](seconds / ROUNDS / len(MEASURED) if number >= 0 else WARM_UP)
            if number >= 0:
                found[name].append(rate)
            for owing in (answers, single, grouped):
                owing.empty_outbox()
    single.close()
    grouped.close()
    return found


def main() -> int:
    """Prints the figures; 1 where a required ratio is missed."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Whole answers a second, beside what bounds them.")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="of measuring, all rounds together (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="the figures as JSON, unrounded")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="on the disk to be measured (%(default)s)")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="maturitybot-bench-", dir=options.folder) as folder:
        found = asyncio.run(run(Path(folder), options.seconds))
        taken = [*content.times(), *peers.times(Path(folder)), *report.times(Path(folder))]
    if options.json:
        print(msgspec.json.encode(found).decode())
    else:
        print(table(found))
        print(
            f"\n{found.answers:,} whole answers, each durable (synchronous=FULL) and found again in the log; "
            f"{found.rounds} rounds in {time.monotonic() - begun:.0f} s."
        )
        print("\n".join(f"{one.what}: {1000 * one.seconds:.0f} ms" for one in taken))
    for missed in (ratio for ratio in found.ratios if ratio.missed):
        print(sentence(missed), file=sys.stderr)
    for late in (one for one in taken if one.missed):
        print(f"{late.what} took {late.seconds:.2f} s; {late.limit:.2f} s are allowed.", file=sys.stderr)
    return int(any(ratio.missed for ratio in found.ratios) or any(one.missed for one in taken))


if __name__ == "__main__":
    sys.exit(main())
