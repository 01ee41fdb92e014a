"""Invitations and requests on the command line: for cities, for the programme, as text and picture, taken back."""

import re
from pathlib import Path

import pytest

from flows.events.arrivals import Invited
from flows.session import CityFacts, Request
from flows.turn import Inviting
from storage import addresses, requests
from storage.database import write
from storage.opening import open_database
from tests.conftest import Clock
from tests.people import JOINED, meet, notices, play
from tests.test_commands import Run, read, run

__all__ = ["run"]


@pytest.fixture
def lugano(run: Run, sqlite_url: str) -> str:
    """A city whose bot is on Telegram."""
    run("city", "add", "Lugano", "--country", "CH", "--population", "63000")
    database = open_database(sqlite_url)
    write(database, lambda tx: addresses.name_bot(tx, "telegram", "maturity_bot"))
    database.close()
    return "lugano-ch"


def test_an_invitation_is_printed_to_be_forwarded(run: Run, lugano: str, tmp_path: Path) -> None:
    """The text in the person's language, with link and code; the picture is a PNG."""
    picture = tmp_path / "eva.png"
    told = run(*("invite", lugano, "--role", "respondent", "--name", "Eva", "--language", "es", "--days", "7"))
    (code,) = re.findall(r"https://t.me/maturity_bot\?start=([\w-]{22})", told)
    assert f"en un chat: {code}" in told
    assert "Se le invita" in told
    run("invite", lugano, "--role", "respondent", "--name", "Eva", "--qr", str(picture))
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_kept_is_said_with_the_code(run: Run, lugano: str, tmp_path: Path) -> None:
    """Nothing is lost: the invitation holds."""
    nowhere = str(tmp_path / "no" / "eva.png")
    assert "by its code: " in run("invite", lugano, "--role", "expert", "--name", "Eva", "--qr", nowhere, fails=2)


@pytest.mark.parametrize(
    ("who", "name", "department"),
    [
        ("Ana Ruiz mobility", "Ana Ruiz", "mobility"),
        ("  Ana   Ruiz,  Mobility ", "Ana Ruiz", "mobility"),
        ("Ana Ruiz Environment and energy", "Ana Ruiz", "environment"),
        ("Ana Ruiz", "Ana Ruiz", ""),
        ("Ana Benit", "Ana Benit", ""),
    ],
)
def test_a_department_is_known_at_the_end_of_a_name(who: str, name: str, department: str) -> None:
    """By its code or its title; a name that only ends like one stays a name."""
    assert play(JOINED, Invited(who)).keeps == (Inviting(name, department),)


@pytest.mark.parametrize("who", ["", "  ", "mobility", "x" * 101])
def test_without_a_name_nobody_is_invited(who: str) -> None:
    """How to write it is said instead."""
    turn = play(JOINED, Invited(who))
    assert (turn.keeps, notices(turn)[0].kind) == ((), "invite_how")


def test_a_picture_needs_a_link(run: Run, tmp_path: Path) -> None:
    """Before the bot was on Telegram there is none, and nobody is invited by mistake."""
    wanted = ("invite", "--role", "programme", "--name", "Olga", "--qr", str(tmp_path / "olga.png"))
    assert "Telegram" in run(*wanted, fails=2)
    assert read(run("invitations", "--json")) == []


def test_people_of_the_programme_belong_to_no_city(run: Run, lugano: str) -> None:
    """An officer without, an expert with or without, a coordinator with a city; what does not fit is said."""
    assert read(run("invite", "--role", "programme", "--name", "Olga", "--json"))["city"] is None
    assert read(run("invite", "--role", "expert", "--name", "Xia", "--json"))["city"] is None
    assert read(run("invite", lugano, "--role", "expert", "--name", "Xia", "--json"))["city"] == lugano
    assert "no city" in run("invite", lugano, "--role", "programme", "--name", "Olga", fails=2)
    assert "belongs to a city" in run("invite", "--role", "respondent", "--name", "Ana", fails=2)
    assert "department" in run("invite", "--role", "expert", "--name", "X", "--department", "mobility", fails=2)
    assert [one["name"] for one in read(run("invitations", "--json"))] == ["Olga", "Xia"]


def test_invitations_are_listed_without_codes_and_revoked(run: Run, lugano: str) -> None:
    """By name or number; twice, unknown or ambiguous is said."""
    code = read(run("invite", lugano, "--role", "respondent", "--name", "Eva", "--json"))["code"]
    listed = run("invitations", lugano, "--json")
    assert code not in listed
    assert [(one["name"], one["state"]) for one in read(listed)] == [("", "open"), ("Eva", "open")]
    assert "is revoked" in run("invitations", "revoke", lugano, "eva")
    assert "revoked" in run("invitations", "revoke", lugano, "Eva", fails=2)
    assert "no invitation of" in run("invitations", "revoke", lugano, "Ana", fails=2)
    assert "revoked  Eva" in run("invitations", lugano)
    for _ in range(2):
        run("invite", lugano, "--role", "respondent", "--name", "Bo")
    assert "the number" in run("invitations", "revoke", lugano, "Bo", fails=2)
    assert "is revoked" in run(
        "invitations", "revoke", lugano, str(read(run("invitations", lugano, "--json"))[-1]["id"])
    )


def test_requests_are_decided_without_a_chat(run: Run, sqlite_url: str, clock: Clock) -> None:
    """Listed, accepted and declined once; the city is there then."""
    assert "No request" in run("requests")
    database = open_database(sqlite_url)
    address = meet(database, clock(), "Marta").address
    for name in ("Lugano", "Como"):
        wish = Request(CityFacts(name, "CH", 63_000), "Marta", "Head", "m@x.example")
        write(database, lambda tx, w=wish: requests.add(tx, address, w, clock()))  # type: ignore[misc]
    database.close()
    first, second = (str(one["id"]) for one in read(run("requests", "--json")))
    assert "Lugano" in run("requests")
    assert read(run("requests", "accept", first, "--by", "Olga", "--json"))["city"] == "lugano-ch"
    assert "already accepted by Olga" in run("requests", "decline", first, fails=2)
    assert "Declined" in run("requests", "decline", second)
    assert "no request 99" in run("requests", "accept", "99", fails=2)
    assert [city["id"] for city in read(run("city", "list", "--json"))] == ["lugano-ch"]
