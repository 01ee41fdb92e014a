"""People who answer at random on either platform, as people do: twice at once, on old cards, by typing, by files."""

import random
import threading
import time
from typing import Any

from flows import wire
from flows.events import Answered
from tests.fakes.slack import SlackPerson
from tests.fakes.telegram import Person

SECRET = "zanahoria"
"""What stands in everything they write, so that it is found where it should not be."""
COMMANDS = ("progress", "scores", "benchmark", "help", "back", "mydata", "goals")


class Wanderer(threading.Thread):
    """Somebody who comes with an invitation, and answers until they are thanked or told to stop."""

    def __init__(self, one: Person | SlackPerson, code: str, seed: int) -> None:
        super().__init__(daemon=True, name=one.name)
        self.one, self.code = one, code
        self.on_slack = isinstance(one, SlackPerson)
        self.typed: dict[Any, tuple[str, str]] = {}
        self.calm = threading.Event()
        self.over = threading.Event()
        self.failed: list[str] = []
        self.answered: set[str] = set()
        self._chance = random.Random(seed)

    def run(self) -> None:
        """Begins, answers, and ends."""
        try:
            self._write(f"start {self.code}" if self.on_slack else f"/start {self.code}")
            asked_again = time.monotonic()
            while not self.over.is_set() and not self.done:
                if not self.begun:
                    if time.monotonic() > asked_again + 20 and not self.one.screen:
                        self._write("start" if self.on_slack else "/start")
                        asked_again = time.monotonic()
                    self._try("Yes, keep my answers")
                    self.over.wait(1.0)
                else:
                    self._act()
        except Exception as error:
            self.failed.append(f"{self.one.name}: {type(error).__name__}: {error}")

    @property
    def done(self) -> bool:
        """Whether they were thanked."""
        return any("Thank you" in shown.text for shown in self.one.screen)

    @property
    def begun(self) -> bool:
        """Whether they were asked something."""
        return self._question() is not None

    def _question(self) -> Any:
        return next((shown for shown in reversed(self.one.screen) if _asks(shown)), None)

    def _act(self) -> None:
        asked, chance = self._question(), self._chance
        if not any(map(_is_level, _labels(asked))):
            self._press(asked, "Skip the reason")
            self.over.wait(1.0)
            return
        whims = [self._tap, self._tap_twice, self._tap_an_old_one, self._type, self._undo, self._aside]
        (whim,) = [self._tap] if self.calm.is_set() else chance.choices(whims, (55, 12, 10, 6, 5, 12))
        whim(asked)
        patience = time.monotonic() + (3.0 if chance.random() < 0.8 or self.calm.is_set() else 0.0)
        while time.monotonic() < patience and not self.over.is_set() and not self._went_on(asked):
            time.sleep(0.03)
        self.over.wait(chance.random() * 0.3)

    def _went_on(self, asked: Any) -> bool:
        now = self._question()
        return self.done or (now is not None and now.text != asked.text)

    def _tap(self, asked: Any) -> None:
        self._press(asked, self._chance.choice(self._once(asked)))

    def _tap_twice(self, asked: Any) -> None:
        """Two levels in a row, before anything can have come of the first."""
        for label in self._chance.sample(self._once(asked), 2):
            self._press(asked, label)

    def _tap_an_old_one(self, asked: Any) -> None:
        old = self._chance.choice([shown for shown in self.one.screen if self._once(shown)])
        self._press(old, self._chance.choice(self._once(old)))
        del asked

    def _undo(self, asked: Any) -> None:
        self._try("Undo")
        del asked

    def _aside(self, asked: Any) -> None:
        """A file, a command, a reason, or words that are no answer."""
        luck = self._chance.random()
        if luck < 0.3:
            self._file()
        elif luck < 0.75:
            self._command(self._chance.choice(COMMANDS))
        elif luck < 0.9:
            self._press(asked, "Not applicable")
        else:
            self._write(f"What a {SECRET} is this?")

    def _once(self, shown: Any) -> list[str]:
        return [label for label in shown.earlier if _is_level(label)]

    def _press(self, shown: Any, label: str) -> None:
        try:
            self.one.tap_old(shown.id, label)
        except LookupError:
            return

    def _try(self, label: str) -> None:
        try:
            self.one.tap(label)
        except LookupError:
            return

    def _write(self, text: str) -> Any:
        return self.one.say(text)

    def _type(self, asked: Any) -> None:
        """A level in figures, where nothing else is under way."""
        key = next((k for label in _labels(asked) if (k := _key(asked, label))), "")
        self.wait_for_rest()
        now = self._question()
        if key and now is not None and now.id == asked.id and now.text == asked.text and not self.over.is_set():
            value = str(self._chance.randrange(6))
            with self.one._account.changed:
                self.typed[self.one.say(value)] = (key, value)
            self.wait_for_rest()

    def wait_for_rest(self) -> None:
        """Returns once the platform has told the bot all, and a little later."""
        while self._under_way() and not self.over.is_set():
            time.sleep(0.02)
        self.over.wait(1.0)

    def _under_way(self) -> bool:
        if isinstance(self.one, SlackPerson):
            return bool(self.one._account.deliveries.pending)
        return bool(self.one._account.updates.held)

    def _file(self) -> None:
        name, content = f"{SECRET}.pdf", f"%PDF {SECRET}".encode()
        if isinstance(self.one, SlackPerson):
            self.one.share_file(name, content, f"our {SECRET}")
        else:
            self.one.send_document(name, content, f"our {SECRET}")

    def _command(self, name: str) -> None:
        if isinstance(self.one, SlackPerson):
            self.one.command("/survey", name)
        else:
            self.one.say(f"/{name}")


def asks_for(who: Wanderer, key: str) -> bool:
    """Whether a card stands before them that asks this statement, or the reason for an answer to it."""
    asking = [shown for shown in who.one.screen if _asks(shown)]
    labels = [(shown, label) for shown in asking for label in _labels(shown)]
    return any(_key(shown, label) == key or label == "Skip the reason" for shown, label in labels)


def _labels(shown: Any) -> list[str]:
    return [label for row in shown.buttons for label in row]


def _asks(shown: Any) -> bool:
    return bool({"Skip", "Skip the reason"} & set(_labels(shown)))


def _is_level(label: str) -> bool:
    return label[:1].isdigit() and label[1:2] == " "


def _key(shown: Any, label: str) -> str:
    """The statement that a button below a card answers."""
    known = shown.data.get(label, "") if hasattr(shown, "data") else ""
    if not known and label in shown.earlier and not isinstance(shown.earlier[label], str):
        known = str(shown.earlier[label].element.get("value", ""))
    read = wire.decode(known)
    return read[1].key if read is not None and isinstance(read[1], Answered) else ""
