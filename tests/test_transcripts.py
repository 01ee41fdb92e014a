"""The conversations of tests/transcripts, played on both engines against a store opened anew at every line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import Clock
from tests.playing import Player, performed

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_what_the_bot_says(
    path: Path, reopen: Callable[[], Database], clock: Clock, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The bot says just this, however often it is killed and each update repeated."""
    text = path.read_text(encoding="utf-8")
    played = performed(text, Player(reopen, clock, tmp_path / "files"))
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")
