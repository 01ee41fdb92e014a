"""What people did in bad weather, as the platforms know it, beside what a log has of it."""

from dataclasses import dataclass
from typing import Any

from flows import wire
from flows.events import Answered
from tests.fakes.weather import StormySlack, StormyTelegram
from tests.wandering import Wanderer


@dataclass(frozen=True)
class Deed:
    """An answer somebody gave; it may be `lost` only where the platform has said so.

    What was `typed` is for what is asked, which may not be the newest card: one that came twice stays as it was.
    """

    at: float
    key: str
    value: str
    lost: bool = False
    typed: bool = False


def deeds(who: Wanderer, telegram: StormyTelegram, slack: StormySlack) -> list[Deed]:
    """The answers somebody gave, in order, as the platform knows them."""
    found = list(_on_slack(who, slack) if who.on_slack else _on_telegram(who, telegram))
    return sorted(found, key=lambda deed: deed.at)


def _on_telegram(who: Wanderer, telegram: StormyTelegram) -> Any:
    for at, kind, payload in telegram.pushed:
        if payload["from"]["id"] != who.one.id:
            continue
        if kind == "callback_query":
            yield from _answer(at, payload["data"])
        elif kind == "message" and payload["message_id"] in who.typed:
            yield Deed(at, *who.typed[payload["message_id"]], typed=True)


def _on_slack(who: Wanderer, slack: StormySlack) -> Any:
    for at, delivery in slack.pushed:
        payload = delivery.payload
        lost = delivery in slack.account.deliveries.given_up
        if delivery.kind == "interactive" and payload["user"]["id"] == who.one.id:
            for action in payload.get("actions", ()):
                yield from _answer(at, action.get("value", ""), lost=lost)
        elif delivery.is_event and payload["event"].get("ts") in who.typed:
            yield Deed(at, *who.typed[payload["event"]["ts"]], lost=lost, typed=True)


def _answer(at: float, data: str, *, lost: bool = False) -> Any:
    read = wire.decode(data)
    if read is not None and isinstance(read[1], Answered):
        yield Deed(at, read[1].key, read[1].value, lost)


def missing(told: list[Deed], log: list[tuple[str, str]]) -> str:
    """What is wrong with a log of these deeds; "" for nothing. The same again changes nothing, and is not kept."""
    ways: set[tuple[int, int]] = {(0, 0)}  # so many deeds played, so many rows of the log explained
    furthest = (0, 0)
    while ways:
        done, kept = max(ways)
        ways.discard((done, kept))
        furthest = max(furthest, (done, kept))
        now = dict(log[:kept])
        if kept < len(log) and log[kept][1] == "not_applicable" and log[kept] in now.items():
            ways.add((done, kept + 1))  # once more, with its reason
        if done == len(told):
            if kept == len(log):
                return ""
            continue
        deed = told[done]
        if now.get(deed.key) == deed.value:
            ways.add((done + 1, kept))
        elif (kept < len(log) and log[kept] == (deed.key, deed.value)) or (
            deed.typed and kept < len(log) and log[kept][1] == deed.value
        ):
            ways.add((done + 1, kept + 1))
        if deed.lost or (deed.typed and deed.value in now.values()):
            ways.add((done + 1, kept))
    done, kept = furthest
    return f"after {done} of {len(told)} and {kept} of {len(log)}: {told[done : done + 4]} but {log[kept : kept + 4]}"
