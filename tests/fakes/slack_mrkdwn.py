"""Slack's mark-up of texts: what departs from it, and how a text stands on the screen."""

import re

from tests.fakes.slack_shapes import Found

BARE = re.compile(r"&(?!(amp|lt|gt);)")
ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")
BRACKETED = re.compile(r"<([^<>]*)>")
# Who writes to a channel by `<!channel>` wakes everybody in it; our bot never means to, so it is text that slipped through.
LINK = re.compile(r"(https?://|mailto:|tel:)[^\s|]+(\|[^|]*)?|[@#][A-Z][A-Z0-9]+(\|[^|]*)?|!date\^\d+\^[^|]+\|.+")
MARKED = re.compile(r"(?<![\w*_~`\\])([*_~`])(?!\s|\1)(?P<inside>(?:(?!\1)[^\n])*?[^\s])\1(?![\w])")
QUOTED = re.compile(r"^(>>>|>) ?", re.MULTILINE)
FENCE = "```"


def faults(text: str, where: str) -> Found:
    """Where a text was not escaped, or a link is none."""
    links = [each[1] for each in BRACKETED.finditer(text)]
    found = [f"{where}: <{each[:40]}> is no link" for each in links if not LINK.fullmatch(each)]
    rest = BRACKETED.sub("", text)
    if "<" in rest:
        found.append(f"{where}: unescaped '<'")
    if ">" in QUOTED.sub("", rest):
        found.append(f"{where}: unescaped '>'")
    if BARE.search(text):
        found.append(f"{where}: unescaped '&'")
    return found


def plain(text: str) -> str:
    """A text as a person sees it: marks gone, links by their labels, entities as characters."""
    text = QUOTED.sub("", BRACKETED.sub(_label, text.replace(FENCE, "")))
    while (bare := MARKED.sub(r"\g<inside>", text)) != text:
        text = bare
    return unescaped(text)


def escaped(text: str) -> str:
    """A text whose three characters of mark-up stand for themselves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_once(text: str) -> str:
    """The same of a text in which something may be escaped already."""
    return BARE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str) -> str:
    """A text as Slack hands it on when a person typed it: escaped, and addresses made links."""
    return ADDRESS.sub(lambda found: f"<{found[0]}>", escaped(text))


def unescaped(text: str) -> str:
    """The reverse of `escaped`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _label(link: re.Match[str]) -> str:
    target, _, label = link[1].partition("|")
    return label or target.removeprefix("mailto:")
