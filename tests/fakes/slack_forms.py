"""The part of a person that fills in modals: chooses, writes, attaches, submits, closes."""

from collections.abc import Sequence
from typing import Any

from tests.fakes import slack_interactions as interactions
from tests.fakes.slack_account import Account, File
from tests.fakes.slack_delivery import TROUBLE
from tests.fakes.slack_files import described
from tests.fakes.slack_member import Member
from tests.fakes.slack_modal import CHOSEN, MANY, Field, Sight, option, seen
from tests.fakes.slack_views import View, Views
from tests.fakes.slack_web_api import view_faults
from tests.fakes.slack_workspace import User, Workspace

LONGEST_WAIT = 60.0  # seconds; the acknowledgement is given up much sooner


class Forms(Member):
    """One person, and the modal in front of them."""

    def __init__(self, account: Account, workspace: Workspace, user: User) -> None:
        super().__init__(account, workspace, user)
        self._errors: dict[str, str] = {}
        self._submitted: dict[str, Any] = {}

    @property
    def modal(self) -> Sight | None:
        """The modal on top, as it stands now."""
        with self._account.changed:
            stack = self._views.open.get(self._user.id)
            return seen(stack[-1]) if stack else None

    def choose(self, label: str, choice: str) -> None:
        """Chooses an option of the field whose label starts so; of several that may be chosen, one more."""
        with self._account.changed:
            field = self._open().field(label)
            if field.kind not in CHOSEN:
                raise ValueError(f"{field.label!r} is a {field.kind}: nothing is chosen there")
            chosen = option(field.element, choice)
            kept = self._view().values[field.block_id][field.element["action_id"]]
            several = {"selected_options": [*kept.get("selected_options", []), chosen]}
            self._take(field, several if field.kind in MANY else {"selected_option": chosen})

    def fill(self, label: str, text: str) -> None:
        """Writes into the field whose label starts so."""
        with self._account.changed:
            field = self._open().field(label)
            if field.kind in CHOSEN or field.kind == "file_input":
                raise ValueError(f"{field.label!r} is a {field.kind}: nothing is written there")
            longest = field.element.get("max_length", 3000)
            if len(text) > longest:
                raise ValueError(f"{field.label!r} takes {longest} characters, not {len(text)}")
            self._take(field, {"value": text or None})

    def attach(self, label: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Puts files into the field whose label starts so."""
        with self._account.changed:
            field = self._open().field(label)
            most, endings = field.element.get("max_files", 10), field.element.get("filetypes", [])
            if field.kind != "file_input" or len(files) > most:
                raise ValueError(f"{field.label!r} takes no files, or at most {most}")
            strange = [name for name, _ in files if endings and name.rpartition(".")[2] not in endings]
            if strange:
                raise ValueError(f"{field.label!r} takes {endings}, not {strange}")
            self._take(field, {"files": [self._attached(name, content) for name, content in files]})

    def press(self, label: str) -> None:
        """Presses the button within the modal whose label starts so."""
        with self._account.changed:
            self._act_in(self._view(), interactions.pressed(self._open().control(label)))

    def submit(self) -> dict[str, str] | None:
        """Submits the modal. What is wrong by the field's label, or None; "" is the label of what Slack says itself."""
        with self._account.changed:
            shown = self._open()
            if not shown.submit:
                raise LookupError(f"there is nothing to be submitted in {shown.title!r}")
            if wrong := shown.wrong():
                return wrong
            self._submitted = interactions.submitted(self._account, self._workspace, self._user, shown.view)
            return self._send(shown)

    def submit_again(self) -> None:
        """The last submission comes a second time, as when somebody presses twice; what is answered does nothing."""
        with self._account.changed:
            self._ask("interactive", self._submitted)

    def close_modal(self) -> None:
        """Closes the modal on top, or all of them where the app asked for that."""
        with self._account.changed:
            view = self._view()
            cleared = bool(view.body.get("clear_on_close"))
            self._pop(everything=cleared)
            if view.body.get("notify_on_close"):
                told = interactions.closed(self._account, self._workspace, self._user, view, cleared=cleared)
                self._ask("interactive", told)

    @property
    def _views(self) -> Views:
        return self._account.views[self._workspace.id]

    def _open(self) -> Sight:
        return seen(self._view())

    def _view(self) -> View:
        stack = self._views.open.get(self._user.id)
        if not stack:
            raise LookupError(f"no modal is open before {self._user.name}")
        return stack[-1]

    def _take(self, field: Field, value: dict[str, Any]) -> None:
        """Notes what a field holds; the app hears of it where it asked to."""
        view = self._view()
        held = {"type": field.kind} | value
        view.values[field.block_id][field.element["action_id"]] = held
        (block,) = [each for each in view.body["blocks"] if each["block_id"] == field.block_id]
        if block.get("dispatch_action"):
            self._act_in(view, interactions.changed(field.block_id, dict(field.element), held))

    def _attached(self, name: str, content: bytes) -> dict[str, Any]:
        about = described(self._account, self._workspace, name, len(content), self._user.id)
        self._account.files[about["id"]] = File(about, self._workspace.id, content, shared=True)
        return about

    def _send(self, shown: Sight) -> dict[str, str] | None:
        self._errors = {}
        answered = lambda content: self._answered(shown, content)  # noqa: E731  # called once
        delivery = self._ask("interactive", self._submitted, answered)
        self._account.changed.wait_for(lambda: delivery.over, LONGEST_WAIT)
        if delivery in self._account.deliveries.given_up:
            return {"": TROUBLE}
        return self._errors or None

    def _answered(self, shown: Sight, content: Any) -> None:
        """Does with the modal what the acknowledgement asks for."""
        action = content.get("response_action") if isinstance(content, dict) else None
        if action == "errors":
            self._take_errors(shown, content.get("errors", {}))
        elif action in ("update", "push"):
            self._take_view(shown.view, action, content.get("view"))
        elif action == "clear" or not content:
            self._pop(everything=action == "clear")
        else:
            self._account.faults.append(f"view_submission: {content!r} is no answer to it")
            self._errors = {"": TROUBLE}

    def _take_errors(self, shown: Sight, errors: dict[str, str]) -> None:
        labels = {field.block_id: field.label for field in shown.fields}
        strange = [block_id for block_id in errors if block_id not in labels]
        if strange or not errors:
            self._account.faults.append(f"view_submission.errors: {strange or errors} is no field of the view")
            self._errors = {"": TROUBLE}
            return
        self._errors = {labels[block_id]: error for block_id, error in errors.items()}

    def _take_view(self, view: View, action: str, body: Any) -> None:
        found = view_faults(body, f"view_submission.{action}")
        if found:
            self._account.faults.extend(found)
            self._errors = {"": TROUBLE}
        elif action == "update":
            self._views.replace(view, body)
        else:
            self._views.show(self._user.id, body, upon=True)

    def _pop(self, *, everything: bool) -> None:
        stack = self._views.open[self._user.id]
        self._views.open[self._user.id] = [] if everything else stack[:-1]
        self._account.changed.notify_all()

    def _act_in(self, view: View, action: dict[str, Any]) -> None:
        told = interactions.tapped_in_view(self._account, self._workspace, self._user, view, action)
        self._ask("interactive", told)
