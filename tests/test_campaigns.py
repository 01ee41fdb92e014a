"""The campaigns of tests/campaigns, played on both engines in virtual time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import Clock
from tests.staging import Stage, performed
from tests.staging_slack import Desks
from tests.staging_telegram import Phones

CAMPAIGNS = sorted((Path(__file__).parent / "campaigns").glob("*.txt"))


@pytest.mark.parametrize("path", CAMPAIGNS, ids=lambda path: path.stem)
def test_a_campaign_is_what_everybody_sees(
    path: Path, reopen: Callable[[], Database], clock: Clock, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Everybody sees just this, at just this time, however often the bot is killed and each update repeated."""
    text = path.read_text(encoding="utf-8")
    with Phones() as phones, Desks() as desks:
        played = performed(text, Stage(reopen, clock, tmp_path / "files", phones, desks))
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")
