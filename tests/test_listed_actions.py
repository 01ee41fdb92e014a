"""The action list of a city of eight: the same in chat, on the command line and as JSON."""

from datetime import date
from functools import partial

from bot.commands.acting import actions_as_json
from bot.reports import results
from bot.reports.following import acting
from bot.reports.following.acting import Fillable, Filled
from flows.kept.wishes import Doing
from flows.prompts.following import Actions, OneAction, PartnerTerms
from flows.session import Session
from storage import actions
from storage.database import Database, Transaction, write
from tests.eight import SECOND, city_of_eight

TODAY = date(2026, 11, 23)


def page(first: int, city: str, transaction: Transaction) -> Filled:
    return acting.fill(transaction, Actions(first), city, TODAY)


def nowhere(prompt: Fillable, transaction: Transaction) -> Filled:
    return acting.fill(transaction, prompt, "nowhere", TODAY)


def test_chat_and_json_have_the_same_list(database: Database) -> None:
    """Ten statements in two messages, with whoever leads them; the numbers are those of the result."""
    city = city_of_eight(database)
    result = database.read(lambda tx: results.of_city(tx, city, TODAY))
    assert result is not None
    first = result.actions[0].code
    doing = Doing(first, "Ana", date(2027, 3, 31), "begun", "The pilot runs.")
    write(database, lambda tx: actions.keep(tx, result.wave.id, doing, SECOND))
    kept = database.read(lambda tx: actions.of_city(tx, city.id))
    pages = [database.read(partial(page, at, city.id)) for at in (1, 6, 11)]
    told = actions_as_json(result, kept)
    codes = [code for page in pages if isinstance(page.prompt, Actions) for code in page.prompt.codes]
    assert codes == [one["code"] for one in told["actions"]] == [one.code for one in result.actions]
    assert [one["weight"] for one in told["actions"]] == [one.weight for one in result.actions]
    assert (told["actions"][0]["owner"], told["actions"][0]["due"], told["actions"][0]["state"]) == (
        *("Ana", "2027-03-31"),
        "begun",
    )
    words = acting.say(pages[0], Session("s1", 2026), results.instrument_of(result))
    assert "Who: Ana · by 31 March 2027 · going on" in words.body
    assert len(words.title) + len(words.body) + len(words.note) < 4096
    assert acting.say(pages[2], Session("s1", 2026), results.instrument_of(result)).is_empty


def test_one_action_says_what_is_known_and_what_is_not(database: Database) -> None:
    """A statement that a gate holds back has no level yet; a code that there is not is said so."""
    city = city_of_eight(database, form="short")
    blank = database.read(lambda tx: acting.fill(tx, OneAction(code="4.1.1"), city.id, TODAY))
    assert blank.facts is not None
    result = blank.result
    assert result is not None
    said = acting.say(blank, Session("s1", 2026), results.instrument_of(result)).body
    assert "Who leads it: nobody yet" in said
    none = database.read(lambda tx: acting.fill(tx, OneAction(code="9.9.9"), city.id, TODAY))
    assert none.facts is None
    assert "9.9.9" in acting.say(none, Session("s1", 2026), results.instrument_of(result)).body


def test_a_city_that_there_is_not_has_no_list(database: Database) -> None:
    """Nothing is invented."""
    for prompt in (Actions(), PartnerTerms()):
        filled = database.read(partial(nowhere, prompt))
        assert type(filled.prompt).__name__ == "Notice"
