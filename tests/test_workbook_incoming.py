"""A workbook on its way here: fetched and read once, also when processes die, updates come twice and platforms fail."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.fetching import Fetcher
from bot.incoming import TRIES
from bot.messages import Fetched, FetchOutcome, Throttled, Unreachable
from flows.events import Answered, Attached
from flows.events.sheeting import Imported
from flows.prompts import Notice, Prompt
from flows.prompts.interludes import Filed
from flows.prompts.sheets import SheetFaults, SheetNews, SheetPreview, SheetTaken
from storage import evidence, sheets
from storage.database import Database, write
from storage.evidence import LEASE
from storage.files import Files
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.sheets import Filled, about, workbook

BOOK = Attached("document", "file-1", name="valencia-es-2026.xlsx", size=40_000)
FILLED: Filled = {"1.1.1": {"level": 4, "was": "2"}, "1.2.1": {"level": "planned?"}}


class Platform:
    """Hands out one file after the other, or says what it says instead."""

    name = CHANNEL

    def __init__(self, *answers: bytes | FetchOutcome) -> None:
        self.answers = [Fetched(one) if isinstance(one, bytes) else one for one in answers]
        self.asked = 0

    async def fetch(self, reference: str) -> FetchOutcome:
        """See `Source.fetch`."""
        assert reference == "file-1"
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Sender:
    """Eva of Valencia, who has answered 1.1.1 and sends her workbook."""

    def __init__(self, database: Database, clock: Clock, copies: Path) -> None:
        self.database, self.clock, self.copies = database, clock, Files(copies)
        self.team = Team(database, clock)
        eva = self.team.join("Eva", "coordinator")
        self.row = eva.row
        self.team.act(("Eva", Answered("1.1.1", "2")))
        self.team.told()
        self.content = workbook(about(self.team.city.id, self.team.wave.id, eva.respondent), FILLED)

    def fetch(self, *answers: bytes | FetchOutcome) -> list[Prompt]:
        """What Eva is told once all has been fetched that is due."""
        fetcher = Fetcher(self.database, Platform(*answers), self.copies, self.clock)
        asyncio.run(fetcher.drain())
        return self.team.told().get("Eva", [])

    def send(self, *answers: bytes | FetchOutcome) -> list[Prompt]:
        """What she is told after she sent a file that turns out to be this."""
        self.team.act(("Eva", BOOK))
        assert [type(one) for one in self.team.told()["Eva"]] == [SheetNews]
        return self.fetch(*answers or (self.content,))

    def decide(self, preview: Prompt, choice: str = "keep") -> list[Prompt]:
        """What she is told after a button of a preview."""
        assert isinstance(preview, SheetPreview)
        (button,) = (one for row in preview.rows for one in row if isinstance(one, Imported) and one.choice == choice)
        self.team.act(("Eva", button))
        return self.team.told()["Eva"]

    @property
    def level(self) -> int | None:
        """What counts for 1.1.1."""
        return self.team.session("Eva").responses["1.1.1"].level

    @property
    def files(self) -> list[str]:
        """The names of her evidence."""
        return [one.name for one in self.database.read(lambda tx: evidence.of_session(tx, self.row))]


@pytest.fixture
def sender(database: Database, clock: Clock, tmp_path: Path) -> Sender:
    """Eva, on each engine."""
    return Sender(database, clock, tmp_path / "evidence")


def test_a_workbook_is_shown_taken_and_no_evidence(sender: Sender) -> None:
    """Cells not understood first, then the preview; a tap takes the rest over, in the log as in the session."""
    faults, preview = sender.send()
    assert isinstance(faults, SheetFaults)
    assert (sender.level, sender.files) == (2, [])
    taken, *_ = sender.decide(preview)
    assert taken == SheetTaken(changed=1, left={"faults": 1})
    assert (sender.level, sender.files) == (4, [])
    sender.team.check()


def test_a_file_or_a_tap_that_comes_twice_counts_once(sender: Sender) -> None:
    """The same content sent again is told when it was taken; a second tap is told that it was."""
    *_, preview = sender.send()
    sender.decide(preview)
    sender.team.act(("Eva", Answered("1.1.1", "0")))
    sender.team.told()
    assert sender.decide(preview)[0] == SheetNews("taken_before", "2026-11-23")
    assert sender.send() == [SheetNews("twice", "2026-11-23")]
    assert sender.level == 0


def test_a_newer_file_takes_the_place_of_one_that_waits(sender: Sender) -> None:
    """The older preview's buttons do nothing any more."""
    *_, older = sender.send()
    *_, newer = sender.send()
    assert sender.decide(older)[0] == SheetNews("left_before", "2026-11-23")
    assert isinstance(sender.decide(newer)[0], SheetTaken)


def test_what_was_taken_or_left_is_kept_nowhere_else(sender: Sender) -> None:
    """Words in a workbook are in the log, where /mydata shows and removes them, and not in a drawer as well."""
    *_, preview = sender.send()
    number = preview.sheet if isinstance(preview, SheetPreview) else ""
    assert sender.database.read(lambda tx: sheets.find(tx, sender.row, number)).rows  # type: ignore[union-attr]
    sender.decide(preview, "cancel")
    left = sender.database.read(lambda tx: sheets.find(tx, sender.row, number))
    assert left is not None
    assert (left.rows, left.faults, left.state) == ((), (), "left")


def test_a_process_that_dies_while_it_reads_is_followed_by_another(sender: Sender) -> None:
    """What was claimed is not read twice at once, and is due again when its time is over."""
    sender.team.act(("Eva", BOOK))
    sender.team.told()
    assert write(sender.database, lambda tx: sheets.claim(tx, CHANNEL, sender.clock())) is not None
    assert sender.fetch(sender.content) == []
    sender.clock.at += LEASE
    *_, preview = sender.fetch(sender.content)
    assert isinstance(preview, SheetPreview)
    assert sender.fetch(sender.content) == []


def test_two_that_read_the_same_show_it_once(sender: Sender) -> None:
    """A process that was only slow finds it settled."""
    sender.team.act(("Eva", BOOK))
    sender.team.told()
    errand = write(sender.database, lambda tx: sheets.claim(tx, CHANNEL, sender.clock()))
    assert errand is not None
    sender.clock.at += LEASE
    *_, preview = sender.fetch(sender.content)
    assert not write(sender.database, lambda tx: sheets.settle(tx, errand, "x", None, sender.clock()))
    assert isinstance(sender.decide(preview)[0], SheetTaken)


def test_a_platform_that_does_not_answer_is_asked_again(sender: Sender) -> None:
    """After the time it asks for, or a little later; then the workbook is read."""
    assert sender.send(Throttled(5)) == []
    sender.clock.at += timedelta(seconds=6)
    assert sender.fetch(Unreachable("TimedOut")) == []
    sender.clock.at += timedelta(minutes=1)
    assert isinstance(sender.fetch(sender.content)[-1], SheetPreview)


def test_a_file_that_cannot_be_had_is_evidence_as_before(sender: Sender) -> None:
    """Refused by the platform, or never handed out: it counts, and its sender knows not to delete it."""
    told = sender.send(None)
    assert [type(one) for one in told if isinstance(one, Filed)] == [Filed]
    assert [one.kind for one in told if isinstance(one, Notice)] == ["file_left"]
    assert sender.send(Unreachable("TimedOut")) == []
    for _ in range(TRIES):
        sender.clock.at += timedelta(minutes=2)
        told = sender.fetch(Unreachable("TimedOut"))
    assert len(sender.files) == 2


def test_any_other_spreadsheet_is_evidence_with_a_copy(sender: Sender) -> None:
    """As it always was, once it is clear that it is none of ours."""
    told = sender.send(b"Name,Amount\nAna,3")
    assert told[0] == SheetNews("plain")
    assert any(isinstance(one, Filed) for one in told)
    (kept,) = sender.database.read(lambda tx: evidence.of_session(tx, sender.row))
    assert (kept.name, kept.digest is not None) == (BOOK.name, True)


def test_a_workbook_of_another_city_changes_nothing_here(sender: Sender) -> None:
    """It is refused whole, and is no evidence either."""
    assert sender.send(workbook(about("oakridge-gb"))) == [SheetNews("city", "oakridge-gb")]
    assert (sender.level, sender.files) == (2, [])


def test_the_close_comes_between_file_and_button(sender: Sender) -> None:
    """Nothing is taken after it, and that is said."""
    *_, preview = sender.send()
    sender.clock.pass_(days=11)
    sender.team.look()
    sender.team.told()
    assert sender.decide(preview)[0] == Notice("closed")
    assert sender.level == 2


def test_an_answer_between_preview_and_button_stays(sender: Sender) -> None:
    """It is newer than all that the preview showed."""
    *_, preview = sender.send()
    sender.team.act(("Eva", Answered("1.1.1", "0")))
    sender.team.told()
    taken = sender.decide(preview)[0]
    assert (taken, sender.level) == (SheetTaken(left={"newer": 1, "faults": 1}), 0)


def test_somebody_elses_button_finds_nothing(sender: Sender) -> None:
    """A workbook is its sender's."""
    *_, preview = sender.send()
    assert isinstance(preview, SheetPreview)
    sender.team.join("Ana")
    sender.team.told()
    sender.team.act(("Ana", Imported(preview.sheet, "all")), ("Ana", Imported("x" * 40, "all")))
    assert [one for one in sender.team.told()["Ana"] if isinstance(one, SheetNews)] == [SheetNews("gone")] * 2
    assert sender.level == 2
