"""Codes that are guessed, expire, are revoked, or join a second chat; and their pictures."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.conversation.entering import admit
from bot.reports.codes import BORDER, SCALE, deep_link, qr
from flows.events import Answered, Consented, Started
from flows.events.arrivals import Invited, Linked
from flows.prompts import Notice
from flows.prompts.doorway import LinkCode
from storage import guesses, invitations, links
from storage.database import Database, write
from storage.invitations import Invitation
from storage.opening import open_database
from tests.conftest import Clock
from tests.people import invite, meet
from tests.test_requests import Talk


def gets_in(database: Database, clock: Clock, code: str, chat: str = "ana") -> bool:
    """Whether a code opens the door for this chat."""
    standing = meet(database, clock(), chat)
    return write(database, lambda tx: admit(tx, standing, code, clock())) is not None


def test_after_five_wrong_codes_a_right_one_is_not_looked_up_for_an_hour(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Only from that address; each is logged, none with its code; after an hour the right one works."""
    (code, other) = invite(database, clock(), people=2)
    with caplog.at_level(logging.WARNING):
        for number in range(guesses.MOST):
            assert not gets_in(database, clock, f"wrong-{number}")
            clock.pass_(minutes=5)
        assert not gets_in(database, clock, code)
    assert gets_in(database, clock, other, "ben")
    assert len(caplog.records) == guesses.MOST + 1
    assert not [said for said in caplog.messages if "wrong" in said or code in said]
    clock.pass_(minutes=50)
    assert not gets_in(database, clock, code)
    clock.pass_(minutes=5)
    assert gets_in(database, clock, code)


def test_wrong_codes_now_and_then_bar_nobody(database: Database, clock: Clock) -> None:
    """Five within more than an hour are no guessing."""
    (code,) = invite(database, clock())
    for number in range(guesses.MOST):
        assert not gets_in(database, clock, f"wrong-{number}")
        clock.pass_(minutes=16)
    assert gets_in(database, clock, code)


def test_a_revoked_invitation_leads_nowhere(database: Database, clock: Clock) -> None:
    """Neither does one whose days are over; one that was used cannot be revoked. The list tells all of it."""
    used, revoked, expired, _open = invite(database, clock(), people=4)
    city = "valencia-es"
    rows = [one.id for one in database.read(lambda tx: invitations.of(tx, city, clock()))]
    assert gets_in(database, clock, used)
    assert write(database, lambda tx: invitations.revoke(tx, rows[1], clock()))
    assert not write(database, lambda tx: invitations.revoke(tx, rows[1], clock()))
    assert not write(database, lambda tx: invitations.revoke(tx, rows[0], clock()))
    assert not gets_in(database, clock, revoked, "ben")
    states = [one.state for one in database.read(lambda tx: invitations.of(tx, city, clock()))]
    assert states == ["used", "revoked", "open", "open"]
    clock.pass_(days=22)
    assert not gets_in(database, clock, expired, "ben")
    states = [one.state for one in database.read(lambda tx: invitations.of(tx, city, clock()))]
    assert states == ["used", "revoked", "expired", "expired"]


def test_an_invitation_lives_as_long_as_was_said(database: Database, clock: Clock) -> None:
    """Two days, to the second."""
    wanted = Invitation(None, "expert", "Xia")
    codes = [
        write(database, lambda tx: invitations.issue(tx, wanted, clock(), timedelta(days=2))) for _ in ("early", "late")
    ]
    clock.pass_(days=2)
    assert gets_in(database, clock, codes[0])
    clock.pass_(seconds=1)
    assert not gets_in(database, clock, codes[1], "ben")


def test_two_chats_of_one_person_are_one_session(database: Database, clock: Clock) -> None:
    """An answer given in one is known in the other, and the second chat's own empty session is left behind."""
    talk = Talk(database, clock)
    (code,) = invite(database, clock())
    talk.say("phone", Started(code), Consented(agreed=True))
    (made,) = talk.say("phone", Linked())
    assert isinstance(made, LinkCode)
    assert Notice("linked") in talk.say("desk", Linked(made.code.lower().replace("-", " ")))
    talk.say("desk", Answered("1.1.1", "4"))
    phone, desk = meet(database, clock(), "phone"), meet(database, clock(), "desk")
    assert phone.row == desk.row
    assert phone.session.responses["1.1.1"].level == 4
    assert talk.say("third", Linked(made.code)) == [Notice("link_refused")]


def test_a_chat_with_a_place_of_its_own_is_not_joined(database: Database, clock: Clock) -> None:
    """Nothing is merged and nothing lost, and the code still works where it was meant to."""
    talk = Talk(database, clock)
    first, second = invite(database, clock(), people=2)
    talk.say("eva", Started(first), Consented(agreed=True))
    talk.say("ana", Started(second), Consented(agreed=True), Answered("1.1.1", "2"))
    (made,) = talk.say("eva", Linked())
    assert isinstance(made, LinkCode)
    assert talk.say("ana", Linked(made.code)) == [Notice("link_has_place")]
    assert talk.say("eva", Linked(made.code)) == [Notice("link_here")]
    assert meet(database, clock(), "ana").session.responses["1.1.1"].level == 2
    assert Notice("linked") in talk.say("desk", Linked(made.code))


def test_codes_and_names_that_no_store_can_hold_are_answered(database: Database, clock: Clock) -> None:
    """NUL and half characters: a sentence, as for any other code or name."""
    talk = Talk(database, clock)
    for odd in ("\0", "\ud800", "🏙️" * 50):
        assert talk.say("ana", Started(f"x{odd}"))[0] == Notice("invitation_refused")
        assert talk.say("ben", Linked(f"x{odd}"))[0] == Notice("link_refused")
        assert talk.say("cai", Invited(f"x{odd}"))[0] == Notice("coordinator_only")


def test_a_link_is_good_for_ten_minutes_and_guessing_is_slowed_down(database: Database, clock: Clock) -> None:
    """After five wrong codes a right one from that chat is not looked up; after ten minutes none is."""
    talk = Talk(database, clock)
    (code,) = invite(database, clock())
    talk.say("eva", Started(code))
    (made,) = talk.say("eva", Linked())
    assert isinstance(made, LinkCode)
    for _ in range(guesses.MOST):
        talk.say("mallory", Linked("AAAA-AAAA"))
    assert talk.say("mallory", Linked(made.code)) == [Notice("link_refused")]
    clock.pass_(seconds=links.LIFETIME.total_seconds())
    assert talk.say("desk", Linked(made.code)) == [Notice("link_refused")]


def test_of_chats_that_use_a_link_at_once_one_is_joined(store_url: str, clock: Clock) -> None:
    """Ten codes, each tried by eight chats at the same time on two openings of the store."""
    stores = [open_database(store_url), open_database(store_url)]
    row = meet(stores[0], clock(), "eva").row
    people = [meet(stores[0], clock(), str(chat)).address for chat in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            code = write(stores[0], lambda tx: links.issue(tx, row, clock()))

            def use(n: int, code: str = code) -> bool:
                return write(stores[n % 2], lambda tx: links.use(tx, code, people[n]))

            assert sum(pool.map(use, range(8))) == 1
    for store in stores:
        store.close()


def test_a_picture_of_a_link_is_large_and_has_its_border() -> None:
    """White all around, as wide as the standard asks for; hundreds of pixels, so that it can be printed."""
    picture = Image.open(BytesIO(qr(deep_link("maturity_bot", "x" * 22)))).convert("L")
    edge = BORDER * SCALE
    assert picture.width == picture.height >= 600
    assert picture.crop((0, 0, picture.width, edge)).getextrema() == (255, 255)
    assert picture.getpixel((edge, edge)) == 0, "the corner's mark begins where the border ends"
