"""The conversations of tests/transcripts: on the console with both engines, and on the platforms in every way there is.

On the console the store is opened anew at every line; on a platform one process holds a transcript, as it would take
minutes to introduce the bot at each line.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import Clock
from tests.playing import Player, performed
from tests.playing_elsewhere import Elsewhere
from tests.ways import WAYS

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
HERE_ONLY = "# Console only: "
"""How a transcript begins that can be played on no platform; the reason follows."""
EVERYWHERE = [path for path in TRANSCRIPTS if not path.read_text(encoding="utf-8").startswith(HERE_ONLY)]


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


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", EVERYWHERE, ids=lambda path: path.stem)
def test_a_transcript_is_the_same_on_every_platform(
    path: Path, way: str, reopen: Callable[[], Database], clock: Clock, tmp_path: Path
) -> None:
    """Word for word, by polling and webhook, over a socket and by signed requests; each request as it is specified."""
    text = path.read_text(encoding="utf-8")
    with WAYS[way]() as there, Elsewhere(reopen, clock, tmp_path / "files", there) as player:
        assert performed(text, player) == text
        assert there.faults == []
