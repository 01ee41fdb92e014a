"""The console: a channel like the others, for trying everything without a token. What it prints is a transcript."""

import asyncio
import mimetypes
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.messages import Fetched, FetchOutcome, Message, Outcome
from bot.messages import Sent as Arrived
from flows import commands, wire
from flows.events import AnyEvent, Attached, Sent
from flows.margin.filing import LARGEST

NAME = "console"
WIDTH = 92
"""Columns: comfortable to read, and what a terminal has by default is a little less or much more."""
INDENT = "  "
FILE = "@"
"""What a line begins with that sends a file."""
_PATH = re.compile(r'@(?:"([^"]+)"|(\S+))(.*)')


class Console:
    """Prints messages, and knows which buttons the last ones had."""

    name = NAME

    def __init__(
        self,
        write: Callable[[str], None],
        files: Path,
        *,
        colour: bool = False,
        width: int = WIDTH,
        home: Path | None = None,
    ) -> None:
        self._write, self._files, self._colour, self._width = write, files, colour, min(width, WIDTH)
        self._home = home or Path.cwd()
        self._buttons: dict[str, str] = {}

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:  # noqa: ARG002  # the seam's own
        """Prints a message; one that replaces another is printed anew."""
        for line in self._lines(message):
            self._write(line)
        self._buttons |= {button.label: button.event for row in message.buttons for button in row}
        return Arrived("")  # what is printed stays: a newer state is printed anew

    def read(self, line: str) -> tuple[str, AnyEvent]:
        """The session and event of a typed line: the button it names, or what was typed. Buttons work until then."""
        text, label = line.strip(), self.label(line)
        tapped = wire.decode(self._buttons[label]) if label is not None else None
        self._buttons = {}
        return tapped or ("", self._file(text) if text.startswith(FILE) else commands.read(text))

    def label(self, line: str) -> str | None:
        """The label of the button that a typed line names: its own, or the only one that begins so."""
        wanted = line.strip().strip("[]").casefold()
        named = [label for label in self._buttons if label.casefold() == wanted]
        begun = [label for label in self._buttons if label.casefold().startswith(wanted) and wanted]
        found = named or (begun if len(begun) == 1 else [])
        return found[0] if found else None

    async def fetch(self, reference: str) -> FetchOutcome:
        """See `Source.fetch`: a file of this machine."""
        return await asyncio.to_thread(_content, Path(reference))

    def _file(self, text: str) -> AnyEvent:
        """A typed path, and what follows as its caption: "@plan.pdf our plan", or @"the plan.pdf"."""
        found = _PATH.fullmatch(text)
        path = (self._home / (found[1] or found[2])).expanduser().absolute() if found else None
        if found is None or path is None or not path.is_file():
            return Sent("no_file")
        media = mimetypes.guess_type(path.name)[0] or ""
        kind = "photo" if media.startswith("image/") else "document"
        return Attached(kind, str(path), found[3].strip(), name=path.name, size=path.stat().st_size, media=media)

    def _lines(self, message: Message) -> list[str]:
        lines = [self._styled(line, "1") for line in self._wrapped(message.title)]
        lines += [line for text in message.body.splitlines() for line in self._wrapped(text) or [""]]
        for name, content in _attached(message):
            lines += self._wrapped(f"[{self._saved(name, content)}]")
        lines += [""] * bool(lines and message.note)
        lines += [self._styled(line, "2") for text in message.note.splitlines() for line in self._wrapped(text)]
        lines += [INDENT + " ".join(f"[{button.label}]" for button in row) for row in message.buttons]
        return [*lines, ""] if lines else []

    def _saved(self, name: str, content: bytes) -> Path:
        self._files.mkdir(parents=True, exist_ok=True)
        path = self._files / name
        path.write_bytes(content)
        return path

    def _styled(self, line: str, code: str) -> str:
        return f"\x1b[{code}m{line}\x1b[0m" if self._colour else line

    def _wrapped(self, text: str) -> list[str]:
        """Indented lines of the terminal's width; control characters of a person's text do nothing in it."""
        plain = "".join(c for c in text if c.isprintable())
        return textwrap.wrap(
            plain,
            self._width,
            initial_indent=INDENT,
            subsequent_indent=INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _content(path: Path) -> FetchOutcome:
    try:
        return Fetched(path.read_bytes()) if path.stat().st_size <= LARGEST else None
    except OSError:
        return None


def _attached(message: Message) -> Iterator[tuple[str, bytes]]:
    """The files of a message: name and content."""
    if message.picture is not None:
        yield f"{message.picture.name}.png", message.picture.png
    if message.document is not None:
        yield message.document.name, message.document.content
