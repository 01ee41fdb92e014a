"""What a cell means: a level, how sure, a year, a comment, links; or why that cannot be told."""

import re
import unicodedata
from collections.abc import Iterable

from bot.forms.fields import LONGEST_COMMENT
from bot.reports.workbook.opening import Cell, Odd
from flows.kept.sheets import FaultKind
from flows.margin.filing import LINK
from flows.margin.noting import CERTAINTIES
from model.domains import Misfit, Taken, read_level, read_year
from model.instrument import LEVELS, Instrument
from model.likeness import plain
from model.responses import NonResponse


class CellError(Exception):
    """The cell is not understood."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind)
        self.kind: FaultKind = kind


_CODES = {str(one) for one in NonResponse if one is not NonResponse.HANDED_ON}
_LEADING = re.compile(r"([0-5])(?:[.,]0+)?\s*[-–—:.)=]?\s+(\D+)")
"""A level and words beside it: "4 - running", "4 Running across the city"."""
_LONGEST_LEVEL = 120
"""Characters in which somebody says a level: more of them is a comment."""


def level(cell: Cell, languages: Iterable[Instrument]) -> str:
    """The level or non-response's code that a cell says in any of the languages, "" for none. Raises CellError."""
    if isinstance(cell, float):
        return _number(cell)
    text = _text(cell)
    if not text or text in _CODES:
        return text
    if "?" in text or "¿" in text:
        raise CellError("level_unsure")
    if len(text) > _LONGEST_LEVEL:
        raise CellError("level_unclear")
    leading = _LEADING.fullmatch(text)
    if leading:
        return _confirmed(leading[1], leading[2], languages)
    return _said(text, languages)


def goal(cell: Cell, languages: Iterable[Instrument]) -> str:
    """The same where only a level can be meant."""
    said = level(cell, languages)
    if said in _CODES:
        raise CellError("goal_without_level")
    return said


def year(cell: Cell, now: int) -> int:
    """A goal's year, two to five years after `now`; 0 for none. Raises CellError."""
    text = (str(int(cell)) if cell.is_integer() else str(cell)) if isinstance(cell, float) else _text(cell)
    if not text:
        return 0
    if isinstance(cell, float) and not cell.is_integer():
        raise CellError("year_unclear")
    read = read_year(text, now) if len(text) < _LONGEST_LEVEL and "-" not in text else Misfit("not_understood")
    if isinstance(read, Misfit):
        raise CellError("year_range" if read.reason == "out_of_range" else "year_unclear")
    return read


def certainty(cell: Cell) -> str:
    """How sure somebody is, as a code; "" for nothing. Raises CellError."""
    text = words(cell).casefold().strip(" .")
    if not text:
        return ""
    if text not in CERTAINTIES:
        raise CellError("sure_unclear")
    return CERTAINTIES[text].value


def comment(cell: Cell) -> str:
    """What a cell says in words, whatever they look like; a formula's result is taken as text. Raises CellError."""
    text = words(cell)
    if len(text) > LONGEST_COMMENT:
        raise CellError("comment_long")
    return text


def links(cell: Cell, known: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """The links in a cell, with the words beside them where it is only one. Raises CellError.

    Lines that only repeat what is evidence already (`known`) are passed by.
    """
    named = set(known)
    lines = [line.strip() for line in re.split(r"[\n;]+", comment(cell))]
    text = " ".join(line for line in lines if line and line not in named)
    found = list(dict.fromkeys(one[0] for one in LINK.finditer(text)))
    rest = " ".join(LINK.sub(" ", text).split())
    if text and not found:
        raise CellError("evidence_no_link")
    return tuple((one, rest.strip(" ,;.:") if len(found) == 1 else "") for one in found)


def words(cell: Cell) -> str:
    """A cell's text: a number as people write it. Raises CellError for what a formula says when it has gone wrong."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Odd):
        if cell.kind == "error":
            raise CellError("error")
        return cell.text
    return _clean(cell)


def shown(cell: Cell) -> str:
    """What a cell says, as it is quoted to whoever should mend it."""
    text = cell.text if isinstance(cell, Odd) else words(cell)
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _text(cell: Cell) -> str:
    """The text of a cell in which neither a date nor a truth nor an error can be meant."""
    if isinstance(cell, Odd):
        raise CellError(cell.kind)
    text = " ".join(_visible(words(cell)).split()).rstrip(" .;,")
    if re.fullmatch(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)[!?]?", text):
        raise CellError("error")
    return text


def _visible(text: str) -> str:
    """Without marks that nobody sees, and with wide digits as plain ones: what looks like a 4 is a 4."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")


def _clean(text: str) -> str:
    """Without what no store can hold, and no blank around it."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def _number(number: float) -> str:
    if not number.is_integer():
        raise CellError("level_between")
    if int(number) not in LEVELS:
        raise CellError("level_range")
    return str(int(number))


def _confirmed(digit: str, rest: str, languages: Iterable[Instrument]) -> str:
    """A digit with its own name, or the beginning of it, beside it; with another one's it is not clear."""
    bare, said = plain(rest), set()
    for told in languages:
        if plain(told.scale[int(digit)].name).startswith(bare) and bare:
            return digit
        read = read_level(rest, told)
        said |= {str(read.value)} if isinstance(read, Taken) else set()
    if said == {digit}:
        return digit
    raise CellError("level_contradicts" if said else "level_unclear")


def _said(text: str, languages: Iterable[Instrument]) -> str:
    """What a text says in whichever language understands it, as in the chat; two meanings are none."""
    reads = [read_level(text, told) for told in languages]
    said = {str(read.value) for read in reads if isinstance(read, Taken)}
    if len(said) == 1:
        return said.pop()
    beyond = any(isinstance(read, Misfit) and read.reason == "out_of_range" for read in reads)
    between = re.fullmatch(r"[-+]?\d+[.,]\d+", text)
    raise CellError(("level_between" if between else "level_range") if beyond else "level_unclear")
