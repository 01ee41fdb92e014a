"""What people do at the fake arrives at a real bolt app, over Socket Mode and over signed HTTP alike."""

from collections.abc import Iterator

import pytest

from tests.bolting import HERE, Bot, Sockets, listening, modal
from tests.fakes.slack import FakeSlack


@pytest.fixture(params=["socket", "http"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[FakeSlack, Bot]]:
    """A fake with a bot that hears it, either way."""
    with FakeSlack() as fake:
        bot = Bot(fake)
        hearing = Sockets(fake, bot) if request.param == "socket" else listening(bot)
        if isinstance(hearing, Sockets):
            fake.wait_for_connection()
        else:
            hearing.start()
            fake.listen_at(f"{hearing.url}/slack/events")
        yield fake, bot
        fake.settled()
        hearing.stop()


@pytest.fixture
def slack(served: tuple[FakeSlack, Bot]) -> FakeSlack:
    """The fake."""
    return served[0]


@pytest.fixture
def bot(served: tuple[FakeSlack, Bot]) -> Bot:
    """The bot that hears it."""
    return served[1]


def test_a_person_says_taps_and_is_answered(slack: FakeSlack, bot: Bot) -> None:
    """A message and a tap reach the app as Slack has them, and the person sees what it answered."""
    ana = slack.person()
    ana.say("1 < 2 & more")
    ana.wait(lambda person: person.screen[-1].buttons == [["Go", "Stop"]])
    ana.tap("go")
    ana.wait(lambda person: [shown.text for shown in person.screen] == ["Gone on", "Only you"])
    ana.tap_old(ana.screen[0].id, "Go")
    slack.settled()
    first, *_ = bot.bodies("message")
    assert first["event"]["text"] == "1 &lt; 2 &amp; more"
    assert first["authorizations"][0]["user_id"] == "U0BOT"
    tap, again = bot.bodies("block_actions")
    assert (tap["actions"][0]["value"], tap["container"]["type"]) == ("v0", "message")
    assert tap["actions"][0]["action_ts"] != again["actions"][0]["action_ts"]
    assert ana.screen[1].only_for == ana.id
    assert (ana.spinning, ana.troubles, slack.faults) == (0, [], [])


def test_everything_comes_twice_if_a_test_wants_it(slack: FakeSlack, bot: Bot) -> None:
    """Under `deliver_twice` the app hears the same event and the same tap two times."""
    slack.deliver_twice = True
    ana = slack.person()
    ana.say("Hello")
    slack.settled()
    first, second = [body for body in bot.bodies("message") if body["event"].get("user") == ana.id]
    assert first == second
    ana.tap("Go")
    slack.settled()
    taps = bot.bodies("block_actions")
    assert taps == [taps[0]] * 2


def test_files_mentions_and_edits_arrive(slack: FakeSlack, bot: Bot) -> None:
    """A shared file comes as a message with files, a mention with the bot's name, an edit with both texts."""
    ana = slack.person()
    slack.channel()
    ana.join("C0CITY")
    ana.share_file("plan.pdf", b"%PDF", "our plan")
    ana.edit(ana.say("Helo"), "Hello")
    ana.mention("C0CITY", "how far are we?")
    ana.open_home()
    ana.wait(lambda person: person.home)
    slack.settled()
    assert ana.home
    assert (ana.home.text, ana.home.buttons) == ("Home of yours", [["Go on"]])
    ana.tap_home("Go on")
    slack.settled()
    events = [body["event"] for body in bot.bodies("message")]
    (shared,) = [event for event in events if event.get("subtype") == "file_share"]
    assert (shared["files"][0]["name"], shared["text"], shared["channel_type"]) == ("plan.pdf", "our plan", "im")
    (edited,) = [
        body["event"] for body in bot.bodies("message") if body["event"].get("message", {}).get("user") == ana.id
    ]
    assert (edited["message"]["text"], edited["previous_message"]["text"]) == ("Hello", "Helo")
    (mention,) = bot.bodies("app_mention")
    assert mention["event"]["text"] == "<@U0BOT> how far are we?"
    (joined,) = bot.bodies("member_joined_channel")
    assert joined["event"]["user"] == ana.id
    (tap,) = bot.bodies("block_actions")
    assert (tap["container"]["type"], tap["view"]["type"]) == ("view", "home")
    assert slack.faults == []


def test_a_command_is_answered_to_one_or_to_all(slack: FakeSlack, bot: Bot) -> None:
    """A slash command's acknowledgement is seen by who gave it, or with in_channel by everybody."""
    ana, bo = slack.person(), slack.person("U0BO", "Bo")
    slack.channel()
    ana.command("/survey", "mine", "C0CITY")
    ana.command("/survey", "share", "C0CITY")
    slack.settled()
    assert [shown.text for shown in ana.seen_in("C0CITY")] == ["Scores: mine", "Scores: share"]
    assert [shown.text for shown in bo.seen_in("C0CITY")] == ["Scores: share"]
    with pytest.raises(ValueError, match="/sing is not a valid command"):
        ana.command("/sing")
    with pytest.raises(ValueError, match="Slack keeps '/survey' to itself"):
        ana.say("/survey")
    assert bot.bodies("command")[0]["channel_name"] == "city"


def test_a_modal_is_filled_in_and_submitted(slack: FakeSlack, bot: Bot) -> None:
    """A form refuses what is missing, shows the app's errors by field, is changed by it, and closes in the end."""
    ana = slack.person()
    ana.shortcut("continue_survey")
    ana.wait(lambda person: person.modal)
    assert ana.modal
    assert [field.label for field in ana.modal.fields] == ["Where is it?", "Comment", "Evidence"]
    assert ana.submit() == {"Where is it?": "Please complete this required field."}
    ana.choose("where", "2")
    ana.fill("comment", "since May")
    ana.attach("evidence", [("plan.pdf", b"%PDF")])
    assert ana.modal.drawn().endswith(
        "Where is it?: 2 Here\n   Comment: since May\n   Evidence: ['plan.pdf']\n   [Here]"
    )
    bot.answer = {"response_action": "errors", "errors": {"comment": "Too short"}}
    assert ana.submit() == {"Comment": "Too short"}
    bot.answer = {"response_action": "update", "view": modal(title=HERE)}
    assert ana.submit() is None
    assert ana.modal.title == "Here"
    bot.answer = {}
    assert ana.submit() is None
    ana.wait(lambda person: person.modal is None)
    ana.submit_again()
    slack.settled()
    values = bot.bodies("view_submission")[0]["view"]["state"]["values"]
    assert values["level"]["level"]["selected_option"]["value"] == "2"
    assert (values["comment"]["comment"]["value"], values["files"]["files"]["files"][0]["name"]) == (
        "since May",
        "plan.pdf",
    )
    assert len(bot.bodies("view_submission")) == 4
    assert slack.faults == []


def test_a_wrong_answer_to_a_form_is_a_fault(slack: FakeSlack, bot: Bot) -> None:
    """Errors at a field that is not there and views that break the types are named, and the person sees trouble."""
    ana = slack.person()
    ana.shortcut("continue_survey")
    ana.wait(lambda person: person.modal)
    ana.choose("where", "1")
    bot.answer = {"response_action": "errors", "errors": {"elsewhere": "No"}}
    assert ana.submit() == {"": "We had some trouble connecting. Try again?"}
    bot.answer = {"response_action": "update", "view": modal(title={"type": "plain_text", "text": "x" * 25})}
    assert ana.submit() == {"": "We had some trouble connecting. Try again?"}
    assert slack.faults == [
        "view_submission.errors: ['elsewhere'] is no field of the view",
        "view_submission.update.title: 25 long, 1-24 allowed",
    ]


def test_a_closed_modal_is_told_if_it_was_asked_for(slack: FakeSlack, bot: Bot) -> None:
    """notify_on_close brings a view_closed, and nothing is open any more."""
    ana = slack.person()
    bot.view = modal(notify_on_close=True)
    ana.shortcut("continue_survey")
    ana.wait(lambda person: person.modal)
    ana.close_modal()
    slack.settled()
    assert ana.modal is None
    assert bot.bodies("view_closed")[0]["is_cleared"] is False


def test_an_app_is_told_that_it_is_no_more(slack: FakeSlack, bot: Bot) -> None:
    """Uninstalling tells the app, and its token is good for nothing."""
    slack.uninstall()
    slack.settled()
    assert [kind for kind, _ in bot.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(LookupError, match="not in this workspace any more"):
        slack.person().command("/survey")
