"""Evidence: for which statement it is, its copy here, and what happens when the platform does not hand it out."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import Inbound, hear
from bot.fetching import TRIES, Fetcher
from bot.messages import Fetched, FetchOutcome, Throttled, Unreachable
from flows.events import Answered, AnyEvent, Attached, Consented, Reopened, Started, Typed
from flows.events.asides import Assured, Noted, Refiled, Removed
from flows.margin.filing import LARGEST, MOST
from flows.prompts import Notice
from flows.prompts.interludes import Filed
from flows.turn import Erasing, Evidence, Refiling
from storage import evidence
from storage.database import Database, write
from storage.files import Files
from storage.outbox import Delivery
from storage.sessions import find
from tests.conftest import Clock
from tests.people import JOINED, claim, invite, last_kept, notices, play, settle

PHOTO = Attached("photo", "file-1")
PLAN = b"the plan"


def filed(*events: AnyEvent) -> Filed:
    """What is said of the last of these."""
    return next(prompt for prompt in play(JOINED, *events).prompts if isinstance(prompt, Filed))


def test_a_code_in_the_caption_says_for_which_statement_it_is() -> None:
    """A statement's code, or that of a capability with one statement; any other code does not."""
    for caption in ("1.3.1 our plan", "1.3: our plan"):
        assert filed(Attached("photo", "file-1", caption)).item == "1.3.1"
    assert filed(Attached("photo", "file-1", "9.9.9 our plan")).item == "1.1.1"


def test_a_reply_to_a_card_is_for_its_statement() -> None:
    """Whatever is being asked meanwhile; nothing else is offered then."""
    told = filed(Answered("1.1.1", "3"), Answered("1.2.1", "3"), Attached("photo", "file-1", card="1.1"))
    assert (told.item, told.other) == ("1.1.1", "")


def test_an_album_is_for_one_statement_and_told_once() -> None:
    """The first photo has the caption, the others follow it on the same card."""
    album = [Attached("photo", f"file-{n}", "1.3.1" if n == 1 else "", group="77") for n in (1, 2, 3)]
    told = filed(*album)
    assert (told.item, told.first, told.last, told.card) == ("1.3.1", 1, 3, filed(album[0]).card)
    turn = play(JOINED, *album, Refiled("1-3", "1.1.1"))
    assert turn.keeps == (Refiling((1, 2, 3), "1.1.1"),)


def test_what_was_meant_for_the_answer_before_is_put_right_with_a_tap() -> None:
    """The statement answered last is offered; a button that means nothing any more changes nothing."""
    assert filed(Answered("1.1.1", "3"), PHOTO).other == "1.1.1"
    turn = play(JOINED, Answered("1.1.1", "3"), PHOTO, Refiled("1", "1.1.1"))
    assert (turn.session.filed, turn.keeps) == (("1.1.1",), (Refiling((1,), "1.1.1"),))
    for odd in (Refiled("7", "1.1.1"), Refiled("1", "9.9.9"), Refiled("x", "1.1.1"), Refiled("0", "1.1.1")):
        after = play(turn.session, odd)
        assert (after.session, after.keeps, notices(after)[0].kind) == (turn.session, (), "old_button")


@pytest.mark.parametrize("text", ["https://valencia.example/x our figures", "our figures: HTTPS://valencia.example/x"])
def test_a_text_with_a_link_is_evidence(text: str) -> None:
    """Before or after the words; but a reason with a link in it is the reason."""
    (kept,) = play(JOINED, Typed(text)).keeps
    assert isinstance(kept, Evidence)
    assert (kept.kind, kept.item, kept.copy) == ("link", "1.1.1", False)
    reason = last_kept(play(JOINED, Answered("1.1.1", "not_applicable"), Typed(text)))
    assert reason.comment == text


def test_a_link_is_taken_as_people_write_it() -> None:
    """Without its scheme, and without the stop of the sentence it ends."""
    for text, link in (
        ("www.valencia.es/plan", "www.valencia.es/plan"),
        ("See https://a.example/x.", "https://a.example/x"),
    ):
        (kept,) = play(JOINED, Typed(text)).keeps
        assert isinstance(kept, Evidence)
        assert kept.reference == link


def test_a_file_too_large_is_left_where_it_is_and_counts() -> None:
    """It is kept as evidence, and whoever sent it knows not to delete it."""
    turn = play(JOINED, Attached("video", "file-1", size=LARGEST + 1))
    (kept,) = turn.keeps
    assert isinstance(kept, Evidence)
    assert not kept.copy
    assert [notice.kind for notice in notices(turn)] == ["file_too_large"]


def test_there_is_an_end_to_files_for_one_statement() -> None:
    """The next one is not kept, and that is said; after one is removed there is room again."""
    full = play(JOINED, *[PHOTO] * MOST)
    turn = play(full.session, PHOTO)
    assert (turn.keeps, notices(turn)[0].kind) == ((), "enough_files")
    assert play(full.session, Removed("file", "1"), PHOTO).keeps


def test_what_was_removed_is_gone_once() -> None:
    """Files by number, a comment from the answer or while it waits; a second tap is answered kindly."""
    turn = play(JOINED, PHOTO, Removed("file", "1"))
    assert turn.keeps == (Erasing("file", numbers=(1,)),)
    assert notices(play(turn.session, Removed("file", "1")))[0].kind == "gone_already"
    said = play(JOINED, Answered("1.1.1", "3"), Noted("1.1.1 We began late."), Noted("1.3.1 Not yet."))
    for code in ("1.1.1", "1.3.1"):
        gone = play(said.session, Removed("comment", code))
        assert gone.keeps == (Erasing("comment", code),)
        assert notices(play(gone.session, Removed("comment", code)))[0].kind == "gone_already"


def test_how_sure_one_is_stays_with_the_answer() -> None:
    """Said after the answer, it is kept with it; a changed level keeps it."""
    turn = play(JOINED, Answered("1.1.1", "3"), Assured("measured", "1.1.1"), Reopened("1.1.1"), Answered("1.1.1", "4"))
    assert (last_kept(turn).level, last_kept(turn).certainty) == (4, "measured")


class Platform:
    """A platform that answers as it is told, file by file."""

    name = "test"

    def __init__(self, *outcomes: FetchOutcome) -> None:
        self.outcomes, self.asked = list(outcomes), 0

    async def fetch(self, reference: str) -> FetchOutcome:
        """The next of its answers, the last one for ever."""
        assert reference == "file-1"
        self.asked += 1
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]


class Sender:
    """Somebody who has sent a document, in a store."""

    def __init__(self, database: Database, clock: Clock, folder: Path) -> None:
        self.database, self.clock, self.files = database, clock, Files(folder)
        self._updates = 0
        (code,) = invite(database, clock())
        self.act(Started(code), Consented(agreed=True), Attached("document", "file-1", name="plan.pdf"))
        self.told()

    def act(self, *events: AnyEvent) -> None:
        """One after the other."""
        for event in events:
            self._updates += 1
            asyncio.run(hear(self.database, Inbound(f"t:{self._updates}", "test", "1", event), self.clock))

    def fetch(self, platform: Platform) -> None:
        """All that is due."""
        asyncio.run(Fetcher(self.database, platform, self.files, self.clock).drain())

    def sweep(self) -> None:
        """What is no longer wanted goes."""
        asyncio.run(Fetcher(self.database, Platform(None), self.files, self.clock).sweep())

    @property
    def kept(self) -> list[evidence.Kept]:
        """Their evidence."""
        standing = self.database.read(lambda tx: find(tx, "test", "1"))
        assert standing is not None
        return self.database.read(lambda tx: evidence.of_session(tx, standing.row))

    def told(self) -> list[str]:
        """The kinds of notices since this was asked last."""
        found: list[Delivery] = []
        while claimed := claim(self.database, self.clock()):
            found += claimed
            for one in claimed:
                settle(self.database, one, self.clock())
        return [one.prompt.kind for one in found if isinstance(one.prompt, Notice)]


@pytest.fixture
def sender(database: Database, clock: Clock, tmp_path: Path) -> Sender:
    """Somebody whose document is still to be fetched."""
    return Sender(database, clock, tmp_path / "evidence")


def test_a_file_is_kept_once_under_the_digest_of_its_content(sender: Sender) -> None:
    """Sent twice, it lies there once; nothing is fetched a second time."""
    sender.act(Attached("document", "file-1", name="plan.pdf"))
    platform = Platform(Fetched(PLAN))
    sender.fetch(platform)
    sender.fetch(platform)
    digest = hashlib.sha256(PLAN).hexdigest()
    assert [(one.digest, one.size, one.name, one.due) for one in sender.kept] == [(digest, 8, "plan.pdf", None)] * 2
    assert sender.files.path(digest).read_bytes() == PLAN
    assert platform.asked == 2
    assert sender.told() == []


def test_a_platform_that_does_not_answer_is_asked_again_later(sender: Sender) -> None:
    """After the time it asks for, or ever later; then it is fetched after all."""
    platform = Platform(Throttled(5), Unreachable("TimedOut"), Fetched(PLAN))
    for _ in range(3):
        sender.fetch(platform)
        sender.clock.pass_(minutes=1)
    assert (platform.asked, sender.kept[0].size) == (3, 8)


def test_a_fetch_that_died_is_done_by_the_next_process(sender: Sender) -> None:
    """What was claimed is not fetched twice at once, and due again when its time is over."""
    write(sender.database, lambda tx: evidence.claim(tx, "test", sender.clock()))
    platform = Platform(Fetched(PLAN))
    sender.fetch(platform)
    assert platform.asked == 0
    sender.clock.at += evidence.LEASE
    sender.fetch(platform)
    assert sender.kept[0].size == 8


@pytest.mark.parametrize("outcome", [None, Fetched(b"x" * (LARGEST + 1))])
def test_a_file_that_cannot_be_had_is_left_at_the_platform(sender: Sender, outcome: FetchOutcome) -> None:
    """It keeps its reference and counts, and its sender is told, once."""
    platform = Platform(outcome)
    sender.fetch(platform)
    sender.clock.pass_(days=1)
    sender.fetch(platform)
    assert [(one.reference, one.digest, one.due) for one in sender.kept] == [("file-1", None, None)]
    assert (platform.asked, sender.told()) == (1, ["file_left"])


def test_a_platform_that_never_answers_is_given_up(sender: Sender) -> None:
    """After a day or so, and then it is said."""
    platform = Platform(Unreachable("NetworkError"))
    for _ in range(TRIES + 5):
        sender.fetch(platform)
        sender.clock.pass_(hours=1)
    assert (platform.asked, sender.told()) == (TRIES, ["file_left"])


def test_a_removed_file_goes_with_its_copy(sender: Sender) -> None:
    """The row at once, the copy with the next sweep, unless another statement has the same file."""
    sender.act(Attached("document", "file-1", "1.3.1"))
    sender.fetch(Platform(Fetched(PLAN)))
    path = sender.files.path(hashlib.sha256(PLAN).hexdigest())
    sender.clock.at += timedelta(days=400)  # the copy's own time is this machine's
    sender.act(Removed("file", "1"))
    sender.sweep()
    assert ([one.number for one in sender.kept], path.exists()) == ([2], True)
    sender.act(Removed("file", "2"))
    sender.sweep()
    assert (sender.kept, path.exists()) == ([], False)
