"""The campaigns of tests/campaigns, played on both engines in virtual time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import cities
from storage.database import Database
from tests.conftest import Clock
from tests.lived import check_numbers, overall, said_last
from tests.staging import Stage, performed
from tests.staging_slack import Desks
from tests.staging_telegram import Phones

CAMPAIGNS = sorted((Path(__file__).parent / "campaigns").glob("*.txt"))


@pytest.mark.parametrize("path", CAMPAIGNS, ids=lambda path: path.stem)
def test_a_campaign_is_what_everybody_sees(
    path: Path, reopen: Callable[[], Database], clock: Clock, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Everybody sees just this, at just this time, however often the bot is killed and each update repeated.

    And every city's numbers are those of the independent sum over what it would export.
    """
    text = path.read_text(encoding="utf-8")
    with Phones() as phones, Desks() as desks:
        stage = Stage(reopen, clock, tmp_path / "files", phones, desks)
        played = performed(text, stage)
    database = reopen()
    checked = check_numbers(database, clock().date())
    if path.stem == "eight":
        (valencia,) = database.read(lambda tx: cities.find(tx, "Valencia"))
        assert checked
        assert said_last(stage.sent, "Valencia") == overall(database, valencia) != ""
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


ON_TELEGRAM = [path for path in CAMPAIGNS if "on Telegram are" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # the way in does not know the engine
@pytest.mark.parametrize("path", ON_TELEGRAM, ids=lambda path: path.stem)
def test_a_campaign_is_the_same_where_telegram_calls(
    path: Path, reopen: Callable[[], Database], clock: Clock, tmp_path: Path
) -> None:
    """By webhook everybody sees what they see where the bot polls."""
    text = path.read_text(encoding="utf-8")
    with Phones(webhook=True) as phones, Desks() as desks:
        assert performed(text, Stage(reopen, clock, tmp_path / "files", phones, desks)) == text
