"""Two cities in the partner search: taking part, being introduced, leaving; said in chat, on a real store."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, update

from flows.events import Answered, Ended
from flows.events.following import Introduced, Partnered
from flows.prompts import Notice
from flows.prompts.following import AskContact, ConfirmContact, Introduction, Partners, PartnerTerms
from model.partners import reference
from storage import partners
from storage.database import Database, write
from storage.statements import Statement
from storage.tables import CITY
from tests.acting import Team
from tests.conftest import Clock

CONTACT = "Eva, eva@valencia.example"
_SYNTHETIC = Statement(update(CITY).where(CITY.c.id == bindparam("city")).values(synthetic=True))


class Two:
    """Valencia, weak in 3.2, and Sevilla, strong there; both rounds are closed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.weak, self.strong = Team(database, clock), Team(database, clock)
        self.weak.join("Eva", "coordinator")
        self.strong.join("Sol", "coordinator")
        self.weak.act(("Eva", Answered("3.2.1", "1")), ("Eva", Ended(sure=True)))
        self.strong.act(("Sol", Answered("3.2.1", "4")), ("Sol", Ended(sure=True)))
        self.told()

    def told(self) -> dict[str, list[object]]:
        return {name: list(said) for name, said in self.weak.told().items()}  # all chats of the test's channel

    def join(self) -> None:
        self.weak.act(("Eva", f"/partners contact {CONTACT}"), ("Eva", Partnered("confirm")))
        self.strong.act(("Sol", Partnered("join")), ("Sol", "sol@sevilla.example"), ("Sol", "yes"))
        self.told()

    def ask(self) -> None:
        self.weak.act(("Eva", Introduced(reference(self.strong.city.id), "3.2")))


@pytest.fixture
def two(database: Database, clock: Clock) -> Two:
    return Two(database, clock)


def test_a_city_takes_part_once_its_contact_is_confirmed(two: Two, database: Database) -> None:
    """What others would see, the question, the contact shown back; until the yes nothing is kept."""
    two.weak.act(("Eva", "/partners"), ("Eva", Partnered("join")), ("Eva", f"  {CONTACT}  "))
    assert [type(one) for one in two.told()["Eva"]] == [PartnerTerms, AskContact, ConfirmContact]
    assert database.read(lambda tx: partners.find(tx, two.weak.city.id)) is None
    two.weak.act(("Eva", "no"))
    assert database.read(lambda tx: partners.find(tx, two.weak.city.id)) is None
    two.weak.act(("Eva", Partnered("confirm")))  # the card of before: its contact waits no more
    assert Notice("old_button") in two.told()["Eva"]
    two.join()
    member = database.read(lambda tx: partners.find(tx, two.weak.city.id))
    assert member is not None
    assert member.contact == CONTACT
    assert member.candidate.scores == {"3.2": 20.0}


def test_both_hear_of_the_introduction_and_only_once(two: Two, clock: Clock) -> None:
    """Who asked at once, the other in working hours; asked again it is said that it was made."""
    two.join()
    clock.at = datetime(2026, 11, 23, 21, tzinfo=UTC)
    two.ask()
    assert two.told() == {"Eva": [Introduction(two.strong.city.name, "sol@sevilla.example", "3.2")]}
    two.ask()
    assert two.told() == {"Eva": [Notice("introduced_before", "2026-11-23")]}
    two.weak.look()
    assert two.told() == {}
    clock.pass_(hours=12)
    two.weak.look()
    assert two.told() == {"Sol": [Introduction(two.weak.city.name, CONTACT, "3.2", "found")]}
    two.weak.look()
    assert two.told() == {}


def test_nobody_is_introduced_who_does_not_take_part(two: Two, clock: Clock) -> None:
    """Neither side without its own yes, and not where the other is not strong or has left."""
    two.ask()
    assert two.weak.notices("Eva") == ["partner_not_in"]
    two.weak.act(("Eva", f"/partners contact {CONTACT}"), ("Eva", Partnered("confirm")))
    two.told()
    two.ask()
    assert two.weak.notices("Eva") == ["partner_gone"]
    two.join()
    two.weak.act(("Eva", Introduced(reference(two.strong.city.id), "1.1")), ("Eva", Introduced("0" * 12, "3.2")))
    two.weak.act(("Eva", Introduced(reference(two.weak.city.id), "3.2")), ("Eva", Introduced("x", "9.9")))
    assert two.weak.notices("Eva") == ["partner_gone"] * 3 + ["old_button"]
    two.strong.act(("Sol", "/partners leave"), ("Sol", "/partners leave"))
    assert two.strong.notices("Sol") == ["partner_left", "partner_not_in"]
    two.ask()
    assert two.weak.notices("Eva") == ["partner_gone"]
    clock.pass_(days=1)
    two.weak.look()
    assert two.told() == {}


def test_who_leaves_before_the_others_hear_is_not_named_any_more(two: Two, clock: Clock) -> None:
    """The word of the introduction waits for the morning; by then the city that asked has left."""
    two.join()
    clock.at = datetime(2026, 11, 23, 21, tzinfo=UTC)
    two.ask()
    two.weak.act(("Eva", "/partners leave"))
    two.told()
    clock.pass_(hours=12)
    two.weak.look()
    assert two.told() == {}


def test_only_the_coordinator_takes_part_and_may_not_write_a_novel(two: Two) -> None:
    """A colleague is told so; a contact that is too long is asked again."""
    two.strong.open()
    two.strong.join("Tom", "respondent", "it")
    two.told()
    two.strong.act(("Tom", "/partners"), ("Tom", Introduced(reference(two.weak.city.id), "3.2")))
    assert two.strong.notices("Tom") == ["coordinator_only"] * 2
    two.weak.act(("Eva", "/partners contact " + "x" * 201), ("Eva", "/partners what"))
    told = two.told()["Eva"]
    assert told[0] == Notice("text_too_long", "200")
    assert isinstance(told[1], AskContact)
    assert told[2] == Notice("partners_how")


def test_a_contact_is_changed_and_taking_part_twice_is_once(two: Two, database: Database) -> None:
    """Since when stays; the new contact is shown from then on."""
    two.join()
    two.weak.act(("Eva", Partnered("join")))
    (board,) = two.told()["Eva"]
    assert board == Partners(CONTACT)
    two.weak.act(("Eva", Partnered("contact")), ("Eva", "office@valencia.example"), ("Eva", Partnered("confirm")))
    member = database.read(lambda tx: partners.find(tx, two.weak.city.id))
    assert member is not None
    assert member.contact == "office@valencia.example"


def test_scores_follow_the_latest_closed_round(two: Two, database: Database) -> None:
    """While a new round is open the one before counts; at its close the new one does."""
    two.join()
    two.strong.open()
    two.strong.act(("Sol", Answered("3.2.1", "1")))

    def score() -> float:
        member = database.read(lambda tx: partners.find(tx, two.strong.city.id))
        assert member is not None
        return member.candidate.scores["3.2"]

    assert score() == 80.0
    two.strong.act(("Sol", Ended(sure=True)))
    assert score() == 20.0


def test_every_coordinator_but_who_asked_hears_of_it(two: Two) -> None:
    """Two who lead one city both know whom it meets."""
    two.weak.open()
    two.weak.join("Ben", "coordinator")
    two.join()
    two.ask()
    two.weak.look()
    told = two.told()
    assert sorted(told) == ["Ben", "Eva", "Sol"]
    assert told["Ben"] == told["Eva"] == [Introduction(two.strong.city.name, "sol@sevilla.example", "3.2")]


def test_a_made_up_city_is_called_so(two: Two, database: Database) -> None:
    """Whoever meets it is told that it is synthetic."""
    two.join()
    write(database, lambda tx: tx.run(_SYNTHETIC, city=two.strong.city.id))
    two.ask()
    (told,) = two.told()["Eva"]
    assert isinstance(told, Introduction)
    assert told.synthetic
