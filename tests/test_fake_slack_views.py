"""Triggers and views at the fake: a trigger opens one modal, soon; a view knows its hash, its place and its name."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.bolting import Hearing, call, card, heard, modal
from tests.fakes.slack import FakeSlack, SlackPerson


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake whose app is only ears."""
    with FakeSlack() as fake:
        fake.account.echoes = False
        fake.account.deliveries.transport = Hearing()
        yield fake


@pytest.fixture
def ana(slack: FakeSlack) -> SlackPerson:
    """A person of the workspace."""
    return slack.person()


def triggered(slack: FakeSlack, ana: SlackPerson) -> str:
    """A trigger id of what Ana just did."""
    ana.shortcut("continue_survey")
    trigger: str = heard(slack)["trigger_id"]
    return trigger


def test_a_trigger_opens_one_modal_and_soon(slack: FakeSlack, ana: SlackPerson) -> None:
    """A trigger that was used, or is old, or never was, opens nothing."""
    trigger = triggered(slack, ana)
    assert call(slack, "views.open", trigger_id=trigger, view=modal())["ok"]
    assert call(slack, "views.open", trigger_id=trigger, view=modal())["error"] == "exchanged_trigger_id"
    slack.account.views["T0TEAM"].seconds = 0
    late = triggered(slack, ana)
    assert call(slack, "views.open", trigger_id=late, view=modal())["error"] == "expired_trigger_id"


def test_three_modals_stand_upon_each_other_and_not_four(slack: FakeSlack, ana: SlackPerson) -> None:
    """Each push is on top, closing shows the one below, and a fourth is refused."""
    first = call(slack, "views.open", trigger_id=triggered(slack, ana), view=modal())["view"]
    for title in ("Two", "Three"):
        view = modal(title={"type": "plain_text", "text": title})
        pushed = call(slack, "views.push", trigger_id=triggered(slack, ana), view=view)["view"]
    assert (pushed["root_view_id"], pushed["previous_view_id"] != first["id"]) == (first["id"], True)
    refused = call(slack, "views.push", trigger_id=triggered(slack, ana), view=modal())
    assert refused["error"] == "push_limit_reached"
    assert ana.modal
    assert ana.modal.title == "Three"
    ana.close_modal()
    ana.wait(lambda person: person.modal and person.modal.title == "Two")


def test_a_view_is_changed_by_who_knows_it(slack: FakeSlack, ana: SlackPerson) -> None:
    """An update with the hash of an older state is refused; what was filled in stays where the field stays."""
    view = call(slack, "views.open", trigger_id=triggered(slack, ana), view=modal(external_id="form-1"))["view"]
    ana.fill("comment", "kept")
    newer = modal(external_id="form-1", title={"type": "plain_text", "text": "Newer"})
    changed = call(slack, "views.update", external_id="form-1", hash=view["hash"], view=newer)["view"]
    assert changed["hash"] != view["hash"]
    assert call(slack, "views.update", view_id=view["id"], hash=view["hash"], view=newer)["error"] == "hash_conflict"
    assert ana.modal
    assert (ana.modal.title, ana.modal.field("comment").value) == ("Newer", "kept")
    twice = call(slack, "views.open", trigger_id=triggered(slack, slack.person("U0BO", "Bo")), view=newer)
    assert twice["error"] == "duplicate_external_id"


def test_a_field_takes_what_a_client_takes(slack: FakeSlack, ana: SlackPerson) -> None:
    """Unknown options, texts that are too long and files of another kind never leave the client."""
    call(slack, "views.open", trigger_id=triggered(slack, ana), view=modal())
    with pytest.raises(LookupError, match="no option starts with '7'"):
        ana.choose("where", "7")
    with pytest.raises(ValueError, match="'Comment' takes 20 characters, not 21"):
        ana.fill("comment", "x" * 21)
    with pytest.raises(ValueError, match=r"takes \['pdf'\], not \['a.exe'\]"):
        ana.attach("evidence", [("a.exe", b"MZ")])
    with pytest.raises(ValueError, match="nothing is written there"):
        ana.fill("where", "1")


def test_a_field_may_tell_each_change(slack: FakeSlack, ana: SlackPerson) -> None:
    """With dispatch_action a choice is told at once, with all the rest of the form."""
    view = modal()
    view["blocks"][0]["dispatch_action"] = True
    call(slack, "views.open", trigger_id=triggered(slack, ana), view=view)
    ana.fill("comment", "first")
    ana.choose("where", "2")
    told = heard(slack)
    assert (told["type"], told["actions"][0]["selected_option"]["value"]) == ("block_actions", "2")
    assert told["view"]["state"]["values"]["comment"]["comment"]["value"] == "first"


def test_home_is_seen_and_told_of(slack: FakeSlack, ana: SlackPerson) -> None:
    """A home that was published comes along when it is opened, and its menus can be used."""
    ana.open_home()
    assert "view" not in heard(slack)["event"]
    published = call(slack, "views.publish", user_id=ana.id, view={"type": "home", "blocks": card("Open", "Go on")})
    ana.open_home()
    assert heard(slack)["event"]["view"]["hash"] == published["view"]["hash"]
    ana.tap_home("go")
    assert heard(slack)["view"]["id"] == published["view"]["id"]
    assert call(slack, "views.publish", user_id="U9", view=published["view"])["ok"] is False


def test_plain_texts_come_back_escaped(slack: FakeSlack, ana: SlackPerson) -> None:
    """A label with a character of mark-up is shown as it is, and told with an entity; its value is left alone."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "R & D"}, "value": "a&b", "action_id": "x"}
    row = {"type": "actions", "elements": [button]}
    call(slack, "chat.postMessage", channel=ana.id, text="Card", blocks=[row])
    ana.tap("R & D")
    told = heard(slack)
    assert (told["actions"][0]["text"]["text"], told["actions"][0]["value"]) == ("R &amp; D", "a&b")
    assert told["message"]["blocks"][0]["elements"][0]["text"]["text"] == "R &amp; D"


def test_a_response_url_is_good_for_five_answers(slack: FakeSlack, ana: SlackPerson) -> None:
    """It says something to one person or to all, changes what was tapped or takes it away, and then is used up."""
    call(slack, "chat.postMessage", channel=ana.id, text="Card", blocks=card("Card", "Go"))
    ana.tap("Go")
    url = heard(slack)["response_url"]

    def answer(**content: Any) -> int:
        return httpx.post(url, content=json.dumps(content)).status_code

    assert answer(text="Only you") == 200
    assert answer(text="All", response_type="in_channel") == 200
    assert answer(text="Changed", replace_original=True) == 200
    assert [(shown.text, bool(shown.only_for)) for shown in ana.screen] == [
        ("Changed", False),
        ("Only you", True),
        ("All", False),
    ]
    assert answer(text="x", colour="red") == 400
    assert answer(delete_original=True) == 200
    assert answer(text="Fifth") == 200
    assert answer(text="Sixth") == 404
    assert slack.faults == ["response_url.colour: unknown field"]
