"""Modals and home views: which stand open before whom, and what was filled into them."""

import hashlib
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.fakes.slack_blocks import Block, handed_on
from tests.fakes.slack_workspace import RefusedError

TRIGGER_SECONDS = 3.0
DEEPEST = 3  # views of one modal upon each other

Values = dict[str, dict[str, Any]]


@dataclass
class View:
    """A view as an app published it, and what its fields hold: block id -> action id -> value."""

    id: str
    user: str
    body: dict[str, Any]
    root: str = ""
    previous: str = ""
    values: Values = field(default_factory=dict)

    def take(self, body: Mapping[str, Any]) -> None:
        """Takes a new body; a field that is still there by block id and action id keeps what was filled in."""
        blocks = [{"block_id": f"{self.id}{i}"} | dict(block) for i, block in enumerate(body["blocks"])]
        self.body = dict(body) | {"blocks": blocks}
        kept = self.values
        self.values = {}
        for block, element in self.fields():
            known = kept.get(block["block_id"], {}).get(element["action_id"])
            self.values.setdefault(block["block_id"], {})[element["action_id"]] = known or initial(element)

    def fields(self) -> list[tuple[Block, Block]]:
        """Every input with its element; one without an action id has its block's."""
        inputs = [block for block in self.body["blocks"] if block["type"] == "input"]
        return [(block, {"action_id": block["block_id"]} | dict(block["element"])) for block in inputs]

    @property
    def hash(self) -> str:
        """Changes with the view."""
        return hashlib.blake2b(msgspec.json.encode([self.id, self.body]), digest_size=6).hexdigest()

    def described(self, team: str, bot_id: str) -> dict[str, Any]:
        """As the Web API and the payloads have it."""
        empty = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "close": None}
        flags = {"submit": None, "clear_on_close": False, "notify_on_close": False}
        place = {"previous_view_id": self.previous or None, "root_view_id": self.root or self.id}
        ours = {"app_id": "A0APP", "app_installed_team_id": team, "bot_id": bot_id}
        head = {"id": self.id, "team_id": team, "hash": self.hash, "state": {"values": self.values}}
        told: dict[str, Any] = handed_on(empty | flags | self.body | head)
        return told | place | ours


@dataclass
class Trigger:
    """What lets an app open a modal before a person, once and soon."""

    user: str
    born: float = field(default_factory=time.monotonic)
    used: bool = False


class Views:
    """All views of a workspace."""

    def __init__(self) -> None:
        self.homes: dict[str, View] = {}
        self.open: dict[str, list[View]] = {}  # a user's modal, the view on top last
        self.triggers: dict[str, Trigger] = {}
        self.seconds = TRIGGER_SECONDS
        self._ids = itertools.count(1)

    def trigger(self, user: str) -> str:
        """A new trigger id, for what that user just did."""
        number = next(self._ids)
        self.triggers[f"{number}.{number + 4242}.abcdef"] = Trigger(user)
        return f"{number}.{number + 4242}.abcdef"

    def exchange(self, trigger_id: object) -> str:
        """Whose modal may be opened with that id; Slack's refusal of one that is old, used or unknown."""
        trigger = self.triggers.get(str(trigger_id))
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if time.monotonic() - trigger.born > self.seconds:
            raise RefusedError("expired_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        trigger.used = True
        return trigger.user

    def show(self, user: str, body: Mapping[str, Any], *, upon: bool = False) -> View:
        """Opens a modal before a user, in the place of any other or upon the one they have open."""
        stack = self.open.get(user, []) if upon else []
        if upon and not stack:
            raise RefusedError("not_found")
        if len(stack) >= DEEPEST:
            raise RefusedError("push_limit_reached")
        view = View(f"V0{next(self._ids)}", user, {})
        view.root, view.previous = (stack[0].id, stack[-1].id) if stack else (view.id, "")
        self._unique(body, view)
        view.take(body)
        self.open[user] = [*stack, view]
        return view

    def publish(self, user: str, body: Mapping[str, Any], known_hash: object) -> View:
        """A user's home view from now on."""
        home = self.homes.get(user) or View(f"V0{next(self._ids)}", user, {"blocks": []})
        return self._change(home, body, known_hash)

    def update(self, params: Mapping[str, Any]) -> View:
        """Changes an open modal, found by its id or external id."""
        every = [view for stack in self.open.values() for view in stack]
        sought = (params.get("view_id"), params.get("external_id"))
        found = [view for view in every if view.id == sought[0] or (view.body.get("external_id") or 0) == sought[1]]
        if not found:
            raise RefusedError("not_found")
        return self._change(found[0], params["view"], params.get("hash"))

    def replace(self, view: View, body: Mapping[str, Any]) -> None:
        """Changes the view that was submitted, as the app's answer asks."""
        self._change(view, body, None)

    def _change(self, view: View, body: Mapping[str, Any], known_hash: object) -> View:
        if known_hash is not None and known_hash != view.hash:
            raise RefusedError("hash_conflict")
        self._unique(body, view)
        view.take(body)
        if body["type"] == "home":
            self.homes[view.user] = view
        return view

    def _unique(self, body: Mapping[str, Any], view: View) -> None:
        external = body.get("external_id")
        others = [each for stack in [*self.open.values(), list(self.homes.values())] for each in stack]
        if external and any(each is not view and each.body.get("external_id") == external for each in others):
            raise RefusedError("duplicate_external_id")


def initial(element: Block) -> dict[str, Any]:
    """The value of an element before anybody touched it, as a submission has it."""
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in ("checkboxes", "multi_static_select"):
        return {"type": kind, "selected_options": list(element.get("initial_options", []))}
    if kind == "file_input":
        return {"type": kind, "files": []}
    if kind in ("datepicker", "timepicker"):
        part = kind.removesuffix("picker")
        return {"type": kind, f"selected_{part}": element.get(f"initial_{part}")}
    if kind == "users_select":
        return {"type": kind, "selected_user": element.get("initial_user")}
    return {"type": kind, "value": element.get("initial_value")}
