"""`rehearse` and the city of eight: what it lists is what two platforms are sent."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Message
from storage.database import Database
from tests.conftest import Clock
from tests.staging import NUMBERS, Stage, script
from tests.staging_slack import Desks
from tests.staging_telegram import Phones
from tests.test_rehearsing import played, told


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # test_rehearsing reads a city from each engine
def test_the_city_of_eight_is_rehearsed_as_it_happens(
    reopen: Callable[[], Database], clock: Clock, tmp_path: Path
) -> None:
    """Reminders, digests, meetings with their slides and the close: each as it was sent on two platforms, no other."""
    before, rest = (Path(__file__).parent / "campaigns" / "eight.txt").read_text(encoding="utf-8").split("# From here")
    between = list(script("# From here" + rest.partition("# To here")[0]))
    with Phones() as phones, Desks() as desks:
        stage = Stage(reopen, clock, tmp_path / "files", phones, desks)
        for line in script(before):
            if not line.startswith("#"):
                stage.play(line)
        rehearsed = played(reopen(), clock(), finishing(between))
        sent_alone: list[tuple[datetime, str, Message]] = []
        for line in between[1:]:
            stage.sent.clear()
            stage.play(line)
            if "pass" in line:  # what is said when somebody answers is an answer
                sent_alone += stage.sent
    known = {"kick_off": "meeting", "wrap_up": "meeting"}
    sent = sorted((at, name.partition(" ")[0], kind) for at, name, message in sent_alone if (kind := told(message)))
    listed = [(one.at, one.person.partition(" ")[0], known.get(one.kind, one.kind)) for one in rehearsed]
    assert sorted(one for one in listed if one[0] <= clock()) == sent
    assert {kind for *_, kind in sent} == {"reminder", "digest", "meeting", "slides", "close", "result"}
    assert len(sent) > 30


def finishing(lines: list[str]) -> dict[str, timedelta]:
    """How long after the beginning of a script each person answers everything."""
    passed, found = timedelta(0), {}
    for line in lines:
        if span := re.fullmatch(r"\((\w+) days pass\)", line):
            passed += timedelta(days=NUMBERS[span[1]])
        elif answers := re.fullmatch(r"\((\w+) answers everything with \d\)", line):
            found[answers[1]] = passed
    return found
