"""Invitations: each opens one door for one address, and tells nobody why it does not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from storage import cities, invitations
from storage.database import Database, write
from storage.invitations import LIFETIME, Invitation, Redeemed
from storage.opening import open_database
from tests.conftest import Clock
from tests.people import CITY, invite, meet


def redeem(database: Database, clock: Clock, code: str, address: int) -> Redeemed | None:
    return write(database, lambda tx: invitations.redeem(tx, code, address, clock()))


def test_a_code_fits_a_link_and_is_kept_as_a_digest(database: Database, clock: Clock) -> None:
    """22 characters that a deep link may hold; the invitation comes back whole, spaces around its code or not."""
    city = write(database, lambda tx: cities.add(tx, CITY, clock())).id
    wanted = Invitation(city, "expert", "Ana", "mayor", "es")
    code = write(database, lambda tx: invitations.issue(tx, wanted, clock()))
    assert len(code) == 22
    assert code.replace("-", "").replace("_", "").isalnum()
    assert redeem(database, clock, f" {code}\n", meet(database, clock()).address) == Redeemed(wanted, again=False)


def test_an_invitation_is_used_once(database: Database, reopen: Callable[[], Database], clock: Clock) -> None:
    """The same address may open it again, also after its time; another may not."""
    (code,) = invite(database, clock())
    ana, ben = meet(database, clock(), "ana").address, meet(database, clock(), "ben").address
    assert redeem(database, clock, code, ana)
    again = reopen()
    assert redeem(again, clock, code, ben) is None
    clock.pass_(days=LIFETIME.days + 1)
    second = redeem(again, clock, code, ana)
    assert second is not None
    assert second.again


def test_unknown_and_expired_codes_lead_nowhere(database: Database, clock: Clock) -> None:
    """An invitation holds for 21 days to the second."""
    early, late = invite(database, clock(), people=2)
    address = meet(database, clock()).address
    assert redeem(database, clock, "unknown", address) is None
    assert redeem(database, clock, "", address) is None
    clock.pass_(seconds=LIFETIME.total_seconds())
    assert redeem(database, clock, early, address)
    clock.pass_(seconds=timedelta(seconds=1).total_seconds())
    assert redeem(database, clock, late, address) is None


def test_of_two_addresses_at_once_one_gets_in(store_url: str, clock: Clock) -> None:
    """Twenty codes, each tried by eight addresses at the same time on two openings of the store: one of them wins."""
    stores = [open_database(store_url), open_database(store_url)]
    people = [meet(stores[0], clock(), str(chat)).address for chat in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for code in invite(stores[0], clock(), people=20):
            won = pool.map(lambda n, c=code: redeem(stores[n % 2], clock, c, people[n]), range(8))
            assert len([redeemed for redeemed in won if redeemed]) == 1
    for store in stores:
        store.close()
