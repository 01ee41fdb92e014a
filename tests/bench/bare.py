"""The floor below an answer: its rows, ready made, in a transaction of the plain sqlite3 module."""

import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from flows import packing
from flows.prompts import Prompt
from flows.session import Session
from model.responses import Response
from storage.sqlite import _PRAGMAS
from tests.bench.walk import Answer

_INBOX = "INSERT INTO inbox (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
_RESPONSE = (
    "INSERT INTO response (session_id, item, aspect, level, non_response, year, source, certainty, comment, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SESSION = "UPDATE session SET state = ?, updated_at = ? WHERE id = ?"
_OUTBOX = (
    "INSERT INTO outbox (address_id, session_id, card, prompt, due, tries, state) VALUES (?, ?, ?, ?, ?, 0, 0) "
    "ON CONFLICT (address_id, card) DO UPDATE SET prompt = excluded.prompt, state = outbox.state + 1"
)
_AT = "2026-11-23 09:00:00.000000"

Writes = tuple[tuple[str, tuple[object, ...]], ...]
"""Statements with their values."""


class Bare:
    """A copy of the store, and one writer that knows nothing but the rows of `answers`."""

    def __init__(self, path: Path, answers: Sequence[Answer], people: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        places = self._connection.execute("SELECT id, session_id FROM address ORDER BY id LIMIT ?", (people,))
        standing = places.fetchall()
        assert len(standing) == people
        # Everybody's first answer, everybody's second one, ...: as people who wait for each other's commit give them.
        self._answers = itertools.cycle([_writes(answer, *of) for answer in answers for of in standing])
        self._updates = itertools.count(800_000_001)  # later ones than those of the store that was copied
        self._kept = self._responses()

    def measure(self, group: int, seconds: float) -> float:
        """Answers a second, `group` of them in a commit."""
        run, kept, begun = self._connection.cursor().execute, self._kept, time.perf_counter()
        while time.perf_counter() < begun + seconds:
            run("BEGIN IMMEDIATE")
            for writes in itertools.islice(self._answers, group):
                run(_INBOX, (f"telegram:4242:{next(self._updates)}", _AT))
                for sql, values in writes:
                    run(sql, values)
            run("COMMIT")
            self._kept += group
        return (self._kept - kept) / (time.perf_counter() - begun)

    def empty_outbox(self) -> None:
        """Lets go of what is owed."""
        self._connection.execute("DELETE FROM outbox")

    def close(self) -> None:
        """Checks that all was kept, and lets go."""
        kept = self._responses()
        assert kept == self._kept, f"{self._kept} answers were counted, and {kept} are kept"
        self._connection.close()

    def _responses(self) -> int:
        (kept,) = self._connection.execute("SELECT count(*) FROM response").fetchone()
        return int(kept)


def copy(store: Path, to: Path) -> Path:
    """A copy of a store at `to`: the same tables, made by the same migrations, and the same people."""
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


def check(store: Path) -> None:
    """Raises AssertionError where SQLite finds fault with a store."""
    with closing(sqlite3.connect(store)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        assert found == "ok", found


def _writes(answer: Answer, address: int, session: int) -> Writes:
    """All of an answer's rows but the inbox's, whose key is another each time."""
    (response,) = answer.turn.keeps
    assert isinstance(response, Response)
    after = answer.turn.session
    kept = (
        session,
        response.item,
        response.aspect.value,
        response.level,
        None,
        response.year,
        response.source.value,
        None,
        response.comment,
        _AT,
    )
    state = (msgspec.json.encode(after).decode(), _AT, session)
    owed = ((_OUTBOX, _owed(prompt, after, address, session)) for prompt in answer.turn.prompts)
    return (_RESPONSE, kept), (_SESSION, state), *owed


def _owed(prompt: Prompt, after: Session, address: int, session: int) -> tuple[object, ...]:
    return address, session, f"{after.id}/{prompt.card}" if prompt.card else None, packing.pack(prompt), _AT
