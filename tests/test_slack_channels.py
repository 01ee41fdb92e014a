"""Slack beyond the direct message: commands and channels, where others see what is said."""

from storage import sessions, waves
from storage.database import Database
from tests.fakes.slack import FakeSlack
from tests.serving_slack import SlackServer, labels
from tests.slack_people import invited, joined, levels, reachable, sees


def test_a_commands_answer_is_for_its_author_unless_it_is_shared(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """Where it was typed, only Ana sees it; shared, everybody; what is no report is answered in the direct message."""
    ana, town = joined(slack, store), slack.channel("C0TOWN", "town")
    ben = slack.person("U0BEN", "Ben", "en-GB")
    for person in (ana, ben):
        person.join(town.id)
    ana.command("/scores", channel=town.id)
    ana.wait(lambda one: any("Valencia" in shown.text for shown in one.seen_in(town.id)))
    assert ben.seen_in(town.id) == []
    ana.command("/scores", "share", channel=town.id)
    ben.wait(lambda one: any("Valencia" in shown.text for shown in one.seen_in(town.id)))
    ana.command("/survey", "later monday", channel=town.id)
    sees(ana, "I will remind you")
    ana.wait(lambda one: any("direct messages" in shown.text for shown in one.seen_in(town.id)))
    ana.mention(town.id, "progress")
    ana.wait(lambda one: any(shown.thread for shown in one.seen_in(town.id)))
    del on_slack


def test_a_command_in_the_direct_message_is_answered_there_after_a_restart_too(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """A process that has not met somebody asks Slack where they talk: nobody is sent from there to there."""
    ana = joined(slack, store)
    on_slack.kill()
    on_slack.start()
    ana.command("/survey", "later monday")
    sees(ana, "I will remind you")
    ana.command("/scores")
    sees(ana, "Valencia: no overall score")
    slack.settled()
    assert [shown.text for shown in ana.screen if shown.only_for or "direct messages" in shown.text] == []


def test_the_profile_tells_language_and_time_zone(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """Whoever comes is greeted in their language, and is not asked where they live."""
    eva = slack.person("U0EVA", "Eva", "es-MX", "America/Mexico_City")
    eva.say(f"start {invited(store, 'respondent', 'Eva')}")
    eva.wait(lambda one: len(one.screen) == 2)
    wave = store.read(lambda tx: waves.current(tx, "valencia-es"))
    assert wave is not None
    found = store.read(lambda tx: sessions.look(tx, "slack", eva.chat))
    assert found is not None
    assert (found.session.language, found.session.timezone, found.session.placed) == ("es", "America/Mexico_City", True)
    assert "Sí" in labels(eva.screen[-1])[0]
    del on_slack


def test_a_channel_is_given_to_a_city_and_holds_a_workshop(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """Everybody votes by button, nobody sees what; the coordinator reveals, and what is agreed is kept."""
    ana, town = joined(slack, store), slack.channel("C0TOWN", "town")
    ben = slack.person("U0BEN", "Ben", "en-GB")
    for person in (ana, ben):
        person.join(town.id)
    ana.mention(town.id, "here")
    ana.wait(lambda one: any("Valencia" in shown.text for shown in one.seen_in(town.id)))
    ana.mention(town.id, "workshop 1.1.1")
    ben.wait(lambda one: any("3 Running in part" in labels(shown) for shown in one.seen_in(town.id)))
    ana.tap("4 Running", town.id)
    ben.tap("2 Planned", town.id)
    ben.wait(lambda one: any("2 " in shown.text and "vote" in shown.text for shown in one.seen_in(town.id)))
    ben.tap("Reveal", town.id)
    ben.wait(lambda one: any(shown.only_for for shown in one.seen_in(town.id)))
    ana.tap("Reveal", town.id)
    ana.wait(lambda one: any("Agree" in label for shown in one.seen_in(town.id) for label in labels(shown)))
    ana.tap("Agree", town.id)
    ana.wait(lambda _: len(levels(store)) == 1, seconds=10)
    ben.mention(town.id, "benchmark")
    ben.wait(lambda one: any(shown.thread for shown in one.seen_in(town.id)))
    del on_slack


def test_in_a_channel_where_the_bot_is_no_member_nothing_is_silent(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """Slack hands us the command and refuses the answer: how to bring the bot in is said, then the same works."""
    ana, away = joined(slack, store), slack.channel("C0AWAY", "away", bot=False)
    ana.join(away.id)
    for words in ("here", "workshop 1.1.1", "here"):
        ana.command("/survey", words, channel=away.id)
        ana.wait(lambda one: "let Slack add me" in one.seen_in(away.id)[-1].text)
        ana.wait(lambda _: not reachable(store, f"{ana.team}:{away.id}"))
        away.shown.clear()
    ana.invite_bot(away.id)
    ana.command("/survey", "here", channel=away.id)
    ana.wait(lambda one: any("Valencia" in shown.text for shown in one.seen_in(away.id)))
    ana.command("/survey", "workshop 1.1.1", channel=away.id)
    ana.wait(lambda one: any("3 Running in part" in labels(shown) for shown in one.seen_in(away.id)))
    assert not any(shown.only_for for shown in ana.seen_in(away.id))
    del on_slack


def test_what_is_shared_has_no_buttons_and_a_file_for_one_is_announced(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """A button on a shared card would be its sharer's, and whoever else taps it would be sent away."""
    ana, town = joined(slack, store), slack.channel("C0TOWN", "town")
    ana.join(town.id)
    ana.command("/team", channel=town.id)
    ana.wait(lambda one: any(labels(shown) and shown.only_for for shown in one.seen_in(town.id)))
    ana.command("/team", "share", channel=town.id)
    ana.wait(lambda one: any(not shown.only_for for shown in one.seen_in(town.id)))
    assert [labels(shown) for shown in ana.seen_in(town.id) if not shown.only_for] == [[]]
    ana.command("/model", channel=town.id)
    ana.wait(lambda one: "direct messages" in one.seen_in(town.id)[-1].text)
    ana.wait(lambda one: one.screen[-1].document.endswith(".pdf"), seconds=30)
    del on_slack
