"""The city beside others: with whom it is compared, as people say it; and who sees what, as they ask."""

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

import msgspec

from flows.around import Around
from flows.prompts import Benchmark, Chart, Notice, Privacy, Prompt
from flows.session import Session
from flows.turn import Sharing, Turn, notice
from model.comparison import Cut, next_date
from model.domains import cut_words, words_for
from model.instrument import Instrument
from model.likeness import plain

ALIKE = 0.7
"""How like a known word a typing error must be, so that it is asked whether that is meant (0-1)."""

_CODE = re.compile(r"\d+(\.\d+)*\.?")


class Comparison(msgspec.Struct, frozen=True):
    """With whom the city is to be compared, and in which dimension; "" for the whole."""

    cut: Cut = "all"
    dimension: str = ""


def wish(instrument: Instrument, about: str) -> Comparison | Notice:
    """What the words after /benchmark ask for, in any language; what they might mean where they say something else."""
    words = cut_words()
    cuts: list[Cut] = []
    dimensions: list[str] = []
    for said in re.split(r"[\s,;]+", about.strip()):
        if _CODE.fullmatch(said):
            dimensions.append(said.partition(".")[0])
        elif said and plain(said) not in words:
            return _unclear(said, words)
        elif said:
            cuts.append(words[plain(said)])
    unknown = [code for code in dimensions if code not in instrument.dimension_codes]
    if unknown:
        return Notice("cut_unknown", unknown[0])
    if len({*cuts} - {"all"}) > 1 or len({*dimensions}) > 1:
        return Notice("one_cut")
    return Comparison(next((cut for cut in cuts if cut != "all"), "all"), dimensions[0] if dimensions else "")


def _unclear(said: str, words: Mapping[str, Cut]) -> Notice:
    near = get_close_matches(plain(said), words, 1, ALIKE)
    return Notice("cut_meant", words[near[0]]) if near else Notice("cut_unknown", said)


def benchmark(instrument: Instrument, session: Session, about: str) -> Turn:
    """The turn after a wish to see the city beside others."""
    if not session.joined:
        return notice(session, "no_city")
    wanted = wish(instrument, about)
    return Turn(session, (wanted,) if isinstance(wanted, Notice) else told(wanted))


def told(wanted: Comparison) -> tuple[Prompt, ...]:
    """What is said and drawn of a comparison; the capabilities of a dimension are said only."""
    if wanted.dimension:
        return (Benchmark(wanted.cut, wanted.dimension),)
    return Benchmark(wanted.cut), Chart("peers", wanted.cut)


def privacy(session: Session, around: Around, about: str = "") -> Turn:
    """The turn after the question who sees what, or after `/privacy join` and `/privacy leave`."""
    wanted = words_for(("join", "leave")).get(plain(about))
    if wanted and session.joined:
        return share(session, around, agreed=wanted == "join")
    since = next_date(around.shared.date()).isoformat() if around.shared else ""
    leads = session.joined and session.role == "coordinator"
    is_in = bool(since) and around.now is not None and since <= around.now.date().isoformat()
    return Turn(session, (Privacy(session.joined, leads, since, is_in, _next(around)),))


def share(session: Session, around: Around, *, agreed: bool) -> Turn:
    """The turn after the coordinator's decision whether the city is in the benchmark."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    if agreed and around.shared:  # it is in since then, or will be: another yes changes nothing
        told = Notice("shared", next_date(around.shared.date()).isoformat())
    elif agreed or around.shared:
        told = Notice("shared" if agreed else "private", _next(around))
    else:
        told = Notice("private")
    return Turn(session, (told,), (Sharing(agreed),))


def _next(around: Around) -> str:
    """The day from which a decision counts."""
    return next_date(around.now.date() if around.now else date.min).isoformat()
