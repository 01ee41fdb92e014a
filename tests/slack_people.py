"""People of Valencia on Slack: invited, at the first question, answering until the end."""

import random

from bot.commands.common import now
from flows.session import CityFacts, Role
from storage import cities, evidence, invitations, outbox, sessions, waves
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes.slack import FakeSlack, SlackPerson
from tests.serving_slack import labels, question


def invited(store: Database, role: Role = "coordinator", name: str = "Ana", department: str | None = None) -> str:
    """The code of an invitation to Valencia."""
    found = store.read(lambda tx: cities.find(tx, "Valencia"))
    facts = CityFacts("Valencia", "ES", 800_000)
    city = found[0] if found else write(store, lambda tx: cities.add(tx, facts, now(), timezone="Europe/Madrid"))
    return write(store, lambda tx: invitations.issue(tx, Invitation(city.id, role, name, department), now()))


def joined(
    slack: FakeSlack, store: Database, role: Role = "coordinator", name: str = "Ana", department: str | None = None
) -> SlackPerson:
    """Somebody at the first question."""
    person = slack.person(f"U0{name.upper()}", name, "en-GB")
    person.say(f"start {invited(store, role, name, department)}")
    tapped(person, "Yes, keep my answers")
    person.wait(lambda one: question(one) is not None, seconds=15)
    at_rest(person, store)
    return person


def tapped(person: SlackPerson, label: str) -> None:
    """Presses a button as soon as it is there."""

    def tap(one: SlackPerson) -> bool:
        one.tap(label)
        return True

    person.wait(tap, seconds=15)


def at_rest(person: SlackPerson, store: Database) -> None:
    """Waits until nothing is owed on Slack any more: every answer of Slack's has been heard too."""
    person.wait(lambda _: store.read(lambda tx: outbox.next_due(tx, "slack")) is None, seconds=15)


def answer(person: SlackPerson, chance: random.Random) -> tuple[str, str] | None:
    """Taps an answer to what is asked; the question's title and the label tapped, None at the end."""
    asked = question(person)
    if ended(person) or asked is None:
        return None
    title = asked.text.splitlines()[0]
    label = chance.choice([label for label in labels(asked) if label[0].isdigit() and "form" not in label])
    person.tap_old(asked.id, label)
    person.wait(lambda who: ended(who) or ((new := question(who)) is not None and new.text != asked.text), seconds=40)
    return title, label


def ended(person: SlackPerson) -> bool:
    """Whether the bot has said thanks."""
    return any(shown.text.startswith("Thank you") for shown in person.screen)


def sees(person: SlackPerson, words: str, seconds: float = 10) -> None:
    """Waits until somebody sees these words."""
    person.wait(lambda one: any(words in shown.text for shown in one.screen), seconds)


def levels(store: Database) -> list[int | None]:
    """The levels of Valencia's log, oldest first."""
    return [one.response.level for one in store.read(lambda tx: waves.log(tx, "valencia-es"))]


def sent(store: Database) -> list[evidence.Kept]:
    """All evidence of Valencia."""
    wave = store.read(lambda tx: waves.current(tx, "valencia-es"))
    assert wave is not None
    return [one for found in store.read(lambda tx: evidence.of_wave(tx, wave.id)).values() for one in found]


def reachable(store: Database, chat: str) -> bool:
    """Whether somebody can be written to, as far as we know."""
    found = store.read(lambda tx: sessions.look(tx, "slack", chat))
    return found is not None and found.reachable
