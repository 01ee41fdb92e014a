"""Installations: whose token serves a workspace, one pair of tokens however many refresh, states of single use."""

from dataclasses import replace
from datetime import timedelta

from storage import addresses, installations
from storage.database import Database, write
from storage.installations import Installation
from tests.conftest import Clock

ACME = Installation("T0ACME", "xoxe.xoxb-1", "U0BOT", "A0APP", "chat:write", "xoxe-1")


def test_a_workspace_has_its_own_installation_or_its_organisations(database: Database, clock: Clock) -> None:
    """The own one comes first; once it is gone the organisation's serves; once that is gone nobody does."""
    org = replace(ACME, workspace="E0ORG", token="org")
    write(database, lambda tx: installations.keep(tx, "slack", org, clock()))
    assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) is None
    write(database, lambda tx: installations.belong(tx, "slack", "T0ACME", "E0ORG"))
    assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) == org
    write(database, lambda tx: installations.keep(tx, "slack", ACME, clock()))
    assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) == ACME
    assert database.read(lambda tx: installations.find(tx, "elsewhere", "T0ACME")) is None
    for workspace, left in (("T0ACME", org), ("E0ORG", None)):
        assert write(database, lambda tx, at=workspace: installations.forget(tx, "slack", at, clock(), clock()))  # type: ignore[misc]
        assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) == left


def test_a_refresh_token_is_exchanged_once(database: Database, clock: Clock) -> None:
    """Who comes second with the same one is told so, and what the first kept stands."""
    write(database, lambda tx: installations.keep(tx, "slack", ACME, clock()))
    first = replace(ACME, token="two", refresh_token="xoxe-2", expires_at=clock() + timedelta(hours=12))
    second = replace(ACME, token="three", refresh_token="xoxe-3")
    assert write(database, lambda tx: installations.replace(tx, "slack", first, "xoxe-1"))
    assert not write(database, lambda tx: installations.replace(tx, "slack", second, "xoxe-1"))
    assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) == first


def test_what_is_gone_keeps_no_token(database: Database, clock: Clock) -> None:
    """Neither a refresh under way nor a late word of an earlier end touches what is installed again."""
    write(database, lambda tx: installations.keep(tx, "slack", ACME, clock()))
    before = clock()
    clock.pass_(minutes=5)
    assert write(database, lambda tx: installations.forget(tx, "slack", "T0ACME", clock(), clock()))
    assert not write(database, lambda tx: installations.forget(tx, "slack", "T0ACME", clock(), clock()))
    assert not write(database, lambda tx: installations.replace(tx, "slack", ACME, "xoxe-1"))
    clock.pass_(minutes=1)
    write(database, lambda tx: installations.keep(tx, "slack", ACME, clock()))
    assert not write(database, lambda tx: installations.forget(tx, "slack", "T0ACME", before, clock()))
    assert database.read(lambda tx: installations.find(tx, "slack", "T0ACME")) == ACME


def test_a_workspaces_people_are_told_apart(database: Database, clock: Clock) -> None:
    """Not among them: a workspace whose name begins alike, another channel, one with an installation of its own."""
    for at in (("slack", "T0A:U1"), ("slack", "T0A:U2"), ("slack", "T0AB:U1"), ("telegram", "T0A:U1")):
        write(database, lambda tx, at=at: addresses.meet(tx, at[0], at[1], clock()))  # type: ignore[misc]
    people = database.read(lambda tx: installations.people(tx, "slack", "T0A", reachable=True))
    assert len(people) == 2
    write(database, lambda tx: addresses.mark(tx, people[0], reachable=False))
    assert database.read(lambda tx: installations.people(tx, "slack", "T0A", reachable=True)) == people[1:]
    assert database.read(lambda tx: installations.people(tx, "slack", "T0A", reachable=False)) == people[:1]
    write(database, lambda tx: installations.belong(tx, "slack", "T0AB", "E0ORG"))
    assert len(database.read(lambda tx: installations.people(tx, "slack", "E0ORG", reachable=True))) == 1
    write(database, lambda tx: installations.keep(tx, "slack", replace(ACME, workspace="T0AB"), clock()))
    assert database.read(lambda tx: installations.people(tx, "slack", "E0ORG", reachable=True)) == []


def test_a_state_is_used_once_and_soon(database: Database, clock: Clock) -> None:
    """An unknown one, one used before, and one of ten minutes are refused alike."""
    state = write(database, lambda tx: installations.issue_state(tx, clock()))
    assert not write(database, lambda tx: installations.use_state(tx, "forged", clock()))
    clock.pass_(minutes=9, seconds=59)
    assert write(database, lambda tx: installations.use_state(tx, state, clock()))
    assert not write(database, lambda tx: installations.use_state(tx, state, clock()))
    late = write(database, lambda tx: installations.issue_state(tx, clock()))
    clock.pass_(minutes=10)
    assert not write(database, lambda tx: installations.use_state(tx, late, clock()))
