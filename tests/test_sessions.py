"""Sessions: the row holds what counts, and the log beside it everything that was ever said."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from flows.session import Session, with_response
from flows.turn import Evidence
from model.responses import Aspect, Certainty, NonResponse, Response, Source
from storage import addresses, evidence, sessions
from storage.database import Database, Transaction, write
from storage.sessions import Standing
from tests.conftest import Clock
from tests.people import meet

SAID = [
    Response("1.1.1", Aspect.AS_IS, level=0, certainty=Certainty.MEASURED, comment='"quoted" ñ 🦄\n'),
    Response("1.1.1", Aspect.AS_IS, non_response=NonResponse.NOT_APPLICABLE),
    Response("1.1", Aspect.TARGET, level=5, year=2029),
]


def say(transaction: Transaction, standing: Standing, response: Response, clock: Clock) -> Standing:
    """Keeps a response in log and row, as a turn does."""
    session = with_response(standing.session, response)
    sessions.append(transaction, standing.row, response, clock())
    sessions.keep(transaction, standing, session, clock())
    return msgspec.structs.replace(standing, session=session)


def test_a_chat_meets_its_session_again(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """The same chat on the same channel finds its session after a restart; any other gets one of its own."""
    first = meet(database, clock())
    session = msgspec.structs.replace(first.session, language="es", skipped=("1.1.1",))
    write(database, lambda tx: sessions.keep(tx, first, session, clock()))
    again = reopen()
    assert meet(again, clock()).session == session
    ids = {meet(again, clock(), chat, channel).session.id for chat in "12" for channel in ("test", "elsewhere")}
    assert len(ids) == 4


def test_a_session_keeps_what_was_said(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """Every kind of response comes back as it was, and row and log agree."""
    standing = meet(database, clock())
    for response in SAID:
        standing = write(database, lambda tx, s=standing, r=response: say(tx, s, r, clock))  # type: ignore[misc]
    again = reopen()
    assert meet(again, clock()).session == standing.session
    assert again.read(sessions.disagreements) == []


def test_a_row_that_does_not_hold_its_log_is_found(database: Database, clock: Clock) -> None:
    """A response in the log but not in the row is a disagreement, and one in the row but not in the log."""
    first, second = meet(database, clock(), "1"), meet(database, clock(), "2")
    write(database, lambda tx: sessions.append(tx, first.row, SAID[0], clock()))
    made_up = with_response(second.session, SAID[0])
    write(database, lambda tx: sessions.keep(tx, second, made_up, clock()))
    assert database.read(sessions.disagreements) == [first.row, second.row]


def test_a_value_agreed_on_is_not_the_respondents(database: Database, clock: Clock) -> None:
    """What the coordinator adds to the log is no disagreement."""
    standing = meet(database, clock())
    agreed = msgspec.structs.replace(SAID[0], source=Source.AGREED)
    write(database, lambda tx: sessions.append(tx, standing.row, agreed, clock()))
    assert database.read(sessions.disagreements) == []


def test_the_log_is_only_appended_to(database: Database, clock: Clock) -> None:
    """An answer given twice stands there twice, and the last one counts."""
    standing = meet(database, clock())
    for response in (SAID[0], SAID[1], SAID[0], SAID[1]):
        write(database, lambda tx, r=response: sessions.append(tx, standing.row, r, clock()))  # type: ignore[misc]
    session = with_response(standing.session, SAID[1])
    write(database, lambda tx: sessions.keep(tx, standing, session, clock()))
    assert database.read(sessions.disagreements) == []


def test_evidence_belongs_to_a_session(database: Database, clock: Clock) -> None:
    """A file of a session that is not there is refused by the store itself."""
    standing = meet(database, clock())
    photo = Evidence("1.1.1", "photo", "file-1", "caption")
    write(database, lambda tx: evidence.keep(tx, standing.row, standing.address, photo, clock()))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        write(database, lambda tx: evidence.keep(tx, 999, standing.address, photo, clock()))


def test_one_person_plays_one_turn_at_a_time(database: Database, clock: Clock) -> None:
    """Fifty turns of one chat from eight threads: none is lost."""
    meet(database, clock())

    def turn(transaction: Transaction, number: int) -> None:
        standing = addresses.meet(transaction, "test", "1", clock())
        say(transaction, standing, Response(f"1.1.{number}", Aspect.AS_IS, level=3), clock)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(database, lambda tx: turn(tx, number)), range(50)))
    assert len(meet(database, clock()).session.responses) == 50
    assert database.read(sessions.disagreements) == []


def test_a_new_chat_that_writes_twice_at_once_gets_one_session(database: Database, clock: Clock) -> None:
    """Eight first messages of one chat meet the same session."""
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: meet(database, clock()).session.id, range(8)))
    assert len(ids) == 1


def test_a_chat_that_is_just_moving_is_met_in_its_new_session(database: Database, clock: Clock) -> None:
    """A turn that waited for the one before, which redeemed an invitation, is not played in the session left behind."""
    first, started = meet(database, clock()), threading.Event()

    def move(transaction: Transaction) -> str:
        addresses.meet(transaction, "test", "1", clock())
        started.set()
        time.sleep(0.2)
        session = sessions.begin(transaction, "en", clock())
        addresses.move(transaction, first.address, session)
        return session.id

    moving = database.submit(move)
    assert started.wait(5)
    assert meet(database, clock()).session.id == moving.result(5)


def test_a_person_who_blocked_the_bot_is_marked(database: Database, clock: Clock) -> None:
    """Blocking, names and the bot's own name are kept beside the address."""
    standing = write(database, lambda tx: addresses.meet(tx, "test", "1", clock(), name="Ana"))
    write(database, lambda tx: addresses.mark(tx, standing.address, reachable=False))
    assert database.read(lambda tx: addresses.name(tx, standing.address)) == "Ana"
    assert database.read(lambda tx: addresses.bot_name(tx, "test")) is None
    for name in ("old_bot", "new_bot"):
        write(database, lambda tx, n=name: addresses.name_bot(tx, "test", n))  # type: ignore[misc]
    assert database.read(lambda tx: addresses.bot_name(tx, "test")) == "new_bot"


def test_a_sessions_id_is_its_rows_number_in_base_36(database: Database, clock: Clock) -> None:
    """What buttons carry leads back to the row."""
    for chat in range(40):
        standing = meet(database, clock(), str(chat))
        assert sessions.row_of(standing.session) == standing.row
    assert sessions.row_of(Session("10", 2026)) == 36
