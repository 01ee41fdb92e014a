"""Telegram's HTML, read as strictly as its documentation describes it."""

import html
import re
from dataclasses import dataclass, field

TAGS = frozenset(
    ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler", "span"]
)
# Which attribute a tag takes, and what it may say; a tag that is not here takes none.
ATTRIBUTES = {
    "a": re.compile(r'\s+href="[^"]+"'),
    "span": re.compile(r'\s+class="tg-spoiler"'),
    "code": re.compile(r'(\s+class="language-[^"]+")?'),
    "blockquote": re.compile(r"(\s+expandable)?"),
}
BARE = re.compile("")
TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-z][a-z-]*)(?P<attributes>[^<>]*)>"
    r"|(?P<entity>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)"
    r"|(?P<loose>[<>&])"
    r"|(?P<text>[^<>&]+)"
)


@dataclass
class Markup:
    """A marked-up text as a person reads it, how many entities it has, and what is wrong with it."""

    plain: str = ""
    entities: int = 0
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def token(self, match: re.Match[str]) -> None:
        """Takes the next piece of the text in."""
        if match["tag"]:
            (self._closes if match["close"] else self._opens)(match["tag"], match["attributes"])
        elif match["loose"]:
            self.faults.append(f"unescaped {match['loose']!r} after {self.plain[-20:]!r}")
        else:
            self.plain += html.unescape(match[0])

    def end(self) -> None:
        """Tells the tags that were left open."""
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def _opens(self, tag: str, attributes: str) -> None:
        if tag not in TAGS:
            self.faults.append(f"unsupported tag <{tag}>")
        elif not ATTRIBUTES.get(tag, BARE).fullmatch(attributes.rstrip()):
            self.faults.append(f"<{tag}{attributes}> has attributes Telegram does not know, or lacks its own")
        self._nests(tag)
        self._open.append(tag)
        self.entities += 1

    def _nests(self, tag: str) -> None:
        if "code" in self._open or ("pre" in self._open and tag != "code"):
            self.faults.append(f"<{tag}> inside code")
        if tag == "blockquote" and tag in self._open:
            self.faults.append("<blockquote> inside <blockquote>")

    def _closes(self, tag: str, attributes: str) -> None:
        if attributes.strip():
            self.faults.append(f"</{tag}> with attributes")
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.faults.append(f"</{tag}> closes {'<' + self._open[-1] + '>' if self._open else 'nothing'}")


def read(text: str) -> Markup:
    """The text with its tags taken off, and every fault in them."""
    markup = Markup()
    for match in TOKEN.finditer(text):
        markup.token(match)
    markup.end()
    return markup


def plain(text: str, parse_mode: str | None) -> str:
    """The text as a person reads it; Telegram trims the blanks around it."""
    return (read(text).plain if parse_mode else text).strip()
