"""The meetings in a rehearsal: what it lists of them is what is sent, also after the close."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from storage.opening import open_database
from tests.conftest import Clock
from tests.staging import Stage
from tests.test_commands import Run, read, run
from tests.test_rehearsing import played

__all__ = ["run"]

BEGINNING = (
    "(a short wave of Valencia opens and closes in ten days)",
    "(Eva is invited to Valencia as coordinator)",
    "Eva> /start CODE",
    "Eva> yes",
    "(Iris offers a kick-off on 2026-11-25 10:00)",
    "(Iris offers a wrap-up on 2026-12-15 10:00)",
    "Eva> /meetings",
    "Eva> Presentation",
    "Eva> /meetings",
    "Eva> Results",
)


def test_reminders_of_meetings_are_rehearsed_under_names_that_people_use(
    reopen: Callable[[], Database], clock: Clock, tmp_path: Path
) -> None:
    """A day and 15 minutes before each, with the slides; what is rehearsed is what is sent."""
    stage = Stage(reopen, clock, tmp_path / "files")
    for line in BEGINNING:
        stage.play(line)
    rehearsed = [
        (one.at, one.person, one.kind, one.reason or "".join(one.about))
        for one in played(reopen(), clock(), {})
        if one.kind in {"kick_off", "wrap_up", "slides"}
    ]
    assert [one[2:] for one in rehearsed] == [
        *(("kick_off", "day"), ("slides", "kick_off"), ("kick_off", "soon")),
        *(("wrap_up", "day"), ("slides", "wrap_up"), ("wrap_up", "soon")),
    ]
    stage.sent.clear()
    stage.play("(ten days pass)")
    stage.play("(ten days pass)")
    stage.play("(three days pass)")
    names = ("Coming up: ", "In a quarter of an hour: ", "Slides: ")
    sent = [(at, name) for at, name, message in stage.sent if message.title.startswith(names)]
    assert [one[:2] for one in rehearsed] == sent


def test_the_calendar_tells_them_to_people_and_to_programs(
    run: Run, sqlite_url: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, and under stable keys."""
    opened: list[Database] = []

    def reopen() -> Database:
        for one in opened:
            one.close()
        opened[:] = [open_database(sqlite_url)]
        return opened[0]

    monkeypatch.setattr("bot.commands.rehearsing.now", clock)
    stage = Stage(reopen, clock, tmp_path / "files")
    for line in BEGINNING:
        stage.play(line)
    text = run("rehearse", "valencia")
    for told in (
        *("reminder of the kick-off, a day before", "reminder of the kick-off, 15 minutes before"),
        *("slides for the kick-off", "reminder of the wrap-up, a day before", "slides for the wrap-up"),
    ):
        assert told in text
    kinds = {one["kind"] for one in read(run("rehearse", "valencia", "--json"))["messages"]}
    assert kinds == {"reminder", "close", "result", "kick_off", "wrap_up", "slides"}
    opened[0].close()
